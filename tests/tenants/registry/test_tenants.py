"""A tenant is asked for, opened whatever breaks on the way, suspended, reopened and closed."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
from django.db import connections

from kooperacja.audit.models import Entry
from kooperacja.crypto.models import TenantKey
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import actions, teryt
from tenants.registry.models import Invitation, Region, Tenant, Unit
from tenants.registry.rules import Impossible
from tenants.schemas import tasks
from tests.factories import registry as make

WALCE = "160504"


@pytest.fixture
def register(db: None) -> None:
    teryt.import_terc(make.OWN_FILE, voivodeship="16")


@pytest.fixture
def own_region(fresh_database: str) -> Iterator[None]:
    """A database where commits are real, with the whole register."""
    logging.getLogger("tenants.registry.actions").setLevel(logging.CRITICAL)
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    yield
    logging.getLogger("tenants.registry.actions").setLevel(logging.NOTSET)


def entries(tenant: Tenant) -> list[tuple[str, str, str]]:
    """What this test did to the tenant's life, as its own record says."""
    with inside(tenant.ref):
        done = Entry.objects.filter(verb__startswith="TENANT_").exclude(actor_name="test")
        return list(done.order_by("at").values_list("verb", "actor_name", "why"))


# --- Asking ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind", "slug"),
    [
        (WALCE, "GMINA", "walce"),
        (f"{WALCE}2", "GMINA", "walce"),
        (" 1605 04 ", "GMINA", "walce"),
        ("1609", "POWIAT", "opolski"),
    ],
)
def test_a_unit_is_asked_for_by_its_code(register: None, code: str, kind: str, slug: str) -> None:
    tenant = actions.open_tenant(
        by="Anna Nowak", code=code, admin_email=" OPS@Walce.example ", admin_name="Ewa Lis"
    )
    tenant.refresh_from_db()
    assert (tenant.kind, tenant.slug, tenant.status) == (kind, slug, "OPENING")
    assert (tenant.admin_email, tenant.requested_by) == ("ops@walce.example", "Anna Nowak")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1605099", "delegatura"),
        ("1605014", "miasto w gminie miejsko-wiejskiej (RODZ 4)"),
        ("1605015", "obszar wiejski w gminie miejsko-wiejskiej (RODZ 5)"),
        ("1605018", "dzielnica Warszawy (RODZ 8)"),
        ("1605017", "Nie ma rodzaju jednostki 7"),
        ("1661", "podaj kod 166101"),
        ("146501", "nie należy do tego województwa"),
        ("160599", "nie ma jednostki 160599"),
        ("16", "nie jest kodem TERYT"),
        ("16050٤", "nie jest kodem TERYT"),
        ("gogolin", "nie jest kodem TERYT"),
        ("160501", "już jest: otwarta"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_the_reason(
    register: None, code: str, reason: str
) -> None:
    with pytest.raises(Impossible) as refused:
        actions.open_tenant(by="Anna Nowak", code=code)
    assert reason in str(refused.value)
    assert Tenant.objects.count() == 3


def test_a_gone_unit_and_a_wrong_address_are_refused(register: None) -> None:
    Unit.objects.filter(code=WALCE).update(is_gone=True)
    with pytest.raises(Impossible, match="zniesiona"):
        actions.open_tenant(by="Anna Nowak", code=WALCE)
    with pytest.raises(Impossible, match="nie jest adresem"):
        actions.open_tenant(by="Anna Nowak", code="160503", admin_email="ewa@")
    assert Tenant.objects.count() == 3


def test_many_are_asked_for_at_once_each_judged_for_itself(register: None) -> None:
    opened = actions.open_many(by="Anna Nowak", codes=[WALCE, "160501", "1609", WALCE])
    assert [tenant.unit.code for tenant in opened.tenants] == [WALCE, "1609"]
    assert [code for code, _ in opened.refused] == ["160501"]


def test_a_region_is_founded_once(db: None) -> None:
    region = actions.found_region(by="Anna Nowak", code="16", rops_name="ROPS")
    assert region.rops_name.startswith("ROPS w Opolu")
    with pytest.raises(Impossible, match="opolskie"):
        actions.found_region(by="Anna Nowak", code="14", rops_name="MCPS")
    assert Region.objects.count() == 1


def test_two_who_ask_at_once_get_one_tenant(own_region: None) -> None:
    def ask(name: str) -> str:
        try:
            return str(actions.open_tenant(by=name, code=WALCE).id)
        except Impossible as reason:
            return str(reason)
        finally:
            connections["shared"].close()

    with mock.patch.object(actions, "nudge"), ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(ask, ["Anna", "Ewa"]), key=len)
    assert said[1].endswith("już jest: w przygotowaniu.")
    assert str(Tenant.objects.get(unit__code=WALCE).id) == said[0]


# --- Opening ---------------------------------------------------------------------------------


def test_an_opened_tenant_has_schema_key_record_and_an_invited_administrator(
    own_region: None,
) -> None:
    tenant = actions.open_tenant(  # no broker listens: the sweep below does the work
        by="Anna Nowak", code=WALCE, admin_email="ewa@walce.example", admin_name="Ewa Lis"
    )
    tasks.open_pending()
    tenant.refresh_from_db()
    assert (tenant.status, tenant.failure, len(tenant.ddl)) == ("ACTIVE", "", 64)
    assert TenantKey.objects.filter(tenant_id=tenant.id).exists()
    invitation = Invitation.objects.get(tenant=tenant)
    assert (invitation.email, invitation.role) == ("ewa@walce.example", "TENANT_ADMIN")
    assert entries(tenant) == [("TENANT_OPENED", "Anna Nowak", "")]


