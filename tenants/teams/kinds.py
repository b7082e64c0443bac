"""The kinds of teams: whatever differs between them stands in this table (REG §2; POR §2; POR-C §2-3)."""

from dataclasses import dataclass
from datetime import time

from tenants.registry.roles import Role


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of team, with what its founding text says of it."""

    name: str
    clause: str
    genitive: str
    # Whose representative leads it: convenes, chairs, closes and approves.
    leads: frozenset[Role] = frozenset()
    # Who else runs its meetings and takes the minutes.
    helps: frozenset[Role] = frozenset()
    # The voice of each institution is read by name; else only how many of each there were.
    lists_voices: bool = False
    # From what time until what time it meets, on working days; None: whenever it likes.
    hours: tuple[time, time] | None = None
    is_closed: bool = False  # its content is read by whom its own app lets in, else by nobody
    rhythm: str = ""  # the clause that says how often it meets
    arrangements: str = ""  # the clause by which what it agreed is done; "": that of the team


PZK, PARTNERSHIP, COUNTY, GGK, ZZK = "PZK", "PARTNERSHIP", "COUNTY", "GGK", "ZZK"

KINDS = {
    PZK: Kind(
        "Partnerski Zespół Kooperacyjny",
        "§ 2 regulaminu",
        "Partnerskiego Zespołu Kooperacyjnego",
        rhythm="§ 2 ust. 3 regulaminu",
        leads=frozenset({Role.LEAD}),
        helps=frozenset({Role.NETWORK_OFFICER}),
        lists_voices=True,
    ),
    PARTNERSHIP: Kind(
        "Partnerstwo",
        "§ 2 porozumienia",
        "Partnerstwa",
        rhythm="§ 2 ust. 1 porozumienia",
        arrangements="§ 2 ust. 3 pkt 3 porozumienia",
        leads=frozenset({Role.LEAD}),
        helps=frozenset({Role.NETWORK_OFFICER}),
    ),
    COUNTY: Kind(
        "Powiatowy Zespół Kooperacji",
        "§ 2 porozumienia",
        "Powiatowego Zespołu Kooperacji",
        rhythm="§ 2 ust. 2 porozumienia",
        arrangements="§ 2 ust. 4 pkt 5 porozumienia",
        leads=frozenset({Role.LEAD}),
        helps=frozenset({Role.NETWORK_OFFICER}),
    ),
    GGK: Kind(
        "Gminna Grupa Kooperacji",
        "§ 3 porozumienia",
        "Gminnej Grupy Kooperacji",
        hours=(time(7), time(17)),
        is_closed=True,
    ),
    ZZK: Kind(
        "Zadaniowy Zespół Kooperacyjny",
        "§ 4 regulaminu",
        "Zadaniowego Zespołu Kooperacyjnego",
        is_closed=True,
    ),
}

# The people of the Lider who sit in its PZK, and what each does there (REG §1.3.b).
OF_THE_LEAD = {
    Role.LEAD: "reprezentuje Lidera",
    Role.NETWORK_OFFICER: "pracownik ds. sieci",
}
COORDINATES = "koordynator Partnerstwa"
