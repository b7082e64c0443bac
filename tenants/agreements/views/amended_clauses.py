"""Changes of an aneks: another text of a clause, a new one, one that goes, gminas, rhythm, place (POR)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, question, row, sent, step
from tenants.agreements import perms
from tenants.agreements.actions import amended_clauses as acts
from tenants.agreements.actions.amendments import require_draft
from tenants.agreements.amended import units_of_form
from tenants.agreements.consolidated import changeable, named, places, text_before
from tenants.agreements.forms.amendments import EDIT, NEW, TextOf
from tenants.agreements.forms.parties import RemoveForm
from tenants.agreements.models import AmendedClause, Amendment
from tenants.agreements.models.amendments import ChangeKind
from tenants.agreements.standing import Standing
from tenants.agreements.views import amendments
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_clause = row(AmendedClause.objects.select_related("amendment__agreement"))
_LEAD = "Numery w całym tekście i odesłania przeliczą się same, gdy aneks wejdzie w życie."
_TITLES: dict[str, str] = {
    ChangeKind.TEXT: "Nowe brzmienie postanowienia",
    ChangeKind.ADDED: "Nowe postanowienie",
    ChangeKind.REMOVED: "Skreślenie postanowienia",
    ChangeKind.RHYTHM: "Częstość spotkań",
    ChangeKind.PLACE: "Miejsce spotkań",
    ChangeKind.UNITS: "Gminy, na których terenie porozumienie obowiązuje",
}


def _of(amendment: Amendment, kind: ChangeKind, today: date) -> TextOf:
    text, agreement = text_before(amendment), amendment.agreement
    units = units_of_form(agreement, today) if kind == ChangeKind.UNITS else []
    parties = Standing(agreement).bound(today) if kind == ChangeKind.ADDED else []
    clauses = changeable(text), places(text)
    return TextOf(agreement.variant, named(text.lines), *clauses, units, parties)


def _new(person: Person, pk: UUID, kind: str) -> tuple[Amendment, ChangeKind]:
    return amendments.find(person, pk=pk), ChangeKind(kind)


@step(perms.write_amendment, _new)
def new(request: PersonRequest, amendment: Amendment, kind: ChangeKind) -> HttpResponse:
    form: Any = NEW[kind]
    return form_page(
        request,
        form(**sent(request), text=_of(amendment, kind, request.actor.today), row=None),
        partial(guarded(acts.add), by=request.actor, amendment_id=amendment.pk, kind=kind),
        ready=partial(require_draft, amendment),
        said="Zapisano zmianę.",
        to=lambda one: one.amendment.url,
        back=amendment.url,
        title=_TITLES[kind],
        lead=_LEAD,
        crumbs=amendments.crumbs_of(amendment),
        submit="Zapisz zmianę",
    )


@step(perms.write_amended_clause, _clause)
def edit(request: PersonRequest, clause: AmendedClause) -> HttpResponse:
    amendment, kind = clause.amendment, ChangeKind(clause.kind)
    form: Any = EDIT[kind]
    return form_page(
        request,
        form(**sent(request), text=_of(amendment, kind, request.actor.today), row=clause),
        partial(guarded(acts.edit), by=request.actor, clause_id=clause.pk),
        ready=partial(require_draft, amendment),
        said="Zapisano zmianę.",
        to=amendment.url,
        title=_TITLES[kind],
        lead=_LEAD,
        crumbs=amendments.crumbs_of(amendment),
    )


@step(perms.write_amended_clause, _clause)
def remove(request: PersonRequest, clause: AmendedClause) -> HttpResponse:
    amendment = clause.amendment
    return question(
        request,
        RemoveForm(**sent(request), row=clause),
        partial(acts.remove, by=request.actor, clause_id=clause.pk),
        ready=partial(require_draft, amendment),
        question="Usunąć tę zmianę z aneksu?",
        consequence=f"{_TITLES[clause.kind]}: aneks tego już nie zmieni, a postanowienie zostanie "
        "takie, jak w tekście, który obowiązuje.",
        button="Usuń zmianę",
        said="Usunięto zmianę z aneksu.",
        to=amendment.url,
        crumbs=amendments.crumbs_of(amendment),
    )
