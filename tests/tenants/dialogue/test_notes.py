"""An official note is drafted, signed, sent to all and later only added to (REG §6.1 s.2-3)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.dialogue import found
from tenants.dialogue.actions import contacts, notes
from tenants.dialogue.forms.notes import EditNoteForm, NewNoteForm
from tenants.dialogue.models import Note, NoteSupplement, Notice
from tenants.dialogue.perms import notes as perms
from tenants.dialogue.perms.sides import member_for
from tenants.meetings.models.arrangements import Arrangement
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tenants.teams.sides import in_words
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded, with a Lider."""
    make_meetings.lead()


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


def mails(code: str) -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind="MAIL").order_by("id")
    return [row.payload for row in rows if row.payload["code"].startswith(code)]


def seat(of: Organisation | None = None) -> Seat:
    team = make_meetings.pzk()
    seats = Seat.objects.on(DAY).filter(team=team, organisation=of).exclude(person=None)
    return seats.order_by("pk").first()


def task(of: Organisation) -> notes.Task:
    return notes.Task("Przysłać listę zajęć", seat(of).pk, DAY + timedelta(days=14))


def test_a_signed_note_goes_to_every_member_at_once_and_to_each_once(
    school: Organisation, head: Person
) -> None:
    make_partnership.member(make_people.organisation())
    row = make.note(school, head)
    assert (Notice.objects.count(), mails("NOTE_SIGNED")) == (0, [])
    row = notes.sign(by=by(head), note_id=row.pk, version=0)
    taken = Seat.objects.taken(DAY).values_list("pk", flat=True)
    told = Notice.objects.filter(about=row.pk)
    assert sorted(told.values_list("seat", flat=True)) == sorted(taken)
    assert len(mails("NOTE_SIGNED")) == told.exclude(recipient="").count() == 3
    assert all(row.content not in mail["text"] for mail in mails("NOTE_SIGNED"))
    with pytest.raises(Problem):
        notes.sign(by=by(head), note_id=row.pk, version=1)
    assert len(mails("NOTE_SIGNED")) == 3


def test_a_draft_has_no_number_and_signing_numbers_without_gaps(head: Person) -> None:
    drafts = [make.note() for _ in range(3)]
    assert {one.number for one in drafts} == {None}
    lead = make_meetings.by()
    notes.discard(by=lead, note_id=drafts[1].pk, version=0)
    said = [str(notes.sign(by=lead, note_id=drafts[at].pk, version=0)) for at in (2, 0)]
    assert said == [f"Notatka służbowa nr {number}/{DAY.year}" for number in (1, 2)]
    assert Note.objects.count() == 2


def test_a_draft_is_its_authors_alone(school: Organisation, head: Person) -> None:
    row = make.note(school, head, subject="Ferie zimowe")
    lead = make_meetings.lead()
    colleague = make_people.person(Role.PARTNER_COORDINATOR, organisation=school)
    for person in (lead, colleague):
        assert not perms.see_note(person, row)
        assert row not in Note.objects.read_by(person)
        assert [*found.notes(person, "ferie")] == []
        for act in (notes.sign, notes.discard):
            with pytest.raises(Refused):
                act(by=by(person), note_id=row.pk, version=0)
    assert Note.objects.get().state == "DRAFT"
    assert [one.href for one in found.notes(head, "ferie")] == [row.url]
    # The journal is read by others: it says nothing of the text.
    entry = Entry.objects.get(verb="NOTE_BEGUN")
    assert "Ferie" not in f"{entry.why}{entry.data}"


def test_what_was_arranged_becomes_an_arrangement_linked_both_ways(
    school: Organisation, head: Person
) -> None:
    make_partnership.member(make_people.organisation())
    row = make.note(school, head, tasks=[task(school)])
    assert not Arrangement.objects.exists()
    notes.sign(by=by(head), note_id=row.pk, version=0)
    made = Arrangement.objects.get()
    assert (made.text, made.organisation, made.meeting) == ("Przysłać listę zajęć", school, None)
    assert (row.tasks.get().arrangement, made.source_url) == (made, row.url)
    meeting = make_meetings.planned()
    assert made in Arrangement.objects.to_check_at(meeting)


def test_an_owner_whose_seat_ended_stops_the_signing_and_nothing_is_left(
    member: Membership, school: Organisation
) -> None:
    row = make.note(tasks=[task(school)])
    member.coordinators.update(ended_on=DAY)
    Membership.objects.filter(pk=member.pk).update(ended_on=DAY)
    follow()
    with pytest.raises(Problem, match="nie ma już wykonawcy"):
        notes.sign(by=make_meetings.by(), note_id=row.pk, version=0)
    row.refresh_from_db()
    assert (row.state, row.number, Arrangement.objects.count()) == ("DRAFT", None, 0)
    assert not Notice.objects.exists()


