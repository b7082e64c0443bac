"""The pages, through a browser's eyes: who may open them, what they say, what they cost."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import AccessibilityStatement, Membership, Partnership
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import partnership as make

HOME = "/gmina/gogolin/"
PARTNERSHIP = HOME + "partnerstwo/"


@pytest.fixture
def keeper(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(in_partnership, Role.LEAD, Role.TENANT_ADMIN)
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def organisation_data(**changed: str) -> dict[str, str]:
    return {
        "key": str(uuid7()),
        "name": "Szkoła Podstawowa nr 3",
        "sector": "EDUCATION",
        "city": "Gogolin",
        "regon": make.regon(77),
        **changed,
    }


def test_the_office_admits_an_institution_page_by_page(keeper: Client) -> None:
    page = keeper.post(PARTNERSHIP + "instytucje/nowa/", organisation_data())
    organisation = Organisation.objects.get()
    assert page.headers["Location"] == f"{PARTNERSHIP}instytucje/{organisation.pk}/"

    keeper.post(PARTNERSHIP + "deklaracje/nowa/", {"key": uuid7(), "organisation": organisation.pk})
    declaration = AccessionDeclaration.objects.get()
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/"
    signs = {"version": 0, "full_name": "Jan Podpisujący", "function": "dyrektor"}
    page = keeper.post(url + "podpis/", signs)
    assert page.headers["Location"] == url + "koordynator/"
    who = {"full_name": "Ewa Koordynująca", "position": "pedagog", "email": "ewa@example.pl"}
    page = keeper.post(url + "koordynator/", {"version": 1, **who})
    assert page.headers["Location"] == url + "zlozenie/"
    day = timezone.localdate().isoformat()
    signed = {"mode": "PAPER_SCAN", "signed_on": day, "received_on": day, "regulation_id": "on"}
    page = keeper.post(url + "zlozenie/", {**signed, "file": make.pdf()})
    assert page.headers["Location"] == url
    assert "po terminie" not in text_of(keeper.get(HOME))

    page = keeper.post(url + "przyjecie/", {"decided_on": day}, follow=True)

    assert "przyjęto do Partnerstwa w dniu " in text_of(page)
    assert "Deklaracja z adnotacją Lidera (PDF)" in text_of(page)
    assert "Szkoła Podstawowa nr 3" in text_of(keeper.get(PARTNERSHIP + "czlonkowie/"))


def test_the_same_new_institution_sent_twice_is_one(keeper: Client) -> None:
    data = organisation_data()
    keeper.post(PARTNERSHIP + "instytucje/nowa/", data)

    page = keeper.post(PARTNERSHIP + "instytucje/nowa/", data, follow=True)

    assert "To już zapisano" in text_of(page)
    assert Organisation.objects.count() == 1


def test_a_wrong_number_is_said_beside_its_field(keeper: Client) -> None:
    page = keeper.post(PARTNERSHIP + "instytucje/nowa/", organisation_data(nip="526-025-09-96"))

    assert page.status_code == 422
    assert "Numer NIP „5260250996” jest nieprawidłowy" in text_of(page)
    assert not Organisation.objects.exists()


def test_a_number_may_be_written_with_hyphens(keeper: Client) -> None:
    keeper.post(PARTNERSHIP + "instytucje/nowa/", organisation_data(nip="526-025-09-95"))

    assert Organisation.objects.get().nip == "5260250995"


def test_two_editors_see_both_texts_and_lose_none(keeper: Client) -> None:
    organisation = make.organisation(name="Stara nazwa")
    url = f"{PARTNERSHIP}instytucje/{organisation.pk}/zmiana/"
    sent = organisation_data(regon=organisation.regon, version="0")
    keeper.post(url, {**sent, "name": "Nazwa pierwszej osoby"})

    page = keeper.post(url, {**sent, "name": "Nazwa drugiej osoby"})

    assert page.status_code == 409
    assert "Nazwa pierwszej osoby" in text_of(page)
    assert "Nazwa drugiej osoby" in text_of(page)
    assert 'name="version" value="1"' in text_of(page)
    organisation.refresh_from_db()
    assert organisation.name == "Nazwa pierwszej osoby"


def test_a_file_that_is_no_pdf_is_refused_beside_its_field(keeper: Client, lead: Person) -> None:
    declaration = make.draft(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
    day = timezone.localdate().isoformat()
    signed = {"mode": "PAPER_SCAN", "signed_on": day, "received_on": day, "regulation_id": "on"}
    upload = make.pdf()
    upload.file.seek(0)
    upload.file.write(b"nieprawda")

    page = keeper.post(url, {**signed, "file": upload})

    assert page.status_code == 422
    assert "To nie jest plik PDF" in text_of(page)
    declaration.refresh_from_db()
    assert declaration.state == "DRAFT"


def test_a_declaration_filed_twice_is_filed_once(keeper: Client, lead: Person) -> None:
    declaration = make.filed(lead)
    version = AccessionDeclaration.objects.get().version

    page = keeper.post(f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/", {}, follow=True)

    assert "To już zapisano" in text_of(page)
    assert AccessionDeclaration.objects.get().version == version


def test_two_who_name_the_signatory_see_both_texts(keeper: Client, lead: Person) -> None:
    declaration = make.draft(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/podpis/"
    sent = {"version": declaration.version, "function": "dyrektor"}
    assert keeper.post(url, {**sent, "full_name": "Jan Pierwszy"}).status_code == 302

    page = keeper.post(url, {**sent, "full_name": "Jan Drugi"})

    assert page.status_code == 409
    assert "Jan Pierwszy" in text_of(page)
    assert "Jan Drugi" in text_of(page)
    declaration.refresh_from_db()
    assert str(declaration.signatory) == "Jan Pierwszy"


def test_an_address_of_somebody_else_is_said_beside_its_field(keeper: Client, lead: Person) -> None:
    other, declaration = make.person(email="wspolny@example.pl"), make.draft(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/koordynator/"
    who = {"full_name": "Ktoś Inny", "position": "pedagog", "email": other.email}

    page = keeper.post(url, {**who, "version": declaration.version})

    assert page.status_code == 422
    assert f"używa już {other.full_name}" in text_of(page)
    assert not Person.objects.filter(full_name="Ktoś Inny").exists()


def test_deciding_what_is_decided_answers_409(keeper: Client, lead: Person) -> None:
    declaration = make.filed(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/przyjecie/"
    day = timezone.localdate().isoformat()
    keeper.post(url, {"decided_on": day})

    page = keeper.post(url, {"decided_on": day})

    assert page.status_code == 409
    assert "już przyjęto" in text_of(page)
    assert Membership.objects.count() == 1


def test_a_refusal_needs_a_reason(keeper: Client, lead: Person) -> None:
    declaration = make.filed(lead)

    page = keeper.post(f"{PARTNERSHIP}deklaracje/{declaration.pk}/odmowa/", {"reason": " "})

    assert page.status_code == 422
    declaration.refresh_from_db()
    assert declaration.state == "FILED"


def test_a_declaration_past_its_term_warns_with_the_clause(keeper: Client, lead: Person) -> None:
    make.filed(lead, received_on=date(2025, 1, 7))

    said = text_of(keeper.get(HOME))

    assert "po terminie" in said
    assert "decyzja do 6 lutego 2025 r. (§ 1 ust. 5 regulaminu)" in said


def test_a_partner_sees_members_and_its_own_declaration_only(
    in_partnership: TenantRef, lead: Person
) -> None:
    own, foreign = make.filed(lead), make.filed(lead)
    client, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=own.organisation
    )

    assert client.get(PARTNERSHIP + "czlonkowie/").status_code == 200
    assert client.get(f"{PARTNERSHIP}deklaracje/{own.pk}/").status_code == 200
    assert client.get(f"{PARTNERSHIP}deklaracje/{foreign.pk}/").status_code == 404
    listed = text_of(client.get(PARTNERSHIP + "deklaracje/"))
    assert own.organisation.name in listed
    assert foreign.organisation.name not in listed
    assert own.organisation.name in text_of(client.get(HOME))


@pytest.mark.parametrize(
    "path",
    [
        "instytucje/nowa/",
        "instytucje/{organisation}/zmiana/",
        "deklaracje/nowa/",
        "deklaracje/{declaration}/podpis/",
        "deklaracje/{declaration}/koordynator/",
        "deklaracje/{declaration}/zlozenie/",
        "deklaracje/{declaration}/przyjecie/",
        "deklaracje/{declaration}/zwrot/",
        "deklaracje/{declaration}/odmowa/",
        "osrodek/dane/",
        "osrodek/lider/",
        "osrodek/zaproszenie/",
        "osrodek/dostepnosc/",
    ],
)
def test_a_partner_may_not_do_the_offices_work(
    in_partnership: TenantRef, lead: Person, path: str
) -> None:
    own = make.filed(lead)
    before = AccessionDeclaration.objects.values().get()
    client, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=own.organisation
    )
    url = PARTNERSHIP + path.format(organisation=own.organisation_id, declaration=own.pk)

    for page in (client.get(url), client.post(url, {"reason": "x", "decided_on": "2026-01-01"})):
        assert page.status_code == 403

    assert AccessionDeclaration.objects.values().get() == before


def test_only_those_of_the_declaration_read_its_files(
    in_partnership: TenantRef, lead: Person
) -> None:
    own, foreign = make.filed(lead), make.filed(lead)
    client, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=own.organisation
    )

    assert client.get(f"{HOME}dokumenty/pliki/{own.file_id}/").status_code == 200
    assert client.get(f"{HOME}dokumenty/pliki/{foreign.file_id}/").status_code == 403


def test_the_first_administrator_comes_in_and_becomes_lead(partnership: TenantRef) -> None:
    account = accounts.member(partnership, Role.TENANT_ADMIN)
    client = accounts.with_fresh_factor(accounts.client_of(account))

    assert "Nikt jeszcze nie reprezentuje Lidera" in text_of(client.get(HOME))
    page = client.post(PARTNERSHIP + "osrodek/lider/", follow=True)

    assert "Od dziś reprezentujesz Lidera." in text_of(page)
    with inside(partnership):
        person = Person.objects.get(account_id=account.pk)
        roles = {one.role for one in RoleAssignment.objects.filter(person=person)}
    assert roles == {Role.TENANT_ADMIN, Role.LEAD}


def test_the_register_shows_the_day_one_asks_for(keeper: Client) -> None:
    make.member(make.organisation(name="Dawny Członek"), date(2024, 5, 1), date(2025, 2, 1))
    make.member(make.organisation(name="Nowy Członek"), date(2025, 6, 1))

    then = text_of(keeper.get(PARTNERSHIP + "czlonkowie/?dzien=2025-01-31"))
    now = text_of(keeper.get(PARTNERSHIP + "czlonkowie/"))

    assert "Dawny Członek" in then
    assert "Nowy Członek" not in then
    assert "Dawny Członek" not in now
    assert "Nowy Członek" in now


def test_the_register_of_a_future_day_is_refused(keeper: Client) -> None:
    page = keeper.get(PARTNERSHIP + "czlonkowie/?dzien=2999-01-01")

    assert page.status_code == 422
    assert "na dzień z przeszłości" in text_of(page)


def test_institutions_are_found_without_diacritics_in_polish_order(keeper: Client) -> None:
    for name in ("Łąka", "Lato", "Żłobek", "Zebra"):
        make.organisation(name=name)

    listed = text_of(keeper.get(PARTNERSHIP + "instytucje/"))
    found = text_of(keeper.get(PARTNERSHIP + "instytucje/?szukaj=zlob"))

    places = [listed.index(f">{name}<") for name in ("Lato", "Łąka", "Zebra", "Żłobek")]
    assert places == sorted(places)
    assert "Żłobek" in found
    assert "Zebra" not in found


PAGES = {
    "": 15,
    "partnerstwo/czlonkowie/": 8,
    "partnerstwo/czlonkowie/historia/": 7,
    "partnerstwo/instytucje/": 4,
    "partnerstwo/deklaracje/": 4,
    "partnerstwo/regulamin/": 8,
}


@pytest.mark.parametrize(("path", "queries"), PAGES.items())
def test_a_list_costs_the_same_however_long_it_is(
    keeper: Client, partnership: TenantRef, lead: Person, path: str, queries: int
) -> None:
    make.member(make.filed(lead).organisation)
    keeper.get(HOME + path)
    few = _queries(keeper, HOME + path)
    # A request leaves the URLconf of the root behind, so the tenant is entered again.
    with inside(partnership):
        for number in range(20):
            make.member(make.organisation(name=f"Instytucja {number}"), date(2024, 5, 1))
        make.filed(lead)

    assert (few, _queries(keeper, HOME + path)) == (queries, queries)


def _queries(client: Client, url: str) -> int:
    """How often a page asks the tenant's database."""
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_everybody_reads_the_accessibility_declaration(partnership: TenantRef) -> None:
    page = Client().get(HOME + "dostepnosc/")

    assert page.status_code == 200
    said = text_of(page)
    for part in [
        "wstep",
        "podmiot",
        "zakres",
        "url",
        "data-publikacja",
        "data-aktualizacja",
        "status",
        "data-sporzadzenie",
        "data-przeglad",
        "ocena",
        "kontakt",
        "osoba",
        "email",
        "telefon",
        "procedura",
        "architektura",
        "aplikacje",
    ]:
        assert said.count(f'id="a11y-{part}"') == 1, part
    assert "http://testserver/gmina/gogolin/" in said


