"""A thread as its page shows it, with whom it reached; threads and materials with some words.

Their texts are sealed, so they are compared in memory: the latest ones.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kooperacja.ui.search import is_matching
from tenants.dialogue.everyone import delivered, reached
from tenants.dialogue.models.correspondence import Attachment, Message, Reading, Thread
from tenants.dialogue.models.materials import Material
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.perms import correspondence as perms
from tenants.people.models import Person

_LATEST = 1000


@dataclass(frozen=True, slots=True)
class Reached:
    """A seat, how the message reached it, and when its person read it here."""

    notice: Notice
    way: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class SaidHere:
    """A message with its files; whom it reached is known to its author and whoever runs the team."""

    message: Message
    files: list[Attachment]
    can_see_reached: bool
    reached: list[Reached] = field(default_factory=list)

    @property
    def read_count(self) -> int:
        return sum(one.read_at is not None for one in self.reached)


def said_in(thread: Thread, person: Person | None) -> list[SaidHere]:
    """Its messages, in their order."""
    messages = list(thread.messages.select_related("person", "organisation"))
    files = defaultdict[UUID, list[Attachment]](list)
    known = {one.pk: one for one in messages}
    for one in Attachment.objects.filter(message__in=messages):
        if one.message_id:
            one.message = known[one.message_id]
            files[one.message_id].append(one)
    seen = {one.pk for one in messages if perms.see_reached(person, one)}
    ways = _ways(thread, messages, seen)
    return [SaidHere(one, files[one.pk], one.pk in seen, ways[one.pk]) for one in messages]


def _ways(
    thread: Thread, messages: Sequence[Message], seen: set[UUID]
) -> defaultdict[UUID, list[Reached]]:
    ways = defaultdict[UUID, list[Reached]](list)
    if not seen:
        return ways
    rows = Notice.objects.filter(about__in=seen)
    notices = list(rows.select_related("seat__person", "seat__organisation").order_by("pk"))
    readings = {row.person_id: row for row in Reading.objects.filter(thread=thread)}
    places = {one.pk: one.position for one in messages}
    for notice, way in reached(notices, delivered(notices)):
        reading = readings.get(notice.seat.person_id) if notice.seat.person_id else None
        is_read = reading is not None and reading.position >= places[notice.about]
        ways[notice.about].append(
            Reached(notice, way, reading.read_at if reading and is_read else None)
        )
    return ways


def threads_with(person: Person, words: str) -> Iterator[Thread]:
    """The latest threads in which all the words stand, in their subject or in a message."""
    rows = Thread.objects.read_by(person).select_related("team", "organisation")
    latest = {row.pk: row for row in rows.order_by("-last_at", "-pk")[:_LATEST]}
    said = defaultdict[UUID, list[str]](list)
    messages = Message.objects.filter(thread__in=latest).select_related("organisation", "person")
    for message in messages.order_by("thread", "position"):
        message.thread = latest[message.thread_id]
        said[message.thread_id] += [message.author, message.text]
    for row in latest.values():
        if is_matching(words, str(row), row.subject, row.begun_by, *said[row.pk]):
            yield row


def materials_with(person: Person, words: str) -> Iterator[Material]:
    """The latest materials in which all the words stand: in title, description or topic."""
    rows = Material.objects.read_by(person).select_related("team", "organisation", "topic__team")
    for row in rows.order_by("-latest_at", "-pk")[:_LATEST]:
        if is_matching(words, str(row), row.title, row.text, row.topic_name, row.of):
            yield row