STEPS = ["provisioning.build", "create_tenant_key", "_found", "_invite_administrator", "_record"]


def test_an_opening_broken_anywhere_is_finished_by_the_next_sweep(own_region: None) -> None:
    tenant = actions.open_tenant(by="Anna Nowak", code=WALCE, admin_email="ewa@walce.example")
    for step in STEPS:
        for after in (False, True):
            with broken(step, after=after):
                tasks.open_one(str(tenant.id))
            tenant.refresh_from_db()
            assert tenant.status == "OPENING", (step, after)
            assert tenant.failure.endswith("(ConnectionError)"), (step, after)
    tasks.open_pending()
    tenant.refresh_from_db()
    assert (tenant.status, tenant.failure) == ("ACTIVE", "")
    assert Invitation.objects.filter(tenant=tenant).count() == 1
    assert TenantKey.objects.filter(tenant_id=tenant.id).count() == 2
    assert {verb for verb, _, _ in entries(tenant)} == {"TENANT_OPENED"}


def broken(step: str, *, after: bool) -> Any:
    """The worker dies before or after a step; steps are looked up by name so that each breaks."""
    owner: Any = actions
    *path, name = step.split(".")
    for part in path:
        owner = getattr(owner, part)
    whole: Callable[..., Any] = getattr(owner, name)

    def die(*args: Any, **kwargs: Any) -> None:
        if after:
            whole(*args, **kwargs)
        raise ConnectionError

    if name != "_found":
        return mock.patch.object(owner, name, die)
    steps = tuple((said, die if one is whole else one) for said, one in actions._STEPS)
    return mock.patch.object(actions, "_STEPS", steps)


def test_a_tenant_that_another_worker_is_opening_is_left_alone(own_region: None) -> None:
    tenant = actions.open_tenant(by="Anna Nowak", code=WALCE)

    def other() -> bool:
        try:
            return actions.finish_opening(tenant)
        finally:
            connections["shared"].close()

    with actions._alone(tenant.id) as is_alone, ThreadPoolExecutor(1) as pool:
        assert is_alone
        assert pool.submit(other).result() is False
    assert actions.finish_opening(tenant) is True


def test_opening_what_is_open_does_nothing(own_region: None) -> None:
    tenant = Tenant.objects.get(slug="gogolin")
    with mock.patch.object(actions.provisioning, "build") as build:
        assert actions.finish_opening(tenant) is True
    build.assert_not_called()


# --- Suspending, reopening, closing ----------------------------------------------------------


def test_a_tenant_is_suspended_reopened_and_closed_with_its_data(gmina: TenantRef) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    suspended = actions.suspend_tenant(by="Anna Nowak", tenant=tenant, reason="brak umowy")
    assert (suspended.status, suspended.reason, suspended.ref.is_open) == (
        "SUSPENDED",
        "brak umowy",
        False,
    )
    reopened = actions.reopen_tenant(by="Anna Nowak", tenant=suspended)
    closed = actions.close_tenant(by="Anna Nowak", tenant=reopened, reason="koniec")
    assert (closed.status, closed.version) == ("CLOSED", 3)
    assert entries(closed) == [
        ("TENANT_SUSPENDED", "Anna Nowak", "brak umowy"),
        ("TENANT_REOPENED", "Anna Nowak", ""),
        ("TENANT_CLOSED", "Anna Nowak", "koniec"),
    ]


def test_of_two_who_decide_on_one_state_the_second_is_told(gmina: TenantRef) -> None:
    seen = Tenant.objects.get(pk=gmina.id)
    actions.suspend_tenant(by="Anna", tenant=Tenant.objects.get(pk=gmina.id), reason="brak umowy")
    with pytest.raises(Impossible, match="Ktoś właśnie zmienił"):
        actions.close_tenant(by="Ewa", tenant=seen, reason="koniec")
    seen.refresh_from_db()
    assert (seen.status, seen.version) == ("SUSPENDED", 1)
    assert [verb for verb, _, _ in entries(seen)] == ["TENANT_SUSPENDED"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_door_is_shut_without_a_reason(gmina: TenantRef, reason: str) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    for action in (actions.suspend_tenant, actions.close_tenant):
        with pytest.raises(Impossible, match="Podaj powód"):
            action(by="Anna", tenant=tenant, reason=reason)
    tenant.refresh_from_db()
    assert (tenant.status, entries(tenant)) == ("ACTIVE", [])


def test_states_that_do_not_follow_are_refused(register: None, gmina: TenantRef) -> None:
    opening = actions.open_tenant(by="Anna", code=WALCE)
    for action in (actions.suspend_tenant, actions.close_tenant, actions.reopen_tenant):
        with pytest.raises(Impossible, match="w przygotowaniu"):
            action(by="Anna", tenant=opening, reason="pomyłka")
    with pytest.raises(Impossible, match="otwarta"):
        actions.reopen_tenant(by="Anna", tenant=Tenant.objects.get(pk=gmina.id))
    opening.refresh_from_db()
    assert opening.status == "OPENING"


def test_a_change_that_cannot_be_recorded_does_not_happen(gmina: TenantRef) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    dead = mock.patch.object(actions, "record", side_effect=ConnectionError)
    with dead, pytest.raises(ConnectionError):
        actions.suspend_tenant(by="Anna", tenant=tenant, reason="brak umowy")
    tenant.refresh_from_db()
    assert (tenant.status, entries(tenant)) == ("ACTIVE", [])
