"""The history of the parties on the page of an agreement: from when to when, why, who came after (POR)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tenants.agreements import perms
from tenants.agreements.history import departures_of, renamings_of
from tenants.agreements.models import Agreement, Departure, Party, Renaming
from tenants.agreements.models.parties import EndKind
from tenants.agreements.standing import Standing, no_party_said
from tenants.agreements.workflow import BINDING, AgreementState
from tenants.people.models import Person


@dataclass(frozen=True)
class Stay:
    """A party that the agreement binds or bound, as one reader sees its history."""

    party: Party
    since: date
    until: date | None
    until_said: str
    former: list[Party]  # into whose part it stepped
    renamings: list[Renaming]
    departure: Departure | None
    withdrawn: list[Departure]
    sees_why: bool
    sees_file: bool
    may_leave: bool
    may_rename: bool
    may_merge: bool
    may_stay: bool

    @property
    def is_told(self) -> bool:
        """Something happened to it since it is a party."""
        return bool(self.former or self.renamings or self.until or self.withdrawn)

    @property
    def end_words(self) -> str:
        """How its part ends."""
        return EndKind(self.party.end_kind).label if self.party.end_kind else ""


def history_shown(person: Person | None, agreement: Agreement, today: date) -> dict[str, Any]:
    """The history of each party by its id, and of the agreement; nothing before force."""
    if agreement.state not in BINDING:
        return {"stays": {}, "endings": [], "may_end": False}
    writes = perms.write_agreements(person)
    sees_why = perms.take_to_sign(person, agreement)
    endings = list(agreement.endings.order_by("entered_at", "pk"))
    is_in_force = agreement.state == AgreementState.IN_FORCE
    has_statement = any(one.withdrawn_on is None for one in endings)
    return {
        "stays": {
            stay.party.pk: stay for stay in _stays(person, agreement, today, sees_why=sees_why)
        },
        "endings": endings if sees_why else [],
        "may_end": writes and is_in_force and not has_statement,
        "may_go_on": [
            one.pk for one in endings if writes and is_in_force and one.is_to_come(today)
        ],
    }


def _stays(
    person: Person | None, agreement: Agreement, today: date, *, sees_why: bool
) -> Iterator[Stay]:
    writes = perms.write_agreements(person)
    is_in_force = agreement.state == AgreementState.IN_FORCE
    departures = list(departures_of(agreement))
    renamings = list(renamings_of(agreement))
    for party, (since, until) in Standing(agreement).parts.items():
        own = [one for one in departures if one.party_id == party.pk]
        departure = next((one for one in own if one.withdrawn_on is None), None)
        may_act = is_in_force and perms.leave_for(person, party)
        yield Stay(
            party=party,
            since=since,
            until=until,
            until_said=no_party_said(until, today) if until else "",
            former=[
                one.party
                for one in departures
                if one.successor_id == party.pk and one.withdrawn_on is None
            ],
            renamings=[one for one in renamings if one.party_id == party.pk],
            departure=departure,
            withdrawn=[one for one in own if one.withdrawn_on],
            sees_why=sees_why,
            sees_file=departure is not None and perms.see_departure_file(person, departure),
            may_leave=may_act and party.ended_on is None,
            may_rename=writes and is_in_force and (until is None or until > today),
            may_merge=writes and is_in_force and party.ended_on is None,
            may_stay=may_act and departure is not None and departure.is_to_come(today),
        )
