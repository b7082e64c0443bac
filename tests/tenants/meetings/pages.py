"""Pages of meetings and their agenda."""

from datetime import timedelta

from django.utils import timezone
from uuid6 import uuid7

from tenants.meetings.actions import minutes as acts
from tenants.meetings.addressed import GUEST_LINKS, INVITATION_LINKS, MINUTES_LINKS, POLL_LINKS
from tenants.meetings.models.decisions import Exclusion
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.minutes import Remark
from tenants.meetings.models.papers import ItemPaper
from tenants.meetings.models.polls import DatePoll
from tenants.meetings.models.requests import MeetingRequest
from tenants.teams.models import Team
from tests.declared import ALL, FILE, MEMBERS, NOTHING, PUBLIC, STATES, TAKING_PART, May, Page, Rows
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.factories import polls as make_polls

# Of the Lider alone (REG §1.3.b, §2.1).
RUNNERS = "LN"
# For an applicant there are no meetings.
RUN = May(RUNNERS, hidden="ZTG")
READ = May(MEMBERS, hidden="ZTG")
# What is not ready yet is known to nobody else.
_DRAFT = May(RUNNERS, hidden="ASDPHWOZTG")
# Of the institution that asked and of the Lider alone (REG §2.5 s.1).
ASKED = May("LNPH", hidden="ASDWOZTG")
ANSWERED = May("LN", hidden="ASDWOZTG")
TAKEN_BACK = May("PH", hidden="ASDWOZTG")


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


def _begun(rows: Rows) -> Meeting:
    rows["membership"]
    return make.begun()


def _held(rows: Rows) -> Meeting:
    rows["membership"]
    return make.held()


def _held_item(rows: Rows) -> AgendaItem:
    return rows["held_meeting"].items.get()


def _decided_item(rows: Rows) -> AgendaItem:
    rows["membership"]
    return make.decided(make.held(day=timezone.localdate() + timedelta(days=70)).items.get())


def _unagreed_item(rows: Rows) -> AgendaItem:
    rows["membership"]
    item = make.unagreed(make.held(day=timezone.localdate() + timedelta(days=110)).items.get())
    rows["unagreed_meeting"] = item.meeting
    return item


def _circulated_item(rows: Rows) -> AgendaItem:
    rows["membership"]
    item = make.circulated()
    rows["circulated_meeting"] = item.meeting
    return item


def _exclusion(rows: Rows) -> Exclusion:
    rows["membership"]
    rows["excluding_meeting"] = make.held(day=timezone.localdate() + timedelta(days=80))
    return make.exclusion(rows["excluding_meeting"].items.get())


def _item(rows: Rows) -> AgendaItem:
    return rows["planned_meeting"].items.get()


def _request(rows: Rows) -> MeetingRequest:
    return make.request(rows["membership"].organisation)


def _remark(rows: Rows) -> Remark:
    minutes = rows["reviewed_minutes"]
    return acts.add_remark(by=make.by(), minutes_id=minutes.pk, key=uuid7(), words="Brak nazwy.")


_WRITTEN = ("draft_minutes", "reviewed_minutes", "approved_minutes")
PAGES = [
    Page("meetings:meetings", TAKING_PART, 9, seen=("", NOTHING)),
    Page("meetings:meeting_new", RUN, 4, of="pzk"),
    Page("meetings:meeting_past", RUN, 3, of="pzk"),
    Page(
        "meetings:meeting",
        READ,
        {"L": 16, "P": 13},
        of="convened_meeting",
        seen=(
            *("planned_meeting", "convened_meeting", "cancelled_meeting", "past_meeting"),
            *("begun_meeting", "held_meeting", "decided_meeting", "unagreed_meeting"),
        ),
    ),
    Page("meetings:meeting_edit", _DRAFT, 4, of="planned_meeting"),
    Page("meetings:meeting_convene", _DRAFT, 7, of="planned_meeting"),
    Page("meetings:meeting_cancel", _DRAFT, 3, of="planned_meeting"),
    Page("meetings:meeting_item", _DRAFT, 3, of="planned_meeting"),
    Page("meetings:item_edit", _DRAFT, 4, of="agenda_item"),
    Page("meetings:item_remove", _DRAFT, 9, of="agenda_item"),
    Page("meetings:item_move", May(only_sent=ALL), of="agenda_item", seen="only sent"),
    Page("meetings:requests", "LNPHOT", {"L": 6, "P": 5}, seen=("", NOTHING)),
    Page("meetings:request_new", May("PH", hidden="ZTG"), {"L": None, "P": 5}, of="pzk"),
    Page("meetings:request", ASKED, 4, of="meeting_request"),
    Page("meetings:request_answer", ANSWERED, 4, of="meeting_request"),
    Page("meetings:request_refuse", ANSWERED, 3, of="meeting_request"),
    Page("meetings:request_withdraw", TAKEN_BACK, {"P": 3}, of="meeting_request"),
]