def test_the_office_corrects_its_name_and_accessibility(keeper: Client) -> None:
    name = {"version": 0, "area": "gminie Gogolin", "lead_name": "MGOPS w Gogolinie"}
    assert keeper.post(PARTNERSHIP + "osrodek/dane/", name).status_code == 302
    statement = {
        **dict.fromkeys(("published_on", "updated_on", "prepared_on", "reviewed_on"), "2026-01-01"),
        "version": 0,
        "entity_name": "MGOPS w Gogolinie",
        "conformity": "FULL",
        "contact_email": "dostepnosc@example.pl",
    }
    assert keeper.post(PARTNERSHIP + "osrodek/dostepnosc/", statement).status_code == 302

    assert Partnership.objects.get().lead_name == "MGOPS w Gogolinie"
    assert AccessibilityStatement.objects.get().contact_email == "dostepnosc@example.pl"
    assert "w pełni zgodna" in text_of(keeper.get(HOME + "dostepnosc/"))


@pytest.mark.parametrize(
    "path", ["instytucje/", "deklaracje/", "osrodek/zaproszenie/", "osrodek/", "deklaracje/nowa/"]
)
def test_the_offices_pages_open(keeper: Client, lead: Person, path: str) -> None:
    make.filed(lead)
    assert keeper.get(PARTNERSHIP + path).status_code == 200


