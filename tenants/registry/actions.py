"""The life of a tenant in the register: reserved, open, suspended, open again, closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.actions import enqueue
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import role_of
from kooperacja.ui.polish import quoted
from kooperacja.workflow import move
from kooperacja.writes import one_at_a_time
from tenants.registry import advisers, directory, proposals, rules
from tenants.registry.coordinators import require_address
from tenants.registry.journal import note
from tenants.registry.models import AdministratorProposal, Tenant, Unit
from tenants.registry.region import Region
from tenants.registry.rules import Impossible
from tenants.registry.slugs import slug_for
from tenants.registry.teryt import candidates
from tenants.registry.workflow import RegionVerb, TenantStatus


@dataclass(frozen=True, slots=True)
class Reserved:
    """The units that wait to be opened, and the codes that were refused with the reasons."""

    tenants: tuple[Tenant, ...]
    refused: tuple[tuple[str, str], ...]


# --- Reserving and opening -------------------------------------------------------------------


# Names in addresses are chosen by looking at those taken, so choices wait for each other.
_CHOOSING = "registry.open"


def reserve_tenant(*, by: Actor, code: str, admin_email: str = "", admin_name: str = "") -> Tenant:
    """Give a unit its names and its place in the register; it has no schema yet."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        one_at_a_time(_CHOOSING)
        return _reserve(by, code, admin_email.strip().lower(), admin_name.strip())


def reserve_many(*, by: Actor, codes: Iterable[str]) -> Reserved:
    """The same for several, each granted or refused for itself, without administrators yet."""
    by.require_proof()
    tenants: list[Tenant] = []
    refused: list[tuple[str, str]] = []
    with transaction.atomic(using="shared"):
        one_at_a_time(_CHOOSING)
        for code in dict.fromkeys(codes):
            try:
                tenants.append(_reserve(by, code, "", ""))
            except Impossible as reason:
                refused.append((code, str(reason)))
    return Reserved(tuple(tenants), tuple(refused))


def _reserve(by: Actor, code: str, admin_email: str, admin_name: str) -> Tenant:
    unit = _unit_to_open(code)
    if admin_email:
        require_address(admin_email)
    units = candidates(unit.code[:2])
    taken = set(Tenant.objects.values_list("slug", flat=True))
    schema = f"t_{unit.code}"
    note(by=by, verb=RegionVerb.UNIT_ASKED, about=str(unit))
    return Tenant.objects.create(
        unit=unit,
        kind=rules.tenant_kind(unit.code),
        slug=slug_for(unit, units=units, taken=taken),
        schema_name=schema,
        role_name=role_of(schema),
        requested_by=by.name,
        admin_email=admin_email,
        admin_name=admin_name,
    )


def _unit_to_open(typed: str) -> Unit:
    code = rules.tenant_code(typed, region=Region.here().code)
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Impossible(f"W rejestrze TERYT tego województwa nie ma jednostki {code}.")
    if unit.is_gone:
        raise Impossible(f"{unit.label} ({code}): jednostka została zniesiona.")
    tenant = Tenant.objects.filter(unit=unit).first()
    if tenant is not None:
        raise Impossible(f"{unit.label} ({code}) już jest: {tenant.get_status_display()}.")
    return unit


def open_doors(*, by: Actor, tenant: Tenant) -> None:
    """Let people into a tenant and invite its first administrator: both or neither."""
    with transaction.atomic(using="shared"):
        now = _locked(tenant)
        if now.admin_email:
            # The tenant's own id as the source, so that asking twice invites once.
            proposals.invite_first(by=by, tenant=now, source_id=now.id)
        _move(by, now, TenantStatus.ACTIVE, opened_at=timezone.now(), failure="")


