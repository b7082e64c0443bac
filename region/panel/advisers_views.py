"""Advisers of the ROPS: their list, and the units to which they are proposed (POR support)."""

from functools import partial
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.pages import form_page, question, sent
from kooperacja.ui.parts import Event
from kooperacja.ui.polish import stopped
from kooperacja.ui.problems import NOTHING_DONE, Missing, Problem
from region.panel import tenants_rows as rows
from region.panel.adviser_forms import (
    AdviserEditForm,
    AdviserForm,
    ProposeAdviserForm,
    ProposeToUnitForm,
)
from region.panel.tenants_views import find_row
from tenants.registry import advisers, journal
from tenants.registry.forms import EndSupportForm
from tenants.registry.perms import RegionRequest, region_page, region_step
from tenants.registry.support import Adviser, AdviserProposal
from tenants.registry.workflow import SUPPORT

_LIST = "panel:advisers"
_HOME, _ALL = ("Panel województwa", "panel:home"), ("Doradcy ROPS", _LIST)
_MAILED = "Na ten adres przyjdzie zaproszenie do jednostki, która zgodzi się na doradcę."
_ASKED = (
    "Nikt nie wejdzie do jednostki bez jej zgody: odpowiada administrator OPS albo osoba "
    "reprezentująca Lidera, na stronie „Co dziś”. Gdy jednostka się zgodzi, doradca dostanie "
    "zaproszenie, a gdy je przyjmie, przeczyta te jej porozumienia, które mogą czytać Strony, kto "
    "je podpisał i skład ich zespołów."
)
SHOWN = 100


def _adviser(pk: UUID) -> Adviser:
    if (found := Adviser.objects.filter(pk=pk).first()) is None:
        raise Missing("Nie ma takiego doradcy")
    return found


def _page_of(adviser: Adviser) -> str:
    return reverse("panel:adviser", args=[adviser.pk])


# --- The list ----------------------------------------------------------------------------------


@region_page()
def everybody(request: RegionRequest) -> HttpResponse:
    """Those on the list with the units that they support, and those who were on it."""
    live = AdviserProposal.objects.filter(state__in=AdviserProposal.LIVE)
    live = live.select_related("tenant__unit").order_by("tenant__unit__code")
    listed = Adviser.objects.in_order()
    known = list(listed.prefetch_related(Prefetch("proposals", live, to_attr="live")))
    day = timezone.localdate()
    values = {
        "working": [(one, one.holds_on(day)) for one in known if one.ended_on is None],
        "former": [one for one in known if one.ended_on],
    }
    return render(request, "region/advisers/list.html", values)


@region_page(_adviser)
def show(request: RegionRequest, adviser: Adviser) -> HttpResponse:
    """Show one of them: the entry, the units that were asked, all that was done."""
    entries = journal.about_subject(adviser.pk)[:SHOWN]
    values = {
        "adviser": adviser,
        "is_working": adviser.holds_on(request.actor.today),
        "proposals": list(adviser.proposals.select_related("tenant__unit")),
        "events": [
            Event(one.at, capfirst(one.get_verb_display()), one.about, one.actor_name)
            for one in entries
        ],
    }
    return render(request, "region/advisers/adviser.html", values)


@region_step()
def new(request: RegionRequest) -> HttpResponse:
    return form_page(
        request,
        AdviserForm(**sent(request)),
        partial(advisers.add, by=request.actor),
        said="Wpisano doradcę na listę.",
        to=_page_of,
        back=reverse(_LIST),
        crumbs=[_HOME, _ALL],
        title="Nowy doradca ROPS",
        lead="Sam wpis nikogo nigdzie nie wpuszcza: doradcę proponuje się potem jednostce, na "
        f"stronie doradcy albo jednostki. {_MAILED}",
        submit="Wpisz na listę",
    )


@region_step(_adviser, again=True)
def edit(request: RegionRequest, adviser: Adviser) -> HttpResponse:
    """Changes what the list says; a new last day holds at once, and one that has passed ends all."""
    return form_page(
        request,
        AdviserEditForm(**sent(request), instance=adviser),
        partial(advisers.change, by=request.actor, adviser_id=adviser.pk),
        ready=partial(_require_listed, adviser),
        said="Zapisano dane doradcy.",
        to=_page_of,
        back=_page_of(adviser),
        crumbs=[_HOME, _ALL, (adviser.full_name, _page_of(adviser))],
        title="Zmień dane doradcy",
        lead="Nowy ostatni dzień wsparcia obowiązuje od razu w każdej jednostce. Dzień, który już "
        "minął, kończy tam wsparcie i wycofuje propozycje.",
    )


