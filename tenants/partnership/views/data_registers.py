"""Registers of agreements and of authorisations on the processing of data (REG §8.2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.documents.actions import signatures_of
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Document
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.polish import polish_order
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.partnership import actions, perms, rules
from tenants.partnership.actions.data_agreements import CLAUSE
from tenants.partnership.documents import AGREEMENT_DRAFT, AUTHORISATION, made_of
from tenants.partnership.forms import (
    AgreementDraftForm,
    AgreementForm,
    AuthorisationForm,
    DataRegisterFilter,
    EarlyEndForm,
)
from tenants.partnership.models import (
    DataProcessingAgreement,
    Membership,
    Organisation,
    Person,
    ProcessingAuthorisation,
)
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, say_already_saved
from tenants.partnership.views.data_subjects import lead_name, subjects

_READERS = (
    "Rejestry ochrony danych widzą Lider, inspektor ochrony danych oraz kierujący i koordynator "
    "instytucji, w części, która jej dotyczy."
)


def reader(request: TenantRequest) -> Person:
    person = person_of(request)
    perms.see_data_protection.require(person)
    return person


def keeper(request: TenantRequest) -> Person:
    person = person_of(request)
    perms.keep_data_registers.require(person)
    return person


def _visible(rows: Any, person: Person, request: TenantRequest) -> tuple[Any, DataRegisterFilter]:
    """The rows one may see: all, or of one's institutions; those that hold, unless asked for more."""
    if not perms.see_all_data_registers(person):
        rows = rows.filter(organisation__in=perms.voiced_organisations(person))
    form = DataRegisterFilter(request.GET)
    if not (form.is_valid() and form.cleaned_data["stan"]):
        rows = rows.exclude(ended_on__lte=timezone.localdate())
    return rows, form


def _state(row: Any) -> str:
    today = timezone.localdate()
    if row.ended_on and row.ended_on <= today:
        return "zakończona" if isinstance(row, DataProcessingAgreement) else "zakończone"
    return "obowiązuje" if row.from_on <= today else "jeszcze nie obowiązuje"


def _place(row: Any) -> str:
    return row.organisation.name if row.organisation else "ośrodek Lidera"


_SPELL = (
    Column("od", "Od", "from_on", sort="from_on"),
    Column("do", "Ostatni dzień", lambda row: rules.last_day(row.ended_on), sort="ended_on"),
    Column("stan", "Stan", _state),
)
_AGREEMENTS = (
    Column(
        "instytucja",
        "Instytucja",
        _place,
        sort=polish_order("organisation__name"),
        href=lambda row: reverse("partnership:agreement", args=[row.pk]),
        is_header=True,
    ),
    Column("rodzaj", "Rodzaj", lambda row: row.get_kind_display(), sort="kind"),
    Column("zakres", "Zakres", lambda row: row.get_scope_display(), sort="scope"),
    *_SPELL,
)
_AUTHORISATIONS = (
    Column("nr", "Nr", "number", sort="number", is_number=True),
    Column(
        "osoba",
        "Osoba",
        lambda row: row.person.full_name,
        sort=polish_order("person__full_name"),
        href=lambda row: reverse("partnership:authorisation", args=[row.pk]),
        is_header=True,
    ),
    Column("instytucja", "Instytucja", _place, sort=polish_order("organisation__name")),
    Column("zakres", "Zakres", lambda row: row.get_scope_display(), sort="scope"),
    *_SPELL,
)


@require_safe
def agreements(request: TenantRequest) -> HttpResponse:
    person = reader(request)
    rows = DataProcessingAgreement.objects.select_related("organisation")
    rows, form = _visible(rows, person, request)
    table = Table(
        request,
        rows,
        _AGREEMENTS,
        "Umowy o przetwarzaniu danych",
        default="instytucja",
        empty="Nie ma takich umów.",
    )
    can_keep = perms.keep_data_registers(person)
    context = {"form": form, "table": table, "can_keep": can_keep}
    return render(request, "partnership/agreements.html", context)