def invite_administrator(
    *, by: Actor, tenant: Tenant, email: str, name: str
) -> AdministratorProposal | None:
    """Invite the first administrator at once, or when the tenant is open; one more is proposed.

    A newer one replaces a former. Where people work already, the unit has the last word.
    """
    by.require_proof()
    address = email.strip().lower()
    require_address(address)
    with transaction.atomic(using="shared"):
        now = _locked(tenant)
        if now.status not in (TenantStatus.OPENING, TenantStatus.ACTIVE):
            raise Impossible(
                f"{now}: stan {quoted(now.get_status_display())} nie pozwala zapraszać."
            )
        has_lived, invited = proposals.has_lived(now), f"{now.unit}: {name.strip()}, {address}"
        verb = RegionVerb.ADMIN_PROPOSED if has_lived else RegionVerb.ADMIN_INVITED
        note(by=by, verb=verb, about=invited)
        if has_lived:
            return proposals.propose(by=by, tenant=now, email=address, full_name=name.strip())
        now.admin_email, now.admin_name = address, name.strip()
        now.save(update_fields=["admin_email", "admin_name", "changed_at"])
        if now.status == TenantStatus.OPENING:
            return None
        proposals.invite_first(by=by, tenant=now)
        with inside(now.ref), transaction.atomic():
            record(by=by, verb="TENANT_ADMIN_INVITED", data={"code": now.unit.code})
    return None


# --- Suspending, closing and opening again ---------------------------------------------------


_VERBS = {
    TenantStatus.SUSPENDED: RegionVerb.UNIT_SUSPENDED,
    TenantStatus.ACTIVE: RegionVerb.UNIT_REOPENED,
    TenantStatus.CLOSED: RegionVerb.UNIT_CLOSED,
}


def suspend_tenant(*, by: Actor, tenant: Tenant, reason: str) -> Tenant:
    """Nobody may enter until it is reopened; data and work in waiting are kept."""
    return _change(by, tenant, TenantStatus.SUSPENDED, _needed(reason))


def close_tenant(*, by: Actor, tenant: Tenant, reason: str) -> Tenant:
    """The unit stops working here: its data are kept, nobody may enter."""
    return _change(by, tenant, TenantStatus.CLOSED, _needed(reason))


def reopen_tenant(*, by: Actor, tenant: Tenant, reason: str = "") -> Tenant:
    """Everybody who had access may enter again."""
    return _change(by, tenant, TenantStatus.ACTIVE, reason.strip())


def _needed(reason: str) -> str:
    if not reason.strip():
        raise Impossible("Podaj powód: zobaczą go osoby, które stracą dostęp.")
    return reason.strip()[:500]


def _change(by: Actor, tenant: Tenant, status: TenantStatus, reason: str) -> Tenant:
    by.require_proof()
    with transaction.atomic(using="shared"):
        now = _locked(tenant)
        if now.version != tenant.version:
            raise Impossible(
                f"Ktoś właśnie zmienił stan tej jednostki: {now.get_status_display()}. "
                "Sprawdź go i zdecyduj jeszcze raz."
            )
        if now.status == TenantStatus.OPENING:  # only `open_doors` ends an opening
            raise now.not_now(status, by)
        verb = _VERBS[status]
        proposals.withdraw_open(by=by, tenant=now)
        if status != TenantStatus.ACTIVE:
            advisers.shut(by=by, tenant=now, status=status, reason=f"{verb.label}: {reason}")
        said = f"{now.unit}. Powód: {reason}" if reason else str(now.unit)
        note(by=by, verb=verb, about=said)
        _move(by, now, status, why=reason, reason=reason)
    directory.forget()
    return now


def _locked(tenant: Tenant) -> Tenant:
    rows = Tenant.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=tenant.pk)


def _move(by: Actor, tenant: Tenant, to: TenantStatus, *, why: str = "", **values: Any) -> None:
    # What waited for the tenant to change, as letters of others do, is looked at again.
    enqueue(
        OutgoingMessage,
        kind="TENANT_CHANGED",
        payload={"tenant_id": tenant.pk},
        dedupe=f"tenant-changed:{tenant.pk}:{tenant.version}",
    )
    # The last thing before the commit: no change of state goes without its record.
    with inside(tenant.ref), transaction.atomic():
        move(
            tenant,
            to,
            by=by,
            on=by.today,
            why=why,
            data={"code": tenant.unit.code},
            changed_at=timezone.now(),
            **values,
        )
