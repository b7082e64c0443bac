"""Answers by mail join their thread and go to all, or wait for a decision (REG §6.2)."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_received
from kooperacja.documents.models import StoredFile
from kooperacja.documents.uploads import clean_name, shown_name
from kooperacja.guard.checking import check, name_of_file
from kooperacja.incoming.mail import Incoming
from kooperacja.incoming.quotes import own_words
from kooperacja.notifications.base import send, settle
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import quoted, stopped
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm
from tenants.dialogue.actions.correspondence import MESSAGE, Said, add, attached, locked
from tenants.dialogue.models.correspondence import (
    MAX_TEXT,
    MESSAGE_FILE,
    Attachment,
    HeldAnswer,
    HeldReason,
    Message,
    Thread,
)
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.notifications import AnswerNotTaken, AnswerWaits
from tenants.dialogue.perms import correspondence as perms
from tenants.dialogue.workflow import HeldState
from tenants.meetings.addressed import recipient_of
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat

Passes = Callable[[str], bool]  # the guard of what goes to all
# A program that answers by itself is known by saying the same in a short time, so many times.
LOOPS_WITHIN, SAME_AT_MOST = timedelta(hours=1), 2
# One whose words change is known by how many come of the same seat to the same thread.
MANY_WITHIN, MOST_ANSWERS = timedelta(days=1), 6
# Its sender is told of it once: what they wrote came to nobody.
_TOLD_OF = (HeldReason.CLOSED, HeldReason.ENDED)


@transaction.atomic
def take_mail(incoming: Incoming, *, passes: Passes) -> None:
    """Let the answer of a seat join its thread; what is in doubt waits for a decision."""
    notice = _notice(incoming.row_id)
    message = Message.objects.filter(pk=notice.about).first() if notice else None
    if notice is None or message is None:
        return
    thread, key = locked(message.thread_id), _key(incoming)
    if thread.messages.filter(mail_key=key).exists() or thread.held.filter(mail_key=key).exists():
        return
    by = _actor(notice.seat)
    text = own_words(incoming.text)
    if _is_loop(thread, message, notice.seat, incoming, text):
        return
    reason = _reason(by, thread, notice.seat, incoming, text, passes)
    files, refused = _kept(by, thread, incoming)
    if reason is None:
        answer = Message(id=uuid7(), thread=thread, organisation_id=notice.seat.organisation_id)
        answer.person = notice.seat.person
        record(by=by, verb="THREAD_ANSWERED", obj=thread)
        add(by, answer, Said(text, refused, mail_key=key), files)
        return
    held = HeldAnswer.objects.create(
        thread=thread,
        seat=notice.seat,
        sender=incoming.sender,
        text=text or incoming.text,
        refused=refused,
        reason=reason,
        mail_key=key,
        received_at=incoming.received_at,
    )
    Attachment.objects.bulk_create(attached(files, held=held))
    record(by=by, verb="HELD_ANSWER_CAME", obj=thread)
    _tell_sender(held)


def _tell_sender(held: HeldAnswer) -> None:
    """Tell a sender that is known why the answer came to nobody yet; nothing of it is quoted."""
    thread, why = held.thread, HeldReason(held.reason).label
    if (to := recipient_of(held.seat)) is None or _is_told(held):
        return
    if held.reason in _TOLD_OF:
        said = AnswerNotTaken(thread.pk, str(thread), why)
        send(said, to=[to], dedupe=f"answer-not-taken:{thread.pk}")
    elif held.reason in perms.OF_AUTHOR:
        send(AnswerWaits(held.pk, str(thread), why), to=[to], dedupe=_waits(held))


def _is_told(held: HeldAnswer) -> bool:
    """One letter tells of answers that are too many: a program answers each."""
    waiting = held.thread.held.filter(reason=HeldReason.MANY, state=HeldState.WAITING)
    others = waiting.filter(seat=held.seat_id).exclude(pk=held.pk)
    return held.reason == HeldReason.MANY and others.exists()


def _waits(held: HeldAnswer) -> str:
    return f"answer-waits:{held.pk}"


def _is_loop(thread: Thread, answered: Message, seat: Seat, incoming: Incoming, text: str) -> bool:
    """A program that hides it answers all that comes, also itself; nothing in that is new.

    Each such answer would go to all, and cause the next.
    """
    since = incoming.received_at - LOOPS_WITHIN
    same = [one.pk for one in _mailed(thread, seat, since) if one.text == text]
    most = 1 if answered.pk in same else SAME_AT_MOST
    return not incoming.files and len(same) >= most


def _mailed(thread: Thread, seat: Seat, since: datetime) -> "QuerySet[Message]":
    """Answers by mail of whoever has the seat that joined the thread since a moment."""
    lately = thread.messages.filter(sent_at__gte=since).exclude(mail_key="")
    return lately.filter(person=seat.person_id, organisation=seat.organisation_id)


def _notice(notice_id: UUID) -> Notice | None:
    rows = Notice.objects.filter(pk=notice_id, kind=MESSAGE)
    return rows.select_related("seat__person", "seat__organisation").first()


def _key(incoming: Incoming) -> str:
    return hashlib.sha256(incoming.message_id.encode()).hexdigest()


def _actor(seat: Seat) -> Actor:
    return Actor(account_id=None, name=f"{seat.who} (e-mail)"[:200], person_id=seat.person_id)


def _reason(
    by: Actor, thread: Thread, seat: Seat, incoming: Incoming, text: str, passes: Passes
) -> HeldReason | None:
    """The reason for which it may not join by itself; None where nothing is in doubt."""
    if incoming.sender not in _addresses(seat):
        return HeldReason.SENDER
    if not seat.holds_on(by.today):
        return HeldReason.ENDED
    if not thread.is_open:
        return HeldReason.CLOSED
    if not text:
        return HeldReason.EMPTY
    if len(text) > MAX_TEXT:
        return HeldReason.LONG
    if not passes(_with_names(text, (one.name for one in incoming.files))):
        return HeldReason.GUARD
    lately = _mailed(thread, seat, incoming.received_at - MANY_WITHIN)
    return HeldReason.MANY if lately.count() >= MOST_ANSWERS else None


def _with_names(text: str, files: Iterable[str]) -> str:
    """All that members would read: the text, and the names of files, which mails tell too."""
    return f"{text}\n{_names(files)}"


def _names(files: Iterable[str]) -> str:
    return "\n".join(name_of_file(clean_name(name)) for name in files)


def _addresses(seat: Seat) -> set[str]:
    """The addresses by which a seat is known: of its person, or of its institution if vacant."""
    person, of = seat.person, seat.organisation
    if person is None:
        return {of.email.lower()} if of and of.email else set()
    known = {person.email} if person.email else set()
    if person.account_id:
        accounts = get_user_model().objects.filter(pk=person.account_id, is_active=True)
        known |= set(accounts.values_list("email", flat=True))
    return {address.lower() for address in known}


def _kept(
    by: Actor, thread: Thread, incoming: Incoming
) -> tuple[list[tuple[str, StoredFile]], str]:
    """The files that are taken, and in words those that are not."""
    files, words = list[tuple[str, StoredFile]](), list[str]()
    own = file_name(str(thread), ".pdf")
    for one in incoming.files:
        kept = store_received(by=by, name=own, content=one.content, kind=MESSAGE_FILE)
        if isinstance(kept, str):
            words.append(f"{quoted(shown_name(one.name) or 'bez nazwy')}. {stopped(kept)}")
        else:
            files.append((clean_name(one.name), kept))
    if incoming.files_left_out:
        words.append(f"Plików było za dużo: nie przyjęliśmy {incoming.files_left_out} ostatnich.")
    return files, "\n".join(words)


@transaction.atomic
def send_held(*, by: Actor, held_id: UUID, version: int, reason: str) -> Message:
    """Send an answer that waited to all, with the reason for which it may go."""
    held = _decided(by, held_id, version, HeldState.SENT)
    if not held.can_join:
        raise Problem(
            "Tej odpowiedzi nie można wysłać do wszystkich",
            f"{str(HeldReason(held.reason).label).capitalize()}."
            if held.thread.is_open
            else "Korespondencja jest zamknięta.",
            kept=NOTHING_SAVED,
            at=held,
        )
    _require_let_pass(held)
    move(held, HeldState.SENT, by=by, on=by.today, decision=reason, ended_on=by.today)
    message = Message(id=uuid7(), thread=held.thread, organisation_id=held.seat.organisation_id)
    message.person = held.seat.person
    said = Said(held.text, held.refused, _let_in(by, held, reason), held.mail_key)
    # Before it goes out: its mail names them.
    add(by, message, said, moved=held.attachments.all())
    return message


def _require_let_pass(held: HeldAnswer) -> None:
    """Refuse what the office lets nobody send to all, whatever the reason."""
    if check(dict(wording(held))).is_blocked:
        raise Problem(
            "Tej odpowiedzi nie można wysłać do wszystkich",
            "Są w niej dane osobowe, których ośrodek nie pozwala wysyłać do wszystkich. Odrzuć ją; "
            "to, co w niej ważne, można napisać w nowej wiadomości bez tych danych.",
            kept=NOTHING_SAVED,
            at=held,
        )


def wording(held: HeldAnswer) -> Iterator[tuple[str, str]]:
    """All that members would read of it, after the words that say where it stands."""
    yield "Treść", held.text
    yield "Pliki, których nie przyjęliśmy", held.refused
    files = held.attachments.all()
    for one in files:
        one.held = held  # its name is opened with the key of the team, which is known
    yield "Załączniki", _names(one.name for one in files)


def _let_in(by: Actor, held: HeldAnswer, reason: str) -> str:
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    who = person.full_name if person else by.name
    return f"Odpowiedź czekała na decyzję, bo {HeldReason(held.reason).label}. {who}: {reason}"


@transaction.atomic
def discard_held(*, by: Actor, held_id: UUID, version: int, reason: str) -> HeldAnswer:
    """Let an answer that waited come to nobody."""
    held = _decided(by, held_id, version, HeldState.DISCARDED)
    move(held, HeldState.DISCARDED, by=by, on=by.today, decision=reason, ended_on=by.today)
    return held


def _decided(by: Actor, held_id: UUID, version: int, to: HeldState) -> HeldAnswer:
    rows = HeldAnswer.objects.select_related(
        "thread__team", "thread__person", "seat__person", "seat__organisation"
    )
    held: HeldAnswer = lock_in_team(rows, held_id, "thread__team")
    perms.decide.require(Person.objects.acting(by), held)
    require_may(held, to)
    if held.version != version:
        raise StaleForm(held)
    settle(dedupe=_waits(held))
    return held
