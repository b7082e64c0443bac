"""Parties that neither signed an aneks nor refused are reminded before the last day (POR)."""

from datetime import date
from uuid import UUID, uuid5

from kooperacja.audit.actor import SYSTEM
from kooperacja.notifications import reminders
from kooperacja.notifications.reminders import Due
from kooperacja.ui.polish import pl_date
from tenants.agreements import rules
from tenants.agreements.actions.amendment_force import signed_of
from tenants.agreements.actions.amendment_telling import amendment_called, amendment_waits_of
from tenants.agreements.models import Amendment, AmendmentSide
from tenants.agreements.notifications.amendments import AmendmentSignReminder
from tenants.agreements.told import office, people_of
from tenants.agreements.workflow import AmendmentState, PartyState


def to_remind(day: date) -> list[UUID]:
    """Sides of aneksy whose last day is near; a party that has left is none of them."""
    rows = Amendment.objects.filter(state=AmendmentState.SIGNING).select_related("agreement")
    near = [one for one in rows.order_by("created_at", "pk") if _stage(one, day)]
    return [
        side.pk
        for amendment in near
        for side in signed_of(amendment, day).missing
        if side.state == PartyState.WAITING
    ]


def remind(*, side_id: UUID, day: date) -> None:
    """Remind its people, unless it signed or refused meanwhile."""
    side = AmendmentSide.objects.select_related("amendment").get(pk=side_id)
    # Once the aneks was taken back and sent anew, the party is asked anew.
    asked = uuid5(side.pk, str(side.amendment.document_id))
    reminders.remind(asked, lambda: _reminder(side, day))


def _reminder(side: AmendmentSide, day: date) -> Due | None:
    amendment = Amendment.objects.select_for_update().get(pk=side.amendment_id)
    side.refresh_from_db(fields=["state"])
    stage = _stage(amendment, day)
    if not amendment.is_signing or side.state != PartyState.WAITING or not stage:
        return None
    party, until = side.party, pl_date(amendment.sign_by)
    return Due(
        AmendmentSignReminder(amendment.pk, amendment_called(amendment), party.name, until=until),
        occasion=f"{amendment_waits_of(side)}{stage}",
        to=people_of(day, [party])[party.pk],
        runs=office(SYSTEM),
    )


def _stage(amendment: Amendment, day: date) -> int:
    if amendment.sent_on is None:
        return 0
    return rules.reminder_due(amendment.sign_by, amendment.sent_on, day)
