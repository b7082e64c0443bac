"""Drafts of agreements: their list, a new one, one of them, its blanks, text, files and end (POR)."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.documents.drawing import FORMATS
from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.forms import KeyedForm
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from kooperacja.ui.tables import Column, Table
from tenants.agreements import perms
from tenants.agreements.actions import drafts as acts
from tenants.agreements.amended import amendments_of, meetings_on, texts_of, unit_names_on
from tenants.agreements.changes import changes, kept
from tenants.agreements.clauses import Variant
from tenants.agreements.consolidated import text_of
from tenants.agreements.forms.days import DayOfTextFilter
from tenants.agreements.forms.drafts import (
    EXPLAINED,
    AgreementBlanksForm,
    AgreementsFilter,
    AgreementVariantForm,
    DiscardAgreementForm,
    TextsFilter,
)
from tenants.agreements.later import later_shown
from tenants.agreements.members import acting_for, team_shown
from tenants.agreements.models import Agreement
from tenants.agreements.papers import file_title, printed_agreement
from tenants.agreements.said import additions_shown, beside_text, section
from tenants.agreements.sent import numbered, sending_shown
from tenants.agreements.signed import signing_shown
from tenants.agreements.standing import concluded_on, counted_parties, force_of
from tenants.agreements.text import Text, checklist, force_said, values_of
from tenants.agreements.units import gminas, of_today
from tenants.agreements.views.history import history_shown
from tenants.agreements.workflow import AMENDMENT_OPEN, OVER, AgreementState
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.registry.advisers import supporting
from tenants.regulation.parameters import PlacePolicy
from tenants.regulation.text import frequency

LIST = ("Porozumienia", "agreements:agreements")
KINDS = {
    AgreementState.DRAFT: "neutral",
    AgreementState.SIGNING: "wait",
    AgreementState.IN_FORCE: "ok",
    AgreementState.FAILED: "stop",
    AgreementState.ENDED: "neutral",
    AgreementState.DISCARDED: "stop",
}
_COLUMNS = (
    Column("porozumienie", "Porozumienie", str, sort="created_at", is_link=True),
    Column("numer", "Numer", lambda one: numbered(one) if one.number else "", sort="number"),
    Column("wariant", "Wariant", "variant", sort="variant"),
    Column("stan", "Stan", "get_state_display", sort="state"),
    Column("strony", "Strony", "party_count", sort="party_count", is_number=True),
)
_WRITTEN = (
    "Tutaj powstaje jego projekt: z jednego z trzech wariantów wzoru, z danymi Stron i z tym, co do "
    "niego dodacie."
)
_READ = (
    "Projekt czytają Strony, gdy ośrodek im go udostępni, a porozumienie, które obowiązuje, wszyscy "
    "członkowie."
)
_NONE_WRITTEN = "Nie ma jeszcze żadnego projektu porozumienia."
_NONE_READ = "Na razie nie ma porozumienia, które możesz czytać."
_ROTATING = "kolejno u każdego z Partnerów"
find = row(Agreement)


def crumbs_of(agreement: Agreement) -> list[tuple[str, str]]:
    """The way to the agreement, for the pages below it."""
    return [LIST, (str(agreement), agreement.url)]


@page(perms.see_agreements)
def listing(request: PersonRequest) -> HttpResponse:
    is_writer = perms.write_agreements(request.person)
    form = AgreementsFilter(request.GET)
    read = Agreement.objects.read_by(request.person).chosen(**form.chosen)
    table = Table(
        request,
        read.annotate(party_count=counted_parties(request.actor.today)),
        _COLUMNS,
        LIST[0],
        default="-porozumienie",
        nothing=_NONE_WRITTEN if is_writer else _NONE_READ,
        empty="Żadne porozumienie nie odpowiada wybranym warunkom.",
    )
    return list_page(
        request,
        table,
        form,
        lead=f"Porozumienie zakłada współpracę instytucji. {_WRITTEN if is_writer else _READ}",
        add=[
            ("Nowe porozumienie", "agreements:agreement_new", perms.write_agreements),
            ("Numery porozumień", "agreements:numbers", perms.write_agreements),
        ],
        is_taken=True,
    )


@step(perms.write_agreements)
def new(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        AgreementVariantForm(**sent(request)),
        partial(acts.begin, by=request.actor, known=of_today()),
        said="Powstał projekt porozumienia. Uzupełnij pola i dodaj Strony.",
        to=lambda agreement: agreement.url,
        back=Agreement.list_url(),
        title="Nowe porozumienie",
        lead="Wybierz wariant wzoru. Gminę, powiat, województwo i ROPS weźmiemy z rejestru.",
        crumbs=[LIST],
        submit="Zacznij projekt",
    )


@page(perms.see_agreement, find)
def show(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """The draft: what it lacks, its blanks, parties, additions and kept versions."""
    text = Text(agreement)
    writes = perms.write_agreements(request.person)
    can_write = agreement.is_draft and writes
    checks = checklist(text) if can_write else []
    acting = acting_for(text.parties) if writes else {}
    force = force_of(agreement, request.actor.today, can_write=writes)
    history = history_shown(request.person, agreement, request.actor.today)
    signing = signing_shown(request.person, agreement, text.parties)
    sides = {side.party.pk: side for side in signing["sides"]}
    context = {
        "agreement": agreement,
        "kind": KINDS[AgreementState(agreement.state)],
        "explained": EXPLAINED[Variant(agreement.variant)],
        "can_write": can_write,
        "can_invite": (may_invite := writes and agreement.state not in OVER),
        "can_link": may_invite and agreement.is_frozen,
        "missing": [check for check in checks if not check.is_met],
        "checks": checks,
        "facts": _facts(agreement),
        "parties": _parties_shown(request.person, text, acting, sides, history["stays"]),
        **additions_shown(request.person, text),
        "texts": list(agreement.texts.defer("lines")),
        "force": force,
        **team_shown(request.person, force.get("team")),
        **_amendments(request.person, agreement, can_write=writes),
        **sending_shown(request.person, agreement, signing),
        **later_shown(request.person, agreement),
        **signing,
        **history,
        **section(request.person, text),
    }
    return render(request, "agreements/agreement.html", context)


def _parties_shown(
    person: Person | None,
    text: Text,
    acting: Mapping[UUID, Any],
    sides: Mapping[UUID, Any],
    stays: Mapping[UUID, Any],
) -> list[tuple[Any, ...]]:
    """Each party with its people, how it is in signing, and what became of it."""
    return [
        (
            party,
            text.contacts[party],
            acting.get(party.pk, []),
            perms.see_party(person, party),
            sides.get(party.pk),
            stays.get(party.pk),
        )
        for party in text.parties
    ]


def _amendments(person: Person, agreement: Agreement, *, can_write: bool) -> dict[str, Any]:
    """Its aneksy that exist for the reader, and whether another may begin."""
    if agreement.in_force_from is None:
        return {"amendments": [], "can_amend": False}
    rows = amendments_of(agreement)
    is_open = any(one.state in AMENDMENT_OPEN for one in rows)
    may_begin = can_write and agreement.state == AgreementState.IN_FORCE
    return {
        "amendments": perms.known_amendments(person, rows),
        "can_amend": may_begin and not is_open,
    }


def _facts(agreement: Agreement) -> list[tuple[str, Any]]:
    """The blanks as they are read in the text, each with its label."""
    values, meetings = values_of(agreement), meetings_on(agreement, timezone.localdate())
    rhythm, place = values["frequency"], _meeting_place(agreement)
    if meetings and meetings.rests_on != agreement.pk:
        rhythm = frequency(meetings.meetings_count, meetings.meetings_period)
        is_rotating = meetings.place_policy == PlacePolicy.ROTATING
        place = _ROTATING if is_rotating else meetings.place
    rows: list[tuple[str, Any]] = [
        ("Miejsce zawarcia", values["place"] if agreement.place else ""),
        ("Dzień zawarcia", pl_date(concluded_on(agreement)) or f"dzień {values['concluded_on']}"),
        ("Gmina albo gminy", ", ".join(_unit_names(agreement))),
        ("Powiat", agreement.county),
        ("Województwo", agreement.voivodeship),
        ("ROPS", agreement.rops),
        ("Spotkania", f"nie rzadziej niż {rhythm}"),
        ("Miejsce spotkań", place),
    ]
    if agreement.variant == "C":
        rows.append(("Przez kogo Strony dowiedzą się o nowej", agreement.informer))
    else:
        rows.append(("Wsparcie samorządu województwa", agreement.regional_support))
    if agreement.amended_by:
        rows.append(("Kto podpisuje aneks", agreement.get_amended_by_display()))
    return [*rows, ("Wejście w życie", force_said(agreement))]


def _unit_names(agreement: Agreement) -> list[str]:
    """Its own gminas, or those that an aneks gave it."""
    if agreement.in_force_from is None:
        return agreement.unit_names
    return unit_names_on(agreement, timezone.localdate())


def _meeting_place(agreement: Agreement) -> str:
    return _ROTATING if agreement.is_rotating else agreement.meeting_place


@step(perms.write_agreements, find)
def blanks(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return form_page(
        request,
        AgreementBlanksForm(
            **sent(request), instance=agreement, gminas=gminas(), advisers=_advisers(request)
        ),
        partial(acts.edit, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_draft, agreement),
        said="Zapisano pola porozumienia.",
        to=agreement.url,
        title="Pola porozumienia",
        lead="Pole, którego jeszcze nie znacie, może zostać puste: w tekście będą kropki, a strona "
        "projektu powie, czego brakuje.",
        crumbs=crumbs_of(agreement),
    )


def _advisers(request: PersonRequest) -> list[str]:
    """Advisers of the ROPS who support this unit, with their functions, to be picked."""
    return [str(one) for one in supporting(request.tenant.id, request.actor.today)]


@page(perms.see_agreement, find)
def show_text(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """The text as it will be, as it was sent, or as aneksy changed it by a day."""
    form = DayOfTextFilter(request.GET, agreement=agreement, today=request.actor.today)
    text = text_of(agreement, form.day)
    context = {
        **_of_day(agreement, form),
        "agreement": agreement,
        "title": text.outside("title"),
        **beside_text(request.person, text),
        "list_title": text.outside("annex") if text.has_list else "",
        "listed": text.listed() if text.has_list else [],
        "mended": [
            (row["name"], line.mended) for line in text.lines if line.mended for row in kept([line])
        ],
    }
    return render(request, "agreements/text.html", context)


def _of_day(agreement: Agreement, form: DayOfTextFilter) -> dict[str, Any]:
    """The texts of an agreement in force by their first day, and which of them is read."""
    texts, day = list(texts_of(agreement)), form.day
    if len(texts) < 2 and not form.errors:
        return {"texts": []}
    # Of several since one day the last is in force.
    read = max((number for number, (since, _) in enumerate(texts) if since <= day), default=0)
    shown = [(since, words, number == read) for number, (since, words) in enumerate(texts)]
    return {"texts": shown, "day": day, "form": form}


def _draft(person: Person, pk: UUID, kind: str) -> tuple[Agreement, str]:
    return find(person, pk=pk), kind


@page(perms.see_agreement, _draft)
def printed(request: PersonRequest, agreement: Agreement, kind: str) -> HttpResponse:
    """The draft as a file."""
    if agreement.is_frozen:
        raise _no_draft(agreement)
    content = printed_agreement(agreement, FORMATS[kind], by=request.actor)
    name = file_name(file_title(agreement), f".{kind}", detail="projekt")
    return file_response(content, name=name, content_type=FORMATS[kind])


def _no_draft(agreement: Agreement) -> Problem:
    return Problem(
        "To porozumienie nie jest już projektem",
        "Tekst przekazano do podpisu. Pliki do podpisu są na stronie porozumienia.",
        at=agreement,
        action="Przejdź do porozumienia",
    )


@step(perms.write_agreements, find)
def keep(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return question(
        request,
        KeyedForm(**sent(request)),
        partial(acts.keep_text, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_draft, agreement),
        question="Zachować wersję tekstu?",
        consequence="Tekst, jaki jest teraz, dostanie numer wersji i już się nie zmieni. Projekt "
        "można pisać dalej, a strona różnic pokaże, co się od tej wersji zmieniło.",
        undo="Zachowanej wersji nie można usunąć.",
        button="Zachowaj wersję",
        said=lambda text: f"Zachowano wersję {text.number} tekstu.",
        to=lambda _: agreement.url,
        back=agreement.url,
        crumbs=crumbs_of(agreement),
        danger=False,
    )


@page(perms.see_negotiation, find)
def difference(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """The difference between two kept versions, or between one and the text as it is now."""
    texts = {one.number: one.lines for one in agreement.texts.all()}
    form = TextsFilter(request.GET, numbers=[*texts])
    first, second = form.chosen.get("od"), form.chosen.get("do")
    before = int(first) if first else max(texts, default=0)
    now = texts[int(second)] if second else kept(text_of(agreement).everything())
    context = {
        "agreement": agreement,
        "form": form,
        "before": before,
        "after": second,
        "changes": changes(texts[before], now) if texts else [],
    }
    return render(request, "agreements/changes.html", context)


@step(perms.write_agreements, find, again=True, act="odrzucenie projektu porozumienia")
def discard(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return question(
        request,
        DiscardAgreementForm(**sent(request), row=agreement),
        partial(acts.discard, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_draft, agreement),
        question="Odrzucić projekt porozumienia?",
        consequence="Projektu nie będzie można zmieniać. Zostanie na liście jako odrzucony, z "
        f"powodem i datą {_today()}",
        button="Odrzuć projekt",
        said="Odrzucono projekt porozumienia.",
        to=agreement.url,
        crumbs=crumbs_of(agreement),
    )


def _today() -> str:
    return pl_date(timezone.localdate())
