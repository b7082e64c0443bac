"""A meeting that took place outside the platform is entered (REG §2.9)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import store_upload
from kooperacja.documents.work_first import work_first
from kooperacja.ui.polish import pl_date
from kooperacja.workflow import move
from kooperacja.writes import insert_once, next_in
from tenants.meetings import perms
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.papers import MEETING_SCAN
from tenants.meetings.workflow import MeetingState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.teams.models import Team
from tenants.teams.sealing import key_of


@work_first
def enter_meeting(
    *,
    by: Actor,
    team_id: UUID,
    key: UUID,
    values: dict[str, Any],
    reason: str,
    upload: "UploadedFile[Any] | None" = None,
) -> Meeting:
    """Enter one that is over, with the reason and its paper: nobody is invited, and it counts."""
    team = Team.objects.select_for_update().get(pk=team_id)
    perms.convene.require(Person.objects.acting(by), team)
    _require_over(team, values)
    meeting = Meeting(id=key, team=team, entered_reason=reason, **values)
    insert_once(meeting)
    scan = None
    if upload:
        scan = store_upload(by=by, upload=upload, kind=MEETING_SCAN, key=key_of(team))
    number = number_for(meeting)
    entry = move(meeting, MeetingState.HELD, by=by, on=by.today, scan=scan, **number)
    publish_figures(Meeting, cause=entry.pk)
    return meeting


def _require_over(team: Team, values: dict[str, Any]) -> None:
    if values["ends_at"] > timezone.now():
        raise ValidationError(
            {"day": "To spotkanie jeszcze się nie skończyło. Przygotuj je i zwołaj."}
        )
    day = timezone.localdate(values["starts_at"])
    if not team.holds_on(day):
        raise ValidationError({"day": f"Zespół działa od {pl_date(team.from_on)}"})


def number_for(meeting: Meeting) -> dict[str, Any]:
    """The next place in the series of its team and year, while the team is locked."""
    year = meeting.day.year
    series = Meeting.objects.filter(team=meeting.team_id, year=year)
    return {"year": year, "number": next_in(series)}
