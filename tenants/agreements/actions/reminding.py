"""Parties that neither signed nor refused are reminded before the last day (POR signatures)."""

from datetime import date
from uuid import UUID, uuid5

from django.db.models import Q

from kooperacja.audit.actor import SYSTEM
from kooperacja.notifications import reminders
from kooperacja.notifications.reminders import Due
from kooperacja.ui.polish import pl_date
from tenants.agreements import rules
from tenants.agreements.models import Agreement, Party
from tenants.agreements.notifications.agreements import AgreementSignReminder
from tenants.agreements.standing import called, standings, takes_signatures, way_of
from tenants.agreements.told import office, people_of, waits_of
from tenants.agreements.workflow import AgreementState, PartyState


def to_remind(day: date) -> list[UUID]:
    """Parties of agreements whose last day is near."""
    is_open = Q(state=AgreementState.IN_FORCE, force=rules.ENOUGH, sign_by__gte=day)
    rows = Agreement.objects.filter(Q(state=AgreementState.SIGNING) | is_open)
    ordered = rows.order_by("created_at", "pk")
    near = standings(agreement for agreement in ordered if _stage(agreement, day))
    return [party.pk for standing in near.values() for party in standing.waiting]


def remind(*, party_id: UUID, day: date) -> None:
    """Remind its people, unless it signed or refused meanwhile."""
    party = Party.objects.select_related("agreement").get(pk=party_id)
    # Once the text was taken back and sent anew, the party is asked anew.
    asked = uuid5(party.pk, str(party.agreement.document_id))
    reminders.remind(asked, lambda: _reminder(party, day))


def _reminder(party: Party, day: date) -> Due | None:
    agreement = Agreement.objects.select_for_update().get(pk=party.agreement_id)
    party.refresh_from_db()
    if not takes_signatures(agreement, day) or party.state != PartyState.WAITING:
        return None
    stage = _stage(agreement, day)
    if not stage:
        return None
    last = way_of(agreement).last_day
    return Due(
        AgreementSignReminder(agreement.pk, called(agreement), party.name, until=pl_date(last)),
        occasion=f"{waits_of(party)}{stage}",
        to=people_of(day, [party])[party.pk],
        runs=office(SYSTEM),
    )


def _stage(agreement: Agreement, day: date) -> int:
    assert agreement.sent_on is not None  # it lies before its parties
    return rules.reminder_due(way_of(agreement).last_day, agreement.sent_on, day)
