"""The regulation: the version in force, any version, writing a draft, the first adoption."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.audit.actor import actor
from kooperacja.documents.actions import signatures_of
from kooperacja.documents.errors import RejectedUpload
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.problems import Missing, Problem
from kooperacja.ui.tables import Column, Table
from tenants.exchange.models import RegulationTemplate
from tenants.partnership import actions, ballots, gate, perms, regulation_text, rules
from tenants.partnership.actions.regulation import (
    CLAUSE,
    require_complete,
    require_state,
)
from tenants.partnership.documents import PRINTS, issued_regulation, printed_data_rules
from tenants.partnership.forms import AdoptionForm, ClausesForm, ParametersForm, PointsForm
from tenants.partnership.forms.regulation import field_of
from tenants.partnership.models import Person, RegulationVersion, RegulationVote
from tenants.partnership.people import person_of
from tenants.partnership.views.common import (
    conflict_page,
    form_page,
    say_already_saved,
    with_version,
)
from tenants.partnership.workflow import OPEN_REGULATIONS, RegulationState

READERS = "Regulamin czytają osoby, które mają rolę w Partnerstwie."
STATE_KINDS = {
    RegulationState.DRAFT: "neutral",
    RegulationState.VOTING: "wait",
    RegulationState.ADOPTED: "ok",
    RegulationState.REJECTED: "stop",
    RegulationState.WITHDRAWN: "stop",
}


def reader(request: TenantRequest) -> Person:
    person = person_of(request)
    perms.see_regulation.require(person)
    return person


@require_safe
def in_force(request: TenantRequest) -> HttpResponse:
    """The version in force as a text, and the history of versions."""
    person, today = reader(request), timezone.localdate()
    version = RegulationVersion.in_force(today)
    open_ones = RegulationVersion.objects.filter(state__in=OPEN_REGULATIONS).defer("clauses")
    context = {
        "version": version,
        "open": list(open_ones.order_by("created_at")),
        "can_write": perms.write_regulation(person),
        "template_number": RegulationTemplate.objects.values_list("number", flat=True).first(),
        "history": _history(request),
        **(_text_of(version) | _reading_of(version, person) if version else {}),
    }
    return render(request, "partnership/regulations.html", context)


def _text_of(version: RegulationVersion) -> dict[str, Any]:
    points = (version._meta.get_field(name) for name in PointsForm.Meta.fields)
    return {
        "clauses": list(regulation_text.filled(version)),
        "points": [
            (str(one.verbose_name), getattr(version, one.name))  # type: ignore[union-attr]
            for one in points
        ],
        "parameters": regulation_text.parameters(version),
        "has_data_rules": bool(gate.annex_text(version)),
        "document": issued_regulation(version) if version.number else None,
        "signatures": signatures_of(version.signed_file),
    }


def _reading_of(version: RegulationVersion, person: Person) -> dict[str, bool]:
    return {
        "has_read": version.acknowledgements.filter(person=person).exists(),
        "can_see_readers": perms.see_who_acknowledged(person),
    }


def _history(request: TenantRequest) -> Table:
    versions = RegulationVersion.objects.defer("clauses")
    return Table(request, versions, _COLUMNS, "Wersje regulaminu", default="-utworzona")


_COLUMNS = (
    Column(
        "wersja",
        "Wersja",
        lambda one: f"wersja {one.number}" if one.number else "projekt bez numeru",
        sort="number",
        href=lambda one: reverse("partnership:regulation", args=[one.pk]),
        is_header=True,
    ),
    Column("stan", "Stan", lambda one: one.get_state_display(), sort="state"),
    Column("utworzona", "Rozpoczęta", "created_at", sort="created_at"),
    Column("przyjeta", "Przyjęta", "adopted_on", sort="adopted_on"),
    Column("od", "Obowiązuje od", "in_force_from", sort="in_force_from"),
)


@require_safe
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Any version: its text, what it lacks, its files."""
    person, today = reader(request), timezone.localdate()
    version = get_object_or_404(
        RegulationVersion.objects.select_related("amends", "signed_file__signature_report"), pk=pk
    )
    perms.see_version.require(person, version)
    is_draft = version.state == RegulationState.DRAFT
    now = RegulationVersion.in_force_on(today).values_list("pk", flat=True).first()
    checks = regulation_text.checklist(version) if is_draft else []
    context = {
        "version": version,
        "may": _steps(person, version),
        **(_votes_of(request, version, today) if version.voting_from else {}),
        "heading": _heading(version),
        "lacks": not all(check.is_met for check in checks),
        "kind": STATE_KINDS[RegulationState(version.state)],
        "is_in_force": now == version.pk,
        "is_to_come": bool(version.in_force_from and version.in_force_from > today),
        "checks": checks,
        "parts": regulation_text.parts(version) if is_draft else {},
        "can_edit": is_draft and perms.write_regulation(person),
        **_text_of(version),
    }
    return render(request, "partnership/regulation.html", context)


