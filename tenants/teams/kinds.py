"""The kinds of teams: whatever differs between them stands in this table (REG §2; POR §2; POR-C §2-3)."""

from dataclasses import dataclass
from enum import Enum

from tenants.registry.roles import Role


class Chaired(Enum):
    """Those from whom the chair and the minute-taker of a meeting are chosen."""

    BY_THE_LEAD = "the Lider's people (REG §2.1, §2.9)"
    BY_A_SEAT = "seats of the team (POR-C §3.3; REG §4.4)"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of team, with what its founding text says of its work."""

    name: str
    short: str
    clause: str
    rests_on: str  # the law of the team: what gives it its terms
    chaired: Chaired = Chaired.BY_A_SEAT
    is_closed: bool = False  # its content is read by whom its own app lets in, else by nobody
    has_one: bool = False  # in a tenant


PZK, PARTNERSHIP, COUNTY, GGK, ZZK = "PZK", "PARTNERSHIP", "COUNTY", "GGK", "ZZK"

KINDS = {
    PZK: Kind(
        "Partnerski Zespół Kooperacyjny",
        "PZK",
        "§ 2 regulaminu",
        "regulamin",
        chaired=Chaired.BY_THE_LEAD,
        has_one=True,
    ),
    PARTNERSHIP: Kind("Partnerstwo", "Partnerstwo", "§ 2 porozumienia", "porozumienie"),
    COUNTY: Kind(
        "Powiatowy Zespół Kooperacji",
        "Powiatowy Zespół Kooperacji",
        "§ 2 porozumienia",
        "porozumienie",
        has_one=True,
    ),
    GGK: Kind(
        "Gminna Grupa Kooperacji",
        "GGK",
        "§ 3 porozumienia",
        "porozumienie",
        is_closed=True,
        has_one=True,
    ),
    ZZK: Kind(
        "Zadaniowy Zespół Kooperacyjny", "ZZK", "§ 4 regulaminu", "regulamin", is_closed=True
    ),
}

# The people of the Lider who sit in its PZK, and what each does there (REG §1.3.b).
OF_THE_LEAD = {
    Role.LEAD: "reprezentuje Lidera",
    Role.NETWORK_OFFICER: "pracownik ds. sieci",
}
COORDINATES = "koordynator Partnerstwa"
