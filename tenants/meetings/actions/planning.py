"""A meeting is prepared, convened, moved or cancelled (REG §2.1-2.6)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm, insert_once, save_edited
from tenants.meetings import perms
from tenants.meetings.actions import guests, inviting
from tenants.meetings.actions.carrying import carry_to, carry_to_next
from tenants.meetings.actions.ending_polls import end_open, settle_agreed
from tenants.meetings.actions.reminding import settle_ended
from tenants.meetings.actions.telling import settle_papers
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.workflow import MeetingState, PollState
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team

_TIMES = ("starts_at", "ends_at")
_TOLD = frozenset({"mode", *_TIMES, "place", "link"})


@transaction.atomic
def plan_meeting(*, by: Actor, team_id: UUID, key: UUID, values: dict[str, Any]) -> Meeting:
    """Begin to prepare a meeting; nobody hears of it before it is convened."""
    team = Team.objects.select_for_update().get(pk=team_id)
    perms.convene.require(Person.objects.acting(by), team)
    require_to_come(**values)
    meeting = Meeting(id=key, team=team, **values)
    insert_once(meeting)
    record(by=by, verb="MEETING_PLANNED", obj=meeting)
    carry_to(by, meeting)
    return meeting


def require_to_come(*, starts_at: Any, **values: Any) -> None:
    """A meeting of the past is entered, not convened."""
    if starts_at <= timezone.now():
        raise ValidationError(
            {"day": "Ten termin już minął. Spotkanie, które się odbyło, wpisz jako odbyte."}
        )


def locked(by: Actor, meeting_id: UUID) -> Meeting:
    """The meeting, after everybody who changes one of its team, for whoever runs it."""
    meeting: Meeting = lock_in_team(Meeting.objects.select_related("team"), meeting_id)
    perms.run.require(Person.objects.acting(by), meeting)
    return meeting


def require_ahead(meeting: Meeting) -> None:
    """Its time and place may still change."""
    if not meeting.is_ahead:
        raise too_late(meeting)


def too_late(meeting: Meeting) -> Problem:
    return Problem(
        "Tego spotkania nie można już zmienić",
        f"Stan spotkania: {meeting.get_state_display()}.",
        kept=NOTHING_SAVED,
        at=meeting,
    )


@transaction.atomic
def edit_meeting(*, by: Actor, meeting_id: UUID, version: int, values: dict[str, Any]) -> Meeting:
    """Change its time, form or place; whoever was invited hears of it."""
    meeting = locked(by, meeting_id)
    require_ahead(meeting)
    require_to_come(**values)
    is_told = meeting.state == MeetingState.CONVENED
    if is_told:
        require_free(meeting, values)
    changed = save_edited(meeting, version, values)
    if is_told and _TOLD & set(changed):
        meeting.sequence += 1
        meeting.save(update_fields=["sequence"])
        inviting.tell_change(meeting)
        guests.follow_move(by, meeting)
    record(by=by, verb="MEETING_EDITED", obj=meeting, data={"fields": sorted(changed)})
    return meeting


def require_free(meeting: Meeting, values: dict[str, Any]) -> None:
    """A team meets once at a time; a round by e-mail takes nobody's hour."""
    if values["mode"] == MeetingMode.EMAIL:
        return
    at_once = Meeting.objects.filter(
        team=meeting.team_id,
        state=MeetingState.CONVENED,
        starts_at__lt=values["ends_at"],
        ends_at__gt=values["starts_at"],
    )
    if other := at_once.exclude(pk=meeting.pk).exclude(mode=MeetingMode.EMAIL).first():
        raise Problem(
            "W tym czasie zespół ma już zwołane spotkanie",
            f"{other}: {other.when}. Wybierz inny termin albo odwołaj tamto spotkanie.",
            kept=NOTHING_SAVED,
            at=other,
            action="Otwórz tamto spotkanie",
        )