def test_the_paper_is_frozen_with_the_names_of_the_day(school: Organisation, head: Person) -> None:
    row = make.signed(school, head, members=[seat().pk], tasks=[task(school)])
    document = Document.objects.get(kind="OFFICIAL_NOTE", subject=row.pk)
    lead = make_meetings.lead()
    name = lead.full_name
    Person.objects.filter(pk=lead.pk).update(full_name="Inna Zmyślona")
    row = Note.objects.get(pk=row.pk)
    people = [("Zofia Zmyślona", "Urząd Zmyślony")]
    assert list(row.people()) == [(name, "Lider"), *people]
    assert document.context["people"][0] == {"name": name, "institution": "Lider"}
    assert document.context["arrangements"][0]["owner"].startswith("Szkoła")


def test_a_signed_note_is_only_added_to_and_that_goes_to_all(
    school: Organisation, head: Person
) -> None:
    row = make.signed(school, head)
    said = make.said(content="Inna treść")
    with pytest.raises(Problem):
        notes.edit(by=by(head), note_id=row.pk, version=1, of=str(school.pk), said=said)
    with pytest.raises(Problem):
        notes.discard(by=by(head), note_id=row.pk, version=1)
    extra: dict[str, Any] = {"kind": "CORRECTED", "reason": "Pomyłka w dniu", "text": "Był wtorek"}
    key = uuid7()
    notes.supplement(by=by(head), note_id=row.pk, key=key, **extra)
    with pytest.raises(AlreadySaved):
        notes.supplement(by=by(head), note_id=row.pk, key=key, **extra)
    added = NoteSupplement.objects.get()
    assert str(added) == f"Sprostowanie nr 1 notatki służbowej nr 1/{DAY.year}"
    told = Notice.objects.filter(about=added.pk).count()
    assert told == Notice.objects.filter(about=row.pk).count() == 2
    assert Document.objects.filter(subject=row.pk).count() == 2
    assert Note.objects.get().content == row.content


def test_only_whoever_speaks_for_its_institution_adds_to_it(
    school: Organisation, head: Person
) -> None:
    row, other = make.signed(school, head), make_partnership.member(make_people.organisation())
    for person in (make_meetings.lead(), make_people.head(other.organisation)):
        with pytest.raises(Refused):
            notes.supplement(
                by=by(person), note_id=row.pk, key=uuid7(), kind="ADDED", reason="x", text="x"
            )
    assert not NoteSupplement.objects.exists()


def test_a_right_that_ended_writes_and_signs_nothing(
    member: Membership, school: Organisation, head: Person
) -> None:
    row = make.note(school, head)
    member.coordinators.update(ended_on=DAY)
    Membership.objects.filter(pk=member.pk).update(ended_on=DAY)
    follow()
    for act in (
        lambda: notes.sign(by=by(head), note_id=row.pk, version=0),
        lambda: make.note(school, head),
        lambda: make.contact(school, head),
    ):
        with pytest.raises(Refused):
            act()
    assert Note.objects.get().state == "DRAFT"


def test_two_windows_lose_nothing(school: Organisation, head: Person) -> None:
    row = make.note(school, head)
    same: dict[str, Any] = {"by": by(head), "note_id": row.pk, "of": str(school.pk)}
    notes.edit(version=0, said=make.said(content="Pierwsze okno"), **same)
    with pytest.raises(AlreadySaved):
        notes.edit(version=0, said=make.said(content="Pierwsze okno"), **same)
    with pytest.raises(StaleForm):
        notes.edit(version=0, said=make.said(content="Drugie okno"), **same)
    with pytest.raises(StaleForm):
        notes.sign(by=by(head), note_id=row.pk, version=0)
    row.refresh_from_db()
    assert (row.content, row.state) == ("Pierwsze okno", "DRAFT")


def test_ids_of_others_are_refused(school: Organisation, head: Person) -> None:
    other = make_partnership.member(make_people.organisation()).organisation
    team = make_meetings.pzk()
    wrong: tuple[tuple[str, notes.Said], ...] = (
        (str(other.pk), make.said()),
        (str(school.pk), make.said(members=[uuid7()])),
        (str(school.pk), make.said(tasks=[notes.Task("x", uuid7(), DAY)])),
    )
    for of, said in wrong:
        with pytest.raises(ValidationError):
            notes.begin(by=by(head), team_id=team.pk, key=uuid7(), of=of, said=said)
    assert not Note.objects.exists()


