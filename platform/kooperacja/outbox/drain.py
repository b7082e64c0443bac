"""Handles what waits in an outbox: each message in a transaction of its own, at least once.

What it does outside the database, such as a mail, is done before, while nothing is locked.
"""

import logging
import math
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db import router, transaction
from django.db.models import QuerySet
from django.utils import timezone

from kooperacja import offers
from kooperacja.outbox.models import OutboxMessage
from kooperacja.outside import Done, Needed, at_hand
from kooperacja.tenancy.context import current_tenant_or_none
from kooperacja.tenancy.ref import TenantRef

logger = logging.getLogger(__name__)

Handler = Callable[[OutboxMessage, TenantRef | None], None]
BATCH = 100
# Slow mail servers make slow batches, and others wait meanwhile.
TURN_SECONDS = 0.5
# Whoever watches is told of a message that failed so often; it is hours old by then.
OFTEN = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=1)
# What is done outside may take so long; a mail gives up sooner.
LEASE = timedelta(minutes=5)


def handlers() -> dict[str, Handler]:
    """The handler of each kind of message, as the apps offer them."""
    known: dict[str, Handler] = {}
    for offer in offers.of(offers.Handler):
        if offer.kind in known:
            raise ValueError(f"messages of the kind {offer.kind} have two handlers")
        known[offer.kind] = offer.handle
    return known


def drain(
    model: type[OutboxMessage],
    handlers: Mapping[str, Handler],
    limit: int = BATCH,
    ends: float = math.inf,
) -> int:
    """Handle up to `limit` messages that are due, none after the clock's `ends`; how many."""
    using = router.db_for_write(model)
    tried = 0
    while tried < limit and time.monotonic() < ends and (claimed := _claim(model, using)):
        tried += 1
        _handle(model, handlers, using, *claimed)
    return tried


def take_turn(model: type[OutboxMessage]) -> bool:
    """A batch, or as much of it as fits in the turn; whether something may be left."""
    ends = time.monotonic() + TURN_SECONDS
    return drain(model, handlers(), ends=ends) == BATCH or time.monotonic() >= ends


def back_off(attempts: int) -> timedelta:
    """After the n-th attempt: 15 s, 30 s, 1 min …, never more than an hour."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(attempts - 1, 20)))


def _claim(model: type[OutboxMessage], using: str) -> tuple[UUID, int] | None:
    """Take the next message, and put it off already: what kills the worker must not block the rest."""
    with transaction.atomic(using=using):
        now = timezone.now()
        due = model.objects.using(using).filter(done_at=None, available_at__lte=now)
        message = due.select_for_update(skip_locked=True).order_by("available_at", "id").first()
        if message is None:
            return None
        message.attempts += 1
        message.available_at = now + back_off(message.attempts)
        message.save(using=using, update_fields=["attempts", "available_at"])
        return message.id, message.attempts


def _handle(
    model: type[OutboxMessage],
    handlers: Mapping[str, Handler],
    using: str,
    pk: UUID,
    attempts: int,
) -> None:
    waiting = model.objects.using(using).filter(pk=pk, done_at=None, attempts=attempts)
    done: Done = {}
    while True:
        try:
            with at_hand(done):
                return _handle_at_once(waiting, handlers, using)
        except Needed as needed:
            asked = needed
        # No lock holds it now. A worker that dies meanwhile lets go by itself, and it is done again.
        if not waiting.update(available_at=timezone.now() + LEASE):
            return None
        try:
            done[asked.key] = asked.work()
        except Exception as error:
            _put_off(waiting, error)
            return None


def _handle_at_once(
    waiting: QuerySet[OutboxMessage], handlers: Mapping[str, Handler], using: str
) -> None:
    tenant = current_tenant_or_none() if using == "default" else None
    with transaction.atomic(using=using):
        # The lock lasts while it is handled; a second worker may have come when this one was slow.
        # It is waited for: who only looks for something to claim holds it for a moment, too.
        message = waiting.select_for_update().first()
        if message is None:
            return
        try:
            with transaction.atomic(using=using):
                handlers[message.kind](message, tenant)
        except Needed:
            raise
        except Exception as error:
            _put_off(waiting, error)
        else:
            message.done_at, message.payload, message.last_error = timezone.now(), {}, ""
            message.save(using=using, update_fields=["done_at", "payload", "last_error"])


def _put_off(waiting: QuerySet[OutboxMessage], error: Exception) -> None:
    message = waiting.first()
    if message is None:  # taken over meanwhile
        return
    # Its text may name people, so only its type is kept.
    message.last_error = type(error).__qualname__[:200]
    message.available_at = timezone.now() + back_off(message.attempts)
    message.save(using=waiting.db, update_fields=["last_error", "available_at"])
    logger.log(
        logging.ERROR if message.attempts >= OFTEN else logging.WARNING,
        "message %s %s failed: %s",
        message.kind,
        message.pk,
        message.last_error,
        extra={"attempts": message.attempts},
    )
