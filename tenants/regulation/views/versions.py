"""The regulation: the version in force, any version, writing a draft, the first adoption."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django import forms
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from kooperacja.documents.actions import signatures_of
from kooperacja.documents.models import StoredFile
from kooperacja.documents.papers import newest
from kooperacja.documents.sigreport import Claim, Report, along, report_of
from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from kooperacja.ui.tables import Column, Table
from tenants.exchange.models import RegulationTemplate
from tenants.partnership.models import Partnership
from tenants.partnership.perms import edit_partnership
from tenants.partnership.rules import seat_of
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.regulation import ballots, perms, rules
from tenants.regulation import text as regulation_text
from tenants.regulation.actions.versions import (
    adopt_first_regulation,
    edit_regulation,
    require_complete,
    require_state,
)
from tenants.regulation.forms import FirstAdoptionForm, ParagraphForm, ParametersForm, PointsForm
from tenants.regulation.models import (
    RecountRuling,
    RegulationAcknowledgement,
    RegulationRecount,
    RegulationVersion,
    RegulationVote,
    SignedCopy,
    VersionQuerySet,
)
from tenants.regulation.papers import REGULATION
from tenants.regulation.workflow import OPEN_REGULATIONS, RegulationState

STATE_KINDS = {
    RegulationState.DRAFT: "neutral",
    RegulationState.VOTING: "wait",
    RegulationState.ADOPTED: "ok",
    RegulationState.REJECTED: "stop",
    RegulationState.WITHDRAWN: "stop",
}


@page(perms.see_regulation)
def in_force(request: PersonRequest) -> HttpResponse:
    """The version in force as a text, and the history of versions."""
    person, today = request.person, timezone.localdate()
    version = RegulationVersion.in_force(today)
    open_ones = RegulationVersion.objects.unsettled_or(state__in=OPEN_REGULATIONS).defer(
        *RegulationVersion.HEAVY
    )
    context = {
        "version": version,
        "today": today,
        "open": list(open_ones.order_by("created_at")) if perms.see_drafts(person) else [],
        "can_write": perms.write_regulation(person),
        "is_dissolved": Partnership.is_dissolved(),
        "can_attach": version is not None and perms.attach_signed_copy(person),
        "template_number": RegulationTemplate.objects.values_list("number", flat=True).first(),
        "history": _history(request),
        "former_names": regulation_text.former_names(version) if version else [],
        **(_text_of(version) | _reading_of(version, person) if version else {}),
    }
    return render(request, "regulation/regulations.html", context)


def _text_of(version: RegulationVersion) -> dict[str, Any]:
    return {
        "clauses": list(regulation_text.filled(version)),
        "points": list(regulation_text.points(version).items()),
        "parameters": regulation_text.parameters(version),
        "has_data_rules": bool(regulation_text.annex_text(version)),
        "document": newest(REGULATION, version.pk) if version.number else None,
        "copies": _copies(version) if version.number else [],
    }


def _copies(version: RegulationVersion) -> list[tuple[StoredFile, datetime | None, Report | None]]:
    """The signed copies, newest first; the one of the adoption is last."""
    later = SignedCopy.objects.filter(regulation=version).select_related(*along("file"))
    files: list[tuple[StoredFile, datetime | None]] = [
        (copy.file, copy.recorded_at) for copy in later
    ]
    if version.signed_file:
        files.append((version.signed_file, None))
    claim = Claim(day=version.adopted_on)
    return [(file, at, report_of(file, claim)) for file, at in files]


def _reading_of(version: RegulationVersion, person: Person) -> dict[str, bool]:
    return {
        "has_read": RegulationAcknowledgement.objects.by(person, version).exists(),
        "can_see_readers": perms.see_who_acknowledged(person),
    }


def _seen_by(person: Person) -> VersionQuerySet:
    """The versions that `see_version` lets the person see."""
    versions = RegulationVersion.objects.all()
    return versions if perms.see_drafts(person) else versions.exclude(number=None)


def _history(request: PersonRequest) -> Table:
    versions = _seen_by(request.person).defer(*RegulationVersion.HEAVY)
    return Table(request, versions, _COLUMNS, "Wersje regulaminu", default="-utworzona")


_ENDED = {RegulationState.REJECTED: ", odrzucony ", RegulationState.WITHDRAWN: ", wycofany "}


def _listed(version: RegulationVersion) -> str:
    """A version by its number, a draft by the days on which it began and ended."""
    if version.number:
        return f"wersja {version.number}"
    ended = _ENDED.get(RegulationState(version.state))
    until = f"{ended}{pl_date(version.closed_on)}" if ended else ""
    return f"projekt z {pl_date(timezone.localtime(version.created_at).date())}{until}"


LISTED = ("Regulamin", "regulation:regulations")
_COLUMNS = (
    Column(
        "wersja",
        "Wersja",
        lambda version: _listed(version),
        sort="number",
        is_link=True,
    ),
    Column("stan", "Stan", "get_state_display", sort="state"),
    Column("utworzona", "Rozpoczęta", "created_at", sort="created_at"),
    Column("przyjeta", "Przyjęta", "adopted_on", sort="adopted_on"),
    Column("od", "Obowiązuje od", "in_force_from", sort="in_force_from"),
)


@page(
    perms.see_version,
    row(RegulationVersion.objects.select_related("amends", *along("signed_file"))),
)
def show(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    """Any version: its text, what it lacks, its files."""
    person, today = request.person, timezone.localdate()
    is_draft = version.state == RegulationState.DRAFT
    now = RegulationVersion.in_force_on(today).values_list("pk", flat=True).first()
    checks = regulation_text.checklist(version) if is_draft else []
    context = {
        "version": version,
        "may": _steps(person, version),
        **(_votes_of(request, version, today) if version.voting_from else {}),
        "is_lead": perms.adopt_regulation(person),
        "heading": _heading(version),
        "lacks": not all(check.is_met for check in checks),
        "can_attach": bool(version.number) and perms.attach_signed_copy(person),
        "kind": STATE_KINDS[RegulationState(version.state)],
        "is_in_force": now == version.pk,
        "is_to_come": bool(version.in_force_from and version.in_force_from > today),
        "checks": checks,
        "parts": regulation_text.parts(version) if is_draft else {},
        "can_edit": is_draft and perms.write_regulation(person),
        **_text_of(version),
    }
    return render(request, "regulation/regulation.html", context)


def _steps(person: Person, version: RegulationVersion) -> dict[str, bool]:
    """The steps that the person may take with the version as it stands."""
    may_become = partial(version.WORKFLOW.may, version.state)
    is_over = Partnership.is_dissolved()
    is_open = version.state == RegulationState.VOTING and not is_over
    is_rejected = version.state == RegulationState.REJECTED and not is_over
    is_lead, is_change = perms.adopt_regulation(person), version.amends_id is not None
    return {
        "adopt": not is_change and is_lead and may_become(RegulationState.ADOPTED),
        "open_voting": is_change and is_lead and not is_over and may_become(RegulationState.VOTING),
        "vote": is_open,
        "record": is_open and perms.record_votes(person),
        "close": is_lead and may_become(RegulationState.REJECTED),
        "reopen": is_rejected
        and perms.write_regulation(person)
        and not RegulationVersion.objects.filter(state__in=OPEN_REGULATIONS).exists(),
        "repeat": is_lead and not is_over,
        "withdraw": is_change
        and perms.withdraw_regulation(person, version)
        and may_become(RegulationState.WITHDRAWN),
    }


def _votes_of(request: PersonRequest, version: RegulationVersion, today: date) -> dict[str, Any]:
    """The state of the voting; when it has ended, nobody may vote any more."""
    is_open = version.state == RegulationState.VOTING
    assert version.voting_until is not None  # both days or neither
    day = today if is_open else date.max
    seats = ballots.seats(version, day)
    person = request.person
    own = [seat for seat in seats if perms.vote(person, seat.ballot.organisation_id)]
    count = ballots.count_of(version, seats, day)
    return {
        "count": count,
        "may_vote": is_open and any(seat.may_vote and seat.vote is None for seat in own),
        "may_close": is_open and rules.may_close(count, version.voting_until, today),
        "is_over": is_open and version.voting_until < today,
        "not_counted": sum(not seat.is_counted for seat in seats),
        "recounts": _recounts_of(version),
        "signed_votes": ballots.signed(seats),
        "votes": Table(request, seats, _VOTE_COLUMNS, "Głosy członków", id="lista-glosow"),
    }


def _recounts_of(version: RegulationVersion) -> dict[str, Any]:
    """The new counts of its votes with the Lider's decisions, and the voting that it repeats."""
    about = Q(regulation=version) | Q(rulings__repeat=version)
    recounts = RegulationRecount.objects.filter(about).select_related(
        "regulation", "membership__organisation"
    )
    rulings = Prefetch("rulings", RecountRuling.objects.select_related("repeat"))
    rows = recounts.order_by("recorded_at", "pk").distinct().prefetch_related(rulings)
    own = [row for row in rows if row.regulation_id == version.pk]
    return {
        "rows": own,
        "is_unsettled": any(row.is_unsettled for row in own),
        "rulings": _decisions(own),
        "first": next((row.regulation for row in rows if row not in own), None),
    }


