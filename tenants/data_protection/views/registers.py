"""Registers of agreements and of authorisations on the processing of data (REG §8.2)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kooperacja import downloads
from kooperacja.documents.models import Document
from kooperacja.documents.papers import newest
from kooperacja.documents.sigreport import Claim, along, report_of
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.polish import polish_order
from kooperacja.ui.tables import Column, Table
from tenants.data_protection import actions, perms
from tenants.data_protection.forms import (
    AgreementDraftForm,
    AgreementForm,
    AuthorisationForm,
    DataRegisterFilter,
    EarlyEndForm,
)
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    ProcessingAuthorisation,
)
from tenants.data_protection.papers import AGREEMENT_DRAFT, AUTHORISATION
from tenants.partnership.institutions import members_on
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.roles import Role

_OVERVIEW = ("Ochrona danych", "data_protection:data_protection")
_AGREEMENTS = ("Umowy", "data_protection:agreements")
_AUTHORISATIONS = ("Upoważnienia", "data_protection:authorisations")
_SPELL = (
    Column("od", "Od", "from_on", sort="from_on"),
    Column("do", "Ostatni dzień", "last_day", sort="ended_on"),
    Column("stan", "Stan", "standing"),
)
_AGREEMENT_COLUMNS = (
    Column(
        "instytucja", "Instytucja", "place", sort=polish_order("organisation__name"), is_link=True
    ),
    Column("rodzaj", "Rodzaj", "get_kind_display", sort="kind"),
    Column("zakres", "Zakres", "get_scope_display", sort="scope"),
    *_SPELL,
)
_AUTHORISATION_COLUMNS = (
    Column("nr", "Nr", "number", sort="number", is_number=True),
    Column("osoba", "Osoba", "person", sort=polish_order("person__full_name"), is_link=True),
    Column("instytucja", "Instytucja", "place", sort=polish_order("organisation__name")),
    Column("zakres", "Zakres", "get_scope_display", sort="scope"),
    *_SPELL,
)
_AGREEMENT_IN_FILE = (
    Column("podpisano", "Podpisano", "signed_on"),
    Column("znak", "Znak sprawy", "case_mark"),
    Column("cel", "Przedmiot i cel", "purpose"),
    Column("podstawa", "Podstawa prawna udostępniania", "legal_basis"),
    Column("dane", "Rodzaje danych", "data_kinds"),
    Column("osoby", "Kategorie osób", "person_categories"),
    Column("powod", "Powód zakończenia", "end_reason"),
)
_AUTHORISATION_IN_FILE = (
    Column("stanowisko", "Stanowisko", "position"),
    Column("cel", "Cel", "purpose"),
    Column("nadal", "Kto nadał", "granted_by_name"),
    Column("nadano", "Data nadania", "granted_on"),
    Column("powod", "Powód zakończenia", "end_reason"),
)
_STATEMENT_COLUMNS = (
    Column("osoba", "Osoba", "person", sort=polish_order("person__full_name"), is_header=True),
    Column("instytucja", "Instytucja", "place", sort=polish_order("organisation__name")),
    Column("od", "Od", "from_on", sort="from_on"),
    Column("do", "Ostatni dzień", "last_day", sort="ended_on"),
    Column(
        "jak",
        "Jak złożono",
        lambda row: "na piśmie" if row.file_id else "na własnym koncie",
        href=lambda row: reverse("documents:file", args=[row.file_id]) if row.file_id else "",
    ),
)


def _register(
    request: PersonRequest,
    rows: Any,
    columns: tuple[Column, ...],
    caption: str,
    *,
    default: str,
    empty: str,
    in_file: tuple[Column, ...],
    **words: Any,
) -> HttpResponse:
    """The entries of a register that the reader may see; those that hold, unless asked for more.

    Its file has more columns, `in_file`: nobody looks a row up in it.
    """
    form = DataRegisterFilter(request.GET)
    rows = perms.register_entries_seen_by(request.person, rows)
    if not form.chosen.get("stan"):
        rows = rows.exclude(ended_on__lte=timezone.localdate())
    columns += in_file if downloads.is_asked_for(request) else ()
    table = Table(request, rows, columns, caption, default=default, empty=empty)
    words |= {"search": "Pokaż", "crumbs": [_OVERVIEW]}
    return list_page(request, table, form, is_taken=True, **words)


def _end(
    request: PersonRequest, entry: Any, act: Any, parent: tuple[str, str], of: object, **words: Any
) -> HttpResponse:
    """The question before an entry of a register ends."""
    initial = {"ended_on": max(timezone.localdate(), entry.from_on)}
    return question(
        request,
        EarlyEndForm(**sent(request), initial=initial),
        act,
        said="Zapisano zakończenie.",
        to=entry.url,
        crumbs=[_OVERVIEW, parent, (str(of), entry.url)],
        clause=perms.end_register_entry.clause,
        undo="Zakończenia nie można cofnąć. Można wpisać do rejestru nową pozycję.",
        button="Zakończ",
        **words,
    )


_agreement = visible(
    DataProcessingAgreement.objects.select_related("organisation", *along("file")),
    perms.see_agreement,
    "Nie ma takiej umowy",
)


@page(perms.see_data_protection)
def agreements(request: PersonRequest) -> HttpResponse:
    return _register(
        request,
        DataProcessingAgreement.objects.select_related("organisation"),
        _AGREEMENT_COLUMNS,
        "Umowy o przetwarzaniu danych",
        default="instytucja",
        empty="Nie ma takich umów.",
        in_file=_AGREEMENT_IN_FILE,
        last="Umowy",
        lead="Przetwarzanie danych między członkami Partnerstwa regulują odrębne umowy "
        f"({perms.keep_data_registers.clause}).",
        add=[
            ("Wpisz podpisaną umowę", "data_protection:agreement_new", perms.keep_data_registers),
            (
                "Przygotuj projekt umowy",
                "data_protection:agreement_draft",
                perms.keep_data_registers,
            ),
        ],
    )


@page(perms.see_agreement, _agreement)
def agreement(request: PersonRequest, agreement: DataProcessingAgreement) -> HttpResponse:
    context = {
        "agreement": agreement,
        "report": report_of(agreement.file, Claim(day=agreement.signed_on)),
        "draft": newest(AGREEMENT_DRAFT, agreement.organisation_id),
        "can_end": agreement.may_end and perms.keep_data_registers(request.person),
    }
    return render(request, "data_protection/agreement.html", context)


@step(perms.keep_data_registers)
def agreement_draft(request: PersonRequest) -> HttpResponse:
    chosen = request.GET.get("instytucja", "")
    here = reverse("data_protection:agreement_draft")
    today = timezone.localdate()
    return form_page(
        request,
        AgreementDraftForm(
            **sent(request),
            initial={"organisation": chosen, "from_on": today},
            organisations=members_on(today).in_order(),
        ),
        partial(actions.draft_agreement, by=request.actor),
        said="Projekt umowy jest gotowy do pobrania.",
        to=lambda document: f"{here}?instytucja={document.subject}",
        template="data_protection/agreement_draft.html",
        document=_draft_of(chosen),
        chosen=chosen,
    )


def _draft_of(organisation_id: str) -> Document | None:
    try:
        return newest(AGREEMENT_DRAFT, UUID(organisation_id))
    except ValueError:
        return None


@step(perms.keep_data_registers, again=True)
def agreement_new(request: PersonRequest) -> HttpResponse:
    chosen = request.GET.get("instytucja", "")
    draft = _draft_of(chosen)
    drafted = ("purpose", "data_kinds", "person_categories", "case_mark")
    known = {name: draft.context[name] for name in drafted} if draft else {}
    return form_page(
        request,
        AgreementForm(
            **sent(request),
            initial={"organisation": chosen, **known},
            # An agreement may be signed before the institution is admitted.
            organisations=Organisation.objects.current().in_order(),
        ),
        partial(actions.enter_agreement, by=request.actor),
        said="Wpisano umowę do rejestru.",
        to=lambda agreement: agreement.url,
        title="Podpisana umowa albo ustalenia",
        lead="Wpisz umowę albo ustalenia z jedną instytucją i dołącz podpisany egzemplarz "
        f"({perms.keep_data_registers.clause}).",
        crumbs=[_OVERVIEW, _AGREEMENTS],
        last="Nowa",
        submit="Wpisz do rejestru",
        back=DataProcessingAgreement.list_url(),
    )


@step(perms.end_register_entry, _agreement, again=True)
def agreement_end(request: PersonRequest, agreement: DataProcessingAgreement) -> HttpResponse:
    return _end(
        request,
        agreement,
        partial(actions.end_agreement, by=request.actor, agreement_id=agreement.pk),
        _AGREEMENTS,
        agreement.organisation,
        question=f"Zakończyć umowę: {agreement.organisation}?",
        consequence="Od podanego dnia pracownicy tej instytucji nie zobaczą danych rodzin, jeżeli "
        "nie ma innej ważnej umowy.",
    )


_authorisation = visible(
    ProcessingAuthorisation.objects.select_related("person", "organisation", *along("file")),
    perms.see_data_of_person,
    "Nie ma takiego upoważnienia",
)


@page(perms.see_data_protection)
def authorisations(request: PersonRequest) -> HttpResponse:
    return _register(
        request,
        ProcessingAuthorisation.objects.select_related("person", "organisation"),
        _AUTHORISATION_COLUMNS,
        "Upoważnienia do przetwarzania danych",
        default="nr",
        empty="Nie ma takich upoważnień.",
        in_file=_AUTHORISATION_IN_FILE,
        last="Upoważnienia",
        lead="Rejestr osób upoważnionych przez Lidera i u kooperantów "
        f"({perms.keep_data_registers.clause}).",
        add=[
            ("Nadaj upoważnienie", "data_protection:authorisation_new", perms.keep_data_registers),
        ],
    )


@page(perms.see_data_protection)
def statements(request: PersonRequest) -> HttpResponse:
    return _register(
        request,
        ConfidentialityStatement.objects.select_related("person", "organisation"),
        _STATEMENT_COLUMNS,
        "Oświadczenia o zachowaniu poufności",
        default="osoba",
        empty="Nie ma takich oświadczeń.",
        in_file=(Column("wpisal", "Kto zapisał", "recorded_by_name"),),
        last="Oświadczenia",
        lead="Kto i od kiedy zobowiązał się zachować w tajemnicy to, czego się dowie "
        f"({perms.enter_statements.clause}).",
        add=[
            (
                "Wpisz oświadczenie na piśmie",
                "data_protection:statement_new",
                perms.enter_statements,
            )
        ],
    )


@page(perms.see_data_of_person, _authorisation)
def authorisation(request: PersonRequest, authorisation: ProcessingAuthorisation) -> HttpResponse:
    said = Claim(authorisation.granted_by_name, authorisation.granted_on)
    context = {
        "authorisation": authorisation,
        "report": report_of(authorisation.file, said),
        "document": newest(AUTHORISATION, authorisation.pk),
        "can_see_register": perms.see_data_protection(request.person),
        "can_end": authorisation.may_end and perms.keep_data_registers(request.person),
    }
    return render(request, "data_protection/authorisation.html", context)


@step(perms.keep_data_registers, again=True)
def authorisation_new(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    initial = {
        "subject": request.GET.get("osoba"),
        "granted_by_name": _lead_name(today),
        "granted_on": today,
        "from_on": today,
        "purpose": "wsparcie osób i rodzin w ramach Partnerstwa",
    }
    return form_page(
        request,
        AuthorisationForm(**sent(request), initial=initial),
        partial(actions.grant_authorisation, by=request.actor),
        said=lambda row: f"Nadano upoważnienie nr {row.number}. Pobierz je i podpisz.",
        to=lambda row: row.url,
        title="Nowe upoważnienie",
        lead="Po zapisaniu dostanie kolejny numer rejestru i powstanie dokument do podpisu "
        f"({perms.keep_data_registers.clause}).",
        crumbs=[_OVERVIEW, _AUTHORISATIONS],
        last="Nowe",
        submit="Nadaj upoważnienie",
        back=ProcessingAuthorisation.list_url(),
    )


def _lead_name(day: date) -> str:
    leads = RoleAssignment.objects.on(day).filter(role=Role.LEAD).select_related("person")
    first = leads.order_by("from_on", "pk").first()
    return first.person.full_name if first else ""


@step(perms.end_register_entry, _authorisation, again=True)
def authorisation_end(
    request: PersonRequest, authorisation: ProcessingAuthorisation
) -> HttpResponse:
    return _end(
        request,
        authorisation,
        partial(actions.end_authorisation, by=request.actor, authorisation_id=authorisation.pk),
        _AUTHORISATIONS,
        authorisation.person,
        question=f"Zakończyć upoważnienie nr {authorisation.number}: {authorisation.person}?",
        consequence="Od podanego dnia ta osoba nie zobaczy danych, których upoważnienie dotyczy.",
    )
