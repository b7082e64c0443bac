"""A Kooperant asks for a meeting and is answered with a date or a reason (REG §2.5 s.1)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Notification, send, settle
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm, insert_once
from tenants.meetings import perms
from tenants.meetings.actions.ending_polls import end_open
from tenants.meetings.addressed import genitive_of
from tenants.meetings.invited import runners_of
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.notifications import (
    MeetingRequestAnswered,
    MeetingRequested,
    MeetingRequestRefused,
)
from tenants.meetings.workflow import MeetingState, RequestState
from tenants.people.actions.invitations import recipients
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team


@transaction.atomic
def ask(
    *, by: Actor, team_id: UUID, key: UUID, organisation_id: UUID, reason: str
) -> MeetingRequest:
    """Ask for a meeting in the name of an institution; one waits for an answer at a time."""
    team = Team.objects.select_for_update().get(pk=team_id)
    person = Person.objects.acting(by)
    perms.ask.require(person, team)
    if organisation_id not in perms.asks_for(person, team):
        raise ValidationError({"organisation_id": "Ta instytucja nie należy do zespołu."})
    request = MeetingRequest(
        id=key, team=team, organisation_id=organisation_id, person=person, reason=reason
    )
    if not MeetingRequest.objects.filter(pk=key).exists():
        _require_first(request)
    insert_once(request)
    record(by=by, verb="MEETING_REQUESTED", obj=request)
    message = MeetingRequested(request.pk, team=genitive_of(team))
    send(message, to=runners_of(team, by), dedupe=_asked(request))
    return request


def _require_first(request: MeetingRequest) -> None:
    open_ones = MeetingRequest.objects.filter(team=request.team_id, state=RequestState.ASKED)
    if earlier := open_ones.filter(organisation=request.organisation_id).first():
        raise Problem(
            "Ta instytucja już poprosiła o spotkanie",
            "Tamta prośba czeka na odpowiedź. Gdy jest nieaktualna, wycofaj ją i złóż nową.",
            kept=NOTHING_SAVED,
            at=earlier,
            action="Otwórz tamtą prośbę",
        )


@transaction.atomic
def answer(*, by: Actor, request_id: UUID, version: int, meeting_id: UUID) -> MeetingRequest:
    """Answer with a meeting that is convened or in preparation."""
    request = _locked(request_id)
    perms.answer_request.require(Person.objects.acting(by), request)
    require_may(request, RequestState.ANSWERED, by)
    meeting = meetings_for(request, by.today).filter(pk=meeting_id).first()
    if meeting is None:
        raise ValidationError({"meeting_id": "Tego spotkania nie można już wskazać."})
    _end(by, request, version, RequestState.ANSWERED, meeting=meeting)
    answered = MeetingRequestAnswered(request.pk, team=genitive_of(request.team), when=meeting.when)
    _tell(request, answered)
    return request


def meetings_for(request: MeetingRequest, day: date) -> "QuerySet[Meeting]":
    """Meetings by which it may be answered."""
    ahead = Meeting.objects.filter(state__in=[MeetingState.PLANNED, MeetingState.CONVENED])
    return ahead.filter(team=request.team_id, starts_at__date__gte=day).order_by("starts_at")


@transaction.atomic
def refuse(*, by: Actor, request_id: UUID, version: int, reason: str) -> MeetingRequest:
    """Answer with the reason for which no meeting is convened."""
    request = _locked(request_id)
    perms.answer_request.require(Person.objects.acting(by), request)
    _end(by, request, version, RequestState.REFUSED, answer=reason)
    _tell(request, MeetingRequestRefused(request.pk, team=genitive_of(request.team)))
    return request


@transaction.atomic
def withdraw(*, by: Actor, request_id: UUID, version: int) -> MeetingRequest:
    """Take it back; nobody waits for an answer any more."""
    request = _locked(request_id)
    perms.withdraw_request.require(Person.objects.acting(by), request)
    _end(by, request, version, RequestState.WITHDRAWN)
    return request


def _locked(request_id: UUID) -> MeetingRequest:
    rows = MeetingRequest.objects.select_related("team", "person", "organisation")
    return lock_in_team(rows, request_id)


def _end(by: Actor, request: MeetingRequest, version: int, to: str, **values: Any) -> None:
    require_may(request, to, by)
    if request.version != version:
        raise StaleForm(request)
    move(request, to, by=by, on=by.today, **values)
    settle(dedupe=_asked(request))
    end_open(by, "Prośba o spotkanie nie czeka już na odpowiedź.", request=request)


def _tell(request: MeetingRequest, message: Notification) -> None:
    dedupe = f"meeting-request-answered:{request.pk}"
    send(message, to=recipients([request.person]), dedupe=dedupe)


def _asked(request: MeetingRequest) -> str:
    return f"meeting-request:{request.pk}"
