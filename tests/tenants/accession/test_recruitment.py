"""The open path: anybody asks on the public page, the office answers and keeps the log (REG §1.4)."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Attempts
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.accession.actions import decisions, recruitment
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.views import joining
from tenants.partnership.models import Partnership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import text_of

HOME = "/gmina/gogolin/"
JOIN = HOME + "dolacz/"
LOG = HOME + "partnerstwo/nabor/"


def form(**changed: str) -> dict[str, str]:
    return {"key": str(uuid7()), "has_read": "on", **make_accession.request_to_join(**changed)}


@pytest.fixture
def officer(in_partnership: TenantRef) -> Client:
    Attempts.objects.all().delete()
    return make.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]


def count(tenant: TenantRef) -> int:
    with inside(tenant):
        return Recruitment.objects.count()


def test_a_stranger_asks_and_the_office_hears_of_it_but_no_mail_goes_to_the_stranger(
    officer: Client, partnership: TenantRef
) -> None:
    page = Client().post(JOIN, form(institution_name="Fundacja Nowa"), follow=True)

    assert "Dziękujemy za zgłoszenie" in text_of(page)
    with inside(partnership):
        asked = Recruitment.objects.get()
        assert (asked.state, asked.origin) == ("ASKED", "PUBLIC_PAGE")
        assert Entry.objects.filter(verb="RECRUITMENT_ASKED", object_id=asked.pk).exists()
        sent = Outgoing.objects.filter(dedupe__startswith=f"recruitment-asked:{asked.pk}")
        assert {(one.kind, one.payload["is_news"]) for one in sent} == {("INBOX", True)}
        assert not any("maria@example.pl" in str(one.payload) for one in Outgoing.objects.all())
    assert "Odpowiedz na zgłoszenie do Partnerstwa: Fundacja Nowa" in text_of(officer.get(HOME))


def test_the_same_request_sent_twice_is_one(partnership: TenantRef) -> None:
    data = form()
    for _ in range(2):
        assert Client().post(JOIN, data).headers["Location"] == JOIN + "wyslano/"
    assert count(partnership) == 1


def test_a_request_without_a_contact_is_refused_beside_its_field(partnership: TenantRef) -> None:
    page = Client().post(JOIN, form(contact_email="", contact_phone=""))

    assert page.status_code == 422
    assert "Podaj adres e-mail albo telefon." in text_of(page)
    assert count(partnership) == 0


def test_a_program_that_fills_in_every_field_is_thanked_and_nothing_is_kept(
    partnership: TenantRef,
) -> None:
    page = Client().post(JOIN, {**form(), joining.TRAP: "http://spam.example"}, follow=True)

    assert "Dziękujemy" in text_of(page)
    assert count(partnership) == 0


def test_one_address_of_the_network_may_ask_a_few_times_an_hour(
    partnership: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kooperacja.accounts.limits.time.time", lambda: 1_800_000_000.0)
    statuses = [Client().post(JOIN, form()).status_code for _ in range(joining.ASKED_AN_HOUR)]

    page = Client().post(JOIN, form())

    assert (set(statuses), page.status_code) == ({302}, 429)
    assert "Zbyt wiele zgłoszeń z jednego miejsca" in text_of(page)
    assert Client(REMOTE_ADDR="10.9.8.7").post(JOIN, form()).status_code == 302
    assert count(partnership) == joining.ASKED_AN_HOUR + 1


def test_a_flood_from_many_places_stops_at_the_limit_of_the_day(
    partnership: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recruitment, "ASKED_A_DAY", 2)
    statuses = [Client(REMOTE_ADDR=f"10.0.0.{n}").post(JOIN, form()).status_code for n in range(3)]

    assert statuses == [302, 302, 429]
    assert count(partnership) == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "DRAFT"}, "dopiero powstaje"),
        ({"state": "DISSOLVED", "dissolved_on": "2026-01-01"}, "zostało rozwiązane"),
    ],
)
def test_a_partnership_that_does_not_work_takes_no_requests(
    partnership: TenantRef, values: dict[str, str], said: str
) -> None:
    with inside(partnership):
        Partnership.objects.update(**values)

    page = Client().get(JOIN)

    assert said in text_of(page)
    assert "Zgłoś zainteresowanie" not in text_of(page)
    assert Client().post(JOIN, form()).status_code == 409
    assert count(partnership) == 0


def test_the_page_names_only_those_who_agreed_and_nobody_else(
    in_partnership: TenantRef, lead: Person
) -> None:
    for name, agreed in (("Jawna Szkoła", True), ("Cicha Szkoła", False)):
        member = make_partnership.member(make.organisation(name=name, sector="EDUCATION"))
        AccessionDeclaration.objects.filter(pk=member.declaration.pk).update(publish_consent=agreed)
    make.organisation(name="Jeszcze Nie Członek")

    said = text_of(Client().get(JOIN))

    assert "Jawna Szkoła" in said
    assert "edukacja: 2" in said
    for hidden in ("Cicha Szkoła", "Jeszcze Nie Członek", "Lidia Liderska", "koordynator."):
        assert hidden not in said


def test_anybody_reads_the_regulation_in_force(partnership: TenantRef) -> None:
    said = text_of(Client().get(JOIN + "regulamin/"))
    assert "Ośrodek Pomocy Społecznej w Gogolinie" in said
    assert "§ 1" in said


def test_the_office_leads_an_entry_to_its_end_and_forgets_the_contact(
    officer: Client, partnership: TenantRef
) -> None:
    with inside(partnership):
        entry = make_accession.asked(institution_name="Bank Żywności")
    url, day = f"{LOG}{entry.pk}/", timezone.localdate().isoformat()

    officer.post(url + "krok/", {"version": 0, "state": "DECLINED", "happened_on": day})
    page = officer.post(url + "kontakt/", follow=True)

    assert "Odmówiła" in text_of(page)
    assert "maria@example.pl" not in text_of(page)
    with inside(partnership):
        assert [step.state for step in entry.steps.all()] == ["ASKED", "DECLINED"]
    assert "Bank Żywności" not in text_of(officer.get(HOME))


def test_a_note_stands_in_the_log_alone(lead: Person) -> None:
    entry = make_accession.asked()
    recruitment.move_recruitment(
        by=make.by(lead),
        recruitment_id=entry.pk,
        version=0,
        state="INVITED",
        happened_on=timezone.localdate(),
        note="Rozmowa z prezesem.",
    )
    assert [step.note for step in entry.steps.all()] == ["", "Rozmowa z prezesem."]
    assert Entry.objects.get(verb="RECRUITMENT_MOVED", object_id=entry.pk).why == ""


def test_a_step_of_a_day_to_come_is_refused_beside_its_field(officer: Client, lead: Person) -> None:
    entry = make_accession.asked()
    sent = {"version": 0, "state": "INVITED", "happened_on": "2099-01-01"}
    page = officer.post(f"{LOG}{entry.pk}/krok/", sent)
    assert page.status_code == 422
    assert "Data nie może być z przyszłości." in text_of(page)
    entry.refresh_from_db()
    assert (entry.state, entry.version) == ("ASKED", 0)


def test_a_step_before_the_last_one_is_refused_beside_its_field(
    officer: Client, lead: Person
) -> None:
    entry = make_accession.asked()
    sent = {"version": 0, "state": "INVITED", "happened_on": "2020-01-01"}
    page = officer.post(f"{LOG}{entry.pk}/krok/", sent)
    assert page.status_code == 422
    assert "Poprzedni krok zapisano z dniem" in text_of(page)
    entry.refresh_from_db()
    assert (entry.state, entry.version) == ("ASKED", 0)


def test_contact_data_of_an_open_entry_stay(lead: Person) -> None:
    entry = make_accession.asked()
    with pytest.raises(Problem, match="Nabór jeszcze trwa"):
        recruitment.forget_contact(by=make.by(lead), recruitment_id=entry.pk)
    entry.refresh_from_db()
    assert entry.contact_email == "maria@example.pl"


def test_a_step_that_the_rules_do_not_allow_changes_nothing(lead: Person) -> None:
    entry = make_accession.asked()
    step = {"by": make.by(lead), "recruitment_id": entry.pk, "version": 0}
    for state in ("REPLIED", "JOINED", "ASKED"):
        with pytest.raises(Problem, match="nie można teraz zapisać"):
            recruitment.move_recruitment(**step, state=state, happened_on=timezone.localdate())
    entry.refresh_from_db()
    assert (entry.state, entry.version, entry.steps.count()) == ("ASKED", 0, 1)


def test_of_two_who_answer_the_second_learns_of_the_first(officer: Client, lead: Person) -> None:
    entry = make_accession.asked()
    sent = {"version": 0, "happened_on": timezone.localdate().isoformat()}
    assert officer.post(f"{LOG}{entry.pk}/krok/", {**sent, "state": "INVITED"}).status_code == 302
    again = officer.post(f"{LOG}{entry.pk}/krok/", {**sent, "state": "INVITED"}, follow=True)

    page = officer.post(f"{LOG}{entry.pk}/krok/", {**sent, "state": "CLOSED", "note": "inna"})

    assert "To już zapisano" in text_of(again)
    assert page.status_code == 409
    assert "Ktoś właśnie zmienił ten wpis" in text_of(page)


def test_an_entry_joins_by_itself_when_the_lider_accepts(
    officer: Client, lead: Person, partnership: TenantRef
) -> None:
    entry = make_accession.asked(institution_name="Szkoła nr 7")
    url = f"{LOG}{entry.pk}/nowa-instytucja/"
    data = {"key": uuid7(), "name": "Szkoła nr 7", "sector": "EDUCATION", "city": "Gogolin"}
    assert officer.post(url, data).status_code == 302
    with inside(partnership):
        declaration = make_accession.filed(lead, Organisation.objects.get())
        entry.refresh_from_db()
        assert entry.declaration == declaration

        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    assert [step.state for step in entry.steps.all()] == ["ASKED", "JOINED"]
    assert "Przystąpiła do Partnerstwa" in text_of(officer.get(f"{LOG}{entry.pk}/"))


def test_an_entry_linked_to_a_member_has_joined(lead: Person) -> None:
    entry, declaration = make_accession.asked(), make_accession.filed(lead)
    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    recruitment.link_recruitment(
        by=make.by(lead),
        recruitment_id=entry.pk,
        organisation_id=declaration.organisation_id,
    )

    entry.refresh_from_db()
    assert (entry.state, entry.declaration) == ("JOINED", declaration)


def test_a_partner_keeps_no_log(in_partnership: TenantRef) -> None:
    worker = make.person(Role.SOCIAL_WORKER)
    values = {"institution_name": "X", "origin": "OFFICE", "began_on": timezone.localdate()}
    with pytest.raises(Refused):
        recruitment.add_recruitment(by=make.by(worker), key=uuid7(), values=values)
    assert not Recruitment.objects.exists()


def test_the_log_is_searched_and_costs_the_same_however_long(
    officer: Client, partnership: TenantRef
) -> None:
    with inside(partnership):
        make_accession.asked(institution_name="Łąka i Las")
    officer.get(LOG)
    few = queries(officer, LOG)
    with inside(partnership):
        for _ in range(10):
            make_accession.asked()

    assert (few, queries(officer, LOG)) == (5, 5)
    assert queries(Client(), JOIN) == 4
    found = text_of(officer.get(LOG + "?szukaj=laka&stan=ASKED"))
    assert "Łąka i Las" in found
    assert "Stowarzyszenie Numer" not in found


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_office_writes_down_whom_it_invited(officer: Client, partnership: TenantRef) -> None:
    data = {
        "key": uuid7(),
        "origin": "OFFICE",
        "institution_name": "Biblioteka",
        "sector": "CULTURE",
        "began_on": timezone.localdate().isoformat(),
        "note": "Rozmowa z dyrektorem.",
    }
    page = officer.post(LOG + "nowy/", data, follow=True)
    assert "Rozmowa z dyrektorem." in text_of(page)
    assert "To już zapisano" in text_of(officer.post(LOG + "nowy/", data, follow=True))
    assert count(partnership) == 1
