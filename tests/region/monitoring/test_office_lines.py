"""The lines about the Lider's office: what a tenant publishes, and that it can take it back."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from kooperacja.indicators import OfficeLine
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue
from region.monitoring.actions import publish_figures
from region.monitoring.models import Publication, PublishedLine
from region.monitoring.outbox import figures_changed
from tenants.partnership.models import Membership, Partnership
from tests.factories import partnership as make_partnership

NAME, PHONE = "OPS w Próbie", "77 111 22 33 wew. 4"


def _lines(tenant: TenantRef) -> dict[str, str]:
    return dict(PublishedLine.objects.filter(tenant_id=tenant.id).values_list("code", "text"))


def _office(tenant: TenantRef, **values: Any) -> None:
    with inside(tenant):
        if not Partnership.objects.exclude(state="DRAFT").exists():
            make_partnership.found(tenant)
        Partnership.objects.update(**values)


def _told(tenant: TenantRef, *tables: type) -> None:
    """What the outbox does once the unit said that these tables changed."""
    names = [model._meta.db_table for model in tables]  # type: ignore[attr-defined]
    figures_changed(SimpleNamespace(payload={"tables": names}), tenant)


def test_the_office_is_published_and_follows_every_change(gmina: TenantRef) -> None:
    _office(gmina, lead_name=NAME, contact_phone=PHONE, contact_email="")
    publish_figures(gmina, as_of=timezone.localdate())
    assert _lines(gmina) == {"LEAD_NAME": NAME, "LEAD_PHONE": PHONE}
    before = Publication.objects.get(tenant_id=gmina.id).revision
    _office(gmina, contact_phone="77 999 88 77")
    _told(gmina, Membership)
    assert _lines(gmina)["LEAD_PHONE"] == PHONE
    _told(gmina, Partnership)
    assert _lines(gmina) == {"LEAD_NAME": NAME, "LEAD_PHONE": "77 999 88 77"}
    assert Publication.objects.get(tenant_id=gmina.id).revision > before
    _office(gmina, contact_phone="")
    _told(gmina, Partnership)
    assert _lines(gmina) == {"LEAD_NAME": NAME}


def test_nothing_is_left_of_the_office_of_a_dissolved_partnership(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    for tenant in (gmina, powiat):
        _office(tenant, lead_name=NAME, contact_phone=PHONE)
        publish_figures(tenant, as_of=timezone.localdate())
    day = date(2026, 9, 1)
    _office(gmina, state="DISSOLVED", established_on=day, dissolved_on=day)
    _told(gmina, Partnership)
    assert _lines(gmina) == {}
    assert _lines(powiat)["LEAD_PHONE"] == PHONE


@pytest.mark.parametrize("line", catalogue.office_lines(), ids=lambda one: one.code)
def test_a_line_says_its_clause_and_reads_the_partnership_alone(line: OfficeLine) -> None:
    assert "regulaminu" in line.clause
    assert line.tables == (Partnership,)
