"""The office describes itself and the accessibility of its pages (REG §1.3.b)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.forms.office import PartnershipForm
from tenants.partnership.models import AccessibilityStatement, Partnership
from tenants.partnership.today import NAME_STANDS, unnamed_office
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
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
    name = {"version": 0, "area": "Gmina Gogolin", "lead_name": "MGOPS w Gogolinie"}
    assert keeper.post(PARTNERSHIP + "osrodek/dane/", name).status_code == 302
    statement = {
        **dict.fromkeys(("published_on", "updated_on", "prepared_on", "reviewed_on"), "2026-01-01"),
        "version": 0,
        "conformity": "FULL",
        "contact_email": "dostepnosc@example.pl",
    }
    assert keeper.post(PARTNERSHIP + "osrodek/dostepnosc/", statement).status_code == 302

    assert Partnership.objects.get().lead_name == "MGOPS w Gogolinie"
    assert AccessibilityStatement.objects.get().contact_email == "dostepnosc@example.pl"
    said = text_of(keeper.get(HOME + "dostepnosc/"))
    assert "w pełni zgodna" in said
    assert '<span id="a11y-podmiot">MGOPS w Gogolinie</span>' in said


def office() -> dict[str, Any]:
    """The data of the office as its form sends them."""
    row = Partnership.objects.get()
    return {name: getattr(row, name) for name in ("version", *PartnershipForm.Meta.fields)}


def save(keeper: Client, **changed: Any) -> Any:
    return keeper.post(PARTNERSHIP + "osrodek/dane/", {**office(), **changed})


def test_the_region_is_told_of_the_offices_telephone_alone(keeper: Client) -> None:
    asked = Outgoing.objects.filter(kind="FIGURES")
    save(keeper, dpo_name="Irena Przykładowa")
    assert not asked.exists()
    save(keeper, contact_phone="77 111 22 33")
    (row,) = asked
    # The seats of the team may follow, which what is counted of it reads.
    followed = ["teams_seat", "teams_team", "teams_terms"]
    assert row.payload == {"tables": [Partnership._meta.db_table, *followed]}


def test_the_forms_of_a_name_are_proposed_and_follow_it(keeper: Client) -> None:
    save(keeper, lead_name="Gminne Centrum Pomocy w Próbie", area="Powiat próbny")

    row = office()
    assert row["lead_locative"] == "Gminnym Centrum Pomocy w Próbie"
    assert row["lead_genitive"] == "Gminnego Centrum Pomocy w Próbie"
    assert (row["area_locative"], row["area_genitive"]) == ("powiecie próbnym", "powiatu próbnego")


def test_a_form_that_the_office_corrected_is_kept_and_asked_for_with_a_new_name(
    keeper: Client,
) -> None:
    save(keeper, lead_locative="Ośrodku „Pod Lipą”")
    assert office()["lead_locative"] == "Ośrodku „Pod Lipą”"
    before = office()

    page = save(keeper, lead_name="Ośrodek Pomocy w Próbie")

    assert page.status_code == 422
    assert "Proponujemy: „Ośrodku Pomocy w Próbie”" in text_of(page)
    assert office() == before
    save(keeper, lead_name="Ośrodek Pomocy w Próbie", lead_locative="")
    assert office()["lead_locative"] == "Ośrodku Pomocy w Próbie"


def test_a_name_that_nobody_can_decline_and_an_area_in_another_case_are_not_guessed(
    keeper: Client,
) -> None:
    before = office()
    for wrong, said in (
        ({"lead_name": "Pogotowie Rodzinne"}, "Tej nazwy nie umiemy odmienić"),
        ({"area": "gminie Gogolin"}, "Wpisz nazwę w mianowniku"),
    ):
        page = save(keeper, **wrong)
        assert page.status_code == 422
        assert said in text_of(page)
    assert office() == before


def test_an_office_without_a_name_is_asked_for_it_and_named_by_nothing(gmina: TenantRef) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        keeper, _ = make.signed_in(gmina, Role.LEAD)
        assert NAME_STANDS in text_of(keeper.get(HOME))
        for address in ("dolacz/", "dostepnosc/", "partnerstwo/czlonkowie/"):
            page = text_of(keeper.get(HOME + address))
            assert "do uzupełnienia" in page
            assert "Ośrodek Pomocy" not in page

        save(keeper, lead_name="Ośrodek Pomocy Społecznej w Próbie")

        assert NAME_STANDS not in text_of(keeper.get(HOME))


def test_an_office_without_a_name_waits_for_it_since_its_unit_is_open(gmina: TenantRef) -> None:
    Tenant.objects.filter(pk=gmina.id).update(opened_at="2026-01-01T23:30Z")
    with inside(gmina):
        make_partnership.opened(gmina)
        _, keeper = make.signed_in(gmina, Role.LEAD)

        (waiting,) = unnamed_office(keeper, date(2026, 5, 4))

    assert waiting.since == date(2026, 1, 2)


def test_an_update_of_the_site_is_no_earlier_than_its_publication(keeper: Client) -> None:
    days = dict.fromkeys(("published_on", "prepared_on", "reviewed_on"), "2026-01-02")
    sent = {**days, "updated_on": "2026-01-01", "version": 0, "entity_name": "X"}

    page = keeper.post(PARTNERSHIP + "osrodek/dostepnosc/", {**sent, "conformity": "FULL"})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["updated_on"]
    assert AccessibilityStatement.objects.get().version == 0
    with pytest.raises(IntegrityError, match="accessibility_update_later"), transaction.atomic():
        AccessibilityStatement.objects.update(published_on="2026-01-02", updated_on="2026-01-01")