@require_safe
def agreement(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    row = _visible_agreement(person, pk)
    context = {
        "agreement": row,
        "state": _state(row),
        "last_day": rules.last_day(row.ended_on),
        "signatures": signatures_of(row.file),
        "draft": made_of(AGREEMENT_DRAFT, row.organisation_id),
        "can_end": _is_open(row) and perms.keep_data_registers(person),
    }
    return render(request, "partnership/agreement.html", context)


def _visible_agreement(person: Person, pk: UUID) -> DataProcessingAgreement:
    row: DataProcessingAgreement = get_object_or_404(
        DataProcessingAgreement.objects.select_related("organisation", "file__signature_report"),
        pk=pk,
    )
    if not perms.see_agreement(person, row):
        raise Missing("Nie ma takiej umowy", _READERS)
    return row


def _is_open(row: Any) -> bool:
    return not row.end_reason and (row.ended_on is None or row.ended_on > timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_draft(request: TenantRequest) -> HttpResponse:
    person = keeper(request)
    chosen = request.GET.get("instytucja", "")
    form = AgreementDraftForm(
        request.POST or None,
        initial={"organisation": chosen, "from_on": timezone.localdate()},
        organisations=_members(),
    )
    if not form.is_valid():
        document = _draft_of(chosen)
        context = {"document": document, "chosen": chosen}
        return form_page(request, "partnership/agreement_draft.html", form, **context)
    organisation = form.cleaned_data["organisation"]
    try:
        actions.draft_agreement(
            by=actor(request), person=person, organisation_id=organisation.pk, values=form.values()
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    else:
        messages.success(request, "Projekt umowy jest gotowy do pobrania.")
    return redirect(f"{reverse('partnership:agreement_draft')}?instytucja={organisation.pk}")


def _draft_of(organisation_id: str) -> Document | None:
    try:
        return made_of(AGREEMENT_DRAFT, UUID(organisation_id))
    except ValueError:
        return None


def _members() -> Any:
    members = Membership.objects.on(timezone.localdate()).values("organisation")
    return Organisation.objects.filter(pk__in=members).order_by(polish_order("name"))


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_new(request: TenantRequest) -> HttpResponse:
    person = keeper(request)
    chosen = request.GET.get("instytucja", "")
    draft = _draft_of(chosen)
    said = ("purpose", "data_kinds", "person_categories", "case_mark")
    initial = {"key": uuid7(), "organisation": chosen}
    if draft is not None:
        initial |= {name: draft.context[name] for name in said}
    form = AgreementForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        # An agreement may be signed before the institution is admitted.
        organisations=Organisation.objects.order_by(polish_order("name")),
    )
    page = "partnership/agreement_form.html"
    if not form.is_valid():
        return form_page(request, page, form)
    try:
        row = actions.enter_agreement(
            by=actor(request),
            person=person,
            key=form.cleaned_data["key"],
            organisation_id=form.cleaned_data["organisation"].pk,
            upload=form.cleaned_data["file"],
            is_electronic=form.cleaned_data["is_electronic"],
            until=form.cleaned_data["until"],
            values=form.values(),
        )
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:agreement", pk=saved.obj.pk)
    except RejectedUpload as rejected:
        form.add_error("file", str(rejected))
        return form_page(request, page, form)
    messages.success(request, "Wpisano umowę do rejestru.")
    return redirect("partnership:agreement", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    row = _visible_agreement(person, pk)
    return _end(
        request,
        row,
        question=f"Zakończyć umowę: {row.organisation.name}?",
        consequence=(
            "Od podanego dnia pracownicy tej instytucji nie zobaczą danych rodzin, jeżeli nie ma "
            f"innej ważnej umowy. Podstawa: {CLAUSE}."
        ),
        back=reverse("partnership:agreement", args=[pk]),
        end=lambda values: actions.end_agreement(
            by=actor(request), person=person, agreement_id=pk, **values
        ),
    )


def _end(
    request: TenantRequest, row: Any, *, question: str, consequence: str, back: str, end: Any
) -> HttpResponse:
    """The question before an entry of a register ends."""
    keeper(request)
    initial: dict[str, date] = {"ended_on": max(timezone.localdate(), row.from_on)}
    form = EarlyEndForm(
        request.POST or None, from_on=row.from_on, known_end=row.ended_on, initial=initial
    )
    if form.is_valid():
        try:
            end(form.cleaned_data)
        except actions.AlreadySaved:
            say_already_saved(request)
        else:
            messages.success(request, "Zapisano zakończenie.")
        return redirect(back)
    return confirm(
        request,
        question=question,
        consequence=consequence,
        undo="Zakończenia nie można cofnąć. Można wpisać do rejestru nową pozycję.",
        button="Zakończ",
        back=back,
        form=form,
    )


@require_safe
def authorisations(request: TenantRequest) -> HttpResponse:
    person = reader(request)
    rows = ProcessingAuthorisation.objects.select_related("person", "organisation")
    rows, form = _visible(rows, person, request)
    table = Table(
        request,
        rows,
        _AUTHORISATIONS,
        "Upoważnienia do przetwarzania danych",
        default="nr",
        empty="Nie ma takich upoważnień.",
    )
    can_keep = perms.keep_data_registers(person)
    context = {"form": form, "table": table, "can_keep": can_keep}
    return render(request, "partnership/authorisations.html", context)


def _visible_authorisation(person: Person, pk: UUID) -> ProcessingAuthorisation:
    row: ProcessingAuthorisation = get_object_or_404(
        ProcessingAuthorisation.objects.select_related(
            "person", "organisation", "file__signature_report"
        ),
        pk=pk,
    )
    if not perms.see_data_of_person(person, row):
        raise Missing("Nie ma takiego upoważnienia", _READERS)
    return row


@require_safe
def authorisation(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    row = _visible_authorisation(person, pk)
    context = {
        "authorisation": row,
        "place": _place(row),
        "state": _state(row),
        "last_day": rules.last_day(row.ended_on),
        "signatures": signatures_of(row.file),
        "document": made_of(AUTHORISATION, row.pk),
        "can_see_register": perms.see_data_protection(person),
        "can_end": _is_open(row) and perms.keep_data_registers(person),
    }
    return render(request, "partnership/authorisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def authorisation_new(request: TenantRequest) -> HttpResponse:
    person = keeper(request)
    today = timezone.localdate()
    form = AuthorisationForm(
        request.POST or None,
        request.FILES or None,
        subjects=subjects(today),
        initial={
            "key": uuid7(),
            "subject": request.GET.get("osoba"),
            "granted_by_name": lead_name(today),
            "granted_on": today,
            "from_on": today,
            "purpose": "wsparcie osób i rodzin w ramach Partnerstwa",
        },
    )
    page = "partnership/authorisation_form.html"
    if not form.is_valid():
        return form_page(request, page, form)
    subject_id, organisation_id = form.chosen()
    try:
        row = actions.grant_authorisation(
            by=actor(request),
            person=person,
            key=form.cleaned_data["key"],
            subject_id=subject_id,
            organisation_id=organisation_id,
            until=form.cleaned_data["until"],
            values=form.values(),
            upload=form.cleaned_data["file"],
            is_electronic=form.cleaned_data["is_electronic"],
        )
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:authorisation", pk=saved.obj.pk)
    except RejectedUpload as rejected:
        form.add_error("file", str(rejected))
        return form_page(request, page, form)
    messages.success(request, f"Nadano upoważnienie nr {row.number}. Pobierz je i podpisz.")
    return redirect("partnership:authorisation", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def authorisation_end(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    row = _visible_authorisation(person, pk)
    return _end(
        request,
        row,
        question=f"Zakończyć upoważnienie nr {row.number}: {row.person.full_name}?",
        consequence=(
            "Od podanego dnia ta osoba nie zobaczy danych, których upoważnienie dotyczy. "
            f"Podstawa: {CLAUSE}."
        ),
        back=reverse("partnership:authorisation", args=[pk]),
        end=lambda values: actions.end_authorisation(
            by=actor(request), person=person, authorisation_id=pk, **values
        ),
    )