def _invitation(rows: Rows) -> SeatInvitation:
    return rows["convened_meeting"].invitations.get(seat__person=make.lead())


PAGES += [
    # Of whose seat it is; the Lider's was taken by another than the one who asks here.
    Page(
        "meetings:invitation_answer",
        May(hidden="ZTG"),
        of="seat_invitation",
        seen="of whose seat it is: test_inviting.py",
    ),
    Page("meetings:answer", PUBLIC, 2, of="invitation_link", seen=("invitation_link",)),
]
PAGES += [
    Page("meetings:list_pdf", _DRAFT, 5, of="planned_meeting", seen=FILE),
    Page("meetings:list_docx", _DRAFT, 6, of="planned_meeting", seen=FILE),
    Page("meetings:meeting_minutes", RUN, 5, of="past_meeting"),
    Page("meetings:minutes", _DRAFT, 10, of="draft_minutes", seen=_WRITTEN),
    Page("meetings:minutes_text", _DRAFT, 9, of="minutes_item"),
    Page("meetings:minutes_ask", _DRAFT, 3, of="draft_minutes"),
    Page(
        "meetings:minutes_remark",
        May(hidden="ZTG"),
        of="reviewed_minutes",
        seen="of those who were present: test_minutes.py",
    ),
    Page("meetings:minutes_answer", RUN, 5, of="remark"),
    Page(
        "meetings:minutes_approve",
        May(not_now="L", hidden="ZTG"),
        of="reviewed_minutes",
        seen=STATES,
    ),
    Page("meetings:minutes_rectify", May("L", hidden="ZTG"), 4, of="approved_minutes"),
    Page("meetings:minutes_extract", RUN, 4, of="approved_minutes"),
    Page("meetings:minutes_pdf", _DRAFT, 14, of="draft_minutes", seen=FILE),
    Page("meetings:minutes_docx", _DRAFT, 15, of="draft_minutes", seen=FILE),
    Page(
        "meetings:meeting_attendance",
        RUN,
        8,
        of="begun_meeting",
        seen=("begun_meeting", "held_meeting"),
    ),
    Page("meetings:meeting_outcomes", RUN, 5, of="held_meeting"),
    Page("meetings:item_decide", RUN, 8, of="held_item", seen=("held_item", "decided_item")),
    Page("meetings:item_position", RUN, 5, of="unagreed_item"),
    Page("meetings:item_voice", RUN, 8, of="circulated_item"),
    Page("meetings:item_exclude", RUN, 7, of="held_item"),
    Page("meetings:item_include", RUN, 6, of="exclusion"),
    Page("meetings:meeting_close", May(not_now="LN", hidden="ZTG"), of="held_meeting", seen=STATES),
]

PAGES += [
    Page("meetings:arrangements", TAKING_PART, {"L": 7, "P": 6}, seen=("", NOTHING)),
    Page("meetings:arrangement", READ, 3, of="arrangement", seen=("arrangement",)),
    Page("meetings:meeting_arrangement", RUN, 6, of="past_meeting"),
    Page("meetings:arrangement_done", RUN, 3, of="arrangement"),
    Page("meetings:arrangement_not_done", RUN, 3, of="arrangement"),
    Page("meetings:arrangement_pass", RUN, 4, of="arrangement"),
    Page("meetings:arrangement_skip", May(only_sent=ALL), of="skippable", seen="only sent"),
]


def _guest(rows: Rows) -> GuestInvitation:
    return make.guest(rows["convened_meeting"])


def _invited_guest(rows: Rows) -> GuestInvitation:
    return make.invited_guest(rows["convened_meeting"], name="Konrad Konsultowany")


def _minutes_link(rows: Rows) -> str:
    return MINUTES_LINKS.token(rows["minutes_recipient"].pk, rows["approved_minutes"].pk)


PAGES += [
    Page("meetings:guest_new", May(RUNNERS, hidden="ZTG"), 6, of="convened_meeting"),
    Page("meetings:guest", READ, 5, of="guest", seen=("guest", "invited_guest")),
    Page("meetings:guest_answer", May("LNPH", hidden="ZTG"), 5, of="guest"),
    Page("meetings:guest_withdraw", RUN, 3, of="guest"),
    Page("meetings:guest_link", PUBLIC, 2, of="guest_link", seen=("guest_link",)),
    Page("meetings:recipients", RUN, 4, of="pzk"),
    Page("meetings:recipient_new", RUN, 3, of="pzk"),
    Page("meetings:recipient_end", RUN, 4, of="minutes_recipient"),
    Page("meetings:minutes_link", PUBLIC, 7, of="minutes_link", seen=FILE),
]


