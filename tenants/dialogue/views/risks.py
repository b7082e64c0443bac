"""Risks: their list, one of them, how it is reported and followed (REG §7.1-7.2)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.permissions import Permission
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.parts import Event
from kooperacja.ui.polish import polish_order
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.dialogue.actions import risks as acts
from tenants.dialogue.everyone import delivered, notices_of, reached
from tenants.dialogue.forms.risks import (
    AddDoneForm,
    ReportRiskForm,
    RiskReasonForm,
    RisksFilter,
    ToAgendaForm,
)
from tenants.dialogue.links import notice_by_token
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.perms import risks as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.workflow import RISK, RiskState
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.perms import see_meeting
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.models import Team
from tenants.teams.perms import readable_on
from tenants.teams.sides import in_words

LIST = ("Ryzyka i zagrożenia", "dialogue:risks")
KINDS = {
    RiskState.OPEN: "wait",
    RiskState.HANDLED: "info",
    RiskState.CLOSED: "ok",
    RiskState.WITHDRAWN: "neutral",
}
_COLUMNS = (
    Column("zgloszenie", "Zgłoszenie", str, sort="reported_at", is_link=True),
    Column("dotyczy", "Kogo albo czego dotyczy", "concerns"),
    Column("kto", "Kto zgłosił", "reporter", sort=polish_order("organisation__name")),
    Column("dnia", "Zgłoszono", "reported_at", sort="reported_at"),
    Column("pilnosc", "Pilność", "get_urgency_display", sort="urgency"),
    Column("stan", "Stan", "get_state_display", sort="state"),
)
_ROWS = Risk.objects.select_related("team", "person", "organisation")
find = visible(_ROWS, perms.see_risk, "Nie ma takiego zgłoszenia")
find_team = visible(Team, teams.read, "Nie ma takiego zespołu")


def _crumbs(risk: Risk) -> list[tuple[str, str]]:
    return [LIST, (str(risk), risk.url)]


@page(perms.see_risks)
def listing(request: PersonRequest) -> HttpResponse:
    form = RisksFilter(request.GET)
    names = {"stan": "state", "pilnosc": "urgency"}
    chosen = {names[name]: value for name, value in form.chosen.items() if value}
    today = readable_on(request.person, timezone.localdate())
    table = Table(
        request,
        Risk.objects.read_by(request.person)
        .filter(**chosen)
        .select_related("team", "organisation"),
        _COLUMNS,
        LIST[0],
        default="-dnia",
        empty="Żadne zgłoszenie nie odpowiada wybranym warunkom.",
        nothing="Nikt jeszcze nie zgłosił ryzyka, nieprawidłowości ani zagrożenia.",
    )
    return list_page(
        request,
        table,
        form,
        template="dialogue/risks.html",
        lead="Kooperanci informują się nawzajem o ryzykach, nieprawidłowościach i zagrożeniach "
        "istotnych dla Partnerstwa (§ 7 ust. 2 regulaminu).",
        reports=[team for team in today if perms.report(request.person, team)],
        is_taken=True,
    )


@page(perms.see_risk, find)
def show(request: PersonRequest, risk: Risk) -> HttpResponse:
    person, items = request.person, list(acts.items_of(risk))
    can_handle = perms.handle(person, risk)
    changes = RISK.changes[RiskState(risk.state)] if can_handle else {}
    is_ahead = any(item.meeting.is_open for item in items)
    context = {
        "risk": risk,
        "kind": KINDS[RiskState(risk.state)],
        "events": _events(risk),
        "items": [item for item in items if see_meeting(person, item.meeting)],
        "arrangements": _arrangements(items),
        **_delivery(person, risk),
        "can_handle": RiskState.HANDLED in changes,
        "can_close": RiskState.CLOSED in changes,
        "can_place": can_handle and risk.is_open and not is_ahead,
        "can_add": risk.is_open and perms.add_to(person, risk),
        "can_withdraw": risk.is_open and perms.withdraw(person, risk),
    }
    return render(request, "dialogue/risk.html", context)


def _delivery(person: Person, risk: Risk) -> dict[str, Any]:
    """The seats that the message reached and how, and its first mail, for those who may know."""
    if not perms.see_delivery(person, risk):
        return {"delivery": [], "first_sent": None}
    notices = notices_of(risk.pk)
    taken = delivered(notices)
    first = min(taken.values(), default=None)
    return {"delivery": list(reached(notices, taken)), "first_sent": first}


def _events(risk: Risk) -> list[Event]:
    return [
        Event(one.taken_at, one.get_kind_display(), one.text, one.who) for one in risk.steps.all()
    ]


def _arrangements(items: list[Any]) -> list[Arrangement]:
    rows = Arrangement.objects.whole(timezone.localdate()).filter(item__in=items)
    return list(rows.order_by("year", "number", "pk")) if items else []


@step(perms.report, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    return form_page(
        request,
        ReportRiskForm(**sent(request), speaks_for=in_words(member_for(request.person, team))),
        partial(guarded(acts.report), by=request.actor, team_id=team.pk),
        said="Zgłoszono. Wiadomość idzie do wszystkich członków zespołu.",
        to=lambda risk: risk.url,
        back=LIST[1],
        title="Zgłoś ryzyko, nieprawidłowość albo zagrożenie",
        lead=f"Zgłoszenie dostaną od razu wszyscy członkowie {team.law.genitive}: nie ma listy, z "
        "której można kogoś pominąć (§ 7 ust. 2 regulaminu).",
        crumbs=[LIST],
        submit="Zgłoś wszystkim",
    )


@step(perms.add_to, find)
def add(request: PersonRequest, risk: Risk) -> HttpResponse:
    return form_page(
        request,
        AddDoneForm(**sent(request)),
        partial(guarded(acts.add_done), by=request.actor, risk_id=risk.pk),
        ready=partial(acts.require_open, risk),
        said="Dopisano. Członkowie zespołu dowiedzą się o tym z wiadomości dnia.",
        to=lambda _: risk.url,
        back=risk.url,
        title="Dopisz, co zrobiono",
        lead=f"{risk}. Dopisek zobaczą wszyscy członkowie zespołu.",
        crumbs=_crumbs(risk),
        submit="Dopisz",
    )


@step(perms.handle, find)
def handle(request: PersonRequest, risk: Risk) -> HttpResponse:
    return form_page(
        request,
        RiskReasonForm(**sent(request), row=risk, label="Co robimy i kto się tym zajmuje"),
        partial(guarded(acts.handle), by=request.actor, risk_id=risk.pk),
        ready=partial(require_may, risk, RiskState.HANDLED, request.actor),
        said="Zapisano, że podjęto działania.",
        to=risk.url,
        title="Podjęto działania",
        lead=f"{risk}. Członkowie zespołu dowiedzą się o tym z wiadomości dnia.",
        crumbs=_crumbs(risk),
        submit="Zapisz działania",
    )


@step(perms.handle, find)
def close(request: PersonRequest, risk: Risk) -> HttpResponse:
    return _asked(
        request,
        risk,
        RiskState.CLOSED,
        acts.close,
        perms.handle,
        label="Jak się skończyło",
        question="Zamknąć zgłoszenie?",
        consequence="Nikt już niczego do niego nie dopisze. Zostanie na liście.",
        button="Zamknij zgłoszenie",
        said="Zamknięto zgłoszenie.",
        undo="Jeśli sprawa wróci, można ją zgłosić na nowo.",
        danger=False,
    )


@step(perms.withdraw, find)
def withdraw(request: PersonRequest, risk: Risk) -> HttpResponse:
    return _asked(
        request,
        risk,
        RiskState.WITHDRAWN,
        acts.withdraw,
        perms.withdraw,
        label="Dlaczego wycofujesz",
        question="Wycofać zgłoszenie?",
        consequence="Wszyscy członkowie zespołu dostaną o tym wiadomość i przeczytają powód. "
        "Zgłoszenie zostanie na liście jako wycofane.",
        button="Wycofaj zgłoszenie",
        said="Wycofano zgłoszenie. Wiadomość idzie do wszystkich członków zespołu.",
        undo="Tego kroku nie można cofnąć, ale można złożyć nowe zgłoszenie.",
    )


def _asked(
    request: PersonRequest,
    risk: Risk,
    to: RiskState,
    act: Any,
    may: Permission[...],
    *,
    label: str,
    **words: Any,
) -> HttpResponse:
    return question(
        request,
        RiskReasonForm(**sent(request), row=risk, label=label),
        partial(guarded(act), by=request.actor, risk_id=risk.pk),
        ready=partial(require_may, risk, to, request.actor),
        clause=may.clause,
        to=risk.url,
        crumbs=_crumbs(risk),
        **words,
    )


@step(perms.handle, find)
def place(request: PersonRequest, risk: Risk) -> HttpResponse:
    """Put it on the agenda of a meeting."""
    meetings = list(acts.meetings_for(risk))

    def ready() -> None:
        acts.require_free(risk)
        if not meetings:
            raise _nothing_prepared(risk)

    return form_page(
        request,
        ToAgendaForm(**sent(request), row=risk, meetings=meetings),
        partial(acts.put_on_agenda, by=request.actor, risk_id=risk.pk),
        ready=ready,
        said="Dodano do porządku obrad. Wynik punktu wróci na stronę zgłoszenia.",
        to=risk.url,
        title="Dodaj do porządku obrad",
        lead=f"{risk}. Punkt będzie miał treść zgłoszenia; można ją potem zmienić.",
        crumbs=_crumbs(risk),
        submit="Dodaj punkt",
    )


def _nothing_prepared(risk: Risk) -> Problem:
    return Problem(
        "Nie ma jeszcze spotkania, które można wybrać",
        "Przygotuj spotkanie, a potem wróć tu i dodaj zgłoszenie do jego porządku obrad.",
        kept=NOTHING_SAVED,
        at=risk,
    )


@public
@require_safe
def by_link(request: TenantRequest, token: str) -> HttpResponse:
    """One report, as a member without an account reads it by the link of the mail."""
    notice = notice_by_token(token)
    risk = _ROWS.filter(pk=notice.about).first() if notice else None
    if risk is None:
        raise Missing(
            "Ten odnośnik niczego nie otwiera",
            "Działa przez 90 dni, dopóki adresat ma miejsce w zespole. Sprawdź też, czy jest cały.",
        )
    context = {"risk": risk, "kind": KINDS[RiskState(risk.state)], "events": _events(risk)}
    return render(request, "dialogue/risk_link.html", context)