@require_safe
def data_rules(request: TenantRequest, pk: UUID, kind: str) -> HttpResponse:
    """Annex 3 of any version as a file (REG §8.3)."""
    person = reader(request)
    version = get_object_or_404(RegulationVersion, pk=pk)
    perms.see_version.require(person, version)
    text = gate.annex_text(version)
    if kind not in PRINTS or not text:
        raise Missing("Nie ma takiego pliku", "Ta wersja regulaminu nie ma załącznika nr 3.")
    content = printed_data_rules(version, text, kind)
    response = HttpResponse(content, content_type=PRINTS[kind])
    name = (
        f"zalacznik-3-wersja-{version.number}.{kind}" if version.number else f"zalacznik-3.{kind}"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _steps(person: Person, version: RegulationVersion) -> dict[str, bool]:
    """What the person may do with the version as it stands."""
    is_draft = version.state == RegulationState.DRAFT
    is_voting = version.state == RegulationState.VOTING
    is_lead, is_change = perms.adopt_regulation(person), version.amends_id is not None
    return {
        "adopt": is_draft and not is_change and is_lead,
        "open_voting": is_draft and is_change and is_lead,
        "record": is_voting and perms.record_votes(person),
        "close": is_voting and is_lead,
        "withdraw": (is_draft or is_voting)
        and is_change
        and perms.withdraw_regulation(person, version),
    }


def _votes_of(request: TenantRequest, version: RegulationVersion, today: date) -> dict[str, Any]:
    """How the voting stands; when it has ended, nobody may vote any more."""
    is_open = version.state == RegulationState.VOTING
    assert version.voting_until is not None  # both days or neither
    seats = ballots.seats(version, today if is_open else date.max)
    person = person_of(request)
    own = [one for one in seats if perms.vote(person, one.ballot.organisation_id)]
    count = rules.tally(one.voice for one in seats)
    return {
        "count": count,
        "may_vote": is_open and any(one.may_vote and one.vote is None for one in own),
        "may_close": is_open and rules.may_close(count, version.voting_until, today),
        "signed_votes": [
            (one.ballot.name, found)
            for one in seats
            if one.vote and (found := signatures_of(one.vote.file))
        ],
        "votes": Table(request, seats, _VOTE_COLUMNS, "Głosy członków", id="lista-glosow"),
    }


def _said(seat: ballots.Seat) -> str:
    if seat.vote:
        return str(seat.vote.get_choice_display())
    return "czekamy na głos" if seat.may_vote else "bez głosu"


_VOTE_COLUMNS = (
    Column("kto", "Członek", lambda seat: seat.ballot.name, sort="name", is_header=True),
    Column("glos", "Głos", _said, sort="choice"),
    Column("dzien", "Z dnia", lambda seat: seat.vote.cast_on if seat.vote else None),
    Column("jak", "Forma pisemna", lambda seat: _form_of(seat.vote), href=lambda seat: _scan(seat)),
    Column("osoba", "Zapisała osoba", lambda seat: seat.vote.actor_name if seat.vote else ""),
)


def _form_of(vote: RegulationVote | None) -> str:
    if vote is None:
        return ""
    if vote.file_id is None:
        return "na własnym koncie"
    return f"głos na piśmie ({'podpis elektroniczny' if signatures_of(vote.file) else 'skan'})"


def _scan(seat: ballots.Seat) -> str:
    if seat.vote is None or seat.vote.file_id is None:
        return ""
    return reverse("documents:file", args=[seat.vote.file_id])


def _heading(version: RegulationVersion) -> str:
    if version.number:
        return f"Wersja {version.number}"
    return "Zmiana regulaminu" if version.amends_id else "Projekt regulaminu"


# --- Writing a draft --------------------------------------------------------------------------


def _to_edit(request: TenantRequest, pk: UUID) -> tuple[Person, RegulationVersion]:
    person, draft = person_of(request), get_object_or_404(RegulationVersion, pk=pk)
    perms.write_regulation.require(person)
    require_state(draft, RegulationState.DRAFT)
    return person, draft


@require_http_methods(["GET", "HEAD", "POST"])
def parameters(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, draft = _to_edit(request, pk)
    form = ParametersForm(request.POST or None, instance=draft, initial={"version": draft.version})
    title = "Pola i parametry regulaminu"
    return _edited(request, person, draft, form, title, tuple(form.fields))


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, draft = _to_edit(request, pk)
    form = PointsForm(request.POST or None, instance=draft, initial={"version": draft.version})
    title = "Sześć ustaleń Partnerstwa"
    return _edited(request, person, draft, form, title, PointsForm.Meta.fields)


@require_http_methods(["GET", "HEAD", "POST"])
def clauses(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The text of one paragraph, which `?par=` names."""
    person, draft = _to_edit(request, pk)
    parts = regulation_text.parts(draft)
    part = request.GET.get("par", "1")
    if part not in parts:
        part = next(iter(parts))
    form = ClausesForm(
        request.POST or None, version=draft, part=part, initial={"version": draft.version}
    )
    return _edited(request, person, draft, form, parts[part], tuple(form.fields))


def _edited(
    request: TenantRequest,
    person: Person,
    draft: RegulationVersion,
    form: Any,
    title: str,
    names: tuple[str, ...],
) -> HttpResponse:
    """Show a form of a draft, or save what it says."""
    back = reverse("partnership:regulation", args=[draft.pk])
    if not form.is_valid():
        page = "partnership/regulation_form.html"
        return form_page(request, page, form, back=back, title=title)
    try:
        actions.edit_regulation(
            by=actor(request),
            person=person,
            regulation_id=draft.pk,
            version=form.cleaned_data["version"],
            values=form.values(),
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    except actions.StaleForm as stale:
        current = _as_fields(form, stale.current)
        with_version(request, form, stale.current.version)
        names = tuple(name for name in names if name not in {"version", "new"})
        return conflict_page(request, form, current=current, fields=names, back=back)
    else:
        messages.success(request, "Zapisano projekt regulaminu.")
    return redirect(back)


def _as_fields(form: Any, current: RegulationVersion) -> Any:
    """What is saved now, by the names of the form's fields."""
    if not isinstance(form, ClausesForm):
        return current
    texts = {row["ref"]: regulation_text.to_edit(row["text"]) for row in current.clauses}
    return SimpleNamespace(**{field_of(one.ref): texts.get(one.ref, "") for one in form.own})


# --- The first adoption -----------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The Lider adopts the first version; later ones are voted on."""
    person, draft = person_of(request), get_object_or_404(RegulationVersion, pk=pk)
    perms.adopt_regulation.require(person)
    back = reverse("partnership:regulation", args=[pk])
    if request.method == "POST" and draft.state == RegulationState.ADOPTED:
        say_already_saved(request)
        return redirect(back)
    _require_first(draft)
    require_complete(draft)
    today = timezone.localdate()
    initial = {"adopted_on": today, "in_force_from": today}
    form = AdoptionForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        try:
            return _adopted(request, person, pk, form.values())
        except RejectedUpload as rejected:
            form.add_error("file", str(rejected))
    return confirm(
        request,
        question="Przyjąć pierwszy regulamin?",
        consequence=(
            "Regulamin dostanie numer 1, jego tekst zapiszemy jako dokument PDF i DOCX, a "
            "Partnerstwo rozpocznie działanie. Od tej chwili instytucje mogą składać deklaracje. "
            "Podstawa: tytuł i § 1 ust. 1 regulaminu."
        ),
        undo="Przyjęcia nie można cofnąć. Regulamin zmienia się potem głosowaniem (§ 9).",
        button="Przyjmij regulamin",
        back=back,
        form=form,
        danger=False,
    )


def _require_first(draft: RegulationVersion) -> None:
    require_state(draft, RegulationState.DRAFT)
    if draft.amends_id:
        raise Problem(
            "O zmianie regulaminu decyduje głosowanie",
            "Otwórz głosowanie na stronie tej wersji.",
            clause=CLAUSE,
            href=reverse("partnership:regulation", args=[draft.pk]),
        )


def _adopted(
    request: TenantRequest, person: Person, pk: UUID, values: dict[str, Any]
) -> HttpResponse:
    try:
        actions.adopt_first_regulation(by=actor(request), person=person, regulation_id=pk, **values)
    except actions.AlreadySaved:
        say_already_saved(request)
    else:
        messages.success(request, "Przyjęto regulamin. Partnerstwo może przyjmować członków.")
    return redirect("partnership:regulation", pk=pk)
