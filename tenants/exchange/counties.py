"""The agreements that counties publish to the gminas in which they work (POR-C §2.4.2, §3.1)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kooperacja.tenancy.middleware import directory
from kooperacja.writes import found_or_new
from tenants.exchange.models import PublishedAgreement, PublishedParty


@dataclass(frozen=True, slots=True)
class PartySnapshot:
    """A party as its county knows it now."""

    party_id: UUID
    name: str
    number: str
    functions: tuple[str, ...]
    from_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An agreement as its county knows it now, with its parties."""

    name: str
    in_force_from: date
    ended_on: date | None
    units: tuple[str, ...]
    parties: tuple[PartySnapshot, ...]


class NotYours(ValueError):
    """A tenant spoke of an agreement that another one publishes."""


def publish(*, tenant_id: UUID, agreement_id: UUID, read: Callable[[], Snapshot | None]) -> None:
    """Write an agreement as its county knows it now; one that is in force no more ends today.

    One of a closed county ends by the closing, until the county says itself how things stand. Two
    workers take turns, and each reads only when it is its turn: the older one can't land last.
    """
    with transaction.atomic(using="shared"):
        published, is_new = _locked(tenant_id, agreement_id)
        now, is_closed = timezone.now(), _is_closed(tenant_id)
        snapshot = None if is_closed else read()
        if snapshot is None:
            _end(published, is_new=is_new, by_closing=is_closed)
            return
        published.name = snapshot.name
        published.in_force_from, published.ended_on = snapshot.in_force_from, snapshot.ended_on
        published.units, published.confirmed_at = list(snapshot.units), now
        published.ended_by_closing = False
        published.save()
        _write_parties(published, snapshot.parties)


def _end(published: PublishedAgreement, *, is_new: bool, by_closing: bool) -> None:
    if is_new:
        published.delete()
        return
    published.ended_by_closing = by_closing
    if _lasts(published.in_force_from, published.ended_on):
        published.ended_on = max(published.in_force_from, timezone.localdate())
        _write_parties(published, ())
    published.save(update_fields=["ended_on", "ended_by_closing"])


def _lasts(since: date, until: date | None) -> bool:
    """It has no end, or one that is to come: it may end earlier than was said."""
    return until is None or until > max(since, timezone.localdate())


def end_of_closed(tenant_id: UUID) -> None:
    """End today all that a closed county published: it confirms nothing more."""
    if _is_closed(tenant_id):
        for agreement_id in sorted(open_of(tenant_id)):
            publish(tenant_id=tenant_id, agreement_id=agreement_id, read=lambda: None)


def _is_closed(tenant_id: UUID) -> bool:
    county = directory().find_now(tenant_id)
    return county is not None and county.status == "CLOSED"


def open_of(tenant_id: UUID) -> set[UUID]:
    """Agreements of a county that gminas believe to be in force, or to have ended by its closing alone."""
    to_come = Q(ended_on__gt=timezone.localdate()) & Q(ended_on__gt=F("in_force_from"))
    lasting = Q(ended_on=None) | to_come | Q(ended_by_closing=True)
    rows = PublishedAgreement.objects.filter(lasting, tenant_id=tenant_id)
    return set(rows.order_by().values_list("agreement_id", flat=True))


def is_published(agreement_id: UUID, snapshot: Snapshot) -> bool:
    """Gminas read just this already."""
    published = PublishedAgreement.objects.filter(agreement_id=agreement_id).first()
    if published is None:
        return False
    parties = [
        _as_read(one) for one in published.parties.all() if _lasts(one.from_on, one.ended_on)
    ]
    now = Snapshot(
        published.name,
        published.in_force_from,
        published.ended_on,
        tuple(published.units),
        tuple(sorted(parties, key=_by_id)),
    )
    return now == replace(snapshot, parties=tuple(sorted(snapshot.parties, key=_by_id)))


def _as_read(party: PublishedParty) -> PartySnapshot:
    """The party as gminas read it."""
    days = party.from_on, party.ended_on
    return PartySnapshot(party.party_id, party.name, party.number, tuple(party.functions), *days)


def _by_id(party: PartySnapshot) -> UUID:
    return party.party_id


def _locked(tenant_id: UUID, agreement_id: UUID) -> tuple[PublishedAgreement, bool]:
    """The agreement, after everybody who publishes it; and whether nobody has before."""
    now = timezone.now()
    empty = {
        "tenant_id": tenant_id,
        "units": [],
        "in_force_from": timezone.localdate(),
        "confirmed_at": now,
    }
    _, is_new = found_or_new(PublishedAgreement, defaults=empty, agreement_id=agreement_id)
    published = PublishedAgreement.objects.select_for_update().get(agreement_id=agreement_id)
    if published.tenant_id != tenant_id:
        raise NotYours(f"{agreement_id} is published by another tenant")
    return published, is_new


def _write_parties(published: PublishedAgreement, parties: tuple[PartySnapshot, ...]) -> None:
    known = {party.party_id: party for party in published.parties.all()}
    for snapshot in parties:
        party = known.pop(snapshot.party_id, None)
        if party is not None and _as_read(party) == snapshot:
            continue
        party = party or PublishedParty(agreement=published, party_id=snapshot.party_id)
        party.name, party.number = snapshot.name, snapshot.number
        party.functions = list(snapshot.functions)
        party.from_on, party.ended_on = snapshot.from_on, snapshot.ended_on
        party.save()
    today = timezone.localdate()
    for party in known.values():
        if _lasts(party.from_on, party.ended_on):
            party.ended_on = max(party.from_on, today)
            party.save(update_fields=["ended_on"])


def published_for(unit_code: str) -> list[PublishedAgreement]:
    """Agreements that name this unit, with their parties; those in force come first."""
    rows = PublishedAgreement.objects.filter(units__contains=[unit_code])
    today = timezone.localdate()
    found = list(rows.prefetch_related("parties"))
    return sorted(found, key=lambda one: not one.is_in_force(today))
