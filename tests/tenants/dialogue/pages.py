"""Pages of what is said between meetings."""

from tenants.dialogue.links import RISK_LINKS
from tenants.dialogue.models import Risk
from tests.declared import MEMBERS, NOTHING, PUBLIC, May, Page, Rows
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings

# Whoever has a seat, or acts for an institution that has one; the Lider too (REG §7.2).
REPORTERS = "LNPHW"
READ = May(MEMBERS, hidden="Z")
# There is no team for an applicant.
REPORT = May(REPORTERS, hidden="Z")
RUN = May("LN", hidden="Z")
OWN = May("PHW", hidden="Z")


def _risk(rows: Rows) -> Risk:
    """Reported by the kooperant whose rows are asked for."""
    make_meetings.planned()
    return make.risk(rows["membership"].organisation)


def _link(rows: Rows) -> str:
    rows["membership"]  # its coordinator has no account
    return RISK_LINKS.token(make.notice_without_account(make.risk()).pk)


PAGES = [
    Page("dialogue:risks", MEMBERS, 8, seen=("", NOTHING)),
    Page("dialogue:risk_new", REPORT, {"L": 5, "P": 6}, of="pzk"),
    Page("dialogue:risk", READ, 10, of="risk"),
    Page("dialogue:risk_add", REPORT, 5, of="risk"),
    Page("dialogue:risk_handle", RUN, 3, of="risk"),
    Page("dialogue:risk_close", RUN, 3, of="risk"),
    Page("dialogue:risk_withdraw", OWN, {"L": None, "P": 5}, of="risk"),
    Page("dialogue:risk_place", RUN, 5, of="risk"),
    Page("dialogue:risk_link", PUBLIC, 3, of="risk_link"),
]

ROWS = {"risk": _risk, "risk_link": _link}


def more(rows: Rows) -> None:
    for _ in range(3):
        make.risk()
