"""The upgrade brings the names of three pages together: the newest adopted regulation wins."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import AccessibilityStatement, Partnership
from tenants.regulation.models import RegulationVersion
from tests.factories import partnership as make_partnership
from tests.factories import regulation as make_regulation

upgrade = import_module("tenants.regulation.migrations.0007_names_of_the_office")
DEFAULT = "Ośrodek Pomocy Społecznej (pełna nazwa do uzupełnienia)"
ADOPTED = "Ośrodek Pomocy Społecznej w Zdzieszowicach"
BEFORE = {"lead_locative": "", "lead_genitive": "", "area_locative": "", "area_genitive": ""}


def brought_together(**office: str) -> Partnership:
    """The office after the upgrade of what it kept before."""
    Partnership.objects.update(**BEFORE, **office)
    with connection.schema_editor() as editor:
        upgrade.bring_together(apps, editor)
    return Partnership.objects.get()


def test_the_adopted_regulation_wins_over_the_office(in_partnership: object) -> None:
    RegulationVersion.objects.update(lead_name=ADOPTED, area="gminie Zdzieszowice")
    make_regulation.amendment(lead_name="MOPS", area="gminie")

    office = brought_together(
        lead_name="Ośrodek Pomocy Społecznej – Gmina miejsko-wiejska Zdzieszowice",
        area="gminie miejsko-wiejskiej Zdzieszowice",
    )

    assert (office.lead_name, office.lead_locative, office.lead_genitive) == (
        ADOPTED,
        "Ośrodku Pomocy Społecznej w Zdzieszowicach",
        "Ośrodka Pomocy Społecznej w Zdzieszowicach",
    )
    assert (office.area, office.area_locative, office.area_genitive) == (
        "Gmina miejsko-wiejska Zdzieszowice",
        "gminie Zdzieszowice",
        "gminy miejsko-wiejskiej Zdzieszowice",
    )
    draft = RegulationVersion.objects.get(state="DRAFT")
    assert (draft.lead_name, draft.area) == (ADOPTED, "gminie Zdzieszowice")


@pytest.mark.parametrize(
    ("of_office", "of_draft", "name"),
    [("MOPS w Próbie", "OPS", "MOPS w Próbie"), (DEFAULT, "OPS", "OPS"), (DEFAULT, "", "")],
)
def test_without_one_the_office_says_it_or_what_was_begun(
    gmina: TenantRef, of_office: str, of_draft: str, name: str
) -> None:
    with inside(gmina):
        make_partnership.opened(gmina)
        RegulationVersion.objects.update(lead_name=of_draft, area="gminie Próba")
        AccessibilityStatement.objects.update(entity_name=DEFAULT, entity_address="Leśna 1")

        office = brought_together(lead_name=of_office, area="Powiat próbny")

        assert (office.lead_name, office.lead_address) == (name, "Leśna 1")
        assert (office.where, office.area_genitive) == ("gminie Próba", "powiatu próbnego")
        assert RegulationVersion.objects.get().lead_name == name
