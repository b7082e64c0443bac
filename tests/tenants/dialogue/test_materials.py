"""A team's materials are shared, replaced, corrected and withdrawn (footnote 1 of REG, POR §2.3.1)."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.perms import readable
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.dialogue import demo, found
from tenants.dialogue.actions import materials as acts
from tenants.dialogue.actions import topics
from tenants.dialogue.exit import write_materials
from tenants.dialogue.models import Material, MaterialFile, MaterialTopic
from tenants.dialogue.models.materials import MATERIAL_FILE, MAX_TOPICS
from tenants.dialogue.perms import materials as perms
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def member() -> Membership:
    return make_partnership.member(make_people.organisation(name="Szkoła"))


@pytest.fixture
def school(member: Membership) -> Organisation:
    return member.organisation


@pytest.fixture
def head(school: Organisation) -> Person:
    return make_people.head(school)


def by(person: Person) -> Any:
    return make_people.by(person)


def news(kind: str = "INBOX") -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind=kind, payload__code="MATERIAL_SHARED").order_by("id")
    return [row.payload for row in rows]


# --- Sharing -------------------------------------------------------------------------------------


def test_members_hear_of_it_in_the_mail_of_the_day_and_the_inbox_knows_no_title(
    in_partnership: TenantRef, school: Organisation, head: Person
) -> None:
    author = make_people.signed_in(in_partnership, Role.LEAD)[1]
    other = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[1]
    row = make.material(person=author, title="Tytuł zastrzeżony")
    assert (row.number, row.of, str(row)) == (1, "Lider", f"Materiał nr 1/{DAY.year}")
    assert [str(line["account_id"]) for line in news()] == [str(other.account_id)]
    assert news()[0]["title"] == f"{row}: nowy plik"
    assert news("MAIL") == []
    second = make.material(school, head, link="https://wiedza.example/")
    assert (second.number, second.of, second.domain) == (2, "Szkoła", "wiedza.example")
    assert (row.versions.count(), second.versions.count()) == (1, 0)


def test_whoever_has_no_seat_shares_nothing(school: Organisation) -> None:
    for person in (make_people.person(Role.SOCIAL_WORKER), make_people.person(Role.DPO)):
        with pytest.raises(Refused):
            make.material(person=person)
    assert not Material.objects.exists()
    assert not StoredFile.objects.filter(kind=MATERIAL_FILE).exists()


def test_nobody_shares_in_the_name_of_another(school: Organisation, head: Person) -> None:
    other = make_partnership.member(make_people.organisation(name="Poradnia")).organisation
    with pytest.raises(ValidationError):
        make.material(other, head)
    assert not Material.objects.exists()


def test_a_file_that_is_not_what_it_says_leaves_nothing(head: Person, school: Organisation) -> None:
    row = make.material(school, head)
    false = SimpleUploadedFile("poradnik.pdf", b"MZ to program", content_type="application/pdf")
    with pytest.raises(RejectedUpload):
        acts.add_version(
            by=by(head), material_id=row.pk, key=uuid7(), version=row.version, upload=false
        )
    row.refresh_from_db()
    assert (row.version, row.versions.count()) == (0, 1)
    assert StoredFile.objects.filter(kind=MATERIAL_FILE).count() == 1


def test_a_closed_team_has_no_materials(school: Organisation, head: Person) -> None:
    team, lead = make_meetings.pzk(), make_meetings.lead()
    assert perms.share(head, team)
    assert perms.keep_topics(lead, team)
    team.kind = "ZZK"
    assert not perms.share(head, team)
    assert not perms.keep_topics(lead, team)


# --- Versions and corrections --------------------------------------------------------------------


def test_a_newer_version_stands_first_and_earlier_ones_stay(
    school: Organisation, head: Person
) -> None:
    row, other = make.material(school, head), make.material()
    newest = make.newer(row, head)
    names = ["poradnik-nowy.pdf", "poradnik.pdf"]
    assert [one.name for one in row.versions.order_by("-position")] == names
    assert list(Material.objects.in_order()) == [row, other]
    assert [one.file.original_name for one in row.versions.order_by("position")] == [
        f"Materiał nr 1-{DAY.year} – wersja {number}.pdf" for number in (1, 2)
    ]
    row.refresh_from_db()
    assert (row.version, row.latest_at) == (1, newest.added_at)


def test_who_did_not_see_the_newest_version_puts_none_in_its_place(
    school: Organisation, head: Person
) -> None:
    row, key = make.material(school, head), uuid7()
    sent = {"by": by(head), "material_id": row.pk, "version": 0}
    acts.add_version(**sent, key=key, upload=make_people.pdf())
    for again, answer in ((key, AlreadySaved), (uuid7(), StaleForm)):
        with pytest.raises(answer):
            acts.add_version(**sent, key=again, upload=make_people.pdf())
    assert row.versions.count() == 2
    with pytest.raises(StaleForm):
        acts.withdraw(by=by(head), material_id=row.pk, version=0, reason="Pomyłka")
    values = {"title": "Inny", "text": "x", "until": None}
    with pytest.raises(StaleForm):
        acts.correct(by=by(head), material_id=row.pk, version=0, topic="", values=values)
    row.refresh_from_db()
    assert (row.title, row.state, row.version) == ("Poradnik", "SHARED", 1)


def test_a_link_has_no_versions(school: Organisation, head: Person) -> None:
    row = make.material(school, head, link="https://wiedza.example/")
    with pytest.raises(Problem, match="odnośnikiem"):
        make.newer(row, head)
    assert not MaterialFile.objects.exists()


def test_its_author_or_who_runs_the_team_changes_it_and_nobody_else(
    member: Membership, school: Organisation, head: Person
) -> None:
    row, other = make.material(school, head), make_people.head(school)
    officer = make_people.person(Role.NETWORK_OFFICER)
    values = {"title": "Poprawiony", "text": "Lepszy opis.", "until": DAY}
    for changes in (
        lambda: make.newer(row, other),
        lambda: make.withdrawn_material(row, other),
        lambda: acts.correct(by=by(other), material_id=row.pk, version=0, topic="", values=values),
    ):
        with pytest.raises(Refused):
            changes()
    row.refresh_from_db()
    assert (row.version, row.versions.count(), row.state) == (0, 1, "SHARED")
    acts.correct(by=by(officer), material_id=row.pk, version=0, topic="", values=values)
    make.newer(row, head)
    row.refresh_from_db()
    assert (row.title, row.until, row.version) == ("Poprawiony", DAY, 2)
    entry = Entry.objects.get(verb="MATERIAL_CORRECTED")
    assert entry.data == {"fields": ["text", "title", "until"]}
    assert "Poprawiony" not in f"{entry.object_label}{entry.why}"


def test_after_a_membership_ends_it_stays_and_its_author_changes_it_no_more(
    member: Membership, school: Organisation, head: Person
) -> None:
    row = make.material(school, head)
    member.end(DAY)
    follow()
    row = Material.objects.get()
    assert (row.of, row.is_shared) == ("Szkoła", True)
    assert not perms.change(Person.objects.get(pk=head.pk), row)
    with pytest.raises(Refused):
        make.newer(row, Person.objects.get(pk=head.pk))


# --- Withdrawing ---------------------------------------------------------------------------------


def _sheet() -> list[list[Any]]:
    """The rows of the exit package."""
    taken: list[list[Any]] = []

    class Pack:
        def sheet(self, name: str, header: list[str], rows: Iterable[Iterable[Any]]) -> None:
            taken.extend([*row] for row in rows)

    write_materials(Pack())
    return taken


def test_a_withdrawn_one_is_read_by_whoever_runs_the_team_alone(
    school: Organisation, head: Person
) -> None:
    row = make.material(school, head)
    make.newer(row, head)
    lead = make_meetings.lead()
    files = [(one.file_id, MATERIAL_FILE) for one in row.versions.order_by("position")]
    assert {*readable(head, files)} == {pk for pk, _ in files}
    make.withdrawn_material(row, head)
    for person, sees in ((head, False), (make_people.person(Role.DPO), False), (lead, True)):
        assert perms.see_material(person, Material.objects.get()) is sees
        assert bool(readable(person, files)) is sees
        assert bool(list(found.materials(person, "poradnik"))) is sees
        assert Material.objects.read_by(person).exists() is sees
    [line] = _sheet()
    assert line[-3:] == ["wycofany", DAY, "Są nowsze zasady."]
    done = Entry.objects.get(verb="MATERIAL_WITHDRAWN")
    assert "nowsze" not in f"{done.why}{done.data}"


def test_nobody_hears_of_what_was_withdrawn(in_partnership: TenantRef) -> None:
    author = make_people.signed_in(in_partnership, Role.LEAD)[1]
    make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    row = make.material(person=author)
    make.newer(row, author)
    assert len(news()) == 2
    make.withdrawn_material(row, author)
    done = Outgoing.objects.filter(kind="INBOX_DONE", dedupe__startswith=f"material:{row.pk}")
    assert sum(len(one.payload["source_ids"]) for one in done.order_by("id")) == 2


def test_a_withdrawn_one_is_changed_no_more(head: Person, school: Organisation) -> None:
    row = make.withdrawn_material(make.material(school, head), head)
    lead, values = make_meetings.lead(), {"title": "x", "text": "x", "until": None}
    for changes in (
        lambda: make.newer(row),
        lambda: make.withdrawn_material(row),
        lambda: acts.correct(by=by(lead), material_id=row.pk, version=1, topic="", values=values),
    ):
        with pytest.raises(Problem):
            changes()
    row.refresh_from_db()
    assert (row.version, row.versions.count(), row.title) == (1, 1, "Poradnik")


# --- Topics --------------------------------------------------------------------------------------


def names() -> list[str]:
    return [topic.name for topic in topics.topics_of(make_meetings.pzk())]


def test_topics_stand_as_who_runs_the_team_put_them() -> None:
    first = make.topic("Wzory")
    second = make.topic("Szkolenia", first)
    make.topic("Dane")
    assert names() == ["Dane", "Wzory", "Szkolenia"]
    lead = make_meetings.by()
    topics.change_topic(by=lead, topic_id=second.pk, version=0, name="Kursy", after="")
    assert names() == ["Kursy", "Dane", "Wzory"]
    with pytest.raises(StaleForm):
        topics.change_topic(by=lead, topic_id=second.pk, version=0, name="X", after="")
    for taken in ("dane", "Inne"):
        with pytest.raises(ValidationError):
            make.topic(taken)
    assert len(names()) == 3


def test_what_stood_under_a_removed_topic_stands_under_the_others(
    head: Person, school: Organisation
) -> None:
    topic = make.topic()
    row = make.material(school, head, topic=topic)
    lead = make_meetings.by()
    topics.remove_topic(by=lead, topic_id=topic.pk, version=0)
    with pytest.raises(AlreadySaved):
        topics.remove_topic(by=lead, topic_id=topic.pk, version=0)
    row.refresh_from_db()
    assert (row.topic, row.topic_name, names()) == (None, "Inne", [])
    with pytest.raises(ValidationError):
        make.material(school, head, topic=MaterialTopic(id=uuid7()))
    assert Material.objects.count() == 1


def test_a_member_keeps_no_topics_and_there_are_not_too_many(head: Person) -> None:
    team, topic = make_meetings.pzk(), make.topic("Temat 0")
    for change in (
        lambda: topics.add_topic(by=by(head), team_id=team.pk, key=uuid7(), name="Mój", after=""),
        lambda: topics.change_topic(
            by=by(head), topic_id=topic.pk, version=0, name="Mój", after=""
        ),
        lambda: topics.remove_topic(by=by(head), topic_id=topic.pk, version=0),
    ):
        with pytest.raises(Refused):
            change()
    for number in range(1, MAX_TOPICS):
        make.topic(f"Temat {number}")
    with pytest.raises(ValidationError):
        make.topic("Jeszcze jeden")
    assert (len(names()), "Mój" in names()) == (MAX_TOPICS, False)


# --- The demo ------------------------------------------------------------------------------------


def test_the_demo_shows_topics_an_old_one_a_second_version_and_a_link(member: Membership) -> None:
    make_meetings.past()
    make_meetings.lead()
    for _ in range(2):  # it may be written twice
        demo.write_materials("Gogolin", DAY)
    rows = list(Material.objects.in_order().select_related("topic__team"))
    assert [row.topic_name for row in rows] == [
        "Wzory i formularze",
        "Wzory i formularze",
        "Szkolenia",
        "Dane o gminie",
        "Inne",
    ]
    assert [row.versions.count() for row in rows] == [2, 1, 1, 1, 0]
    assert [row.is_outdated_on(DAY) for row in rows] == [False, False, False, True, False]
