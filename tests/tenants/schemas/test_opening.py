"""A tenant is asked for, and opened whatever breaks on the way."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
from django.db import connections

from kooperacja.audit.actor import named
from kooperacja.audit.models import Entry
from kooperacja.crypto.models import TenantKey
from kooperacja.tenancy.context import inside
from tenants.registry import actions as registry
from tenants.registry import proposals, teryt
from tenants.registry.models import Invitation, Tenant, Unit
from tenants.registry.rules import Impossible
from tenants.schemas import actions, provisioning, tasks
from tests.factories import registry as make

WALCE = "160504"


@pytest.fixture
def register(db: None) -> None:
    teryt.import_terc(make.OWN_FILE, voivodeship="16")


@pytest.fixture
def own_region(fresh_database: str) -> Iterator[None]:
    """A database where commits are real, with the whole register."""
    logging.getLogger("tenants.schemas.actions").setLevel(logging.CRITICAL)
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    yield
    logging.getLogger("tenants.schemas.actions").setLevel(logging.NOTSET)


def entries(tenant: Tenant) -> list[tuple[str, str, str]]:
    """What this test did to the tenant's life, as its own record says."""
    with inside(tenant.ref):
        done = Entry.objects.filter(verb__startswith="TENANT_").exclude(actor_name="test")
        return list(done.order_by("at").values_list("verb", "actor_name", "why"))


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
        by=named("Anna Nowak"), code=code, admin_email=" OPS@Walce.example ", admin_name="Ewa Lis"
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
        actions.open_tenant(by=named("Anna Nowak"), code=code)
    assert reason in str(refused.value)
    assert Tenant.objects.count() == 3


def test_a_gone_unit_and_a_wrong_address_are_refused(register: None) -> None:
    Unit.objects.filter(code=WALCE).update(is_gone=True)
    with pytest.raises(Impossible, match="zniesiona"):
        actions.open_tenant(by=named("Anna Nowak"), code=WALCE)
    with pytest.raises(Impossible, match="nie jest adresem"):
        actions.open_tenant(by=named("Anna Nowak"), code="160503", admin_email="ewa@")
    assert Tenant.objects.count() == 3


def test_many_are_asked_for_at_once_each_judged_for_itself(register: None) -> None:
    opened = actions.open_many(by=named("Anna Nowak"), codes=[WALCE, "160501", "1609", WALCE])
    assert [tenant.unit.code for tenant in opened.tenants] == [WALCE, "1609"]
    assert [code for code, _ in opened.refused] == ["160501"]


def test_two_who_ask_at_once_get_one_tenant(own_region: None) -> None:
    def ask(name: str) -> str:
        try:
            return str(actions.open_tenant(by=named(name), code=WALCE).id)
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
        by=named("Anna Nowak"), code=WALCE, admin_email="ewa@walce.example", admin_name="Ewa Lis"
    )
    tasks.open_pending()
    tenant.refresh_from_db()
    assert (tenant.status, tenant.failure, len(tenant.ddl)) == ("ACTIVE", "", 64)
    assert TenantKey.objects.filter(tenant_id=tenant.id).exists()
    invitation = Invitation.objects.get(tenant=tenant)
    assert (invitation.email, invitation.role) == ("ewa@walce.example", "TENANT_ADMIN")
    assert entries(tenant) == [("TENANT_OPENED", "Anna Nowak", "")]


STEPS = [
    (provisioning, "build"),
    (actions, "create_tenant_key"),
    (actions, "_found"),
    (proposals, "invite_first"),
    (registry, "_move"),
]


def test_an_opening_broken_anywhere_is_finished_by_the_next_sweep(own_region: None) -> None:
    tenant = actions.open_tenant(
        by=named("Anna Nowak"), code=WALCE, admin_email="ewa@walce.example"
    )
    for step in STEPS:
        for after in (False, True):
            with broken(*step, after=after):
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


def broken(owner: Any, name: str, *, after: bool) -> Any:
    """The worker dies before or after a step; steps are looked up by name so that each breaks."""
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
    tenant = actions.open_tenant(by=named("Anna Nowak"), code=WALCE)

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
    with mock.patch.object(provisioning, "build") as build:
        assert actions.finish_opening(tenant) is True
    build.assert_not_called()
