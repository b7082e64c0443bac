"""Requests of gminas for delegates: their list, one of them, its answer, the recall (POR-C §2.4.2)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from powiat.pzk import perms
from powiat.pzk.actions import answering as acts
from powiat.pzk.forms import (
    AnswerAskedForm,
    DelegationsFilter,
    NameDelegateForm,
    RecallDelegateForm,
    RefuseDelegateForm,
)
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import CLAUSE, AskedState
from tenants.people.identity import PersonRequest

LIST = ("Delegaci do GGK", "pzk:delegations")
KINDS = {
    AskedState.ASKED: "wait",
    AskedState.NAMED: "wait",
    AskedState.SEATED: "ok",
    AskedState.ENDED: "neutral",
}
_COLUMNS = (
    Column("gmina", "Gmina", "source_name", sort="source_name", is_link=True),
    Column("funkcja", "Funkcja", "function", sort="function"),
    Column("instytucja", "Instytucja", "institution", sort="party__name"),
    Column("termin", "Odpowiedź do", lambda one: pl_date(one.answer_by), sort="answer_by"),
    Column("stan", "Stan", "state_said", sort="state"),
)
_NONE = "Nikt nie prosił jeszcze o delegata."
find = row(AskedDelegation.objects.select_related("party__agreement", "letter"))


def _crumbs(asked: AskedDelegation) -> list[tuple[str, str]]:
    return [LIST, (str(asked), asked.url)]


@page(perms.see_delegations)
def listing(request: PersonRequest) -> HttpResponse:
    form = DelegationsFilter(request.GET)
    rows = AskedDelegation.objects.read_by(request.person).select_related("party")
    if state := form.chosen.get("stan"):
        rows = rows.filter(state=state)
    table = Table(request, rows, _COLUMNS, LIST[0], default="termin", nothing=_NONE)
    return list_page(
        request,
        table,
        form,
        lead="Ośrodki proszą Strony porozumienia o delegatów do Gminnych Grup Kooperacji. "
        "Odpowiada instytucja, a jeśli odpowie pismem, wpisuje to ośrodek.",
    )


@page(perms.see_asked, find)
def show(request: PersonRequest, asked: AskedDelegation) -> HttpResponse:
    may = perms.answer(request.person, asked)
    context: dict[str, Any] = {
        "asked": asked,
        "kind": KINDS.get(AskedState(asked.state), "stop"),
        "clause": CLAUSE,
        "can_answer": may and asked.is_open,
        "can_recall": may and asked.is_sent,
    }
    return render(request, "pzk/asked.html", context)


def _from_letter(request: PersonRequest, asked: AskedDelegation) -> bool:
    return not perms.is_own(request.person, asked)


@step(perms.answer, find, again=True, act="wskazanie delegata")
def name(request: PersonRequest, asked: AskedDelegation) -> HttpResponse:
    form = NameDelegateForm(**sent(request), row=asked, from_letter=_from_letter(request, asked))
    return form_page(
        request,
        form,
        partial(acts.name_delegate, by=request.actor, asked_id=asked.pk),
        ready=partial(require_may, asked, AskedState.NAMED),
        said="Wskazano delegata. Odpowiedź idzie do ośrodka, który prosi.",
        to=asked.url,
        back=asked.url,
        title="Wskazanie delegata",
        eyebrow=asked.institution,
        lead=f"{asked.source_name} prosi o osobę do GGK: {asked.function}. Delegat zajmie miejsce "
        "w grupie, gdy sam je przyjmie i złoży oświadczenie o poufności.",
        crumbs=_crumbs(asked),
        submit="Wskaż delegata",
    )


@step(perms.answer, find)
def refuse(request: PersonRequest, asked: AskedDelegation) -> HttpResponse:
    form = RefuseDelegateForm(**sent(request), row=asked, from_letter=_from_letter(request, asked))
    return form_page(
        request,
        form,
        partial(acts.refuse, by=request.actor, asked_id=asked.pk),
        ready=partial(require_may, asked, AskedState.REFUSED),
        said="Zapisano odmowę. Ośrodek, który prosi, przeczyta jej powód.",
        to=asked.url,
        back=asked.url,
        title="Odmowa delegowania",
        eyebrow=asked.institution,
        lead=f"{asked.source_name} prosi o osobę do GGK: {asked.function}.",
        crumbs=_crumbs(asked),
        submit="Odmów",
    )


@step(perms.answer, find)
def not_ours(request: PersonRequest, asked: AskedDelegation) -> HttpResponse:
    form = AnswerAskedForm(**sent(request), row=asked, from_letter=_from_letter(request, asked))
    return question(
        request,
        form,
        partial(acts.say_not_ours, by=request.actor, asked_id=asked.pk),
        ready=partial(require_may, asked, AskedState.NOT_OURS),
        question="Ta prośba nie jest do tej instytucji?",
        consequence=f"{asked.source_name} dowie się, że w instytucji {quoted(asked.institution)} nikt "
        "nie pełni takiej funkcji, i zwróci się do kogo innego.",
        clause=CLAUSE,
        button="To nie do nas",
        said="Zapisano. Ośrodek zwróci się do kogo innego.",
        to=asked.url,
        crumbs=_crumbs(asked),
        danger=False,
    )


@step(perms.answer, find, again=True, act="odwołanie delegata")
def recall(request: PersonRequest, asked: AskedDelegation) -> HttpResponse:
    return question(
        request,
        RecallDelegateForm(**sent(request), row=asked),
        partial(acts.recall, by=request.actor, asked_id=asked.pk),
        ready=partial(require_may, asked, AskedState.ENDED),
        question="Odwołać delegata?",
        consequence=f"{asked.full_name} straci miejsce w GGK, a z nim wgląd w jej prace. Ośrodek dowie "
        "się od razu i może poprosić o inną osobę.",
        clause=CLAUSE,
        button="Odwołaj delegata",
        said="Odwołano delegata.",
        to=asked.url,
        crumbs=_crumbs(asked),
    )
