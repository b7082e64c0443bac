"""Changes of an aneks: another text of a clause, a new one, one that goes, gminas, rhythm, place (POR)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, question, row, sent, step
from tenants.agreements import perms
from tenants.agreements.actions import amended_clauses as acts
from tenants.agreements.actions.amendments import require_draft
from tenants.agreements.amended import place_clause, rhythm_clause, units_clause, units_of_form
from tenants.agreements.consolidated import changeable, named, places, text_before
from tenants.agreements.forms.amendments import EDIT, NEW, TextOf
from tenants.agreements.forms.parties import RemoveForm
from tenants.agreements.models import AmendedClause, Amendment
from tenants.agreements.models.amendments import ChangeKind
from tenants.agreements.said import chosen_by
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


_ONE = {
    ChangeKind.RHYTHM: rhythm_clause,
    ChangeKind.PLACE: place_clause,
    ChangeKind.UNITS: units_clause,
}
_CHOOSE = {
    ChangeKind.TEXT: "Wybierz postanowienie, które ma dostać nowe brzmienie.",
    ChangeKind.REMOVED: "Wybierz postanowienie, które aneks skreśla.",
}


def _of(amendment: Amendment, kind: ChangeKind, today: date, clause: str = "") -> TextOf:
    """The text that the aneks changes; some kinds change one clause of it alone."""
    text, agreement = text_before(amendment), amendment.agreement
    wordings = {line.key: line.text for line in text.lines}
    at = {place: place.partition(":")[2] for place in places(text)}
    return TextOf(
        variant=agreement.variant,
        names=named(text.lines),
        wordings=wordings,
        clauses=[(key, chosen_by(name, wordings[key])) for key, name in changeable(text).items()],
        places=[
            (place, chosen_by(words, wordings.get(at[place], "")))
            for place, words in places(text).items()
        ],
        clause=_ONE[kind](agreement.variant) if kind in _ONE else clause,
        units=units_of_form(agreement, today) if kind == ChangeKind.UNITS else [],
        parties=Standing(agreement).bound(today) if kind == ChangeKind.ADDED else [],
    )


def _new(person: Person, pk: UUID, kind: str) -> tuple[Amendment, ChangeKind]:
    return amendments.find(person, pk=pk), ChangeKind(kind)


@step(perms.write_amendment, _new)
def new(request: PersonRequest, amendment: Amendment, kind: ChangeKind) -> HttpResponse:
    text = _of(amendment, kind, request.actor.today, request.GET.get("postanowienie", ""))
    if kind in _CHOOSE and not (request.method == "POST" or text.clause in dict(text.clauses)):
        require_draft(amendment)
        return _choice(request, amendment, kind, text)
    form = NEW[kind](**sent(request), text=text, row=None)
    return form_page(
        request,
        form,
        partial(guarded(acts.add), by=request.actor, amendment_id=amendment.pk, kind=kind),
        ready=partial(require_draft, amendment),
        said="Zapisano zmianę.",
        to=lambda one: one.amendment.url,
        back=amendment.url,
        submit="Zapisz zmianę",
        **_words(amendment, kind, form),
    )


def _choice(
    request: PersonRequest, amendment: Amendment, kind: ChangeKind, text: TextOf
) -> HttpResponse:
    """The clauses of which one is chosen, each with its first words."""
    context = {
        "amendment": amendment,
        "title": _TITLES[kind],
        "lead": _CHOOSE[kind],
        "clauses": text.clauses,
    }
    return render(request, "agreements/clause_choice.html", context)


def _words(amendment: Amendment, kind: ChangeKind, form: Any) -> dict[str, Any]:
    """The words that both forms share, and the present text of the clause above them."""
    return {
        "template": "agreements/clause_form.html",
        "clause": form.clause_now,
        "title": _TITLES[kind],
        "lead": _LEAD,
        "crumbs": amendments.crumbs_of(amendment),
    }


@step(perms.write_amended_clause, _clause)
def edit(request: PersonRequest, clause: AmendedClause) -> HttpResponse:
    amendment, kind = clause.amendment, ChangeKind(clause.kind)
    text = _of(amendment, kind, request.actor.today)
    form = EDIT[kind](**sent(request), text=text, row=clause)
    return form_page(
        request,
        form,
        partial(guarded(acts.edit), by=request.actor, clause_id=clause.pk),
        ready=partial(require_draft, amendment),
        said="Zapisano zmianę.",
        to=amendment.url,
        **_words(amendment, kind, form),
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