def take_time(by: Actor, meeting: Meeting, span: dict[str, Any]) -> None:
    """Give a locked meeting in preparation the time that a poll agreed on."""
    if meeting.state != MeetingState.PLANNED:
        raise too_late(meeting)
    if all(getattr(meeting, name) == moment for name, moment in span.items()):
        return
    changed = save_edited(meeting, meeting.version, span)
    record(by=by, verb="MEETING_EDITED", obj=meeting, data={"fields": sorted(changed)})


@transaction.atomic
def convene(*, by: Actor, meeting_id: UUID, version: int) -> Meeting:
    """Convene it: every seat of the team is invited at once, and nobody can be left out (REG §2.6)."""
    meeting = locked(by, meeting_id)
    require_convening(meeting, by)
    if meeting.version != version:
        raise StaleForm(meeting)
    move(meeting, MeetingState.CONVENED, by=by, on=by.today)
    inviting.invite(meeting)
    settle_agreed(meeting)
    return meeting


def is_ready(meeting: Meeting) -> bool:
    """It is prepared and its time is to come."""
    return meeting.state == MeetingState.PLANNED and meeting.starts_at > timezone.now()


def require_convening(meeting: Meeting, by: Actor) -> None:
    """It is prepared, has an agenda and a time to come at which the team is free."""
    require_may(meeting, MeetingState.CONVENED, by)
    if meeting.starts_at <= timezone.now():
        raise Problem(
            "Termin tego spotkania już minął",
            "Zmień termin. Jeśli spotkanie się odbyło, wpisz je jako odbyte.",
            kept=NOTHING_SAVED,
            at=meeting,
        )
    if not meeting.items.exists():
        raise Problem(
            "Spotkanie nie ma jeszcze porządku obrad",
            "Dodaj choć jeden punkt: zaproszeni mają wiedzieć, po co się spotykają.",
            clause="§ 2 ust. 5 regulaminu",
            kept=NOTHING_SAVED,
            at=meeting,
        )
    _require_agreed(meeting)
    require_free(meeting, {name: getattr(meeting, name) for name in ("mode", *_TIMES)})


def _require_agreed(meeting: Meeting) -> None:
    """A place is known where one meets, and no poll of its dates is open."""
    if meeting.mode == MeetingMode.DIRECT and not meeting.place:
        raise Problem(
            "Spotkanie nie ma jeszcze miejsca",
            "Podaj je: zaproszeni mają wiedzieć, gdzie się spotykają.",
            clause="§ 2 ust. 4 regulaminu",
            kept=NOTHING_SAVED,
            at=meeting,
            page="edit",
            action="Podaj miejsce",
        )
    if poll := meeting.polls.filter(state=PollState.OPEN).first():
        raise Problem(
            "Trwa ankieta terminów tego spotkania",
            "Wybierz w niej termin albo zakończ ją bez terminu.",
            clause="§ 2 ust. 5 regulaminu",
            kept=NOTHING_SAVED,
            at=poll,
            action="Otwórz ankietę",
        )


@transaction.atomic
def cancel(*, by: Actor, meeting_id: UUID, version: int, reason: str) -> Meeting:
    """Call it off, or give up preparing it; whoever was invited hears of it."""
    meeting = locked(by, meeting_id)
    require_cancelling(meeting, by)
    if meeting.version != version:
        raise StaleForm(meeting)
    was_told = meeting.state == MeetingState.CONVENED
    move(
        meeting,
        MeetingState.CANCELLED,
        by=by,
        on=by.today,
        reason=reason,
        sequence=meeting.sequence + was_told,
    )
    if was_told:
        inviting.tell_cancelled(meeting)
        guests.follow_cancel(by, meeting)
        settle_ended(meeting)
        settle_papers(meeting)
    settle_agreed(meeting)
    end_open(by, "Zrezygnowano ze spotkania.", meeting=meeting)
    carry_to_next(by, meeting.team)
    return meeting


def require_cancelling(meeting: Meeting, by: Actor) -> None:
    require_may(meeting, MeetingState.CANCELLED, by)
