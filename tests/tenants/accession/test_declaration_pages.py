"""Declarations through a browser's eyes: entered, filed, decided, read (REG §1.5)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.accession.actions import decisions
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.tenants.partnership.test_organisation_forms import organisation_data
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


def test_the_office_admits_an_institution_page_by_page(keeper: Client) -> None:
    late = text_of(keeper.get(HOME)).count("po terminie")  # that nobody ever met
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
    assert text_of(keeper.get(HOME)).count("po terminie") == late

    declaration.refresh_from_db()
    decided = {"version": declaration.version, "decided_on": day}
    page = keeper.post(url + "przyjecie/", decided, follow=True)

    assert "przyjęto do Partnerstwa w dniu " in text_of(page)
    assert "Deklaracja z adnotacją Lidera (PDF)" in text_of(page)
    assert "Szkoła Podstawowa nr 3" in text_of(keeper.get(PARTNERSHIP + "czlonkowie/"))


def test_a_file_that_is_no_pdf_is_refused_beside_its_field(keeper: Client, lead: Person) -> None:
    declaration = make_accession.draft(lead)
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
    declaration = make_accession.filed(lead)
    version = AccessionDeclaration.objects.get().version

    page = keeper.post(f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/", {}, follow=True)

    assert "To już zapisano" in text_of(page)
    assert AccessionDeclaration.objects.get().version == version


def test_two_who_name_the_signatory_see_both_texts(keeper: Client, lead: Person) -> None:
    declaration = make_accession.draft(lead)
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
    other = make.person(Role.SOCIAL_WORKER, email="wspolny@example.pl")
    declaration = make_accession.draft(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/koordynator/"
    who = {"full_name": "Ktoś Inny", "position": "pedagog", "email": other.email}

    page = keeper.post(url, {**who, "version": declaration.version})

    assert page.status_code == 422
    assert "Ten adres jest zajęty" in text_of(page)
    assert other.full_name not in text_of(page)
    assert not Person.objects.filter(full_name="Ktoś Inny").exists()


def test_deciding_what_is_decided_answers_409(keeper: Client, lead: Person) -> None:
    declaration = make_accession.filed(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/przyjecie/"
    day = timezone.localdate().isoformat()
    decided = {"version": declaration.version, "decided_on": day}
    keeper.post(url, decided)

    page = keeper.post(url, decided)

    assert page.status_code == 409
    assert "już przyjęto" in text_of(page)
    assert Membership.objects.count() == 1


def test_a_refusal_needs_a_reason(keeper: Client, lead: Person) -> None:
    declaration = make_accession.filed(lead)

    blank = {"version": declaration.version, "reason": " "}
    page = keeper.post(f"{PARTNERSHIP}deklaracje/{declaration.pk}/odmowa/", blank)

    assert page.status_code == 422
    declaration.refresh_from_db()
    assert declaration.state == "FILED"


def test_a_declaration_past_its_term_warns_with_the_clause(keeper: Client, lead: Person) -> None:
    make_accession.filed(lead, received_on=date(2025, 1, 7))

    said = text_of(keeper.get(HOME))

    assert "po terminie" in said
    assert "do 6 lutego 2025 r." in said
    assert "Wpłynęła 7 stycznia 2025 r. (§ 1 ust. 5 regulaminu)" in said


def test_a_step_of_another_day_says_when_it_was_entered(keeper: Client, lead: Person) -> None:
    today = timezone.localdate()
    declaration = make_accession.filed(lead, received_on=today - timedelta(days=2))

    page = text_of(keeper.get(f"{PARTNERSHIP}deklaracje/{declaration.pk}/"))

    said = f"wpisano {pl_date(today)}: ".replace("\N{NO-BREAK SPACE}", " ")
    assert page.count(said) == 1


def test_a_partner_sees_members_and_its_own_declaration_only(
    in_partnership: TenantRef, lead: Person
) -> None:
    own, foreign = make_accession.filed(lead), make_accession.filed(lead)
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


def test_only_those_of_the_declaration_read_its_files(
    in_partnership: TenantRef, lead: Person
) -> None:
    own, foreign = make_accession.filed(lead), make_accession.filed(lead)
    client, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=own.organisation
    )

    assert client.get(f"{HOME}dokumenty/pliki/{own.file_id}/").status_code == 200
    assert client.get(f"{HOME}dokumenty/pliki/{foreign.file_id}/").status_code == 403


@pytest.mark.parametrize("step", ["przyjecie", "zwrot", "odmowa"])
def test_nobody_decides_on_a_declaration_that_was_filed_anew_since_they_read_it(
    keeper: Client, in_partnership: TenantRef, lead: Person, step: str
) -> None:
    declaration = make_accession.filed(lead)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/{step}/"
    read = {"decided_on": timezone.localdate(), "reason": "Nie ma pieczęci."}
    read["version"] = keeper.get(url).context["form"]["version"].value()
    with inside(in_partnership):
        decisions.return_declaration(
            by=make.by(lead), declaration_id=declaration.pk, reason="Kto inny koordynuje."
        )
        declaration.refresh_from_db()
        make_accession.file(make_accession.named(lead, declaration), lead)

    page = keeper.post(url, read)

    assert page.status_code == 409
    assert "Ktoś właśnie zmienił te dane" in text_of(page)
    declaration.refresh_from_db()
    assert declaration.state == "FILED"
