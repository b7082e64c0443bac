"""A meeting is held and closed: attendance and how its items ended (REG §2.7-2.9)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import form_page, question, sent, step
from kooperacja.ui.forms import SeenForm
from tenants.meetings import perms
from tenants.meetings.actions import holding
from tenants.meetings.actions import outcomes as ending
from tenants.meetings.forms.attendance import AttendanceForm
from tenants.meetings.forms.outcomes import OutcomesForm
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.views.meetings import crumbs_of, find
from tenants.meetings.workflow import MeetingState
from tenants.people.identity import PersonRequest

_ANY = (
    "Każdy skład jest ważny: regulamin nie wymaga kworum (§ 2 ust. 7). Na liście są osoby, które "
    "w dniu spotkania mają miejsce w zespole"
)
_PROPOSED = (
    f"{_ANY}; zaznaczono to, co odpowiedziały na zaproszenie. Kto nie odpowiedział, ma nieobecność."
)
_WRITTEN = f"{_ANY}; zaznaczono to, co już zapisano. Przy kim nic nie zapisano, stoi nieobecność."


@step(perms.run, find)
def attendance(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        AttendanceForm(**sent(request), meeting=meeting, sheet=holding.sheet(meeting)),
        partial(holding.confirm_attendance, by=request.actor, meeting_id=meeting.pk),
        ready=partial(holding.require_begun, meeting),
        said="Zapisano obecność.",
        to=meeting.url,
        title="Obecność",
        lead=_PROPOSED if meeting.state == MeetingState.CONVENED else _WRITTEN,
        crumbs=crumbs_of(meeting),
    )


@step(perms.run, find)
def outcomes(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """One form for all items: the minute-taker fills it in while the meeting goes on."""
    items, teams = meeting.items.all(), ending.teams_for(meeting)
    return form_page(
        request,
        OutcomesForm(**sent(request), items=items, teams=teams),
        partial(ending.record_outcomes, by=request.actor, meeting_id=meeting.pk),
        ready=partial(ending.require_held, meeting),
        said="Zapisano wyniki punktów.",
        to=meeting.url,
        title="Wyniki punktów",
        lead="Każdy punkt kończy się jednym wynikiem. Punkty odłożone same trafią do porządku obrad "
        "następnego spotkania, gdy zakończysz to spotkanie.",
        crumbs=crumbs_of(meeting),
    )


@step(perms.run, find)
def close(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=meeting),
        partial(ending.close, by=request.actor, meeting_id=meeting.pk),
        ready=partial(ending.require_closing, meeting, request.actor),
        question="Zakończyć spotkanie?",
        consequence="Obecności i wyników punktów nie będzie już można zmienić. Informacje bez "
        "zapisanego wyniku przyjmiemy do wiadomości, a punkty odłożone trafią do porządku obrad "
        "następnego spotkania.",
        button="Zakończ spotkanie",
        said="Zakończono spotkanie.",
        clause="§ 2 ust. 9 regulaminu",
        danger=False,
        to=meeting.url,
        crumbs=crumbs_of(meeting),
    )
