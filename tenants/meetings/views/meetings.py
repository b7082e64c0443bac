"""The list of meetings, one of them, and how it is prepared and convened (REG §2)."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import counted, sort_key
from kooperacja.ui.tables import Column, Table
from tenants.meetings import perms, places
from tenants.meetings.actions import guests, holding, inviting, planning, reminding
from tenants.meetings.actions import past as entering
from tenants.meetings.arranged import at_meeting
from tenants.meetings.attached import with_papers
from tenants.meetings.duty import duties
from tenants.meetings.forms.meetings import (
    CancelForm,
    EditMeetingForm,
    MeetingsFilter,
    NewMeetingForm,
    PastMeetingForm,
)
from tenants.meetings.invited import reached_of
from tenants.meetings.models.attendance import in_order
from tenants.meetings.models.decisions import items_of
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.models.polls import DatePoll
from tenants.meetings.returned import say_results
from tenants.meetings.said import hours_said, hours_warning
from tenants.meetings.workflow import MEETING, MeetingState, PollState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team

KINDS = {
    MeetingState.PLANNED: "neutral",
    MeetingState.CONVENED: "info",
    MeetingState.HELD: "wait",
    MeetingState.CLOSED: "ok",
    MeetingState.CANCELLED: "stop",
}
_COLUMNS = (
    Column("spotkanie", "Spotkanie", str, sort="starts_at", is_link=True),
    Column("zespol", "Zespół", "team", sort="team__kind"),
    Column("termin", "Termin", "when"),
    Column("forma", "Forma", "get_mode_display", sort="mode"),
    Column("stan", "Stan", "get_state_display", sort="state"),
)
find = visible(
    Meeting.objects.select_related("team", "scan", "host"),
    perms.see_meeting,
    "Nie ma takiego spotkania",
)
LIST = ("Spotkania", "meetings:meetings")


def crumbs_of(meeting: Meeting) -> list[tuple[str, str]]:
    return [LIST, (str(meeting), meeting.url)]


@page(perms.see_meetings)
def listing(request: PersonRequest) -> HttpResponse:
    form = MeetingsFilter(request.GET)
    names = {"stan": "state", "forma": "mode"}
    chosen = {names[name]: value for name, value in form.chosen.items() if value}
    today = timezone.localdate()
    mine = teams.readable_on(request.person, today)
    table = Table(
        request,
        Meeting.objects.read_by(request.person).filter(**chosen),
        _COLUMNS,
        "Spotkania",
        default="-spotkanie",
        empty="Żadne spotkanie nie odpowiada wybranym warunkom.",
        nothing="Nie ma jeszcze żadnego spotkania.",
    )
    return list_page(
        request,
        table,
        form,
        template="meetings/meetings.html",
        teams=[team for team in mine if perms.convene(request.person, team)],
        duties=[
            (duty, duty.standing(today), duty.on(today), duty.convened(today))
            for duty in duties(Team.objects.filter(pk__in=[team.pk for team in mine]))
        ],
        polls=DatePoll.objects.filter(state=PollState.OPEN, team__in=mine)
        .select_related("team")
        .defer("about", "reason"),
        asks=[team for team in mine if perms.ask(request.person, team)],
        sees_requests=perms.see_requests(request.person),
        is_taken=True,
    )


@page(perms.see_meeting, find)
def show(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    can_run = perms.run(request.person, meeting)
    changes = MEETING.changes[MeetingState(meeting.state)]
    record = Minutes.objects.filter(meeting=meeting).select_related("meeting__team").first()
    if record and not perms.see_minutes(request.person, record):
        record = None
    invitations = _invitations(request.person, meeting, can_run=can_run)
    items = with_papers([*items_of(meeting)], request.person)
    say_results(items, request.person)
    context = {
        "meeting": meeting,
        "kind": KINDS[MeetingState(meeting.state)],
        "items": items,
        "invitations": invitations,
        "own_open": _own_open(request.person, invitations),
        "guests": list(meeting.guests.select_related("meeting__team")),
        "guests_until": guests.last_day(request.person, meeting, request.actor.today),
        "record": record,
        "can_begin": can_run and record is None and meeting.number is not None,
        "can_print": can_run and meeting.state != MeetingState.CANCELLED,
        "attendance": in_order(meeting.attendance.all()),
        "can_hold": can_run and holding.has_begun(meeting),
        "can_voice": reminding.is_open(meeting) and perms.voice(request.person, meeting),
        "can_end": can_run and meeting.state == MeetingState.HELD,
        "can_close": can_run
        and MeetingState.CLOSED in changes
        and all(item.has_ended for item in items),
        "can_edit": can_run and meeting.is_ahead,
        "can_write": can_run and meeting.is_open,
        "can_keep": can_run and bool(items) and not meeting.team.law.is_closed,
        "can_attach": can_run and meeting.is_open,
        "can_cancel": can_run and MeetingState.CANCELLED in changes,
        **_ahead(meeting, has_items=bool(items), can_run=can_run),
    }
    context |= at_meeting(meeting, record, request.actor.today, can_run=can_run)
    return render(request, "meetings/meeting.html", context)


def _ahead(meeting: Meeting, *, has_items: bool, can_run: bool) -> dict[str, Any]:
    """The newest poll of dates of one in preparation, and if one may ask or convene now."""
    if meeting.state != MeetingState.PLANNED:
        return {"poll": None, "can_poll": False, "can_convene": False}
    poll = meeting.polls.first()
    is_free = can_run and not (poll and poll.is_open)
    return {
        "poll": poll,
        "can_poll": is_free and meeting.mode != MeetingMode.EMAIL,
        "can_convene": is_free and planning.is_ready(meeting) and has_items,
    }


def _invitations(
    person: Person, meeting: Meeting, *, can_run: bool
) -> list[tuple[SeatInvitation, str, bool]]:
    """Each with how its message went, for whoever runs the meeting, and if the person may answer."""
    rows = meeting.invitations.select_related("seat__person", "seat__organisation")
    invitations = sorted(rows, key=_by_institution)
    reached = reached_of(meeting, invitations) if can_run else {}
    return [
        (one, reached.get(one.pk, ""), inviting.is_answerable(one) and perms.answer(person, one))
        for one in invitations
    ]


def _own_open(
    person: Person, invitations: list[tuple[SeatInvitation, str, bool]]
) -> list[SeatInvitation]:
    """Invitations to the person's own seats that wait for an answer."""
    return [
        one
        for one, _, may_answer in invitations
        if may_answer and not one.answer and one.seat.person_id in person.entries
    ]


