"""Arrangements: their list, one of them, and how it is closed (REG §2; POR §2.3.3)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Case, F, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, sent, step
from kooperacja.ui.polish import past_due, polish_order
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.meetings import perms
from tenants.meetings.actions import arrangements as acts
from tenants.meetings.forms.arrangements import (
    ArrangementsFilter,
    DoneForm,
    NewArrangementForm,
    NotDoneForm,
    PassOnForm,
)
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.views.meetings import LIST, crumbs_of, find
from tenants.meetings.workflow import ArrangementState
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Person
from tenants.teams.sides import LEAD

KINDS = {
    ArrangementState.OPEN: "wait",
    ArrangementState.DONE: "ok",
    ArrangementState.NOT_DONE: "stop",
    ArrangementState.PASSED_ON: "neutral",
}
_SHARED = (
    Column("numer", "Ustalenie", lambda row: f"nr {row.serial}", is_link=True),
    Column("tresc", "Treść", "text"),
    Column("wykonawca", "Wykonawca", "shown_owner", sort=polish_order("organisation__name")),
    Column("termin", "Termin", "due_on", sort="due_on"),
)
_CLOSED = Column("zamkniecie", "Zamknięto", "closed_on", sort="closed_on")
# Open ones by their day, so the latest first; then those that are closed.
_BY_STATE = Case(When(state=ArrangementState.OPEN, then=F("due_on")))


def _columns(today: date) -> tuple[Column, ...]:
    def state(row: Arrangement) -> str:
        late = past_due(row.due_on, today) if row.is_open else ""
        return late or row.get_state_display()

    return (*_SHARED, Column("stan", "Stan", state, sort=_BY_STATE), _CLOSED)


_LIST = ("Ustalenia", "meetings:arrangements")


def _find(person: Person, pk: UUID) -> Arrangement:
    rows = Arrangement.objects.whole(timezone.localdate())
    row = get_object_or_404(rows.select_related("passed_to", "passed_from", "item"), pk=pk)
    if not perms.see_arrangement(person, row):
        raise Missing("Nie ma takiego ustalenia", perms.see_arrangement.why)
    if row.meeting:
        row.meeting.team = row.team
    if row.item and row.meeting:
        row.item.meeting = row.meeting
    return row


def _at_meeting(person: Person, pk: UUID, arrangement: UUID) -> tuple[Meeting, UUID]:
    meeting = find(person, pk)
    return meeting, get_object_or_404(Arrangement, pk=arrangement, team=meeting.team_id).pk


def _crumbs(row: Arrangement) -> list[tuple[str, str]]:
    return [LIST, _LIST, (str(row), row.url)]


@page(perms.see_meetings)
def listing(request: PersonRequest) -> HttpResponse:
    mine = Arrangement.objects.read_by(request.person)
    named = Organisation.objects.filter(pk__in=mine.order_by().values("organisation"))
    form = ArrangementsFilter(
        request.GET, institutions=list(named.order_by(polish_order("name"), "pk"))
    )
    table = Table(
        request,
        _chosen(mine.whole(request.actor.today), form.chosen, request),
        _columns(request.actor.today),
        "Ustalenia",
        default="stan",
        empty="Żadne ustalenie nie odpowiada wybranym warunkom.",
        nothing="Nie ma jeszcze żadnego ustalenia. Zapisuje się je na stronie odbytego spotkania.",
    )
    return list_page(
        request,
        table,
        form,
        lead="Co spotkania zespołów i rozmowy między nimi zleciły instytucjom i osobom, z terminem "
        "i wynikiem.",
        crumbs=[LIST],
        is_taken=True,
    )


def _chosen(rows: Any, chosen: dict[str, Any], request: PersonRequest) -> Any:
    if state := chosen.get("stan"):
        rows = rows.filter(state=state)
    if of := chosen.get("instytucja"):
        rows = rows.filter(organisation=None if of == LEAD else of)
    if chosen.get("termin"):
        rows = rows.open().filter(due_on__lt=request.actor.today)
    return rows


@page(perms.see_arrangement, _find)
def show(request: PersonRequest, row: Arrangement) -> HttpResponse:
    context = {
        "arrangement": row,
        "kind": KINDS[ArrangementState(row.state)],
        "is_overdue": row.is_overdue(request.actor.today),
        "passed_from": getattr(row, "passed_from", None),
        "can_report": row.is_open and perms.report(request.person, row),
        "can_pass": row.is_open and perms.pass_on(request.person, row),
    }
    return render(request, "meetings/arrangement.html", context)


@step(perms.run, find)
def new(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        NewArrangementForm(**sent(request), team=meeting.team, items=list(meeting.items.all())),
        partial(acts.arrange, by=request.actor, meeting_id=meeting.pk),
        ready=partial(acts.require_arranging, meeting),
        said="Zapisano ustalenie. Wykonawca dostał wiadomość.",
        to=meeting.url,
        title="Nowe ustalenie",
        lead="Ustalenia nie można usunąć: zamyka się je jako wykonane, niewykonane albo "
        "przekazane komu innemu.",
        crumbs=crumbs_of(meeting),
    )


@step(perms.report, _find)
def done(request: PersonRequest, row: Arrangement) -> HttpResponse:
    return form_page(
        request,
        DoneForm(**sent(request), row=row),
        partial(acts.report_done, by=request.actor, arrangement_id=row.pk),
        ready=partial(acts.require_open, row),
        said="Zapisano, że ustalenie wykonano.",
        to=row.url,
        title="Ustalenie wykonane",
        lead=row.text,
        crumbs=_crumbs(row),
        submit="Zapisz wykonanie",
    )


@step(perms.report, _find)
def not_done(request: PersonRequest, row: Arrangement) -> HttpResponse:
    return form_page(
        request,
        NotDoneForm(**sent(request), row=row),
        partial(acts.report_not_done, by=request.actor, arrangement_id=row.pk),
        ready=partial(acts.require_open, row),
        said="Zapisano, dlaczego ustalenia nie wykonano.",
        to=row.url,
        title="Ustalenie niewykonane",
        lead=row.text,
        crumbs=_crumbs(row),
        submit="Zamknij jako niewykonane",
    )


@step(perms.pass_on, _find)
def pass_on(request: PersonRequest, row: Arrangement) -> HttpResponse:
    return form_page(
        request,
        PassOnForm(**sent(request), row=row),
        partial(acts.pass_on, by=request.actor, arrangement_id=row.pk),
        ready=partial(acts.require_open, row),
        said="Przekazano ustalenie. Nowy wykonawca dostał wiadomość.",
        to=lambda new: new.url,
        back=row.url,
        title="Przekaż ustalenie",
        lead="Ustalenie dostanie nowy numer; to zostanie z dopiskiem, komu je przekazano.",
        crumbs=_crumbs(row),
        submit="Przekaż ustalenie",
    )


@page(perms.run, _at_meeting, methods=["POST"])
def skip(request: PersonRequest, meeting: Meeting, arrangement: UUID) -> HttpResponse:
    """Leave one out of this meeting, or take it back: `pomin` or not."""
    acts.skip_once(
        by=request.actor,
        meeting_id=meeting.pk,
        arrangement_id=arrangement,
        skip="pomin" in request.POST,
    )
    return redirect(f"{meeting.url}#ustalenia")