def form(head: Person, **fields: Any) -> NewNoteForm:
    team = make_meetings.pzk()
    plain: dict[str, Any] = {**make.said().values, "key": uuid7(), **fields}
    plain.setdefault("of", in_words(member_for(head, team))[0][0])
    return NewNoteForm(plain, team=team, speaks_for=in_words(member_for(head, team)))


def test_the_form_says_what_is_missing(school: Organisation, head: Person) -> None:
    assert form(head).is_valid()
    tomorrow = DAY + timedelta(days=1)
    wrong: tuple[tuple[str, dict[str, Any]], ...] = (
        ("held_on", {"held_on": tomorrow}),
        ("members", {"others": ""}),
        ("seat_1", {"task_1": "Zadzwonić", "due_1": tomorrow}),
        ("task_2", {"due_2": tomorrow}),
        ("due_1", {"task_1": "x", "seat_1": seat(school).pk, "due_1": DAY - timedelta(days=1)}),
    )
    for name, fields in wrong:
        assert name in form(head, **fields).errors


def test_a_reason_that_the_journal_keeps_names_nobody(school: Organisation, head: Person) -> None:
    warned = "Rozmowa o rodzinie Kowalskich"
    assert form(head, content=warned, guard_reason="Nazwisko jest zmyślone").is_valid()
    for reason in ("To rodzina Kowalskich", "PESEL 44051401359", "Dzwoniła pani Kowalska"):
        named = form(head, content=warned, guard_reason=reason)
        assert {"content", "guard_reason"} <= set(named.errors)
        assert named.apart == {"guard_reason": ""}


def test_whoever_took_part_for_an_institution_is_named_and_nobody_else(
    school: Organisation, head: Person
) -> None:
    named = "Zofia Zmyślona, Urząd Zmyślony\nPiotr Zmyślony, Dom Dziecka"
    assert form(head, others=named).is_valid()
    held = (
        "Zofia Zmyślona",
        "Zofia Zmyślona,",
        f"{named}\nZofia Zmyślona",
        "Sprawa Zofii Zmyślonej z synem, Urząd Zmyślony",
        "rodzina Kowalskich, Urząd Zmyślony",
        "Zofia Zmyślona, matka dziecka",
        f"{named}\nZofia Zmyślona, rodzina",
        "Zofia Zmyślona 44051401359, Urząd Zmyślony",
        "Zofia Zmyślona, Urząd Zmyślony, tel. 600 100 200",
    )
    for others in held:
        assert "others" in form(head, others=others).errors
    assert "content" in form(head, content=named).errors


def test_a_note_begins_from_an_entry_of_the_log(school: Organisation, head: Person) -> None:
    entry = make.contact(school, head)
    team = make_meetings.pzk()
    begun = NewNoteForm(team=team, speaks_for=in_words(member_for(head, team)), contact=entry)
    assert (begun["subject"].value(), begun["others"].value()) == (entry.subject, entry.with_whom)
    row = notes.begin(
        by=by(head),
        team_id=team.pk,
        key=uuid7(),
        of=str(school.pk),
        said=make.said(),
        contact_id=entry.pk,
    )
    assert row.contact == entry
    shown = EditNoteForm(row=row, team=team, speaks_for=in_words(member_for(head, team)))
    assert shown["subject"].value() == row.subject


def test_an_entry_is_corrected_on_its_day_and_later_only_added_to(
    school: Organisation, head: Person
) -> None:
    row = make.contact(school, head)
    values = {"subject": "Godziny sali"}
    contacts.correct(by=by(head), contact_id=row.pk, version=0, values=values)
    with pytest.raises(Refused):
        contacts.correct(by=make_meetings.by(), contact_id=row.pk, version=1, values=values)
    row.refresh_from_db()
    row.logged_at -= timedelta(days=1)
    row.save()
    with pytest.raises(Problem, match="zamknięty"):
        contacts.correct(by=by(head), contact_id=row.pk, version=1, values={"subject": "Nie"})
    contacts.add(by=by(head), contact_id=row.pk, key=uuid7(), text="Sala wolna od piątku")
    row.refresh_from_db()
    assert (row.subject, row.additions.get().text) == ("Godziny sali", "Sala wolna od piątku")
    assert [one.href for one in found.contacts(make_meetings.lead(), "godziny")] == [row.url]
