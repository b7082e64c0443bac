"""Pages of meetings and their agenda."""

from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.teams.models import Team
from tests.declared import ALL, MEMBERS, NOTHING, May, Page, Rows
from tests.factories import meetings as make
from tests.factories import people as make_people

# Of the Lider alone (REG §1.3.b, §2.1).
RUNNERS = "LN"
# For an applicant there are no meetings.
RUN = May(RUNNERS, hidden="Z")
READ = May(MEMBERS, hidden="Z")


def _team(rows: Rows) -> Team:
    return make.pzk()


def _planned(rows: Rows) -> Meeting:
    return make.planned()


def _convened(rows: Rows) -> Meeting:
    rows["membership"]  # so that an institution is invited
    return make.convened()


def _cancelled(rows: Rows) -> Meeting:
    return make.cancelled()


def _past(rows: Rows) -> Meeting:
    return make.past(upload=make_people.pdf("protokol.pdf"))


def _item(rows: Rows) -> AgendaItem:
    return rows["planned_meeting"].items.get()


PAGES = [
    Page("meetings:meetings", MEMBERS, 6, seen=("planned_meeting", NOTHING)),
    Page("meetings:meeting_new", RUN, 4, of="pzk"),
    Page("meetings:meeting_past", RUN, 3, of="pzk"),
    Page(
        "meetings:meeting",
        READ,
        5,
        of="planned_meeting",
        seen=("planned_meeting", "convened_meeting", "cancelled_meeting", "past_meeting"),
    ),
    Page("meetings:meeting_edit", RUN, 4, of="planned_meeting"),
    Page("meetings:meeting_convene", RUN, 6, of="planned_meeting"),
    Page("meetings:meeting_cancel", RUN, 3, of="planned_meeting"),
    Page("meetings:meeting_item", RUN, 3, of="planned_meeting"),
    Page("meetings:item_edit", RUN, 4, of="agenda_item"),
    Page("meetings:item_remove", RUN, 4, of="agenda_item"),
    Page(
        "meetings:item_move", May(only_sent=ALL), of="agenda_item", seen="only sent"
    ),
]

ROWS = {
    "pzk": _team,
    "planned_meeting": _planned,
    "convened_meeting": _convened,
    "cancelled_meeting": _cancelled,
    "past_meeting": _past,
    "agenda_item": _item,
}


def more(rows: Rows) -> None:
    make.past()
