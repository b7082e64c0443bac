"""Messages go to every member of a team at once, and are answered to all (REG §6.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.uploads import clean_name
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.notifications.base import Notification, settle_for
from kooperacja.ui.files import file_name
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in
from tenants.dialogue.actions.telling import tell_all
from tenants.dialogue.everyone import dedupe_of
from tenants.dialogue.models.correspondence import (
    MESSAGE_FILE,
    Attachment,
    HeldAnswer,
    Message,
    Reading,
    Thread,
)
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.notifications import MessageSent
from tenants.dialogue.perms import correspondence as perms
from tenants.dialogue.perms.sides import writes_for
from tenants.dialogue.workflow import ThreadState
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team
from tenants.teams.sides import chosen

MESSAGE = "message"  # the kind of the matter, in the log
ANSWERS = "pismo"  # the kind of the address to which mails are answered


@dataclass(frozen=True, slots=True)
class Said:
    """The text of a message; `refused` names the files of a mail that were not taken."""

    text: str
    refused: str = ""
    let_in: str = ""
    mail_key: str = ""


@work_first
def begin(
    *,
    by: Actor,
    team_id: UUID,
    key: UUID,
    of: str,
    subject: str,
    text: str,
    uploads: "list[UploadedFile[Any]]",
    guard_reason: str = "",
) -> Thread:
    """Begin a thread: its first message goes to every member of the team at once."""
    team = Team.objects.select_for_update().get(pk=team_id)
    person = Person.objects.acting(by)
    perms.write.require(person, team)
    assert person is not None  # nobody else may write
    if saved := Thread.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    thread = Thread(id=key, team=team, person=person, year=by.today.year, subject=subject)
    thread.organisation_id = chosen(of, writes_for(person, team))
    thread.number = next_in(Thread.objects.filter(team=team, year=thread.year))
    insert_once(thread)
    files = _stored(by, thread, uploads)
    record(by=by, verb="THREAD_BEGUN", obj=thread)
    keep_reason(by, thread, guard_reason)
    first = Message(thread=thread, person=person, organisation_id=thread.organisation_id)
    add(by, first, Said(text), files)
    return thread


@work_first
def answer(
    *,
    by: Actor,
    thread_id: UUID,
    key: UUID,
    of: str,
    text: str,
    uploads: "list[UploadedFile[Any]]",
    guard_reason: str = "",
) -> Message:
    """Answer in a thread; the answer goes to every member as well."""
    thread = locked(thread_id)
    person = Person.objects.acting(by)
    perms.answer.require(person, thread)
    assert person is not None  # nobody else may answer
    if saved := Message.objects.filter(pk=key).select_related("thread").first():
        raise AlreadySaved(saved)
    require_open(thread)
    message = Message(id=key, thread=thread, person=person)
    message.organisation_id = chosen(of, writes_for(person, thread.team))
    files = _stored(by, thread, uploads)
    record(by=by, verb="THREAD_ANSWERED", obj=thread)
    keep_reason(by, thread, guard_reason)
    return add(by, message, Said(text), files)


def _stored(
    by: Actor, thread: Thread, uploads: "Iterable[UploadedFile[Any]]"
) -> list[tuple[str, StoredFile]]:
    """The files by the names that they came with; their own rows say a number alone."""
    own = file_name(str(thread), ".pdf")
    return [
        (
            clean_name(one.name or ""),
            store_upload(by=by, upload=one, kind=MESSAGE_FILE, name=own),
        )
        for one in uploads
    ]


def add(
    by: Actor,
    message: Message,
    said: Said,
    files: Iterable[tuple[str, StoredFile]] = (),
    *,
    moved: "QuerySet[Attachment] | None" = None,
) -> Message:
    """Let a message join its thread, which is locked, and go to every member."""
    thread = message.thread
    thread.count += 1
    thread.last_at = timezone.now()
    thread.save(update_fields=["count", "last_at"])
    message.position, message.sent_at = thread.count, thread.last_at
    message.text, message.refused, message.let_in = said.text, said.refused, said.let_in
    message.mail_key = said.mail_key
    insert_once(message)
    Attachment.objects.bulk_create(attached(files, message=message))
    if moved is not None:
        moved.update(message=message)
    if message.person:
        _note_read(message.person, thread, thread.last_at)
    tell_all(MESSAGE, message, by.today)
    return message


def attached(
    files: Iterable[tuple[str, StoredFile]], **to: Message | HeldAnswer
) -> list[Attachment]:
    """The files put to a message, or to an answer that waits."""
    named = enumerate(files, start=1)
    return [Attachment(position=place, name=name, file=file, **to) for place, (name, file) in named]


def locked(thread_id: UUID) -> Thread:
    thread: Thread = lock_in_team(
        Thread.objects.select_related("team", "person", "organisation"), thread_id
    )
    return thread


def require_open(thread: Thread) -> None:
    """It may still be answered."""
    if not thread.is_open:
        raise Problem(
            "Ta korespondencja jest zamknięta",
            "Nie można już na nią odpowiedzieć. Jeśli sprawa wróciła, napisz nową wiadomość.",
            kept=NOTHING_SAVED,
            at=thread,
        )


# --- To all --------------------------------------------------------------------------------------


def to_tell(message_id: UUID) -> Message | None:
    """A message, locked, of which members are still to be told."""
    rows = Message.objects.select_related("thread__team", "person", "organisation")
    row = rows.filter(pk=message_id).first()
    return None if row is None else lock_in_team(rows, message_id, "thread__team")


def letter_of(message: Message) -> Notification:
    """The mail that carries a whole message."""
    thread = message.thread
    names = [one.name for one in _attachments(message)]
    return MessageSent(
        thread.pk,
        what=str(thread),
        team=thread.team.law.genitive,
        subject_of=thread.subject,
        author=message.author,
        text=message.text,
        files="\n".join(names),
        refused=message.refused,
        is_answer=message.position > 1,
    )


def _attachments(message: Message) -> list[Attachment]:
    found = list(message.attachments.all())
    for one in found:
        one.message = message  # its name is opened with the key of the team, which is known
    return found


def without_account(message: Message, notice: Notice) -> Notification:
    return letter_of(message)


def ready(message: Message, moment: datetime) -> None:
    """Keep when the mail to the last member was ready; its author has nothing to read."""
    if message.queued_at is None:
        message.queued_at = moment
        message.save(update_fields=["queued_at"])
    if message.person and message.person.account_id:
        _settle(message.person.account_id, [message.pk])


def _settle(account_id: UUID, messages: Iterable[UUID]) -> None:
    settle_for(account_id=account_id, dedupes=[dedupe_of(MESSAGE, pk) for pk in messages])


# --- Reading -------------------------------------------------------------------------------------


def note_reading(*, account_id: UUID | None, person: Person, thread: Thread) -> None:
    """Keep that somebody has read a thread so far, and take its lines out of their inbox."""
    with transaction.atomic():
        before = _note_read(person, thread, timezone.now())
        unread = thread.messages.filter(position__gt=before, position__lte=thread.count)
        if account_id:
            _settle(account_id, unread.values_list("pk", flat=True))


def _note_read(person: Person, thread: Thread, moment: datetime) -> int:
    """The place up to which the person had read before."""
    new = Reading(thread=thread, person=person, position=thread.count, read_at=moment)
    known = Reading.objects.filter(thread=thread, person__in=person.entries)
    before = known.order_by("-position").values_list("position", flat=True).first()
    if before is None:
        Reading.objects.bulk_create([new], ignore_conflicts=True)
    elif before < thread.count:
        known.update(position=thread.count, read_at=moment)
    return before or 0


@transaction.atomic
def close(*, by: Actor, thread_id: UUID, version: int) -> Thread:
    """Close a thread: nobody answers it any more."""
    thread = locked(thread_id)
    perms.close_thread.require(Person.objects.acting(by), thread)
    require_may(thread, ThreadState.CLOSED)
    if thread.version != version:
        raise StaleForm(thread)
    move(thread, ThreadState.CLOSED, by=by, on=by.today, ended_on=by.today)
    return thread
