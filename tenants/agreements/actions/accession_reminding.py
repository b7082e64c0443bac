"""Institutions whose accession waits are reminded before its last day, and it lapses past it (POR-C §4.3)."""

from datetime import date
from uuid import UUID

from kooperacja.audit.actor import SYSTEM
from kooperacja.notifications import reminders
from kooperacja.notifications.reminders import Due
from kooperacja.ui.polish import pl_date
from tenants.agreements import rules
from tenants.agreements.actions.telling_later import accession_waits_of
from tenants.agreements.models import Accession, Agreement
from tenants.agreements.notifications.agreements import AccessionSignReminder
from tenants.agreements.standing import called
from tenants.agreements.told import office, people_of
from tenants.agreements.workflow import AccessionState


def to_remind(day: date) -> list[UUID]:
    """Accessions that wait and whose last day is near."""
    rows = Accession.objects.filter(state=AccessionState.PREPARED, sign_by__gte=day)
    return [one.pk for one in rows.order_by("created_at", "pk") if _stage(one, day)]


def remind(*, accession_id: UUID, day: date) -> None:
    """Remind its people, unless it was signed or withdrawn meanwhile."""
    reminders.remind(accession_id, lambda: _reminder(accession_id, day))


def _reminder(accession_id: UUID, day: date) -> Due | None:
    agreement_id = Accession.objects.values_list("agreement", flat=True).get(pk=accession_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    accession = Accession.objects.select_related("party").get(pk=accession_id)
    party, stage = accession.party, _stage(accession, day)
    if party is None or not accession.is_prepared or not stage:
        return None
    until = pl_date(accession.sign_by)
    return Due(
        AccessionSignReminder(accession.pk, called(agreement), party.name, until=until),
        occasion=f"{accession_waits_of(accession)}:{stage}",
        to=people_of(day, [party])[party.pk],
        runs=office(SYSTEM),
    )


def _stage(accession: Accession, day: date) -> int:
    return rules.reminder_due(accession.sign_by, accession.prepared_on, day)
