"""The opening of a tenant: asked for by a person, done outside the request, sure to be finished."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from kooperacja import offers
from kooperacja.audit.actor import Actor, named
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.outbox.nudge import nudge
from kooperacja.tenancy.context import inside
from tenants.registry import directory, release
from tenants.registry.actions import Reserved, open_doors, reserve_many, reserve_tenant
from tenants.registry.models import Tenant
from tenants.registry.rules import Impossible
from tenants.registry.workflow import TenantStatus
from tenants.schemas import provisioning

log = logging.getLogger(__name__)


def open_tenant(*, by: Actor, code: str, admin_email: str = "", admin_name: str = "") -> Tenant:
    """Ask for a tenant to be opened; the work follows outside the request (`finish_opening`)."""
    with transaction.atomic(using="shared"):
        tenant = reserve_tenant(by=by, code=code, admin_email=admin_email, admin_name=admin_name)
        _wake_worker("open_one", str(tenant.id))
    directory.forget()
    return tenant


def open_many(*, by: Actor, codes: Iterable[str]) -> Reserved:
    """Ask for several at once, each granted or refused for itself, without administrators yet."""
    with transaction.atomic(using="shared"):
        reserved = reserve_many(by=by, codes=codes)
        if reserved.tenants:
            _wake_worker("open_pending")
    directory.forget()
    return reserved


def _wake_worker(task: str, *args: str) -> None:
    # Only to be quick: without a broker the periodic sweep finds the tenant itself.
    call = partial(nudge, f"tenants.schemas.tasks.{task}", *args)
    transaction.on_commit(call, using="shared", robust=True)


def finish_opening(tenant: Tenant) -> bool:
    """Do what an opening needs; whether the tenant is open now.

    Each step may be repeated, so an opening broken anywhere is finished by the next call.
    """
    with _alone(tenant.id) as is_alone:
        if not is_alone:
            return False
        tenant = Tenant.objects.select_related("unit").get(pk=tenant.pk)
        if tenant.status != TenantStatus.OPENING:
            return tenant.status == TenantStatus.ACTIVE
        for problem, step in _STEPS:
            try:
                step(tenant)
            except Exception as error:
                log.exception("opening failed", extra={"tenant": tenant.unit.code})
                failure = f"{problem} ({type(error).__name__})"
                Tenant.objects.filter(pk=tenant.pk).update(
                    failure=failure, changed_at=timezone.now()
                )
                return False
    directory.forget()
    return True


@contextmanager
def _alone(tenant_id: UUID) -> Iterator[bool]:
    """No other worker is opening the same tenant; a worker that dies lets go by itself."""
    key = f"opening {tenant_id}"
    with connections["shared"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


def _build(tenant: Tenant) -> None:
    # Built by a former release, and not migrated yet.
    if release.is_behind(provisioning.build(tenant)):
        raise Impossible("Przestrzeń danych czeka na aktualizację.")


def _make_key(tenant: Tenant) -> None:
    create_tenant_key(tenant.id)


def _found(tenant: Tenant) -> None:
    """Give a tenant what it has from its first day; may be repeated."""
    with inside(tenant.ref), transaction.atomic():
        for opened in offers.of(offers.TenantOpened):
            opened.run(tenant.ref)


def _admit(tenant: Tenant) -> None:
    open_doors(by=named(tenant.requested_by), tenant=tenant)


_STEPS: tuple[tuple[str, Callable[[Tenant], None]], ...] = (
    ("nie powstała przestrzeń danych", _build),
    ("nie powstał klucz szyfrowania", _make_key),
    ("nie powstało Partnerstwo", _found),
    ("nie otwarto wejścia", _admit),
)
