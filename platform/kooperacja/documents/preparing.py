"""Long papers: asked for, drawn in the background, kept for some days, handed out."""

import hashlib
import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.documents import slots, storage
from kooperacja.documents.apart import drawn_apart
from kooperacja.documents.drawing import html_of, type_of, word_of
from kooperacja.documents.enclosing import with_files
from kooperacja.documents.errors import Busy, Overloaded
from kooperacja.documents.models import DOCX, PreparedFile, PreparedFor
from kooperacja.documents.notifications import PaperFailed, PaperReady
from kooperacja.documents.office_templates import own_template
from kooperacja.documents.papers import Pack, Paper, prepared_of, require_fields
from kooperacja.documents.workflow import PREPARED, PreparedState
from kooperacja.notifications.base import Recipient, send
from kooperacja.outbox.nudge import nudge
from kooperacja.tenancy.context import current_tenant, writing
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.workflow import move
from kooperacja.writes import one_at_a_time

logger = logging.getLogger(__name__)

DRAW = "kooperacja.documents.tasks.draw"
KEPT_DAYS = 7
# Who draws says each second that they live; drawn again once, then given up.
SILENT = timedelta(seconds=30)
ATTEMPTS = 2
# So many may wait at once.
A_PERSON, A_UNIT = 3, 10


class Superseded(Exception):
    """Another one draws it now, since this one was silent for too long."""


def ask_for_paper(
    *,
    by: Actor,
    paper: Paper | Pack,
    context: Mapping[str, Any],
    title: str,
    name: str,
    as_of: date,
    again_at: str,
    verb: str,
    entry: dict[str, Any],
) -> PreparedFile:
    """Have a paper made in the background; the same data asked for again give the same file.

    It becomes a PDF, a Word file or, of a pack, a ZIP as its `name` ends.
    `verb` and `entry` are what the journal says each time it is handed out.
    """
    require_fields(context, paper.example)
    digest = _digest(paper, context, type_of(name))
    _forget_lost(paper, digest)
    new = PreparedFile(
        kind=paper.kind,
        title=title,
        name=name,
        as_of=as_of,
        digest=digest,
        context=dict(context),
        again_at=again_at,
        verb=verb,
        entry=entry,
    )
    return _placed(by, paper, new)


def _digest(paper: Paper | Pack, context: Mapping[str, Any], content_type: str) -> str:
    """The digest of the data, and of the office's form where they are filled into one."""
    known: list[Any] = [context]
    if content_type == DOCX:
        own = own_template(paper.kind)
        known += [DOCX, str(own.pk) if own else ""]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def _placed(by: Actor, paper: Paper | Pack, new: PreparedFile) -> PreparedFile:
    with transaction.atomic(using="shared"), transaction.atomic():
        # Of two at once each would see the last place free; the lock outlives the inner commit.
        one_at_a_time(f"papers:{current_tenant().id}")
        PreparedFile.objects.bulk_create([new], ignore_conflicts=True)
        prepared = _standing(paper, new.digest).select_for_update().get()
        if by.account_id:
            asker = PreparedFor(prepared=prepared, account_id=by.account_id)
            PreparedFor.objects.bulk_create([asker], ignore_conflicts=True)
        record(by=by, verb="PAPER_ASKED", obj=prepared)
        _require_room(by)
        if prepared.is_open:
            transaction.on_commit(partial(nudge, DRAW, str(current_tenant().id)), robust=True)
    return prepared


def _require_room(by: Actor) -> None:
    """Nobody fills the line: the same paper asked for again is the one that waits already."""
    waiting = PreparedFile.objects.filter(state__in=PREPARED.open)
    account = by.account_id
    if account and waiting.filter(asked_by__account_id=account).count() > A_PERSON:
        raise Problem(
            f"Przygotowujemy już dla Ciebie {A_PERSON} dokumenty",
            "Następny zamów, gdy któryś z nich będzie gotowy.",
            kept=NOTHING_DONE,
        )
    if waiting.count() > A_UNIT:
        raise Problem(
            f"W kolejce czeka już {A_UNIT} dokumentów",
            "Tyle naraz przygotowujemy dla jednej jednostki. Spróbuj ponownie za kilka minut.",
            kept=NOTHING_DONE,
            status=503,
        )


def _standing(paper: Paper | Pack, digest: str) -> QuerySet[PreparedFile]:
    same = PreparedFile.objects.filter(kind=paper.kind, digest=digest)
    return same.exclude(state=PreparedState.FAILED)


def _forget_lost(paper: Paper | Pack, digest: str) -> None:
    """A backup has no prepared files: after a restore there are rows without one."""
    for prepared in _standing(paper, digest).filter(state=PreparedState.READY):
        if not storage.is_kept(prepared.path):
            prepared.delete()


def due() -> QuerySet[PreparedFile]:
    """Papers that wait, or are drawn by somebody who is silent."""
    waiting = PreparedFile.objects.filter(state=PreparedState.WAITING)
    return waiting | PreparedFile.objects.filter(
        state=PreparedState.DRAWING, told_at__lt=timezone.now() - SILENT
    )


