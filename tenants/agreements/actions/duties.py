"""Further duties that have a day become arrangements of the team (POR §2.3.6, POR-C §2.4.7)."""

from uuid import UUID

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.agreements.following import PARTY
from tenants.agreements.models import Addition, Agreement
from tenants.agreements.standing import Standing
from tenants.meetings.actions.arrangements import arrange_between
from tenants.teams.models import Seat, Team

DUTY = "agreement-duty"  # the kind of the matter, in arrangements


def arrange(by: Actor, agreement: Agreement) -> None:
    """Make an arrangement of each duty whose party is bound; done again, it makes what is missing.

    The agreement is locked and in force, and its team has followed.
    """
    duties = agreement.additions.exclude(due_on=None).filter(arrangement=None).order_by("pk")
    if not duties:
        return
    team = Team.objects.select_for_update().get(rests_on=agreement.pk)
    bound = {party.pk for party in Standing(agreement).bound(by.today)}
    for duty in duties:
        if duty.party_id is None or duty.party_id in bound:
            _arrange(by, agreement, team, duty)


def _arrange(by: Actor, agreement: Agreement, team: Team, duty: Addition) -> None:
    """Everybody's duty is the Lider's to see to, and so is that of a party without a seat."""
    assert agreement.in_force_from is not None and duty.due_on is not None
    duty.arrangement = arrange_between(
        by=by,
        team=team,
        key=uuid7(),
        seat=_seat(by, team, duty.party_id) if duty.party_id else None,
        source=(DUTY, agreement.pk),
        # Signing may have taken longer than the duty was to wait.
        made_on=min(agreement.in_force_from, duty.due_on),
        values={"text": duty.text, "due_on": duty.due_on},
    )
    duty.save(update_fields=["arrangement"])


def _seat(by: Actor, team: Team, party_id: UUID) -> UUID | None:
    """The party's own seat in the team."""
    seats = Seat.objects.on(by.today).filter(team=team, rests_on_kind=PARTY, rests_on=party_id)
    return seats.values_list("pk", flat=True).first()
