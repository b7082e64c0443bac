"""Aneksy: one begins, says what it changes, is shown, sent, taken back, discarded, read (POR)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.views import hand_out
from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.agreements import perms
from tenants.agreements.actions import amendment_sending as sending
from tenants.agreements.actions import amendments as acts
from tenants.agreements.amending import amendment_title, changes_said, printed_amendment
from tenants.agreements.coming import comes_on
from tenants.agreements.consolidated import Texts
from tenants.agreements.files import amendment_to_sign, borne
from tenants.agreements.forms.amendments import (
    AmendmentReasonForm,
    DiscardAmendmentForm,
    EditAmendmentForm,
    NewAmendmentForm,
)
from tenants.agreements.models import Agreement, Amendment, AmendmentSide, Party
from tenants.agreements.models.agreements import Signers
from tenants.agreements.models.amendments import ChangeKind
from tenants.agreements.models.parties import named
from tenants.agreements.said import negotiation
from tenants.agreements.signed import electronic, file_to_continue, signing_shown
from tenants.agreements.standing import Standing
from tenants.agreements.text import force_said
from tenants.agreements.views import drafts
from tenants.agreements.workflow import AmendmentState, PartyState
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

KINDS = {
    AmendmentState.DRAFT: "neutral",
    AmendmentState.SIGNING: "wait",
    AmendmentState.IN_FORCE: "ok",
    AmendmentState.FAILED: "stop",
    AmendmentState.DISCARDED: "stop",
}
_ROWS = Amendment.objects.select_related("agreement", "document__pdf")
find = row(_ROWS)
_with_changes = row(_ROWS.prefetch_related("changes"))


def crumbs_of(amendment: Amendment) -> list[tuple[str, str]]:
    """The way to the aneks, for the pages below it."""
    return [*drafts.crumbs_of(amendment.agreement), (str(amendment), amendment.url)]


def _parties(agreement: Agreement, request: PersonRequest) -> list[tuple[str, str]]:
    bound = Standing(agreement).bound(request.actor.today)
    return [(str(one.pk), f"{one.label}: {one.name_shown}") for one in bound]


@step(perms.write_agreements, drafts.find)
def new(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return form_page(
        request,
        NewAmendmentForm(
            **sent(request), parties=_parties(agreement, request), agreed=agreement.amended_by
        ),
        partial(guarded(acts.begin), by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_none_open, agreement),
        said="Powstał projekt aneksu. Wpisz teraz, co ma zmienić.",
        to=lambda amendment: amendment.url,
        back=agreement.url,
        title="Nowy aneks",
        lead="Aneks zmienia wskazane postanowienia; reszta porozumienia zostaje bez zmian. "
        "Porozumienie może mieć jeden otwarty aneks naraz.",
        crumbs=drafts.crumbs_of(agreement),
        submit="Zacznij projekt aneksu",
    )


@step(perms.write_amendment, find)
def edit(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    agreed, parties = (of := amendment.agreement).amended_by, _parties(of, request)
    return form_page(
        request,
        EditAmendmentForm(**sent(request), instance=amendment, parties=parties, agreed=agreed),
        partial(guarded(acts.edit), by=request.actor, amendment_id=amendment.pk),
        ready=partial(acts.require_draft, amendment),
        said="Zapisano.",
        to=amendment.url,
        title="Data, uzasadnienie i podpisy",
        crumbs=crumbs_of(amendment),
    )


@page(perms.see_amendment, _with_changes)
def show(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    """Its changes clause by clause, all that it lacks, and how far its parties are in signing."""
    person, today = request.person, request.actor.today
    can_write = perms.write_agreements(person)
    can_change, texts = can_write and amendment.is_draft, Texts.of(amendment)
    sides = list(amendment.sides.prefetch_related(named()))
    for side in sides:
        side.amendment = amendment
    context = {
        "amendment": amendment,
        "agreement": amendment.agreement,
        "kind": KINDS[AmendmentState(amendment.state)],
        "facts": _facts(amendment),
        "said": changes_said(amendment, texts),
        "changes": texts.difference(),
        "rows": list(amendment.changes.all()) if can_change else [],
        "kinds": [(f"agreements:amended_{kind.lower()}", kind.label) for kind in ChangeKind],
        "signers": _signers(amendment, sides, today),
        "can_change": can_change,
        "missing": sending.lacks(amendment, today, texts) if can_change else [],
        **negotiation(person, amendment),
        **_signing(person, amendment, sides, today, can_write=can_write),
    }
    return render(request, "agreements/amendment.html", context)


def _facts(amendment: Amendment) -> list[tuple[str, Any]]:
    rows = [
        ("Data aneksu", pl_date(amendment.dated_on)),
        ("Uzasadnienie", amendment.justification),
        ("Kto podpisuje", amendment.get_signers_display()),
        ("Ostatni dzień na podpisy", pl_date(amendment.sign_by)),
        ("Wejście w życie", force_said(amendment)),
    ]
    if amendment.sent_on:
        rows.append(("Przekazano do podpisu", pl_date(amendment.sent_on)))
    if amendment.in_force_from:
        return [("Obowiązuje od", pl_date(amendment.in_force_from)), *rows]
    return rows


def _signers(amendment: Amendment, sides: list[Any], today: Any) -> list[Party]:
    """The parties that will be asked, as long as it is a draft."""
    if not amendment.is_draft:
        return []
    if amendment.signers == Signers.NAMED:
        return [side.party for side in sides]
    return sending.signers_of(amendment, today)


def _signing(
    person: Person | None,
    amendment: Amendment,
    sides: list[AmendmentSide],
    today: date,
    *,
    can_write: bool,
) -> dict[str, Any]:
    """How far the signing is and the files of it; nothing of a draft."""
    if not amendment.is_frozen:
        return signing_shown(person, amendment, sides)
    can_take = perms.take_amendment_to_sign(person, amendment)
    shown = signing_shown(person, amendment, sides)
    there = [one for one in sides if one.state == PartyState.SIGNED or one.party.has_part(today)]
    refused = [one.party.name for one in there if one.state == PartyState.REFUSED]
    return {
        **shown,
        "coming": pl_date(comes_on(amendment, there)),
        "refused": "; ".join(refused) if amendment.is_signing else "",
        "document": amendment.document,
        "borne": borne(amendment),
        "can_take": can_take and (shown["is_awaited"] or bool(electronic(amendment))),
        "is_in_force": amendment.state == AmendmentState.IN_FORCE,
        "can_take_back": can_write and amendment.is_signing,
    }


@step(perms.write_amendment, find)
def share(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=amendment),
        partial(acts.share, by=request.actor, amendment_id=amendment.pk),
        ready=partial(acts.require_draft, amendment),
        question="Pokazać projekt aneksu Stronom?",
        consequence="Osoby, które działają tu w imieniu Stron, przeczytają projekt i każdą jego "
        "zmianę, a kto kieruje Stroną albo ją koordynuje, dostanie wiadomość. Projekt można dalej "
        "zmieniać.",
        button="Pokaż Stronom",
        said="Strony czytają już projekt aneksu.",
        to=amendment.url,
        crumbs=crumbs_of(amendment),
        danger=False,
    )


@step(perms.write_amendment, find)
def send(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    today = request.actor.today
    count = len(sending.signers_of(amendment, today)) if amendment.is_draft else 0
    return question(
        request,
        SeenForm(**sent(request), row=amendment),
        partial(sending.send_to_sign, by=request.actor, amendment_id=amendment.pk),
        ready=partial(sending.require_sendable, amendment, today),
        question="Przekazać aneks do podpisu?",
        consequence="Tekst aneksu już się nie zmieni. Powstanie z niego jeden dokument, na którego "
        f"pierwszej stronie jest „Do podpisu, nie obowiązuje”. Liczba Stron, które go podpisują: "
        f"{count}. Ostatni dzień na podpisy: {pl_date(amendment.sign_by)} Aneks wejdzie w życie "
        f"{force_said(amendment)}.",
        undo="Do projektu można go cofnąć tylko z powodem, a złożone podpisy będą wtedy nieważne.",
        button="Przekaż do podpisu",
        said="Przekazano do podpisu. Strony dostaną o tym wiadomość.",
        to=amendment.url,
        crumbs=crumbs_of(amendment),
        danger=False,
    )


@step(perms.write_amendment, find)
def take_back(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    return question(
        request,
        AmendmentReasonForm(**sent(request), row=amendment),
        partial(sending.take_back, by=request.actor, amendment_id=amendment.pk),
        ready=partial(sending.require_takeable, amendment),
        question="Cofnąć aneks do projektu?",
        consequence="Tekst aneksu będzie można zmieniać. Podpisy, które pod nim złożono, staną się "
        "nieważne. Strony dowiedzą się o tym i o powodzie.",
        undo="Tego kroku nie można cofnąć. Następne przekazanie do podpisu będzie nowym "
        "dokumentem, który podpisuje każda z tych Stron.",
        button="Cofnij do projektu",
        said="Cofnięto do projektu.",
        to=amendment.url,
        crumbs=crumbs_of(amendment),
    )


@step(perms.write_amendment, find)
def discard(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    return question(
        request,
        DiscardAmendmentForm(**sent(request), row=amendment),
        partial(acts.discard, by=request.actor, amendment_id=amendment.pk),
        ready=partial(acts.require_draft, amendment),
        question="Odrzucić projekt aneksu?",
        consequence="Projektu nie będzie można zmieniać; zostanie tu jako odrzucony, z powodem. "
        "Porozumienie obowiązuje bez zmian i można zacząć inny aneks.",
        button="Odrzuć projekt",
        said="Odrzucono projekt aneksu.",
        to=amendment.url,
        crumbs=crumbs_of(amendment),
    )


@page(perms.take_amendment_to_sign, find)
def file_to_sign(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    """The file that the party whose turn it is signs."""
    if not amendment.is_frozen:
        raise Problem(
            "Tego aneksu nie przekazano do podpisu",
            f"Jego stan: {amendment.get_state_display()}.",
            at=amendment,
            action="Przejdź do aneksu",
        )
    return hand_out(request, file_to_continue(amendment)[0], name=amendment_to_sign(amendment))


def _printed(person: Person, pk: UUID, kind: str) -> tuple[Amendment, str]:
    return _with_changes(person, pk=pk), kind


@page(perms.see_amendment, _printed)
def printed(request: PersonRequest, amendment: Amendment, kind: str) -> HttpResponse:
    """The draft as a file, or the aneks in force with who signed it."""
    details = {
        AmendmentState.DRAFT: "projekt",
        AmendmentState.IN_FORCE: f"obowiązuje od {pl_date(amendment.in_force_from)}",
    }
    if amendment.state not in details:
        raise Problem(
            "Tego aneksu nie ma w takim pliku",
            "Plik do podpisu jest na stronie aneksu.",
            at=amendment,
            action="Przejdź do aneksu",
        )
    parties = [side.party for side in amendment.sides.select_related("party")]
    if amendment.is_draft:
        parties = sending.signers_of(amendment, request.actor.today)
    content = printed_amendment(amendment, parties, FORMATS[kind], by=request.actor)
    detail = details[AmendmentState(amendment.state)]
    name = file_name(amendment_title(amendment), f".{kind}", detail=detail)
    return file_response(content, name=name, content_type=FORMATS[kind])
