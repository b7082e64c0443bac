"""Further duties that have a day become arrangements of the team (POR §2.3.6, POR-C §2.4.7)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.agreements.citations import spelled
from tenants.agreements.consolidated import named, text_of
from tenants.agreements.following import PARTY
from tenants.agreements.models import Addition, Agreement, AmendedClause
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import AmendmentState
from tenants.meetings.actions.arrangements import arrange_between
from tenants.teams.models import Seat, Team

# The kinds of the matter, in arrangements: of a party that has no seat it says so.
DUTY, UNSEATED = "agreement-duty", "agreement-duty-unseated"
Duty = Addition | AmendedClause


def arrange(by: Actor, agreement: Agreement) -> None:
    """Make an arrangement of each duty whose party is bound; done again, it makes what is missing.

    The agreement, or the aneks that adds a duty, is locked and in force, and its team has followed.
    """
    duties = [*_waiting(agreement.additions.all()), *_waiting(_added_later(agreement))]
    if not duties:
        return
    team = Team.objects.select_for_update().get(rests_on=agreement.pk)
    # Whoever made them meanwhile had the team locked.
    duties = [*_waiting(agreement.additions.all()), *_waiting(_added_later(agreement))]
    bound = {party.pk for party in Standing(agreement).bound(by.today)}
    names = named(text_of(agreement, by.today).lines)
    for duty in duties:
        if duty.party_id is None or duty.party_id in bound:
            _arrange(by, agreement, team, duty, spelled(duty.text, names))


def _waiting(rows: "QuerySet[Any]") -> list[Duty]:
    """Those with a day of which no arrangement has become yet."""
    rows = rows.exclude(due_on=None).filter(arrangement=None)
    return list(rows.select_related("party").order_by("pk"))


def _added_later(agreement: Agreement) -> "QuerySet[AmendedClause]":
    """Clauses that aneksy in force added."""
    rows = AmendedClause.objects.filter(
        amendment__agreement=agreement, amendment__state=AmendmentState.IN_FORCE
    )
    return rows.select_related("amendment")


def _since(agreement: Agreement, duty: Duty) -> date:
    """The day from which the text has it."""
    of = duty.amendment if isinstance(duty, AmendedClause) else agreement
    assert of.in_force_from is not None  # both are in force
    return of.in_force_from


def _arrange(by: Actor, agreement: Agreement, team: Team, duty: Duty, text: str) -> None:
    """Everybody's duty is nobody's seat, and neither is that of a party without one."""
    assert duty.due_on is not None  # only such are asked for
    seat = _seat(by, team, duty.party_id) if duty.party_id else None
    unseated = None if seat else duty.party
    who = f" (wykonuje {unseated.label}: {unseated.name_now})" if unseated else ""
    duty.arrangement = arrange_between(
        by=by,
        team=team,
        key=uuid7(),
        seat=seat,
        source=(UNSEATED if unseated else DUTY, agreement.pk),
        # Signing may have taken longer than the duty was to wait.
        made_on=min(_since(agreement, duty), duty.due_on),
        values={"text": f"{text}{who}", "due_on": duty.due_on},
    )
    duty.save(update_fields=["arrangement"])


def _seat(by: Actor, team: Team, party_id: UUID) -> UUID | None:
    """The party's own seat in the team."""
    seats = Seat.objects.on(by.today).filter(team=team, rests_on_kind=PARTY, rests_on=party_id)
    return seats.values_list("pk", flat=True).first()
