"""A tenant is suspended, reopened and closed."""

from unittest import mock

import pytest

from kooperacja.audit.actor import named
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import actions, teryt
from tenants.registry.models import Tenant
from tenants.registry.rules import Impossible
from tests.factories import registry as make

WALCE = "160504"


@pytest.fixture
def register(db: None) -> None:
    teryt.import_terc(make.OWN_FILE, voivodeship="16")


def entries(tenant: Tenant) -> list[tuple[str, str, str]]:
    """What this test did to the tenant's life, as its own record says."""
    with inside(tenant.ref):
        done = Entry.objects.filter(verb__startswith="TENANT_").exclude(actor_name="test")
        return list(done.order_by("at").values_list("verb", "actor_name", "why"))


def test_a_tenant_is_suspended_reopened_and_closed_with_its_data(gmina: TenantRef) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    suspended = actions.suspend_tenant(by=named("Anna Nowak"), tenant=tenant, reason="brak umowy")
    assert (suspended.status, suspended.reason, suspended.ref.is_open) == (
        "SUSPENDED",
        "brak umowy",
        False,
    )
    reopened = actions.reopen_tenant(by=named("Anna Nowak"), tenant=suspended)
    closed = actions.close_tenant(by=named("Anna Nowak"), tenant=reopened, reason="koniec")
    assert (closed.status, closed.version) == ("CLOSED", 4)
    assert entries(closed) == [
        ("TENANT_SUSPENDED", "Anna Nowak", "brak umowy"),
        ("TENANT_REOPENED", "Anna Nowak", ""),
        ("TENANT_CLOSED", "Anna Nowak", "koniec"),
    ]


def test_of_two_who_decide_on_one_state_the_second_is_told(gmina: TenantRef) -> None:
    seen = Tenant.objects.get(pk=gmina.id)
    actions.suspend_tenant(
        by=named("Anna"), tenant=Tenant.objects.get(pk=gmina.id), reason="brak umowy"
    )
    with pytest.raises(Impossible, match="Ktoś właśnie zmienił"):
        actions.close_tenant(by=named("Ewa"), tenant=seen, reason="koniec")
    seen.refresh_from_db()
    assert (seen.status, seen.version) == ("SUSPENDED", 2)
    assert [verb for verb, _, _ in entries(seen)] == ["TENANT_SUSPENDED"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_door_is_shut_without_a_reason(gmina: TenantRef, reason: str) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    for action in (actions.suspend_tenant, actions.close_tenant):
        with pytest.raises(Impossible, match="Podaj powód"):
            action(by=named("Anna"), tenant=tenant, reason=reason)
    tenant.refresh_from_db()
    assert (tenant.status, entries(tenant)) == ("ACTIVE", [])


def test_states_that_do_not_follow_are_refused(register: None, gmina: TenantRef) -> None:
    opening = actions.reserve_tenant(by=named("Anna"), code=WALCE)
    for action in (actions.suspend_tenant, actions.close_tenant, actions.reopen_tenant):
        with pytest.raises(Impossible, match="w przygotowaniu"):
            action(by=named("Anna"), tenant=opening, reason="pomyłka")
    with pytest.raises(Impossible, match="otwarta"):
        actions.reopen_tenant(by=named("Anna"), tenant=Tenant.objects.get(pk=gmina.id))
    opening.refresh_from_db()
    assert opening.status == "OPENING"


def test_a_change_that_cannot_be_recorded_does_not_happen(gmina: TenantRef) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    dead = mock.patch("kooperacja.workflow.record", side_effect=ConnectionError)
    with dead, pytest.raises(ConnectionError):
        actions.suspend_tenant(by=named("Anna"), tenant=tenant, reason="brak umowy")
    tenant.refresh_from_db()
    assert (tenant.status, entries(tenant)) == ("ACTIVE", [])
