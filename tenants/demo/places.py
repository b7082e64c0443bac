"""The fortunes of each partnership of the demo region."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MONTH = timedelta(days=30)


class Papers(StrEnum):
    """Degrees of order in the papers of data protection."""

    WHOLE = "WHOLE"
    WEAK = "WEAK"  # some of it is over, some ends soon, some was never made
    NONE = "NONE"


class Change(StrEnum):
    """Fates of a change of the regulation."""

    NONE = "NONE"
    VOTING = "VOTING"
    ADOPTED = "ADOPTED"


@dataclass(frozen=True, slots=True)
class Health:
    """The order in which the Lider keeps the data of members."""

    known: float = 0.8  # share of members with a profile, a level, flags and workers for ZZK
    papers: Papers = Papers.WHOLE
    change: Change = Change.NONE
    approached: int = 5  # institutions in the recruitment log
    neighbours: int = 3  # who of the community helps
    uncoordinated: int = 0  # members whose coordinator has left


GOOD, WEAK = Health(), Health(known=0.4, papers=Papers.WEAK, approached=3, neighbours=1)


@dataclass(frozen=True, slots=True)
class Place:
    """A tenant's history: ages in months, then numbers of declarations."""

    code: str
    months: int  # since when the partnership exists
    members: int
    resigned: int = 0
    returned: int = 0  # of those, who joined again
    late: int = 0  # whose resignation was entered after their votes were counted
    quiet_for: int = 0  # months in which nobody has joined
    waiting: int = 0  # declarations that await the Lider's decision
    drafts: int = 0
    is_dissolved: bool = False
    is_preparing: bool = False  # its regulation is still a draft
    health: Health = GOOD


PLACES = (
    Place(
        "160501",
        months=26,
        members=14,
        resigned=1,
        waiting=2,
        drafts=1,
        health=Health(change=Change.VOTING),
    ),
    Place("1605", months=22, members=9, waiting=1, health=WEAK),
    Place(
        "166101",
        months=27,
        members=66,  # more than are drawn while somebody waits
        resigned=3,
        returned=1,
        waiting=4,
        drafts=2,
        health=Health(change=Change.ADOPTED, neighbours=5),
    ),
    Place(
        "160502",
        months=20,
        members=11,
        resigned=4,
        quiet_for=9,
        health=Health(known=0.3, papers=Papers.WEAK, neighbours=1, uncoordinated=1),
    ),
    Place("160504", months=3, members=2, waiting=1),
    Place("160101", months=24, members=18, resigned=1, waiting=1),
    Place("160402", months=18, members=16, drafts=1),
    Place("160705", months=25, members=22, resigned=2, quiet_for=3, waiting=2, health=WEAK),
    Place("1607", months=12, members=8, late=2, health=Health(change=Change.ADOPTED)),
    Place(
        "160909",
        months=14,
        members=5,
        resigned=5,
        quiet_for=7,
        is_dissolved=True,
        health=Health(known=0, papers=Papers.NONE, approached=2, neighbours=0),
    ),
    Place("161105", months=9, members=12, waiting=3),
    Place("160203", months=1, members=0, is_preparing=True, health=Health(papers=Papers.NONE)),
)


def place_of(code: str) -> Place:
    return next(place for place in PLACES if place.code == code)
