"""Pages of teams and their seats."""

from tenants.people.followers import follow
from tenants.teams.kinds import PZK
from tenants.teams.models import Team
from tests.declared import MEMBERS, NOTHING, TAKING_PART, May, Page, Rows


def _team(rows: Rows) -> Team:
    rows["membership"]  # so that an institution sits in it
    follow()
    return Team.objects.get(kind=PZK)


PAGES = [
    Page("teams:teams", TAKING_PART.replace("G", ""), 4),
    Page("teams:team", May(MEMBERS, hidden="ZTG"), 6, of="team", seen=("team", f"team{NOTHING}")),
]

ROWS = {"team": _team}


def more(rows: Rows) -> None:
    rows["others"]
    follow()
