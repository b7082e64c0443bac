"""Closed teams: who reads their content and under which key it lies (REG §8; POR-C §3.6)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kooperacja import offers
from kooperacja.crypto.envelope import Keyring

if TYPE_CHECKING:
    from tenants.people.models import Person
    from tenants.teams.models import Team


@dataclass(frozen=True, slots=True)
class ClosedTeams(offers.Offer):
    """Teams of one closed kind: who may read their content, and the keyring that seals it.

    `leaders` are whom no role of the kind names, on a day.

    Where no app offers this for a kind, nobody reads its content and nothing of it is written.
    """

    kind: str
    may_read: "Callable[[Person, Team], bool]"
    keyring: "Callable[[Team], Keyring]"
    leaders: "Callable[[Team, date], Iterable[Person]]" = lambda team, day: ()


def offered(kind: str) -> ClosedTeams | None:
    return next((one for one in offers.of(ClosedTeams) if one.kind == kind), None)


def leaders(team: "Team", day: date) -> "list[Person]":
    """People who lead a closed team on a day, beside those who hold a role of its kind."""
    offer = offered(team.kind) if team.law.is_closed else None
    return list(offer.leaders(team, day)) if offer else []
