"""Letters between tenants: posted in one, carried over the shared plane, read in another.

A tenant writes its own outbox alone. The message there becomes a letter of the shared plane, and
that is read inside its addressee once this works.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kooperacja import offers
from kooperacja.audit.actor import Actor, named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.actions import ask_outside
from kooperacja.offers import Offer
from kooperacja.outbox.actions import enqueue
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import found_or_new
from tenants.exchange import delegations
from tenants.exchange.models import Held, Letter

LETTER, DUE = "LETTER", "LETTER_DUE"
# A letter is a form filled in, not a file.
MOST_SIGNS = 1000
_PLAIN = (str, int, date, UUID, type(None))
_HELD = {"OPENING": Held.OPENING, "SUSPENDED": Held.SUSPENDED, "CLOSED": Held.CLOSED}


@dataclass(frozen=True, slots=True)
class LetterRef:
    """A letter as its kind reads it, inside the addressee; inside the source if it came back."""

    id: UUID
    kind: str
    source: TenantRef
    addressee: TenantRef
    payload: Mapping[str, Any]
    posted_at: datetime

    @property
    def by(self) -> Actor:
        """The actor of what follows from it: the unit that wrote."""
        return named(self.source.name)


Reader = Callable[[LetterRef], None]


@dataclass(frozen=True, slots=True)
class LetterKind(Offer):
    """A kind of letter: what may stand in it, and what its addressee does with it.

    The reader runs in one transaction of the addressee. A letter may come again, and after a later
    one, so it looks at what is there before it writes. It raises what can only be done later.
    One that `outlasts_closing` waits for a closed addressee to open again, so it names nobody.
    """

    kind: str
    fields: frozenset[str]
    deliver: Reader
    outlasts_closing: bool = False


@dataclass(frozen=True, slots=True)
class Undeliverable(Offer):
    """The source reads letters of a kind that came back, as their addressee is closed.

    Offered by the app that writes them, which need not be the one that reads them.
    """

    kind: str
    read: Reader


class WrongLetter(ValueError):
    """A letter of no known kind, or with something in it that may not leave a tenant."""


def kind_of(kind: str) -> LetterKind:
    """The kind that some app offers."""
    for known in offers.of(LetterKind):
        if known.kind == kind:
            return known
    if kind in delegations.FIELDS:
        return LetterKind(kind, delegations.FIELDS[kind], _unread)
    raise WrongLetter(f"no app reads letters of the kind {kind}")


def _unread(letter: LetterRef) -> None:
    # A release in which somebody reads it may be on its way; until then the letter waits.
    raise WrongLetter(f"no app reads letters of the kind {letter.kind} yet")


def _returned(letter: LetterRef) -> None:
    for offer in offers.of(Undeliverable):
        if offer.kind == letter.kind:
            offer.read(letter)


# --- In the source -------------------------------------------------------------------------------


def post(*, to: UUID, kind: str, payload: Mapping[str, Any], dedupe: str) -> None:
    """Post a letter in the transaction of the tenant one is in; posted again, it is the same one."""
    require_right(kind, payload)
    message = {"to": to, "kind": kind, "payload": dict(payload), "dedupe": dedupe}
    ask_outside(kind=LETTER, payload=message, dedupe=f"letter:{dedupe}")


def require_right(kind: str, payload: Mapping[str, Any]) -> None:
    """Refuse what its kind doesn't name, and whatever is more than a word or a day."""
    foreign = sorted(payload.keys() - kind_of(kind).fields)
    if foreign:
        raise WrongLetter(f"{kind} may not carry {', '.join(foreign)}")
    for name, value in payload.items():
        if not isinstance(value, _PLAIN) or len(str(value)) > MOST_SIGNS:
            raise WrongLetter(f"{kind}: {name} is no plain value")


# --- On the shared plane -------------------------------------------------------------------------


