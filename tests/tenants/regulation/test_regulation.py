"""The regulation: written, first adopted, in force from a day (REG title, fn.1, §1.1)."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.exchange.clauses import framework
from tenants.partnership.models import Partnership
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation import text as regulation_text
from tenants.regulation.actions import versions
from tenants.regulation.actions.amendments import open_amendment
from tenants.regulation.changes import changes
from tenants.regulation.forms import ParametersForm
from tenants.regulation.models import RegulationVersion
from tenants.regulation.rules import CHECKLIST
from tenants.regulation.today import regulation_waits
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.tenants.reading import PARTNERSHIP, text_of

TODAY = date(2026, 3, 2)
PAGE = PARTNERSHIP + "regulamin/"
OFFICE = PARTNERSHIP + "osrodek/"


@pytest.fixture
def fresh(gmina: TenantRef) -> Any:
    """A tenant that has just been opened: its regulation is a draft."""
    with inside(gmina):
        make_partnership.opened(gmina)
        yield gmina


@pytest.fixture
def office(fresh: TenantRef) -> Client:
    client, _ = make.signed_in(fresh, Role.LEAD)
    return client


def draft() -> RegulationVersion:
    return RegulationVersion.objects.get(state="DRAFT")


def whole() -> RegulationVersion:
    """A draft that lacks nothing."""
    RegulationVersion.objects.filter(state="DRAFT").update(**make_regulation.whole_regulation())
    return draft()


def parameters(version: RegulationVersion, **changed: Any) -> dict[str, Any]:
    """The values that the form of parameters sends."""
    names = [name for name in ParametersForm.Meta.fields if name != "justification"]
    kept = {name: getattr(version, name) for name in names}
    return {"version": version.version, **kept, **changed}


FILLED_IN = {"place": "Szkolna 1", "decision_days": 14}


def name_office(client: Client, name: str = "MGOPS w Gogolinie") -> None:
    """Enter the data of the office, from which the regulation takes two of its blanks."""
    version = Partnership.objects.get().version
    data = {"version": version, "area": "Gmina Gogolin", "lead_name": name}
    assert client.post(PARTNERSHIP + "osrodek/dane/", data).status_code == 302


@pytest.mark.usefixtures("fresh")
def test_the_first_draft_says_in_good_polish_where() -> None:
    assert draft().area == "gminie miejsko-wiejskiej Gogolin"


def test_the_office_fills_in_and_adopts_the_first_regulation(office: Client) -> None:
    assert "Przyjmij regulamin Partnerstwa" in text_of(office.get("/gmina/gogolin/"))
    url = f"{PAGE}{draft().pk}/"
    assert "brak: " in text_of(office.get(url))
    name_office(office)
    data = parameters(draft(), **FILLED_IN)
    assert office.post(url + "parametry/", data).headers["Location"] == url
    said = {name: f"Wpisano: {name}" for name in CHECKLIST}
    office.post(url + "ustalenia/", {"version": 2, **said})
    day = timezone.localdate().isoformat()
    form = {"adopted_on": day, "adopted_place": "Gogolinie", "in_force_from": day, "version": 3}
    page = office.post(url + "przyjecie/", {**form, "file": make.pdf("skan.pdf")}, follow=True)

    assert "Wersja 1" in text_of(page)
    assert "Podpisany regulamin (skan)" in text_of(page)
    assert re.search(r"Przyjęta [^(]* w Gogolinie, obowiązuje od", text_of(page))
    version = RegulationVersion.objects.get()
    assert (version.state, version.number, version.decision_days) == ("ADOPTED", 1, 14)
    founded = Partnership.objects.get()
    assert (founded.state, founded.lead_name) == ("ACTIVE", "MGOPS w Gogolinie")
    now = text_of(office.get(PAGE))
    assert "Powołuje się Partnerski Zespół Kooperacyjny w gminie Gogolin." in now
    assert "Wpisano: common_goal" in now
    assert "Uzupełnij i przyjmij" not in text_of(office.get("/gmina/gogolin/"))


def test_the_first_draft_waits_since_it_was_begun(fresh: TenantRef) -> None:
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # the third in Poland
    RegulationVersion.objects.update(created_at=at)
    lead = make.person(Role.LEAD)

    (waits,) = regulation_waits(lead, date(2026, 5, 4))

    assert waits.title == "Uzupełnij i przyjmij regulamin"
    assert waits.since == date(2026, 3, 3)


def test_an_incomplete_draft_is_not_adopted(office: Client) -> None:
    url = f"{PAGE}{draft().pk}/przyjecie/"
    day = timezone.localdate().isoformat()
    form = {"adopted_on": day, "adopted_place": "Gogolin", "in_force_from": day, "version": 0}

    for page in (office.get(url), office.post(url, form)):
        assert page.status_code == 409
        assert "wspólny cel" in text_of(page)

    assert draft().number is None
    assert not Document.objects.exists()


def test_a_text_that_was_changed_since_it_was_read_is_not_adopted(office: Client) -> None:
    url, day = f"{PAGE}{draft().pk}/", timezone.localdate().isoformat()
    name_office(office)
    data = parameters(draft(), **FILLED_IN)
    office.post(url + "parametry/", data)
    said = {name: f"Wpisano: {name}" for name in CHECKLIST}
    office.post(url + "ustalenia/", {"version": 2, **said})
    read = office.get(url + "przyjecie/").context["form"]["version"].value()
    office.post(url + "ustalenia/", {"version": 3, **said, "common_goal": "Zupełnie inny."})

    form = {"adopted_on": day, "adopted_place": "Gogolin", "in_force_from": day}
    page = office.post(url + "przyjecie/", {**form, "version": read})

    assert page.status_code == 409
    assert draft().number is None


def test_a_name_that_was_changed_since_the_text_was_read_is_not_adopted(office: Client) -> None:
    name_office(office)
    whole()
    url, day = f"{PAGE}{draft().pk}/przyjecie/", timezone.localdate().isoformat()
    read = office.get(url).context["form"]["version"].value()
    name_office(office, "Ośrodek Pomocy Społecznej w Próbie")

    form = {"adopted_on": day, "adopted_place": "Gogolinie", "in_force_from": day}
    page = office.post(url, {**form, "version": read})

    assert page.status_code == 409
    assert (draft().number, draft().lead_name) == (None, "Ośrodek Pomocy Społecznej w Próbie")


def test_the_version_in_force_keeps_the_name_it_had_and_a_change_takes_the_new_one(
    in_partnership: TenantRef,
) -> None:
    client, lead = make.signed_in(in_partnership, Role.LEAD)
    name_office(client, "Centrum Usług Społecznych w Gogolinie")

    said = text_of(client.get(PAGE))
    assert "podaje nazwę „Ośrodek Pomocy Społecznej w Gogolinie”; nowa nazwa wejdzie ze" in said
    assert "podaje obszar" not in said
    assert "nowa nazwa wejdzie ze zmianą" in text_of(client.get(f"{OFFICE}szablony/"))
    change = open_amendment(by=make.by(lead), key=uuid7())
    assert change.lead_name == "Centrum Usług Społecznych w Gogolinie"
    assert list(changes(RegulationVersion.objects.get(number=1), change)) == ["Treść"]


def test_nothing_is_filed_before_a_regulation_is_in_force(office: Client) -> None:
    lead = make.lead()
    declaration = make_accession.draft(lead)

    page = office.get(f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/")

    assert page.status_code == 409
    assert "Nie ma jeszcze obowiązującego regulaminu" in text_of(page)
    assert f'href="{PAGE}"' in text_of(page)


def test_the_text_of_a_paragraph_is_edited_and_grows(office: Client) -> None:
    url = f"{PAGE}{draft().pk}/tresc/?par=2"
    texts = {
        f"tekst_{row['ref'].replace('.', '_')}": regulation_text.to_edit(row["text"])
        for row in draft().clauses
        if row["ref"].split(".")[0] == "2"
    }
    assert "[[częstość spotkań]]" in texts["tekst_2_3"]
    texts |= {"tekst_2_7": "Spotkania są ważne w każdym składzie.", "new": "Ustęp dodany."}

    office.post(url, {"version": 0, **texts})

    found = {row["ref"]: row["text"] for row in draft().clauses}
    assert found["2.7"] == "Spotkania są ważne w każdym składzie."
    assert found["2.12"] == "Ustęp dodany."
    assert "[[frequency]]" in found["2.3"]
    assert len(found) == len(framework()) + 1
    entry = Entry.objects.get(verb="REGULATION_EDITED")
    assert set(entry.data) == {"§ 2 ust. 7", "§ 2 ust. 12"}


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (["Ustęp."] * 129, "najwyżej 200 ustępów, liter i tytułów, a miałby 201"),
        (["x" * 5000] * 29, "najwyżej 150 000 znaków, a miałby"),
        (["x\n" * 1000] * 3, "najwyżej 3 000 wierszy, a miałby"),
    ],
)
def test_a_regulation_has_a_greatest_size(office: Client, held: list[str], words: str) -> None:
    version = draft()
    clauses = version.clauses + [{"ref": f"10.{n + 50}", "text": one} for n, one in enumerate(held)]
    RegulationVersion.objects.filter(pk=version.pk).update(clauses=clauses)
    url = f"{PAGE}{version.pk}/tresc/?par=9"
    texts = {
        f"tekst_{row['ref'].replace('.', '_')}": regulation_text.to_edit(row["text"])
        for row in clauses
        if row["ref"].split(".")[0] == "9"
    }
    answer = office.post(url, {"version": 0, "new": "Nowy ustęp. " + "x" * 4900, **texts})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert draft().clauses == clauses


@pytest.mark.parametrize("text", ["x" * 160_000, "x\n" * 4_000])
def test_a_draft_that_was_too_long_before_is_shortened_bit_by_bit(
    office: Client, text: str
) -> None:
    version = draft()
    clauses = [one | ({"text": text} if one["ref"] == "9.1" else {}) for one in version.clauses]
    RegulationVersion.objects.filter(pk=version.pk).update(clauses=clauses)
    url = f"{PAGE}{version.pk}/tresc/?par=9"
    shorter = text[: -(len(text) // 100)]
    office.post(url, {"version": 0, "tekst_9": "Zmiany", "tekst_9_1": shorter})
    kept = {row["ref"]: row["text"] for row in draft().clauses}
    assert (kept["9"], kept["9.1"]) == ("Zmiany", shorter.strip())
    answer = office.post(url, {"version": 1, "tekst_9": "Zmiany", "tekst_9_1": shorter + "x"})
    assert answer.status_code == 422
    assert {row["ref"]: row["text"] for row in draft().clauses} == kept


def test_a_blank_may_not_be_lost_from_its_clause(office: Client) -> None:
    url = f"{PAGE}{draft().pk}/tresc/?par=9"
    texts = {"tekst_9": "Zmiana", "tekst_9_1": "Zmiana [[obszar działania]]."}

    page = office.post(url, {"version": 0, **texts})

    assert page.status_code == 422
    assert "nie ma pól w podwójnych nawiasach" in text_of(page)
    assert draft().clauses == framework()


def test_two_who_write_the_draft_see_both_texts(office: Client) -> None:
    url = f"{PAGE}{draft().pk}/ustalenia/"
    said = dict.fromkeys(CHECKLIST, "Wspólnie")
    office.post(url, {"version": 0, **said, "common_goal": "Cel pierwszej osoby"})

    page = office.post(url, {"version": 0, **said, "common_goal": "Cel drugiej osoby"})

    assert page.status_code == 409
    assert "Cel pierwszej osoby" in text_of(page)
    assert "Cel drugiej osoby" in text_of(page)
    assert 'name="version" value="1"' in text_of(page)
    assert draft().common_goal == "Cel pierwszej osoby"


def test_two_who_write_one_paragraph_see_both_texts(office: Client) -> None:
    url = f"{PAGE}{draft().pk}/tresc/?par=9"
    office.post(url, {"version": 0, "tekst_9": "Zmiana", "tekst_9_1": "Tekst pierwszy"})

    page = office.post(url, {"version": 0, "tekst_9": "Zmiana", "tekst_9_1": "Tekst drugi"})

    assert page.status_code == 409
    assert "Tekst pierwszy" in text_of(page)
    assert "Tekst drugi" in text_of(page)
    assert {row["ref"]: row["text"] for row in draft().clauses}["9.1"] == "Tekst pierwszy"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"meetings_count": 0}, "Spotkania nie rzadziej niż"),
        ({"decision_days": "dużo"}, "Ile dni ma Lider"),
        ({"resignation_effect": "DAYS_AFTER", "resignation_days": 0}, "Podaj, po ilu dniach"),
    ],
)
def test_a_wrong_parameter_is_said_beside_its_field(
    office: Client, changed: dict[str, Any], said: str
) -> None:
    page = office.post(f"{PAGE}{draft().pk}/parametry/", parameters(draft(), **changed))

    assert page.status_code == 422
    assert said in text_of(page)
    assert draft().version == 0


@pytest.mark.parametrize("role", [Role.TENANT_ADMIN, Role.NETWORK_OFFICER])
def test_only_the_lead_adopts(fresh: TenantRef, role: Role) -> None:
    version = whole()
    with pytest.raises(Refused):
        versions.adopt_first_regulation(
            by=make.by(make.person(role)),
            regulation_id=version.pk,
            adoption=versions.Adoption(TODAY, "Gogolin", TODAY),
        )
    assert draft().version == version.version


def test_a_version_is_in_force_only_from_its_day(fresh: TenantRef) -> None:
    version = whole()
    with time_machine.travel(TODAY, tick=False):
        adopted(make.lead(), version, in_force_from=TODAY + timedelta(days=10))

    assert RegulationVersion.in_force(TODAY + timedelta(days=9)) is None
    assert RegulationVersion.in_force(TODAY + timedelta(days=10)) == version


def test_the_platform_obeys_the_parameters_of_the_day(fresh: TenantRef) -> None:
    assert make_regulation.parameters_on(TODAY).decision_days == 30
    RegulationVersion.objects.update(decision_days=14, guest_days=5)
    with time_machine.travel(TODAY, tick=False):
        adopted(make.lead(), whole(), in_force_from=TODAY)

    assert make_regulation.parameters_on(TODAY - timedelta(days=1)).decision_days == 30
    assert (
        make_regulation.parameters_on(TODAY).decision_days,
        make_regulation.parameters_on(TODAY).guest_days,
    ) == (
        14,
        5,
    )


def adopted(lead: Person, version: RegulationVersion, in_force_from: date) -> RegulationVersion:
    return versions.adopt_first_regulation(
        by=make.by(lead),
        regulation_id=version.pk,
        adoption=versions.Adoption(timezone.localdate(), "Gogolin", in_force_from),
    )


def test_adopting_it_again_changes_nothing(fresh: TenantRef) -> None:
    lead, today = make.lead(), timezone.localdate()
    version = adopted(lead, whole(), today)

    with pytest.raises(AlreadySaved):
        adopted(lead, version, today)

    assert Document.objects.count() == 1


def test_an_adopted_version_is_not_edited(fresh: TenantRef) -> None:
    lead = make.lead()
    version = adopted(lead, whole(), timezone.localdate())

    with pytest.raises(Problem, match="nie można teraz zmienić"):
        versions.edit_regulation(
            by=make.by(lead),
            regulation_id=version.pk,
            version=version.version,
            values={"common_goal": "Inny"},
        )

    assert RegulationVersion.objects.get().common_goal == version.common_goal


def test_a_partner_reads_the_regulation_but_does_not_write_it(fresh: TenantRef) -> None:
    client, _ = make.signed_in(fresh, Role.PARTNER_COORDINATOR, organisation=make.organisation())

    assert client.get(PAGE).status_code == 200
    page = client.get(f"{PAGE}{draft().pk}/")
    assert page.status_code == 200
    assert "parametry/" not in text_of(page)
    assert "Uzupełnij i przyjmij" not in text_of(client.get("/gmina/gogolin/"))
