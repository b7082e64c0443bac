"""The papers of data protection, kept well in some places of the demo and badly in others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kooperacja.audit.record import record
from tenants.data_protection.models import (
    AgreementKind,
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    DataScope,
    ProcessingAuthorisation,
)
from tenants.data_protection.papers import SIGNED_AGREEMENT
from tenants.demo import words
from tenants.demo.office import Office
from tenants.demo.places import Papers
from tenants.partnership.consequences import ENDED
from tenants.partnership.models import DesignatedWorker, Membership, PartnershipCoordinator
from tenants.people.models import Organisation, Person
from tenants.regulation import text
from tenants.regulation.models import RegulationVersion

_REPLACED = "koniec pełnienia funkcji"


@dataclass(frozen=True, slots=True)
class _Right:
    """The right of a person to work with data of families, for the time that was settled."""

    person: Person
    organisation: Organisation | None
    position: str
    from_on: date
    ended_on: date | None
    end_reason: str = ""


def keep(office: Office, papers: Papers) -> None:
    """Write the registers of data protection as the place keeps them."""
    if papers == Papers.NONE:
        return
    members = list(Membership.objects.select_related("organisation").order_by("from_on", "pk"))
    terms = {
        member.pk: term
        for number, member in enumerate(members)
        if (term := _term(member, papers, number, office.today))
    }
    _agree(office, [(member, terms[member.pk]) for member in members if member.pk in terms])
    rights = [*_of_office(office), *_of_members(terms)]
    _authorise(office, rights)
    _state(office, rights)


def _term(
    of: Membership, papers: Papers, number: int, today: date
) -> tuple[date | None, str] | None:
    """The end of a member's papers and its reason; None if it never had any."""
    if of.ended_on is not None:
        return of.ended_on, ENDED
    if papers == Papers.WHOLE:
        return None, ""
    ends = (today - timedelta(days=20), today + timedelta(days=15), None)
    if number % 4 == 3:
        return None
    until = ends[number % 4]
    return (until, "") if until is None or until > of.from_on else None


def _agree(office: Office, terms: list[tuple[Membership, tuple[date | None, str]]]) -> None:
    if not terms:
        return
    scan = office.file(SIGNED_AGREEMENT)
    agreements = DataProcessingAgreement.objects.bulk_create(
        DataProcessingAgreement(
            organisation=member.organisation,
            **_settled(number),
            scope=DataScope.FAMILIES,
            case_mark=f"POKAZ.{number}",
            signed_on=member.from_on,
            from_on=member.from_on,
            ended_on=ended_on,
            end_reason=reason,
            file=scan,
            **words.AGREEMENT,
        )
        for number, (member, (ended_on, reason)) in enumerate(terms, start=1)
    )
    _tell_journal(office, "AGREEMENT", "ENTERED", agreements)


def _settled(number: int) -> dict[str, Any]:
    """One in four shares data as a separate administrator, on a law of its own."""
    if number % 4:
        return {"kind": AgreementKind.ENTRUSTMENT}
    return {"kind": AgreementKind.SEPARATE, "legal_basis": words.LEGAL_BASIS}


def _of_office(office: Office) -> Iterator[_Right]:
    yield _Right(office.lead, None, "dyrektor", office.began, None)
    yield _Right(office.officer, None, "pracownik ds. sieci", office.began, None)


def _of_members(terms: dict[object, tuple[date | None, str]]) -> Iterator[_Right]:
    """Their coordinators and the workers whom they indicated."""
    for model in (PartnershipCoordinator, DesignatedWorker):
        rows = model.objects.select_related("person", "membership__organisation")
        for row in rows.order_by("from_on", "pk"):
            if row.membership_id not in terms:
                continue
            ended_on, reason = terms[row.membership_id]
            if row.ended_on is not None and row.ended_on != row.membership.ended_on:
                ended_on, reason = row.ended_on, _REPLACED
            position = getattr(row, "position", "specjalista")
            of = row.membership.organisation
            yield _Right(row.person, of, position, row.from_on, ended_on, reason)


def _authorise(office: Office, rights: Iterable[_Right]) -> None:
    granted = ProcessingAuthorisation.objects.bulk_create(
        ProcessingAuthorisation(
            person=right.person,
            organisation=right.organisation,
            number=number,
            position=right.position,
            scope=DataScope.FAMILIES,
            purpose=words.AUTHORISED_FOR,
            granted_by_name=office.lead.full_name,
            granted_on=right.from_on,
            from_on=right.from_on,
            ended_on=right.ended_on,
            end_reason=right.end_reason,
        )
        for number, right in enumerate(rights, start=1)
    )
    _tell_journal(office, "AUTHORISATION", "GRANTED", granted)


def _tell_journal(
    office: Office,
    what: str,
    begun: str,
    rows: Iterable[DataProcessingAgreement | ProcessingAuthorisation],
) -> None:
    """As the actions write it, of what was entered and of what has ended since."""
    for row in rows:
        data = {"from_on": [None, str(row.from_on)]}
        record(by=office.actor, verb=f"{what}_{begun}", obj=row, data=data)
        if row.ended_on is not None and row.ended_on <= office.today:
            end = {"ended_on": [None, str(row.ended_on)]}
            record(by=office.actor, verb=f"{what}_ENDED", obj=row, why=row.end_reason, data=end)


def _state(office: Office, rights: Iterable[_Right]) -> None:
    """Confidentiality, and annex 3 as the version in force that day has it."""
    by = office.lead.full_name
    ConfidentialityStatement.objects.bulk_create(
        ConfidentialityStatement(
            person=right.person,
            organisation=right.organisation,
            from_on=right.from_on,
            recorded_by_name=by,
        )
        for right in rights
    )
    first = RegulationVersion.objects.get(number=1)
    digest = text.annex_digest(first)
    DataRulesAcknowledgement.objects.bulk_create(
        DataRulesAcknowledgement(
            person=right.person,
            regulation=first,
            text_sha256=digest,
            read_on=right.from_on,
            recorded_by_name=by,
        )
        for right in rights
    )
