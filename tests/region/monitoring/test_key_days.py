"""Key days: what a tenant publishes of its partnership's life, and what follows a change."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kooperacja.indicators import KeyDay
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue
from region.monitoring.actions import publish_figures
from region.monitoring.models import Publication, PublishedDay
from tenants.partnership.models import Membership, Partnership
from tests.factories import partnership as make_partnership
from tests.factories import people as make

TODAY = date(2026, 9, 14)


def _days(tenant: TenantRef) -> dict[str, date]:
    return dict(PublishedDay.objects.filter(tenant_id=tenant.id).values_list("code", "day"))


def _revision(tenant: TenantRef) -> int:
    return Publication.objects.get(tenant_id=tenant.id).revision


def _join(tenant: TenantRef, *, ended_on: date | None = None) -> Membership:
    with inside(tenant):
        make_partnership.found(tenant)
        return make_partnership.member(make.organisation(), ended_on=ended_on)


def test_a_tenant_publishes_the_days_it_knows_and_no_others(gmina: TenantRef) -> None:
    joined = _join(gmina, ended_on=date(2026, 8, 1))
    publish_figures(gmina, as_of=TODAY)
    days = _days(gmina)
    assert days["FIRST_JOINED"] == joined.from_on
    assert days["LAST_LEFT"] == date(2026, 8, 1)
    assert "DISSOLVED" not in days
    assert set(days) <= {key_day.code for key_day in catalogue.key_days()}


def test_a_day_is_replaced_and_taken_back_with_a_new_revision(gmina: TenantRef) -> None:
    membership = _join(gmina, ended_on=date(2026, 8, 1))
    publish_figures(gmina, as_of=TODAY)
    before = _revision(gmina)
    publish_figures(gmina, as_of=TODAY)
    assert _revision(gmina) == before
    for ended_on, said in ((date(2026, 9, 1), date(2026, 9, 1)), (None, None)):
        with inside(gmina):
            Membership.objects.filter(pk=membership.pk).update(ended_on=ended_on)
        publish_figures(gmina, as_of=TODAY)
        assert _days(gmina).get("LAST_LEFT") == said
        assert _revision(gmina) > before
        before = _revision(gmina)


def test_a_changed_table_brings_only_the_days_that_read_it(gmina: TenantRef) -> None:
    today = timezone.localdate()
    publish_figures(gmina, as_of=today)
    _join(gmina)
    with inside(gmina):
        day = today - timedelta(days=9)
        Partnership.objects.update(established_on=day)
    publish_figures(gmina, as_of=today, tables={Partnership._meta.db_table})
    assert _days(gmina)["ESTABLISHED"] == day
    assert "FIRST_JOINED" not in _days(gmina)
    publish_figures(gmina, as_of=today, tables={Membership._meta.db_table})
    assert "FIRST_JOINED" in _days(gmina)


def test_one_tenant_writes_no_other_tenants_days(gmina: TenantRef, powiat: TenantRef) -> None:
    _join(gmina)
    _join(powiat)
    publish_figures(powiat, as_of=TODAY)
    kept = _days(powiat)
    publish_figures(gmina, as_of=TODAY)
    with inside(gmina):
        Membership.objects.update(from_on=TODAY)
    publish_figures(gmina, as_of=TODAY)
    assert _days(gmina)["FIRST_JOINED"] == TODAY
    assert _days(powiat) == kept


@pytest.mark.parametrize("key_day", catalogue.key_days(), ids=lambda one: one.code)
def test_a_key_day_says_its_clause_and_what_it_is(key_day: KeyDay) -> None:
    assert "regulaminu" in key_day.clause
    assert key_day.definition.startswith(("Dzień", "Ostatni dzień", "Najwcześniejszy"))
