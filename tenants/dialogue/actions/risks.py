"""A risk is reported to everybody, followed and closed (REG §7.1-7.2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Notification, Recipient, send, settle
from kooperacja.ui.polish import localtime
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm, insert_once, next_in
from tenants.dialogue.actions.telling import tell_all
from tenants.dialogue.everyone import dedupe_of
from tenants.dialogue.members import accounts_of, members_of
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.models.risks import Risk, RiskStep, StepKind, write_step
from tenants.dialogue.notifications import (
    RiskNews,
    RiskReported,
    RiskReportedByLink,
    RiskWithdrawn,
    RiskWithdrawnByLink,
)
from tenants.dialogue.perms import risks as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.workflow import RiskState
from tenants.meetings.actions import agenda
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting, Outcome
from tenants.meetings.workflow import MeetingState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team
from tenants.teams.sides import chosen

# "W sprawie, którą zgłoszono, jest coś nowego: …"
_NEWS = {RiskState.HANDLED: "podjęto działania", RiskState.CLOSED: "zamknięto zgłoszenie"}
RISK = "risk"  # the kind of the matter, in the log and as the subject of an item of an agenda


@transaction.atomic
def report(*, by: Actor, team_id: UUID, key: UUID, of: str, values: dict[str, Any]) -> Risk:
    """Report a risk; at once it goes to every member of the team."""
    team = Team.objects.select_for_update().get(pk=team_id)
    person = Person.objects.acting(by)
    perms.report.require(person, team)
    assert person is not None  # nobody else may report
    risk = Risk(id=key, team=team, person=person, year=by.today.year, **values)
    risk.organisation_id = chosen(of, member_for(person, team))
    risk.number = next_in(Risk.objects.filter(team=team, year=risk.year))
    insert_once(risk)
    write_step(risk, StepKind.OPEN, by)
    entry = record(by=by, verb="RISK_REPORTED", obj=risk)
    tell_all(RISK, risk, by.today)
    publish_figures(Risk, cause=entry.pk)
    return risk


def to_tell(risk_id: UUID) -> Risk | None:
    """A risk, locked, of which members are still to be told; None once it is over."""
    risk = _rows_locked(risk_id)
    return risk if risk.is_open else None


def to_account(risk: Risk) -> Notification:
    return RiskReported(urgency=risk.get_urgency_display(), **_named(risk))


def by_link(risk: Risk, notice: Notice) -> Notification:
    return RiskReportedByLink(
        notice.pk, str(risk), risk.team.law.genitive, risk.get_urgency_display()
    )


def ready(risk: Risk, moment: datetime) -> None:
    """Keep when the message to the last member was ready: the time to notify ends there."""
    if risk.queued_at is None:
        risk.queued_at = moment
        risk.save(update_fields=["queued_at"])
        publish_figures(Risk, cause=risk.pk)


def _named(risk: Risk) -> dict[str, Any]:
    return {"risk_id": risk.pk, "what": str(risk), "team": risk.team.law.genitive}


@transaction.atomic
def add_done(*, by: Actor, risk_id: UUID, key: UUID, text: str) -> RiskStep:
    """Add what was done about it; members read of it in the mail of the day."""
    risk = _rows_locked(risk_id)
    perms.add_to.require(Person.objects.acting(by), risk)
    require_open(risk)
    step = write_step(risk, StepKind.ADDED, by, text, key=key)
    record(by=by, verb="RISK_STEP_ADDED", obj=risk)
    _tell_news(by, risk, "dopisano, co zrobiono", f"step:{step.pk}")
    return step


@transaction.atomic
def handle(*, by: Actor, risk_id: UUID, version: int, reason: str) -> Risk:
    """Say what is done about it and by whom."""
    return _moved(by, risk_id, version, RiskState.HANDLED, reason)


@transaction.atomic
def close(*, by: Actor, risk_id: UUID, version: int, reason: str) -> Risk:
    """Say how it ended; it stays on the list."""
    return _moved(by, risk_id, version, RiskState.CLOSED, reason)


def _moved(by: Actor, risk_id: UUID, version: int, to: RiskState, reason: str) -> Risk:
    risk = _rows_locked(risk_id)
    perms.handle.require(Person.objects.acting(by), risk)
    _require_fresh(risk, version, to)
    _move(by, risk, to, reason)
    return risk


@transaction.atomic
def withdraw(*, by: Actor, risk_id: UUID, version: int, reason: str) -> Risk:
    """Withdraw a report; it is kept with the reason, and every member is told."""
    risk = _rows_locked(risk_id)
    perms.withdraw.require(Person.objects.acting(by), risk)
    _require_fresh(risk, version, RiskState.WITHDRAWN)
    _move(by, risk, RiskState.WITHDRAWN, reason)
    send(RiskWithdrawn(**_named(risk)), to=accounts_of(risk.team, by.today), dedupe=_over(risk))
    for notice, to in _without_account(risk, by):
        message = RiskWithdrawnByLink(notice.pk, str(risk), risk.team.law.genitive)
        send(message, to=[to], dedupe=_over(risk))
    return risk


def _over(risk: Risk) -> str:
    return f"risk-withdrawn:{risk.pk}"


def _without_account(risk: Risk, by: Actor) -> list[tuple[Notice, Recipient]]:
    """Members whom the report reached by mail alone, each with the notice that their link names."""
    notices = {row.seat_id: row for row in Notice.objects.filter(about=risk.pk).order_by("pk")}
    return [
        (notices[one.seat.pk], one.to)
        for one in members_of(risk.team, by.today)
        if one.to and not one.to.account_id and one.seat.pk in notices
    ]


def _move(by: Actor, risk: Risk, to: RiskState, reason: str) -> None:
    ends: dict[str, Any] = (
        {"ended_on": by.today} if to in (RiskState.CLOSED, RiskState.WITHDRAWN) else {}
    )
    # Why it was done may be a matter of the team: it stands in the step, not in the journal.
    entry = move(risk, to, by=by, on=by.today, note=reason, **ends)
    if to != RiskState.WITHDRAWN:
        _tell_news(by, risk, _NEWS[to], f"state:{to}")
    if ends:
        settle(dedupe=dedupe_of(RISK, risk.pk))
    publish_figures(Risk, cause=entry.pk)


def _tell_news(by: Actor, risk: Risk, said: str, occasion: str) -> None:
    """Tell everybody who has an account, but for the one who did it."""
    told = [to for to in accounts_of(risk.team, by.today) if to.account_id != by.account_id]
    send(RiskNews(said=said, **_named(risk)), to=told, dedupe=f"risk-news:{risk.pk}:{occasion}")


def require_open(risk: Risk) -> None:
    """Something may still be done about it."""
    if not risk.is_open:
        raise Problem(
            "To zgłoszenie jest zakończone",
            f"Stan: {risk.get_state_display()}. Jeśli sprawa wróciła, zgłoś ją na nowo.",
            kept=NOTHING_SAVED,
            at=risk,
        )


def _require_fresh(risk: Risk, version: int, to: RiskState) -> None:
    require_may(risk, to)
    if risk.version != version:
        raise StaleForm(risk)


def _rows_locked(risk_id: UUID) -> Risk:
    risk: Risk = lock_in_team(
        Risk.objects.select_related("team", "person", "organisation"), risk_id
    )
    return risk


@transaction.atomic
def put_on_agenda(*, by: Actor, risk_id: UUID, version: int, meeting_id: UUID) -> Risk:
    """Put it on the agenda of a meeting; what the team decides comes back to it."""
    risk = _rows_locked(risk_id)
    perms.handle.require(Person.objects.acting(by), risk)
    require_free(risk)
    if risk.version != version:
        raise StaleForm(risk)
    meeting = meetings_for(risk).filter(pk=meeting_id).first()
    if meeting is None:
        raise ValidationError({"meeting_id": "Tego spotkania nie można już wybrać."})
    agenda.add_item(
        by=by,
        meeting_id=meeting.pk,
        key=uuid7(),
        values={
            "title": str(risk),
            "text": risk.text,
            "kind": ItemKind.DISCUSSION,
            "presenter": risk.reporter,
            "subject_kind": RISK,
            "subject": risk.pk,
        },
    )
    risk.version += 1
    risk.save(update_fields=["version"])
    write_step(risk, StepKind.AGENDA, by, str(meeting))
    record(by=by, verb="RISK_ON_AGENDA", obj=risk)
    return risk


def meetings_for(risk: Risk) -> "QuerySet[Meeting]":
    """Meetings whose agenda may still take it up; one held before the report could not."""
    taking = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.HELD)
    reported_on = localtime(risk.reported_at).date()
    rows = Meeting.objects.filter(team=risk.team_id, state__in=taking)
    return (
        rows.filter(starts_at__date__gte=reported_on)
        .select_related("team")
        .order_by("starts_at", "pk")
    )


def items_of(risk: Risk) -> "QuerySet[AgendaItem]":
    """Items of agendas that are about it, but for meetings that were called off."""
    rows = AgendaItem.objects.filter(subject_kind=RISK, subject=risk.pk)
    shown = rows.exclude(meeting__state=MeetingState.CANCELLED).select_related("meeting__team")
    return shown.order_by("meeting__starts_at", "pk")


def require_free(risk: Risk) -> None:
    """It is open and stands on no agenda that is still to be dealt with."""
    require_open(risk)
    ahead = items_of(risk).exclude(meeting__state=MeetingState.CLOSED).first()
    if ahead:
        raise Problem(
            "To zgłoszenie stoi już w porządku obrad",
            f"{ahead.meeting}, punkt {ahead.position}.",
            kept=NOTHING_SAVED,
            at=ahead.meeting,
            action="Otwórz spotkanie",
        )


def was_discussed(item: AgendaItem, by: Actor) -> None:
    """Keep how a meeting dealt with it; a risk that nobody had taken up yet is taken up by it."""
    assert item.subject is not None  # the kind of its subject is there
    rows = Risk.objects.select_related("team").select_for_update(of=("self",))
    risk = rows.get(pk=item.subject)
    outcome = item.get_outcome_display()
    said = f"{item.meeting}: {outcome}. {item.outcome_text}".rstrip(". ") + "."
    write_step(risk, StepKind.MEETING, by, said)
    if risk.state == RiskState.OPEN and item.outcome in (Outcome.DECIDED, Outcome.NOTED):
        _move(by, risk, RiskState.HANDLED, f"Sprawę omówił zespół: {item.meeting}")


def heard(item: AgendaItem, by: Actor) -> None:
    """Say nothing while the outcome may still change: the page of the risk shows it as it stands."""
