"""The pack of a meeting leaves the platform as a file (REG §2.5)."""

from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.drawing import drawn
from kooperacja.documents.errors import TakesLong
from kooperacja.documents.length import is_long
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.preparing import ask_for_paper
from kooperacja.tenancy.context import writing
from kooperacja.ui.files import file_name
from kooperacja.ui.problems import NOTHING_DONE, Problem
from tenants.meetings import perms
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.pack import PACK, pack_context, taken
from tenants.people.models import Person


def take_pack(*, by: Actor, meeting_id: UUID, content_type: str) -> bytes:
    """The pack as PDF or Word; that it was taken is written down.

    TakesLong where nobody should wait for it: `prepare_pack` has it made in the background. A
    closed team's is made at once, since what waits in the line lies under the tenant's own key.
    """
    meeting, person = _of(by, meeting_id)
    # No transaction stays open while it is drawn.
    context = pack_context(meeting, person, by.today, content_type)
    if not meeting.team.law.is_closed and is_long(PACK, context, content_type):
        raise TakesLong
    content = drawn(PACK, context, content_type, by=by)
    with writing(), transaction.atomic():
        record(by=by, verb="PACK_TAKEN", data=taken(meeting, context))
    return content


def prepare_pack(*, by: Actor, meeting_id: UUID, again_at: str) -> PreparedFile:
    """Have the PDF made in the background."""
    meeting, person = _of(by, meeting_id)
    require_preparing(meeting)
    context = pack_context(meeting, person, by.today)
    return ask_for_paper(
        by=by,
        paper=PACK,
        context=context,
        title=f"Materiały: {meeting}",
        name=name_of(meeting, "pdf"),
        as_of=by.today,
        again_at=again_at,
        verb="PACK_TAKEN",
        entry=taken(meeting, context),
    )


def require_preparing(meeting: Meeting) -> None:
    if meeting.team.law.is_closed:
        raise Problem(
            "Materiałów tego zespołu nie przygotowuje się w tle",
            "Pobierz je ze strony spotkania.",
            kept=NOTHING_DONE,
            at=meeting,
        )


def name_of(meeting: Meeting, ending: str) -> str:
    return file_name("Materiały na spotkanie", f".{ending}", detail=f"{meeting.day}")


def _of(by: Actor, meeting_id: UUID) -> tuple[Meeting, Person | None]:
    meeting = Meeting.objects.select_related("team").get(pk=meeting_id)
    person = Person.objects.acting(by)
    perms.see_meeting.require(person, meeting)
    return meeting, person