def take_in(message: Any, tenant: TenantRef | None) -> None:
    """LETTER: what a tenant posted lies on the shared plane from now on, and is due."""
    if tenant is None:
        raise ValueError("only a tenant writes letters")
    given = message.payload
    # An outbox is the tenant's own: what lies in it is looked at where it leaves.
    require_right(given["kind"], given["payload"])
    with transaction.atomic(using="shared"):
        letter, _ = found_or_new(
            Letter,
            defaults={
                "addressee_id": UUID(given["to"]),
                "kind": given["kind"],
                "payload": given["payload"],
                "posted_at": message.created_at,
            },
            source_id=tenant.id,
            dedupe=given["dedupe"],
        )
        make_due(letter, "posted")


def make_due(letter: Letter, cause: str) -> None:
    """Have it delivered soon; asked twice for one cause, once."""
    payload = {"letter_id": letter.pk}
    enqueue(OutgoingMessage, kind=DUE, payload=payload, dedupe=f"letter:{letter.pk}:{cause}")


def deliver(message: Any, tenant: TenantRef | None) -> None:
    """LETTER_DUE: have the addressee read it, hold it, or tell its source that nobody will."""
    settle(UUID(message.payload["letter_id"]))


def settle(letter_id: UUID) -> None:
    """Do with a letter what can be done now; the shared plane's transaction is the last to commit."""
    with transaction.atomic(using="shared"):
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.is_settled:
            return
        source, addressee = _tenant(letter.source_id), _tenant(letter.addressee_id)
        if source is None:
            raise WrongLetter(f"{letter}: nobody wrote it")
        if addressee is None or (addressee.status == "CLOSED" and not _outlasts(letter.kind)):
            _give_back(letter, source, addressee or source)
        elif held := _held(addressee):
            _hold(letter, held)
        else:
            _read(letter, source, addressee)


def _read(letter: Letter, source: TenantRef, addressee: TenantRef) -> None:
    kind = kind_of(letter.kind)
    with inside(addressee), transaction.atomic():
        kind.deliver(_ref(letter, source, addressee))
    _close(letter, delivered_at=timezone.now())


def _give_back(letter: Letter, source: TenantRef, addressee: TenantRef) -> None:
    if _held(source):
        _hold(letter, Held.SENDER)
        return
    with inside(source), transaction.atomic():
        _returned(_ref(letter, source, addressee))
    _close(letter, returned_at=timezone.now())


def _outlasts(kind: str) -> bool:
    return any(known.kind == kind and known.outlasts_closing for known in offers.of(LetterKind))


def _held(tenant: TenantRef) -> str:
    return _HELD.get(tenant.status, "") or (Held.BEHIND if tenant.is_behind else "")


def _hold(letter: Letter, why: str) -> None:
    letter.held_why = why
    letter.save(update_fields=["held_why"])


def _close(letter: Letter, **at: datetime) -> None:
    letter.held_why, letter.payload = "", {}
    for name, value in at.items():
        setattr(letter, name, value)
    letter.save(update_fields=["held_why", "payload", *at])


def _ref(letter: Letter, source: TenantRef, addressee: TenantRef) -> LetterRef:
    values = (letter.payload, letter.posted_at)
    return LetterRef(letter.pk, letter.kind, source, addressee, *values)


def _tenant(tenant_id: UUID) -> TenantRef | None:
    # Asked anew: what a process remembers of a tenant may be older than its suspension.
    tenant: TenantRef | None = directory().find_now(tenant_id)
    return tenant


# --- Letters that wait -----------------------------------------------------------------------------


def tenant_changed(message: Any, tenant: TenantRef | None) -> None:
    """TENANT_CHANGED: letters to and from a tenant that was held, or holds, are looked at again."""
    changed = UUID(message.payload["tenant_id"])
    waiting = Letter.objects.exclude(held_why="")
    for letter in waiting.filter(Q(addressee_id=changed) | Q(source_id=changed)):
        make_due(letter, str(message.id))


def wake_held(now: datetime) -> None:
    """Look again at letters whose tenants may work by now, in case that nobody told of it."""
    held = Letter.objects.exclude(held_why="")
    ready = partial(_is_ready, {tenant.id for tenant in directory().open_tenants()})
    for letter in filter(ready, held):
        make_due(letter, f"{now:%Y%m%d%H%M}")


def _is_ready(open_ones: set[UUID], letter: Letter) -> bool:
    waits_for = letter.source_id if letter.held_why == Held.SENDER else letter.addressee_id
    return waits_for in open_ones
