"""Data protection: the overview, one's own statement, annex 3 (REG §8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.sigreport import Claim, Report, along, report_of
from kooperacja.pages import form_page, page, sent, step
from kooperacja.ui.files import file_response
from kooperacja.ui.polish import sort_key
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.data_protection import perms
from tenants.data_protection.actions import (
    acknowledge_data_rules,
    enter_statement,
    state_confidentiality,
)
from tenants.data_protection.forms import DataRulesForm, OwnStatementForm, StatementForm
from tenants.data_protection.gate import Pair, People, agreed_on, pairs_on, verdicts
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
    name_of,
)
from tenants.data_protection.papers import printed_data_rules
from tenants.data_protection.rules import Part, Verdict
from tenants.partnership.models import Membership
from tenants.people import perms as people_perms
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Person
from tenants.regulation import perms as regulation_perms
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_digest, annex_text


@page(perms.see_data_protection)
def overview(request: PersonRequest) -> HttpResponse:
    """Institutions with or without an agreement, and what each person lacks."""
    person, today = request.person, timezone.localdate()
    people = _seen_by(person, today)
    answers = verdicts(people, today)
    handed_in = {(row.person_id, row.organisation_id): row for row in _on_paper(today)}
    institutions = _institutions(person, today)
    context = {
        "institutions": Table(
            request,
            institutions,
            _INSTITUTIONS,
            "Umowy z kooperantami",
            default="umowa",
            id="instytucje",
            sort_param="sort-i",
            page_param="strona-i",
            empty="Partnerstwo nie ma dziś żadnego kooperanta.",
        ),
        "people": Table(
            request,
            [_Row(who, of, answers[key], handed_in.get(key)) for key, (who, of) in people.items()],
            _PEOPLE,
            "Osoby",
            default="dane",
            id="osoby",
            empty="Nikt nie działa dziś w Partnerstwie.",
        ),
        "sees_all": perms.see_all_data_registers(person),
        "with_agreement": sum(row.has_agreement for row in institutions),
        "institutions_count": len(institutions),
        "allowed": sum(verdict.allowed for verdict in answers.values()),
        "people_count": len(people),
        "can_keep": perms.keep_data_registers(person),
    }
    return render(request, "data_protection/data_protection.html", context)


def _seen_by(person: Person, day: date) -> People:
    """In Polish order of names, which also stands where a sorted column has equals."""
    pairs = sorted(pairs_on(day).items(), key=lambda pair: sort_key(pair[1][0].full_name))
    if perms.see_all_data_registers(person):
        return dict(pairs)
    own = people_perms.voiced_organisations(person)
    return {key: pair for key, pair in pairs if key[1] in own}


@dataclass(frozen=True, slots=True)
class _Institution:
    """A member, with or without a valid agreement on data of families."""

    organisation: Organisation
    has_agreement: bool


def _institutions(person: Person, day: date) -> list[_Institution]:
    members = Membership.objects.on(day).select_related("organisation")
    if not perms.see_all_data_registers(person):
        members = members.filter(organisation__in=people_perms.voiced_organisations(person))
    agreed = agreed_on(day)
    return [
        _Institution(member.organisation, member.organisation_id in agreed) for member in members
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    """A person in one place, with the verdict and the statement on paper, if there is one."""

    person: Person
    organisation: Organisation | None
    verdict: Verdict
    handed_in: ConfidentialityStatement | None

    @property
    def statement(self) -> str:
        if not self.verdict.has(Part.STATEMENT):
            return "brak"
        report = _report(self.handed_in, self.person) if self.handed_in else None
        if report is None:
            return "jest"
        signers = ", ".join(signature.who for signature in report.signatures)
        return " ".join([f"jest (podpis elektroniczny: {signers})", *report.everything_to_check])

    @property
    def statement_file(self) -> str:
        return reverse("documents:file", args=[self.handed_in.file_id]) if self.handed_in else ""


def _part(part: Part, label: str) -> Column:
    return Column(
        part.value.lower(), label, lambda row: "jest" if row.verdict.has(part) else "brak"
    )


_OVERVIEW = ("Ochrona danych", "data_protection:data_protection")
_OWN = ("Moje upoważnienia", "data_protection:own_data_protection")
_INSTITUTIONS = (
    Column(
        "nazwa",
        "Instytucja",
        lambda row: row.organisation.name,
        sort="nazwa",
        href=lambda row: row.organisation.url,
        is_header=True,
    ),
    Column(
        "umowa",
        "Umowa o danych rodzin",
        lambda row: "ważna" if row.has_agreement else "brak",
        sort="umowa",
    ),
)
_PEOPLE = (
    Column("osoba", "Osoba", lambda row: row.person.full_name, sort="osoba", is_header=True),
    Column("miejsce", "Instytucja", lambda row: name_of(row.organisation), sort="miejsce"),
    _part(Part.AUTHORISATION, "Upoważnienie"),
    Column(
        "statement",
        "Oświadczenie o poufności",
        "statement",
        href=lambda row: row.statement_file,
    ),
    _part(Part.ANNEX, "Załącznik nr 3"),
    Column(
        "dane",
        "Może widzieć dane rodzin",
        lambda row: "tak" if row.verdict.allowed else "nie",
        sort="dane",
    ),
)


@step(people_perms.enter)
def own(request: PersonRequest) -> HttpResponse:
    """Everything asked of oneself; here one makes the statement on confidentiality (REG §8.1)."""
    person, today = request.person, timezone.localdate()
    places = _own_places(person, today)
    answers = verdicts(places, today)
    held = ProcessingAuthorisation.objects.filter(person=person).select_related("organisation")
    statements = _on_paper(today).filter(person=person).select_related("organisation")
    return form_page(
        request,
        OwnStatementForm(**sent(request)),
        partial(_state_own, request, places),
        said="Złożono oświadczenie o zachowaniu poufności.",
        to="data_protection:own_data_protection",
        template="data_protection/data_protection_own.html",
        crumbs=[_OVERVIEW] if perms.see_data_protection(request.person) else [],
        last="Moje upoważnienia",
        places=[
            {
                "id": key[1] or "",
                "name": name_of(organisation),
                "verdict": answers[key],
                "has_statement": answers[key].has(Part.STATEMENT),
                "has_annex": answers[key].has(Part.ANNEX),
            }
            for key, organisation in places.items()
        ],
        authorisations=held.exclude(ended_on__lte=today).order_by("number"),
        statements=[(row, _report(row, person)) for row in statements.order_by("pk")],
    )


def _report(statement: ConfidentialityStatement, person: Person) -> Report | None:
    return report_of(statement.file, Claim(person.full_name, statement.from_on))


def _state_own(
    request: PersonRequest, places: Collection[Pair], organisation_id: UUID | None
) -> ConfidentialityStatement:
    if (request.person.pk, organisation_id) not in places:
        raise Missing("Nie ma takiej instytucji", perms.state_confidentiality.why)
    return state_confidentiality(by=request.actor, organisation_id=organisation_id)


def _on_paper(day: date) -> Any:
    """Statements that were handed in, with their files and what was found out about them."""
    statements = ConfidentialityStatement.objects.on(day).exclude(file=None)
    return statements.select_related(*along("file"))


def _own_places(person: Person, day: date) -> dict[Pair, Organisation | None]:
    pairs = {
        (person.pk, role.organisation_id): role.organisation
        for role in person.role_assignments.on(day).select_related("organisation")
    }
    return dict(sorted(pairs.items(), key=lambda pair: sort_key(pair[1].name if pair[1] else "")))


@step(people_perms.enter)
def data_rules(request: PersonRequest) -> HttpResponse:
    """Annex 3 as it is in force, to be read and acknowledged (REG §8.3)."""
    regulation = RegulationVersion.in_force(timezone.localdate())
    digest = annex_digest(regulation)
    read = DataRulesAcknowledgement.objects.by(request.person, digest).order_by("read_on", "pk")
    return form_page(
        request,
        DataRulesForm(**sent(request)),
        partial(acknowledge_data_rules, by=request.actor),
        said="Zapisano, że znasz zasady ochrony danych.",
        to="data_protection:data_rules",
        template="data_protection/data_rules.html",
        crumbs=[_OVERVIEW if perms.see_data_protection(request.person) else _OWN],
        last="Załącznik nr 3",
        regulation=regulation,
        text=annex_text(regulation),
        read=read.first(),
    )


@step(perms.enter_statements)
def statement_new(request: PersonRequest) -> HttpResponse:
    """Enter a statement that was signed on paper."""
    return form_page(
        request,
        StatementForm(**sent(request), initial={"subject": request.GET.get("osoba")}),
        partial(enter_statement, by=request.actor),
        said="Wpisano oświadczenie.",
        to="data_protection:data_protection",
        title="Oświadczenie o zachowaniu poufności",
        lead="Kto ma konto, składa je sam. Tu wpisuje się oświadczenie złożone na piśmie "
        f"({perms.enter_statements.clause}).",
        crumbs=[_OVERVIEW],
        last="Oświadczenie",
        submit="Wpisz oświadczenie",
    )


def _version_and_kind(person: Person, pk: UUID, kind: str) -> tuple[RegulationVersion, str]:
    return get_object_or_404(RegulationVersion, pk=pk), kind


@page(regulation_perms.see_version, _version_and_kind)
def printed(request: PersonRequest, version: RegulationVersion, kind: str) -> HttpResponse:
    """Annex 3 of any version as a file (REG §8.3)."""
    text = annex_text(version)
    if kind not in FORMATS or not text:
        raise Missing("Nie ma takiego pliku", "Ta wersja regulaminu nie ma załącznika nr 3.")
    number = f"-wersja-{version.number}" if version.number else ""
    content = printed_data_rules(version, text, FORMATS[kind], by=request.actor)
    return file_response(content, name=f"zalacznik-3{number}.{kind}", content_type=FORMATS[kind])
