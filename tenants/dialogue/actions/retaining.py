"""Correspondence is kept as long as the office says, and then deleted with its files (REG §6.2)."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents import storage
from kooperacja.documents.models import StoredFile
from kooperacja.writes import insert_once
from tenants.dialogue.models.correspondence import (
    Attachment,
    HeldAnswer,
    Message,
    Reading,
    Retention,
    Thread,
)
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.perms import correspondence as perms
from tenants.dialogue.rules import years_before
from tenants.people.models import Person

_AT_ONCE = 50  # threads in one transaction


@transaction.atomic
def set_retention(*, by: Actor, key: Any, years: int | None, from_on: date) -> Retention:
    """Say for how long correspondence is kept since a day; without years it stays."""
    person = Person.objects.acting(by)
    perms.set_retention.require(person)
    row = Retention(id=key, years=years, from_on=from_on, person=person)
    insert_once(row)
    record(
        by=by, verb="RETENTION_SET", obj=row, data={"years": years, "from_on": from_on.isoformat()}
    )
    return row


def forget_old(*, by: Actor) -> int:
    """Delete threads whose last message is older than the office keeps them; how many.

    Until the office set a rule nothing is deleted.
    """
    rule = Retention.on(by.today)
    if rule is None or rule.years is None:
        return 0
    forgotten = 0
    while deleted := _forget_some(by, years_before(by.today, rule.years)):
        forgotten += deleted
    return forgotten


@transaction.atomic
def _forget_some(by: Actor, day: date) -> int:
    old = Thread.objects.filter(last_at__date__lt=day).order_by("last_at", "pk")
    threads = list(old.select_for_update().values_list("pk", flat=True)[:_AT_ONCE])
    if not threads:
        return 0
    messages = Message.objects.filter(thread__in=threads)
    held = HeldAnswer.objects.filter(thread__in=threads)
    attachments = Attachment.objects.filter(message__in=messages)
    attachments |= Attachment.objects.filter(held__in=held)
    files = list(StoredFile.objects.filter(pk__in=attachments.values("file")).order_by("pk"))
    attachments.delete()
    Notice.objects.filter(about__in=messages.values("pk")).delete()
    Reading.objects.filter(thread__in=threads).delete()
    held.delete()
    messages.delete()
    Thread.objects.filter(pk__in=threads).delete()
    record(
        by=by, verb="THREADS_FORGOTTEN", data={"threads": len(threads), "before": day.isoformat()}
    )
    # Rows of files stay (REG §2.11): they say nothing but a number.
    transaction.on_commit(partial(_empty, files))
    return len(threads)


def _empty(files: Iterable[StoredFile]) -> None:
    for file in files:
        storage.empty(file.path, pk=file.pk)