@region_step(_adviser, again=True)
def end(request: RegionRequest, adviser: Adviser) -> HttpResponse:
    """Strikes an adviser off the list, and ends every support of theirs."""
    return question(
        request,
        EndSupportForm(**sent(request)),
        partial(advisers.end, by=request.actor, adviser_id=adviser.pk),
        ready=partial(_require_listed, adviser),
        said=f"Wykreślono z listy: {adviser}.",
        to=_page_of(adviser),
        crumbs=[_HOME, _ALL, (adviser.full_name, _page_of(adviser))],
        question=f"Wykreślić z listy: {adviser}?",
        consequence="Dostęp doradcy do wszystkich jednostek skończy się od razu, a propozycje, "
        "które czekają na odpowiedź, zostaną wycofane.",
        clause=SUPPORT,
        undo="Tę samą osobę można potem wpisać na listę od nowa i zaproponować jeszcze raz.",
        button="Wykreśl z listy",
    )


def _require_listed(adviser: Adviser) -> None:
    if adviser.ended_on:
        raise Problem(
            "Tej osoby nie ma już na liście doradców",
            f"{adviser}: powód wykreślenia: {stopped(adviser.end_reason)}",
            kept=NOTHING_DONE,
            href=_page_of(adviser),
            action="Zobacz wpis",
        )


@region_step(_adviser, again=True)
def propose_to_unit(request: RegionRequest, adviser: Adviser) -> HttpResponse:
    """Proposes one adviser to a unit that does not have them yet."""
    return form_page(
        request,
        ProposeToUnitForm(**sent(request), tenants=advisers.to_be_asked(adviser)),
        partial(advisers.propose, by=request.actor, adviser_id=adviser.pk),
        ready=partial(_require_listed, adviser),
        said=lambda proposal: (
            f"Zaproponowano: {proposal.tenant.label}. Jednostka musi się zgodzić."
        ),
        to=_page_of(adviser),
        crumbs=[_HOME, _ALL, (adviser.full_name, _page_of(adviser))],
        title="Zaproponuj jednostce",
        eyebrow=str(adviser),
        lead=_ASKED,
        submit="Zaproponuj",
    )


# --- In a unit ---------------------------------------------------------------------------------


@region_step(find_row, again=True)
def propose(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
    """Proposes an adviser of the list to one unit."""
    if row.tenant is None or not row.is_open:
        raise Problem(
            "Tego nie można teraz zrobić",
            f"{row.title}: {row.state}. Doradcę proponuje się otwartej jednostce.",
            kept=NOTHING_DONE,
            href=row.href,
            action="Zobacz jednostkę",
        )
    known = advisers.to_propose(row.tenant, request.actor.today)
    return form_page(
        request,
        ProposeAdviserForm(**sent(request), advisers=known),
        partial(advisers.propose, by=request.actor, tenant=row.tenant),
        said=lambda proposal: f"Zaproponowano: {proposal}. Jednostka musi się zgodzić.",
        to=lambda _: row.people_href,
        back=row.people_href,
        crumbs=[_HOME, ("Jednostki", "panel:tenants"), (row.title, row.href)],
        title="Zaproponuj doradcę ROPS",
        eyebrow=row.title,
        lead=f"Zaproponować można osobę z listy, której czas wsparcia trwa. {_ASKED}",
        submit="Zaproponuj",
    )


def _proposal(pk: UUID) -> AdviserProposal:
    known = AdviserProposal.objects.select_related("adviser", "tenant__unit")
    if (found := known.filter(pk=pk).first()) is None:
        raise Missing("Nie ma takiej propozycji")
    return found


@region_step(_proposal, again=True)
def call_off(request: RegionRequest, proposal: AdviserProposal) -> HttpResponse:
    """Takes back a proposal that waits, or ends the support in one unit."""
    verb = "Wycofaj propozycję" if proposal.is_waiting else "Zakończ wsparcie"
    place = proposal.tenant.ref.name
    back = reverse("panel:tenant_people", args=[proposal.tenant.unit.code])
    return question(
        request,
        EndSupportForm(**sent(request)),
        partial(advisers.call_off, by=request.actor, proposal_id=proposal.pk),
        ready=partial(proposal.require_state, *AdviserProposal.LIVE),
        said=f"{place}, {proposal}: {'wycofano propozycję' if proposal.is_waiting else 'zakończono wsparcie'}.",
        to=back,
        crumbs=[_HOME, ("Jednostki", "panel:tenants"), (place, back)],
        question=f"{verb}: {proposal}, {place}?",
        consequence="Jednostka nie będzie już mogła odpowiedzieć na tę propozycję."
        if proposal.is_waiting
        else "Dostęp doradcy do tej jednostki skończy się od razu.",
        clause=SUPPORT,
        undo="Doradcę można potem zaproponować tej jednostce jeszcze raz.",
        button=verb,
    )