def _by_institution(one: SeatInvitation) -> tuple[str, str]:
    return sort_key(str(one.seat.organisation or "")), sort_key(one.seat.who)


find_team = visible(Team, teams.read, "Nie ma takiego zespołu")


def _with_hours(words: str, team: Team) -> str:
    return " ".join(filter(None, (words, hours_said(team.law))))


def _noted(words: str, meeting: Meeting) -> str:
    """The words on what was saved, with the remark on its hours if there is one."""
    return " ".join(filter(None, (words, hours_warning(meeting))))


@step(perms.convene, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    today = timezone.localdate()
    terms = team.terms_on(today)
    return form_page(
        request,
        NewMeetingForm(**sent(request), terms=terms, hosts=places.hosts(team, terms, today)),
        partial(planning.plan_meeting, by=request.actor, team_id=team.pk),
        said=partial(_noted, "Zapisano spotkanie. Dodaj porządek obrad i zwołaj je."),
        to=lambda meeting: meeting.url,
        title="Nowe spotkanie",
        lead=_with_hours(
            f"Spotkanie {team.law.genitive}. Nikt się o nim nie dowie, dopóki go nie zwołasz.", team
        ),
        crumbs=[LIST],
        back=reverse("meetings:meetings"),
    )


@step(perms.convene, find_team)
def past(request: PersonRequest, team: Team) -> HttpResponse:
    return form_page(
        request,
        PastMeetingForm(**sent(request)),
        partial(entering.enter_meeting, by=request.actor, team_id=team.pk),
        said="Wpisano spotkanie, które się odbyło.",
        to=lambda meeting: meeting.url,
        title="Spotkanie, które się odbyło",
        lead=f"Spotkanie {team.law.genitive} poza platformą. Nikogo nie zaprosimy, a spotkanie "
        "policzy się do liczby wymaganej regulaminem.",
        crumbs=[LIST],
        back=reverse("meetings:meetings"),
    )


@step(perms.run, find)
def edit(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    terms = meeting.team.terms_on(meeting.day)
    is_told = meeting.state == MeetingState.CONVENED
    return form_page(
        request,
        EditMeetingForm(**sent(request), meeting=meeting, terms=terms),
        partial(planning.edit_meeting, by=request.actor, meeting_id=meeting.pk),
        ready=partial(planning.require_ahead, meeting),
        said=partial(
            _noted, "Zapisano zmianę. Zaproszeni dostali wiadomość." if is_told else "Zapisano."
        ),
        to=meeting.url,
        title="Zmień termin albo miejsce",
        lead=_with_hours(
            "Zaproszeni dowiedzą się o zmianie i odpowiedzą jeszcze raz." if is_told else "",
            meeting.team,
        ),
        crumbs=crumbs_of(meeting),
    )


@step(perms.run, find)
def convene(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    seats = Seat.objects.taken(meeting.day).filter(team=meeting.team_id).count()
    invited = counted(seats, "zaproszenie", "zaproszenia", "zaproszeń")
    return _asked(
        request,
        meeting,
        SeenForm(**sent(request), row=meeting),
        partial(planning.convene, by=request.actor, meeting_id=meeting.pk),
        ready=partial(planning.require_convening, meeting, request.actor),
        question="Zwołać spotkanie?",
        consequence=f"Wyślemy {invited}: do każdego, kto ma miejsce w zespole. Nikogo nie można "
        f"pominąć. Termin: {meeting.when}. {hours_warning(meeting)}".rstrip(),
        undo="Spotkanie można potem przełożyć albo odwołać; zaproszeni się o tym dowiedzą.",
        button="Zwołaj spotkanie",
        said="Zwołano spotkanie. Zaproszenia są w drodze.",
        clause=perms.convene.clause,
        danger=False,
    )


@step(perms.run, find)
def cancel(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    is_told = meeting.state == MeetingState.CONVENED
    return _asked(
        request,
        meeting,
        CancelForm(**sent(request), row=meeting),
        partial(planning.cancel, by=request.actor, meeting_id=meeting.pk),
        ready=partial(planning.require_cancelling, meeting, request.actor),
        question="Odwołać spotkanie?",
        consequence="Wszyscy zaproszeni dostaną wiadomość, że spotkania nie będzie."
        if is_told
        else "Nikt jeszcze nie wie o tym spotkaniu; zostanie na liście jako odwołane.",
        button="Odwołaj spotkanie",
        said="Odwołano spotkanie.",
    )


def _asked(
    request: PersonRequest, meeting: Meeting, form: forms.BaseForm, act: Any, **words: Any
) -> HttpResponse:
    return question(request, form, act, to=meeting.url, crumbs=crumbs_of(meeting), **words)