def _decisions(recounts: list[RegulationRecount]) -> list[RecountRuling]:
    """Each decision once, though it settled several recounts."""
    rulings = [ruling for row in recounts for ruling in row.rulings.all()]
    once = {(ruling.repeat_id, ruling.reason): ruling for ruling in rulings}
    return sorted(once.values(), key=lambda ruling: ruling.recorded_at)


def _said(seat: ballots.Seat) -> str:
    if seat.is_void and seat.vote:
        return format_html(
            "<del>{}</del> nieważny: instytucja nie była członkiem od {}",
            seat.vote.get_choice_display(),
            pl_date(seat.left_on),
        )
    if not seat.is_counted:
        return "nie liczy się: w dniu otwarcia instytucja nie była członkiem"
    if seat.vote:
        return str(seat.vote.get_choice_display())
    return "czekamy na głos" if seat.may_vote else "bez głosu"


_VOTE_COLUMNS = (
    Column("kto", "Członek", lambda seat: seat.ballot.name, sort="name", is_header=True),
    Column("glos", "Głos", _said, sort="choice"),
    Column("dzien", "Z dnia", lambda seat: seat.vote.cast_on if seat.vote else None),
    Column("jak", "Forma pisemna", lambda seat: _form_of(seat.vote), href=lambda seat: _scan(seat)),
    Column("osoba", "Kto zapisał", lambda seat: seat.vote.actor_name if seat.vote else ""),
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


def crumbs_of(version: RegulationVersion) -> list[tuple[str, str]]:
    """The way to the version, for the pages below it."""
    return [LISTED, (_heading(version), version.url)]


def _heading(version: RegulationVersion) -> str:
    if version.number:
        return f"Wersja {version.number}"
    return "Zmiana regulaminu" if version.amends_id else "Projekt regulaminu"


_draft = row(RegulationVersion)


@step(perms.write_regulation, _draft)
def parameters(request: PersonRequest, draft: RegulationVersion) -> HttpResponse:
    form = ParametersForm(**sent(request), instance=draft)
    office: dict[str, Any] = {
        "office": get_object_or_404(Partnership),
        "can_rename": edit_partnership(request.person),
    }
    return _edited(request, draft, form, "Pola i parametry regulaminu", **office)


@step(perms.write_regulation, _draft)
def points(request: PersonRequest, draft: RegulationVersion) -> HttpResponse:
    form = PointsForm(**sent(request), instance=draft)
    return _edited(request, draft, form, "Sześć ustaleń Partnerstwa")


@step(perms.write_regulation, _draft)
def clauses(request: PersonRequest, draft: RegulationVersion) -> HttpResponse:
    """The text of one paragraph, which `?par=` names."""
    parts = regulation_text.parts(draft)
    part = request.GET.get("par", "1")
    if part not in parts:
        part = next(iter(parts))
    initial = {"version": draft.version}
    form = ParagraphForm(**sent(request), version=draft, part=part, initial=initial)
    note = "Pusty ustęp znika z projektu; numery pozostałych się nie zmieniają."
    return _edited(request, draft, form, parts[part], note)


def _edited(
    request: PersonRequest,
    draft: RegulationVersion,
    form: forms.BaseForm,
    title: str,
    note: str = "",
    **shown: Any,
) -> HttpResponse:
    """Show a form of a draft, or save what it says."""
    require_state(draft, RegulationState.DRAFT)
    return form_page(
        request,
        form,
        partial(edit_regulation, by=request.actor, regulation_id=draft.pk),
        said="Zapisano projekt regulaminu.",
        to=draft.url,
        template="regulation/regulation_form.html",
        title=title,
        note=note,
        crumbs=crumbs_of(draft),
        **{"office": None, **shown},
    )


@step(perms.adopt_regulation, _draft)
def adopt(request: PersonRequest, draft: RegulationVersion) -> HttpResponse:
    """The Lider adopts the first version; later ones are voted on."""
    today = timezone.localdate()
    initial = {**adopted_today(draft, today), "version": draft.version}
    return question(
        request,
        FirstAdoptionForm(**sent(request), initial=initial),
        partial(adopt_first_regulation, by=request.actor, regulation_id=draft.pk),
        ready=partial(_require_first, draft),
        said="Przyjęto regulamin. Partnerstwo może przyjmować członków.",
        to=draft.url,
        crumbs=crumbs_of(draft),
        question="Przyjąć pierwszy regulamin?",
        consequence="Regulamin dostanie numer 1, jego tekst zapiszemy jako dokument PDF i DOCX, a "
        "Partnerstwo rozpocznie działanie. Od tej chwili instytucje mogą składać deklaracje.",
        clause="tytuł i § 1 ust. 1 regulaminu",
        undo="Przyjęcia nie można cofnąć. Regulamin zmienia się potem głosowaniem (§ 9).",
        button="Przyjmij regulamin",
        danger=False,
    )


def adopted_today(version: RegulationVersion, today: date) -> dict[str, Any]:
    """The first values of a form of adoption: today, where the Lider's office is."""
    place = seat_of(version.lead_name)
    return {"adopted_on": today, "in_force_from": today, "adopted_place": place}


def _require_first(draft: RegulationVersion) -> None:
    require_state(draft, RegulationState.DRAFT)
    if draft.amends_id:
        raise Problem(
            "O zmianie regulaminu decyduje głosowanie",
            "Otwórz głosowanie na stronie tej wersji.",
            clause=perms.adopt_regulation.clause,
            at=draft,
        )
    require_complete(draft)