def draw_next() -> bool:
    """Draw the paper that has waited longest in this tenant; False if there is nothing to do.

    One at a time on a machine, so that its workers do the rest of their work meanwhile.
    """
    try:
        with slots.taken({"drawing": 1}):
            prepared = _claim()
            if prepared is not None:
                _draw(prepared)
    except Busy:
        return False
    return prepared is not None


def _claim() -> PreparedFile | None:
    with transaction.atomic():
        open_rows = PreparedFile.objects.filter(state__in=PREPARED.open)
        rows = list(open_rows.select_for_update().order_by("asked_at", "pk"))
        for row in rows:
            if row.state == PreparedState.DRAWING:
                if row.told_at is not None and row.told_at > timezone.now() - SILENT:
                    return None
                _give_back(row)
        waiting = [row for row in rows if row.state == PreparedState.WAITING]
        if not waiting:
            return None
        _move(waiting[0], PreparedState.DRAWING, attempts=waiting[0].attempts + 1, pages=0)
        return waiting[0]


def _give_back(row: PreparedFile) -> None:
    if row.attempts < ATTEMPTS:
        _move(row, PreparedState.WAITING)
    else:
        _give_up(row)


def _move(row: PreparedFile, to: str, **values: Any) -> None:
    now = timezone.now()
    move(row, to, by=SYSTEM, on=timezone.localdate(now), told_at=now, **values)


def _draw(prepared: PreparedFile) -> None:
    """Nothing is locked and no transaction is open while it is drawn."""
    try:
        paper = prepared_of(prepared.kind)
        if paper is None:
            raise LookupError(prepared.kind)
        left = paper.leaves(prepared.context) if isinstance(paper, Pack) else {}
        _keep(prepared, _made(prepared, paper), left)
    except Superseded:
        logger.warning("paper %s is drawn by another one now", prepared.pk)
    except Overloaded:  # it waits on, but not for ever: the next may be heavy too
        with suppress(Superseded), transaction.atomic():
            _give_back(_still_ours(prepared))
        raise
    except Busy:  # no place to fill a form: it waits on, and this was no attempt
        with suppress(Superseded), transaction.atomic():
            _move(_still_ours(prepared), PreparedState.WAITING, attempts=prepared.attempts - 1)
        raise
    except Exception as error:  # whatever it is, whoever waits for it must hear of it
        logger.error("paper %s could not be drawn: %s", prepared.pk, type(error).__name__)
        with suppress(Superseded), transaction.atomic():
            _give_up(_still_ours(prepared))


def _made(prepared: PreparedFile, paper: Paper | Pack) -> bytes:
    if isinstance(paper, Pack):
        return paper.make(prepared.context)
    if type_of(prepared.name) == DOCX:
        return word_of(paper, prepared.context, own_template(paper.kind))
    return with_files(
        paper,
        prepared.context,
        lambda context: drawn_apart(html_of(paper, context), partial(_tell, prepared)),
    )


def _tell(prepared: PreparedFile, pages: int) -> None:
    ours = PreparedFile.objects.filter(
        pk=prepared.pk, state=PreparedState.DRAWING, attempts=prepared.attempts
    )
    if not ours.update(pages=pages, told_at=Now()):
        raise Superseded


def _still_ours(prepared: PreparedFile) -> PreparedFile:
    row = PreparedFile.objects.select_for_update().filter(pk=prepared.pk).first()
    if row is None or (row.state, row.attempts) != (PreparedState.DRAWING, prepared.attempts):
        raise Superseded
    return row


def _keep(prepared: PreparedFile, content: bytes, left: dict[str, Any]) -> None:
    year = timezone.localdate().year
    with storage.staged(content, pk=uuid7(), year=year) as path, transaction.atomic():
        row = _still_ours(prepared)
        _move(row, PreparedState.READY, path=path, size=len(content), context=left)
        message = PaperReady(prepared_id=row.pk, paper=row.title)
        send(message, to=_askers(row), dedupe=f"paper-ready:{row.pk}")


def _give_up(row: PreparedFile) -> None:
    _move(row, PreparedState.FAILED, context={})
    message = PaperFailed(prepared_id=row.pk, paper=row.title)
    send(message, to=_askers(row), dedupe=f"paper-failed:{row.pk}")


def _askers(row: PreparedFile) -> list[Recipient]:
    accounts = row.asked_by.order_by("pk").values_list("account_id", flat=True)
    return [Recipient(account_id=account) for account in accounts]


def hand_out(*, by: Actor, prepared: PreparedFile) -> bytes:
    """The file of a paper that is ready; the journal says who took it."""
    content = storage.read(prepared.path, pk=storage.id_in(prepared.path))
    with writing(), transaction.atomic():
        record(by=by, verb=prepared.verb, data=prepared.entry)
    return content


def forget_prepared() -> int:
    """Remove what was kept for long enough; how many."""
    old = PreparedFile.objects.filter(asked_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    gone = list(old.exclude(state=PreparedState.DRAWING).order_by("pk"))
    for prepared in gone:
        prepared.delete()
        if prepared.path:
            storage.remove(prepared.path)
    return len(gone)
