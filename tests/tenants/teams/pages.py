"""Pages of teams and their seats."""

from tenants.people.followers import follow
from tenants.teams.models import Team
from tests.declared import MEMBERS, NOTHING, Page, Rows


def _team(rows: Rows) -> Team:
    rows["membership"]  # so that an institution sits in it
    follow()
    return Team.objects.get()


PAGES = [
    Page("teams:teams", MEMBERS, 4),
    Page("teams:team", MEMBERS, 6, of="team", seen=("team", f"team{NOTHING}")),
]

ROWS = {"team": _team}


def more(rows: Rows) -> None:
    rows["others"]
    follow()
