"""Publishing: services of a tenant's basket, written where the region and strangers read them."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kooperacja import offers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from region.directory.columns import EMPTY, Columns, columns_of
from region.directory.models import Listed, ListedService, PartnersService, TenantListing
from region.revisions import PUBLISH, next_revision
from tenants.services.listed import Listing, ListsServices

logger = logging.getLogger(__name__)
_REVISION_LOCK = 0x4B4F4F51
_SAID = ("revision", "content_changed_at", "withdrawn_at", "known_as", *EMPTY)
_LEVELS: tuple[type[Listed], ...] = (ListedService, PartnersService)


def publish_services(tenant: TenantRef, *, today: date) -> bool:
    """Make what is listed of a tenant equal to its basket of a day; whether anything differed.

    Two workers take turns, and each reads only when it is its turn: the older one can't land last.
    """
    with transaction.atomic(using=PUBLISH):
        freshness = _locked(tenant.id)
        now = directory().find_now(tenant.id)
        listings = _read(tenant, today) if now is not None and now.is_open else ()
        changed = _write(tenant.id, tenant.code, listings)
        freshness.listed_at, freshness.is_due = timezone.now(), False
        freshness.save(using=PUBLISH)
    return changed


def withdraw_services(tenant_id: UUID) -> bool:
    """Withdraw everything of a tenant that was suspended or closed; whether there was anything."""
    with transaction.atomic(using=PUBLISH):
        freshness = _locked(tenant_id)
        changed = _write(tenant_id)
        _make_due(freshness)  # once it is open again
    return changed


def on_tenant_moved(tenant_id: UUID) -> None:
    """Withdraw what a closed one listed; of one that is open everything is read by the next round."""
    tenant = directory().find_now(tenant_id)
    if tenant is not None and tenant.is_open:
        ask_anew(tenant)
    else:
        withdraw_services(tenant_id)


def ask_anew(tenant: TenantRef) -> None:
    """Have everything of a tenant read by the next round: its basket changed without a message."""
    with transaction.atomic(using=PUBLISH):
        _make_due(_locked(tenant.id))


def ask_all_anew(tenant_ids: Iterable[UUID]) -> None:
    """Have everything of these tenants read anew: the directory is rebuilt."""
    with transaction.atomic(using=PUBLISH):
        rows = TenantListing.objects.using(PUBLISH)
        new = [TenantListing(tenant_id=tenant_id) for tenant_id in tenant_ids]
        rows.bulk_create(new, ignore_conflicts=True)
        rows.update(is_due=True)


def on_region_restored() -> None:
    """Let whoever harvests read all of it again: they may have what was said since the backup.

    Its number goes past any that was given since then, so that no copy of theirs is called fresh.
    """
    now = timezone.now()
    with transaction.atomic(using=PUBLISH):
        number = max(next_revision(_REVISION_LOCK, _revision), int(now.timestamp()))
        for model in _LEVELS:
            rows = model.objects.using(PUBLISH)
            rows.exclude(withdrawn_at=None).update(withdrawn_at=now)
            rows.update(revision=number, content_changed_at=now)
        TenantListing.objects.using(PUBLISH).update(is_due=True)


def _make_due(freshness: TenantListing) -> None:
    freshness.is_due = True
    freshness.save(using=PUBLISH, update_fields=["is_due"])


def _locked(tenant_id: UUID) -> TenantListing:
    rows = TenantListing.objects.using(PUBLISH)
    rows.bulk_create([TenantListing(tenant_id=tenant_id)], ignore_conflicts=True)
    return rows.select_for_update().get(tenant_id=tenant_id)


def _read(tenant: TenantRef, today: date) -> list[Listing]:
    with inside(tenant):
        return [one for offer in offers.of(ListsServices) for one in offer.find(today)]


def _write(tenant_id: UUID, code: str = "", listings: Iterable[Listing] = ()) -> bool:
    """Make both levels say this of a tenant and nothing else; whether anything differed."""
    public, partners = dict[UUID, Columns](), dict[UUID, Columns]()
    for one in listings:
        if one.public is not None:
            public[one.service_id] = columns_of(one.public, code, one.master_id)
        if one.partners is not None:
            is_same = one.partners == one.public
            partners[one.service_id] = (
                public[one.service_id] if is_same else columns_of(one.partners, code, one.master_id)
            )
    changes = [
        _changes(ListedService, tenant_id, public),
        _changes(PartnersService, tenant_id, partners),
    ]
    if not any(changes):
        return False
    revision = next_revision(_REVISION_LOCK, _revision)
    for change in changes:
        change.write(revision)
    return True


def _revision() -> int:
    return max(model.objects.using(PUBLISH).revision() for model in _LEVELS)


@dataclass(frozen=True, slots=True)
class _Changes:
    """Rows of one level that are new or differ."""

    model: type[Listed]
    new: list[Listed]
    differing: list[Listed]

    def __bool__(self) -> bool:
        return bool(self.new or self.differing)

    def write(self, revision: int) -> None:
        for row in (*self.new, *self.differing):
            row.revision = revision
        rows = self.model.objects.using(PUBLISH)
        rows.bulk_create(self.new)  # refused, should a neighbour have taken such an id meanwhile
        rows.bulk_create(
            self.differing, update_conflicts=True, unique_fields=["id"], update_fields=_SAID
        )


def _changes(model: type[Listed], tenant_id: UUID, known: Mapping[UUID, Columns]) -> _Changes:
    """Whatever of a level is not yet as it should be."""
    now = timezone.now()
    stored = {row.pk: row for row in model.objects.using(PUBLISH).filter(tenant_id=tenant_id)}
    foreign = _foreign(model, tenant_id, known.keys() - stored.keys())
    new = [
        model(id=pk, tenant_id=tenant_id, content_changed_at=now, **columns)
        for pk, columns in known.items()
        if pk not in stored and pk not in foreign
    ]
    differing = [
        row
        for pk, row in stored.items()
        if _take(row, known.get(pk, EMPTY), None if pk in known else row.withdrawn_at or now, now)
    ]
    return _Changes(model, new, differing)


def _foreign(model: type[Listed], tenant_id: UUID, ids: Iterable[UUID]) -> set[UUID]:
    """Ids that another tenant lists; nobody writes over a neighbour's service."""
    rows = model.objects.using(PUBLISH).filter(pk__in=ids).exclude(tenant_id=tenant_id)
    taken = set(rows.order_by().values_list("pk", flat=True))
    for pk in taken:
        logger.error("service %s is listed by another tenant", pk)
    return taken


def _take(row: Listed, columns: Columns, withdrawn_at: datetime | None, now: datetime) -> bool:
    """Have a row say this; whether it said anything else.

    What it is found by may change with a release, and tells whoever harvests nothing new.
    """
    is_moved = row.withdrawn_at != withdrawn_at or row.known_as != columns.get(
        "known_as", row.known_as
    )
    if is_moved or row.facts != columns["facts"]:
        row.content_changed_at = now
    elif all(getattr(row, name) == value for name, value in columns.items()):
        return False
    for name, value in columns.items():
        setattr(row, name, value)
    row.withdrawn_at = withdrawn_at
    return True
