"""Institutions are reminded of a gmina's request before its last day (POR-C §2.4.2)."""

from datetime import date
from uuid import UUID

from kooperacja.audit.actor import SYSTEM
from kooperacja.notifications import reminders
from kooperacja.notifications.reminders import Due
from kooperacja.ui.polish import pl_date
from powiat.pzk.actions import telling
from powiat.pzk.models import AskedDelegation
from powiat.pzk.notifications import DelegateReminder
from powiat.pzk.workflow import AskedState
from tenants.agreements.rules import reminder_due
from tenants.agreements.told import office


def to_remind(day: date) -> list[UUID]:
    """Requests whose last day is near."""
    rows = AskedDelegation.objects.filter(state=AskedState.ASKED, answer_by__gte=day)
    return [asked.pk for asked in rows.order_by("answer_by", "pk") if _stage(asked, day)]


def remind(*, asked_id: UUID, day: date) -> None:
    """Remind its institution, unless it answered meanwhile."""
    reminders.remind(asked_id, lambda: _reminder(asked_id, day))


def _reminder(asked_id: UUID, day: date) -> Due | None:
    rows = AskedDelegation.objects.select_for_update(of=("self",)).select_related("party")
    asked = rows.get(pk=asked_id)
    stage = _stage(asked, day) if asked.is_open else 0
    if not stage:
        return None
    return Due(
        DelegateReminder(**telling.about(asked), until=pl_date(asked.answer_by)),
        occasion=f"{telling.waits_of(asked)}{stage}",
        to=telling.people(asked, day),
        runs=office(SYSTEM),
    )


def _stage(asked: AskedDelegation, day: date) -> int:
    return reminder_due(asked.answer_by, asked.asked_on, day)
