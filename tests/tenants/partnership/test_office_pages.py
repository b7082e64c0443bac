"""The office describes itself and the accessibility of its pages (REG §1.3.b)."""

from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import AccessibilityStatement, Partnership
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


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