def test_a_partner_does_not_see_the_people_of_the_office(
    in_partnership: TenantRef,
) -> None:
    organisation = make.organisation()
    client, _ = make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=organisation)
    assert client.get(PARTNERSHIP + "osrodek/").status_code == 403


def test_what_is_not_there_answers_404(keeper: Client) -> None:
    for path in ("instytucje", "deklaracje"):
        assert keeper.get(f"{PARTNERSHIP}{path}/{uuid4()}/").status_code == 404


def test_a_colleague_is_invited_and_the_role_ended(keeper: Client) -> None:
    data = {"full_name": "Nowa Osoba", "email": "nowa@example.pl", "role": Role.NETWORK_OFFICER}
    keeper.post(PARTNERSHIP + "osrodek/zaproszenie/", data)
    page = keeper.post(PARTNERSHIP + "osrodek/zaproszenie/", data, follow=True)
    assert "To już zapisano" in text_of(page)
    (role,) = RoleAssignment.objects.filter(role=Role.NETWORK_OFFICER)

    assert keeper.get(f"{PARTNERSHIP}osrodek/role/{role.pk}/koniec/").status_code == 200
    keeper.post(f"{PARTNERSHIP}osrodek/role/{role.pk}/koniec/")

    role.refresh_from_db()
    assert role.ended_on == timezone.localdate()