PAGES += [
    Page("meetings:item_attach", _DRAFT, 5, of="agenda_item"),
    Page("meetings:paper_detach", _DRAFT, 4, of="item_paper"),
    Page(
        "meetings:materials",
        READ,
        6,
        of="convened_meeting",
        seen=("convened_meeting", "papered_meeting", "past_meeting"),
    ),
    Page("meetings:pack_pdf", READ, 13, of="convened_meeting", seen=FILE),
    Page("meetings:pack_docx", READ, 14, of="convened_meeting", seen=FILE),
    Page("meetings:pack_prepare", READ, 3, of="convened_meeting"),
    Page("meetings:templates", RUNNERS, 5, seen=("",)),
    Page("meetings:template_new", RUN, 3, of="pzk", seen=("pzk", "pzk?wzor=pierwsze")),
    Page("meetings:template_edit", May("LN", hidden="ASDPHWOZTG"), 3, of="agenda_template"),
    Page("meetings:template_remove", May("LN", hidden="ASDPHWOZTG"), 3, of="agenda_template"),
    Page("meetings:meeting_from_template", _DRAFT, 4, of="planned_meeting"),
    Page("meetings:meeting_as_template", _DRAFT, 4, of="planned_meeting"),
]


def _papered(rows: Rows) -> Meeting:
    """One whose second item has a file."""
    meeting = make.planned(timezone.localdate() + timedelta(days=100))
    make.paper(make.item(meeting, "Wsparcie zimą"))
    return meeting


def _paper(rows: Rows) -> ItemPaper:
    return ItemPaper.objects.with_meeting().get(item__meeting=rows["papered_meeting"])


def _poll(rows: Rows) -> DatePoll:
    rows["membership"]  # so that somebody else is asked too
    return make_polls.poll(make.planned(timezone.localdate() + timedelta(days=150)), 151, 152, 153)


PAGES += [
    Page("meetings:meeting_poll", _DRAFT, 4, of="planned_meeting"),
    Page("meetings:request_poll", ANSWERED, 4, of="meeting_request"),
    Page(
        "meetings:poll",
        READ,
        {"L": 6, "P": 6},
        of="poll",
        seen=("poll", "agreed_poll", "ended_poll"),
    ),
    Page("meetings:poll_choose", RUN, 6, of="poll"),
    Page("meetings:poll_end", RUN, 3, of="poll"),
    # Of whom it asks; the Lider's was taken by another than the one who asks here.
    Page("meetings:poll_answer", May(hidden="ZTG"), of="respondent", seen="test_polls.py"),
    Page("meetings:poll_link", PUBLIC, 5, of="poll_link", seen=("poll_link", "over_poll_link")),
]


ROWS = {
    "guest": _guest,
    "invited_guest": _invited_guest,
    "guest_link": lambda rows: GUEST_LINKS.token(rows["invited_guest"].pk),
    "minutes_recipient": lambda rows: make.recipient(),
    "minutes_link": _minutes_link,
    "item_paper": _paper,
    "papered_meeting": _papered,
    "agenda_template": lambda rows: make.template(),
    "poll": _poll,
    "agreed_poll": lambda rows: make_polls.agreed_poll(),
    "ended_poll": lambda rows: make_polls.ended_poll(),
    "respondent": lambda rows: make_polls.asked_by(rows["poll"], make.lead()),
    "poll_link": lambda rows: POLL_LINKS.token(rows["respondent"].pk),
    "over_poll_link": lambda rows: POLL_LINKS.token(
        make_polls.asked_by(rows["ended_poll"], make.lead()).pk
    ),
    "arrangement": lambda rows: make.arrangement(rows["past_meeting"]),
    "skippable": lambda rows: (rows["planned_meeting"].pk, rows["arrangement"].pk),
    "seat_invitation": _invitation,
    "invitation_link": lambda rows: INVITATION_LINKS.token(_invitation(rows).pk),
    "draft_minutes": lambda rows: make.minutes(),
    "reviewed_minutes": lambda rows: make.reviewed(),
    "approved_minutes": lambda rows: make.approved(),
    "minutes_item": lambda rows: rows["draft_minutes"].meeting.items.get(),
    "remark": _remark,
    "pzk": _team,
    "planned_meeting": _planned,
    "convened_meeting": _convened,
    "cancelled_meeting": _cancelled,
    "past_meeting": _past,
    "begun_meeting": _begun,
    "held_meeting": _held,
    "held_item": _held_item,
    "decided_item": _decided_item,
    "unagreed_item": _unagreed_item,
    "unagreed_meeting": lambda rows: rows["unagreed_item"].meeting,
    "exclusion": _exclusion,
    "circulated_item": _circulated_item,
    "decided_meeting": lambda rows: rows["decided_item"].meeting,
    "agenda_item": _item,
    "meeting_request": _request,
}


def more(rows: Rows) -> None:
    make.planned()
    make.arrangement(rows["past_meeting"])
