"""A meeting approves the minutes of an earlier one and their rectifications (REG §2.9)."""

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import next_in
from tenants.meetings.actions.minutes import approved, require_answered
from tenants.meetings.actions.recipients import tell_rectified
from tenants.meetings.models.decisions import Decision
from tenants.meetings.models.meetings import AgendaItem, Outcome
from tenants.meetings.models.minutes import Minutes, Rectification
from tenants.meetings.papers import issue_minutes
from tenants.meetings.voices import Result
from tenants.meetings.workflow import MinutesState


def require_ready(item: AgendaItem, by: Actor) -> None:
    """Minutes are not approved before each remark has its answer."""
    if item.outcome == Outcome.DECIDED and (minutes := _minutes(item)):
        require_answered(minutes)


def approve_minutes(item: AgendaItem, by: Actor) -> None:
    """Approve and freeze the minutes on which a closed meeting decided."""
    minutes = _minutes(item)
    if minutes is None or not _is_agreed(item) or minutes.state != MinutesState.REVIEW:
        return
    approved(by, minutes, on=item.meeting.decided_on(by.today), approver=_name(item))


def approve_rectification(item: AgendaItem, by: Actor) -> None:
    """Number and print the rectification on which a closed meeting decided."""
    assert item.subject is not None  # an item of this kind is about something
    rows = Rectification.objects.select_related("minutes__meeting__team")
    row = rows.filter(pk=item.subject, minutes__meeting__team=item.meeting.team_id).first()
    if row is None or row.approved_on or not _is_agreed(item):
        return
    row.number = next_in(row.minutes.rectifications)
    row.approved_on, row.approver = item.meeting.decided_on(by.today), _name(item)
    row.save(update_fields=["number", "approved_on", "approver"])
    data = {"number": [None, row.number]}
    record(by=by, verb="MINUTES_RECTIFIED", obj=row.minutes, data=data)
    issue_minutes(by=by, minutes=row.minutes)
    tell_rectified(row, by.today)


def _minutes(item: AgendaItem) -> Minutes | None:
    """The minutes that an item of their own team is about."""
    assert item.subject is not None  # an item of this kind is about something
    rows = Minutes.objects.select_related("meeting__team")
    return rows.filter(pk=item.subject, meeting__team=item.meeting.team_id).first()


def _is_agreed(item: AgendaItem) -> bool:
    """It was decided, and where voices were given they were for it."""
    decision = Decision.objects.filter(item=item).first()
    is_for = decision is None or decision.result == Result.PASSED
    return item.outcome == Outcome.DECIDED and is_for


def _name(item: AgendaItem) -> str:
    return f"spotkanie nr {item.meeting.serial}"
