"""Partnerships, people, institutions and declarations for tests; made by the actions themselves."""

import io
import itertools
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import applicants, declarations, recruitment
from tenants.accession.actions.community import add_resource
from tenants.accession.models.community import CommunityResource
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.models.resignations import ResignationNotice
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
)
from tenants.partnership.actions.partnership import on_tenant_opened
from tenants.partnership.models import (
    DesignatedWorker,
    Engagement,
    EngagementLevel,
    FlagKind,
    Membership,
    MembershipFlag,
    Partnership,
    PartnershipCoordinator,
)
from tenants.partnership.workflow import PartnershipState
from tenants.people.models import Organisation, Person, Post, RoleAssignment, Sector
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tenants.regulation import text
from tenants.regulation.models import RegulationBallot, RegulationVersion
from tenants.regulation.rules import CHECKLIST
from tenants.regulation.workflow import RegulationState
from tests.factories import accounts

BY = Actor(account_id=None, name="Ewa Testowa")
LONG = (
    "Powiatowe Centrum Pomocy Rodzinie i Poradnia Psychologiczno-Pedagogiczna "
    "im. Konstantego Ildefonsa Gałczyńskiego w Krapkowicach"
)


def by(person: Person) -> Actor:
    """This person as the one who acts."""
    return replace(BY, person_id=person.pk)


ESTABLISHED = date(2024, 1, 1)
_numbers = itertools.count(1)


def regon(number: int) -> str:
    """A REGON with its check digit, another for each number."""
    digits = f"{number:08d}"
    check = sum(int(d) * w for d, w in zip(digits, (8, 9, 2, 3, 4, 5, 6, 7), strict=True)) % 11
    return f"{digits}{check % 10}"


@cache
def pdf_bytes() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def pdf(name: str = "deklaracja.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(), content_type="application/pdf")


def opened(tenant: TenantRef) -> Partnership:
    """The partnership as it is when the tenant has just been opened: nothing is adopted yet."""
    create_tenant_key(tenant.id)
    return on_tenant_opened(tenant)


def found(tenant: TenantRef) -> Partnership:
    """The partnership of the tenant, older than its first day here."""
    opened(tenant)
    Partnership.objects.update(
        area="gminie Gogolin",
        lead_name="Ośrodek Pomocy Społecznej w Gogolinie",
        established_on=ESTABLISHED,
        state=PartnershipState.ACTIVE,
    )
    in_force()
    return Partnership.objects.get()


def whole_regulation(**fields: Any) -> dict[str, Any]:
    """All that a version must say before it may be adopted."""
    said = {name: f"Ustalenie: {name}." for name in CHECKLIST}
    return {
        "area": "gminie Gogolin",
        "lead_name": "Ośrodek Pomocy Społecznej w Gogolinie",
        "place": "siedziba Lidera",
        **said,
        **fields,
    }


def in_force(**fields: Any) -> RegulationVersion:
    """The first regulation, in force since the first day; put straight into the tables."""
    values = {
        "state": RegulationState.ADOPTED,
        "number": 1,
        "adopted_on": ESTABLISHED,
        "adopted_place": "Gogolin",
        "in_force_from": ESTABLISHED,
    }
    RegulationVersion.objects.update(**whole_regulation(), **values, **fields)
    return RegulationVersion.objects.get()


def parameters_on(day: date) -> RegulationVersion:
    """The version whose settings hold on a day; before the first one, the framework's own."""
    return RegulationVersion.in_force(day) or RegulationVersion()


def amendment(state: str = "DRAFT", **fields: Any) -> RegulationVersion:
    """A change of the regulation put straight into the tables, with a ballot of the Lider's."""
    newest = RegulationVersion.newest()
    assert newest is not None
    today = timezone.localdate()
    days = {"voting_from": today, "voting_until": today + timedelta(days=14)}
    made = RegulationVersion.objects.create(
        title=newest.title,
        amends=newest,
        clauses=newest.clauses,
        state=state,
        **whole_regulation(**{**(days if state == "VOTING" else {}), **fields}),
    )
    if state == "VOTING":
        RegulationBallot.objects.create(regulation=made, name=newest.lead_name)
    return made


def person(
    *roles: str,
    organisation: Organisation | None = None,
    account: Account | None = None,
    **fields: Any,
) -> Person:
    number = next(_numbers)
    values = {"full_name": f"Osoba Numer {number}", "email": f"osoba.{number}@example.pl", **fields}
    made = Person.objects.create(account_id=account.pk if account else None, **values)
    for role in roles:
        RoleAssignment.objects.create(
            person=made,
            role=role,
            organisation=organisation,
            from_on=ESTABLISHED,
            granted_by="test",
        )
    return made


def lead() -> Person:
    return person(Role.LEAD, full_name="Lidia Liderska")


def signed_in(
    tenant: TenantRef, *roles: str, organisation: Organisation | None = None
) -> tuple[Client, Person]:
    """A browser of a person of the tenant, and the person."""
    account = accounts.with_totp(accounts.account())
    made = person(
        *roles,
        organisation=organisation,
        account=account,
        full_name=account.full_name,
        email=account.email,
    )
    for role in roles:
        Access.objects.create(
            account=account,
            tenant_id=tenant.id,
            role=role,
            organisation_id=organisation.pk if organisation else None,
            organisation_name=organisation.name if organisation else "",
            person_id=made.pk,
            granted_by="test",
        )
    return accounts.with_fresh_factor(accounts.client_of(account)), made


def organisation(**fields: Any) -> Organisation:
    number = next(_numbers)
    values = {
        "name": f"Instytucja Numer {number}",
        "sector": "SOCIAL",
        "city": "Gogolin",
        "regon": regon(number),
        **fields,
    }
    return Organisation.objects.create(**values)


def draft(
    by_person: Person, of: Organisation | None = None, key: UUID | None = None
) -> AccessionDeclaration:
    """A declaration that lacks nothing but the signed document."""
    declaration = declarations.draft_declaration(
        by=by(by_person),
        key=key or uuid7(),
        organisation_id=(of or organisation()).pk,
    )
    return named(by_person, declaration)


def file(
    declaration: AccessionDeclaration, by_person: Person, received_on: date | None = None
) -> AccessionDeclaration:
    day = received_on or timezone.localdate()
    regulation = RegulationVersion.in_force(timezone.localdate())
    assert regulation is not None
    return declarations.file_declaration(
        by=by(by_person),
        declaration_id=declaration.pk,
        file=pdf(),
        mode="PAPER_SCAN",
        signed_on=day - timedelta(days=1),
        received_on=day,
        regulation_id=regulation.pk,
    )


def filed(
    by_person: Person, of: Organisation | None = None, received_on: date | None = None
) -> AccessionDeclaration:
    return file(draft(by_person, of), by_person, received_on)


@transaction.atomic
def member(
    of: Organisation, from_on: date = ESTABLISHED, ended_on: date | None = None
) -> Membership:
    """A membership put straight into the tables, for lists and days long past."""
    head, contact = person(), person()
    made = Membership.objects.create(organisation=of, from_on=from_on, ended_on=ended_on)
    AccessionDeclaration.objects.create(
        organisation=of,
        signatory=head,
        coordinator=contact,
        regulation=RegulationVersion.newest(),
        signed_on=from_on,
        received_on=from_on,
        file=_stored(),
        state="ACCEPTED",
        annotation="przyjęto",
        decided_on=from_on,
        decided_by=head,
        membership=made,
    )
    PartnershipCoordinator.objects.create(membership=made, person=contact, from_on=from_on)
    return made


def _stored(kind: str = "SIGNED_DECLARATION") -> StoredFile:
    pk = uuid7()
    return StoredFile.objects.create(
        id=pk,
        kind=kind,
        original_name="deklaracja.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        path=f"2024/{pk}",
        stored_by_name="test",
    )


def head(of: Organisation, from_on: date = ESTABLISHED, **fields: Any) -> Person:
    """Who heads the institution and acts for it here."""
    made = person(Role.PARTNER_HEAD, organisation=of, **fields)
    Post.objects.create(
        person=made, organisation=of, function="dyrektor", is_head=True, from_on=from_on
    )
    return made


def worker(of: Membership, from_on: date | None = None) -> DesignatedWorker:
    """Indicated for ZZK by the head of a member."""
    return DesignatedWorker.objects.create(
        membership=of,
        person=person(),
        position="pedagog",
        indicated_by=head(of.organisation),
        from_on=from_on or of.from_on,
    )


def request_to_join(**changed: str) -> dict[str, str]:
    """What an institution writes on the public page."""
    return {
        "institution_name": f"Stowarzyszenie Numer {next(_numbers)}",
        "sector": "NGO",
        "contact_name": "Maria Pytająca",
        "contact_email": "maria@example.pl",
        "contact_phone": "",
        "message": "Chcemy pomagać.",
        **changed,
    }


def asked(**changed: str) -> Recruitment:
    return recruitment.ask_to_join(by=BY, key=uuid7(), values=request_to_join(**changed))


def agreement(of: Organisation, from_on: date = ESTABLISHED, **fields: Any) -> Any:
    """An agreement on data of families, put straight into the tables."""
    values = {"kind": "ENTRUSTMENT", "scope": "FAMILIES", "signed_on": from_on, **fields}
    return DataProcessingAgreement.objects.create(
        organisation=of, from_on=from_on, file=_stored("SIGNED_AGREEMENT"), **values
    )


def authorisation(
    whom: Person, of: Organisation | None = None, from_on: date = ESTABLISHED, **fields: Any
) -> ProcessingAuthorisation:
    values = {"scope": "FAMILIES", "granted_on": from_on, "position": "pedagog", **fields}
    return ProcessingAuthorisation.objects.create(
        person=whom, organisation=of, from_on=from_on, number=next(_numbers), **values
    )


def resignation(of: Organisation, day: date = date(2023, 6, 1)) -> ResignationNotice:
    """That an institution was a member once and left; put straight into the tables."""
    left = member(of, day, day)
    assert left.declaration.signatory is not None
    return ResignationNotice.objects.create(
        membership=left,
        signatory=left.declaration.signatory,
        signatory_function="dyrektor",
        mode="PAPER_SCAN",
        signed_on=day,
        received_on=day,
        effective_on=day,
        file=_stored("SIGNED_RESIGNATION"),
        recorded_by=left.declaration.signatory,
    )


def may_see(whom: Person, of: Organisation | None, from_on: date = ESTABLISHED) -> None:
    """All that one person needs to see data of families, but membership or role."""
    if of is not None:
        agreement(of, from_on)
    authorisation(whom, of, from_on)
    ConfidentialityStatement.objects.create(person=whom, organisation=of, from_on=from_on)
    regulation = RegulationVersion.in_force(from_on)
    assert regulation is not None
    DataRulesAcknowledgement.objects.create(
        person=whom,
        regulation=regulation,
        text_sha256=text.annex_digest(regulation),
        read_on=from_on,
    )


@transaction.atomic
def many_members(count: int, from_on: date = ESTABLISHED) -> None:
    """Members with a coordinator, a level, a flag and a worker each, in a few statements."""
    sectors, levels, kinds = Sector.values, EngagementLevel.values, FlagKind.values
    scan, regulation, signs = _stored(), RegulationVersion.objects.get(), person()
    institutions = Organisation.objects.bulk_create(
        Organisation(name=f"Instytucja {n:04d}", sector=sectors[n % 12], city="Gogolin")
        for n in range(count)
    )
    people = Person.objects.bulk_create(Person(full_name=f"Osoba {n}") for n in range(count))
    members = Membership.objects.bulk_create(
        Membership(organisation=one, from_on=from_on) for one in institutions
    )
    AccessionDeclaration.objects.bulk_create(
        AccessionDeclaration(
            organisation=one.organisation,
            membership=one,
            signatory=signs,
            coordinator=who,
            regulation=regulation,
            signed_on=from_on,
            received_on=from_on,
            file=scan,
            state="ACCEPTED",
            annotation="przyjęto",
            decided_on=from_on,
            decided_by=signs,
        )
        for one, who in zip(members, people, strict=True)
    )
    of = [{"membership": one, "from_on": from_on} for one in members]
    both = list(zip(of, people, strict=True))
    PartnershipCoordinator.objects.bulk_create(
        PartnershipCoordinator(person=who, **row) for row, who in both
    )
    DesignatedWorker.objects.bulk_create(
        DesignatedWorker(person=who, position="pedagog", indicated_by=signs, **row)
        for row, who in both
    )
    Engagement.objects.bulk_create(
        Engagement(level=levels[n % 4], reason="z diagnozy", **row) for n, row in enumerate(of)
    )
    MembershipFlag.objects.bulk_create(
        MembershipFlag(kind=kinds[n % 4], **row) for n, row in enumerate(of)
    )


def named(by_person: Person, declaration: AccessionDeclaration) -> AccessionDeclaration:
    """It says who signs and who will be the coordinator."""
    number = next(_numbers)
    declaration = declarations.name_signatory(
        by=by(by_person),
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=f"Dyrektor Numer {number}",
        function="dyrektor",
    )
    return declarations.name_coordinator(
        by=by(by_person),
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=f"Koordynator Numer {number}",
        position="specjalista",
        email=f"koordynator.{number}@example.pl",
    )


def stated(by_person: Person, declaration: AccessionDeclaration) -> AccessionDeclaration:
    """The regulation is accepted, so the declaration can be printed and signed."""
    return declarations.make_statements(
        by=by(by_person),
        declaration_id=declaration.pk,
        version=declaration.version,
        regulation_id=RegulationVersion.objects.get(state=RegulationState.ADOPTED).pk,
        publish_consent=True,
    )


def invited(
    tenant: TenantRef, by_person: Person, of: Organisation | None = None
) -> tuple[Client, Person, AccessionDeclaration]:
    """Somebody whom the office invited to fill in a declaration, and who has come in."""
    of = of or organisation()
    client, applicant = signed_in(tenant, organisation=of)
    declaration = applicants.invite_applicant(
        by=by(by_person),
        key=uuid7(),
        organisation_id=of.pk,
        full_name=applicant.full_name,
        email=applicant.email,
    )
    Access.objects.create(
        account_id=applicant.account_id,
        tenant_id=tenant.id,
        role=Role.APPLICANT,
        organisation_id=of.pk,
        organisation_name=of.name,
        person_id=applicant.pk,
        granted_by="test",
    )
    return client, applicant, declaration


def resource(by_person: Person, **fields: Any) -> CommunityResource:
    values = {
        "name": f"OSP Numer {next(_numbers)}",
        "kind": "FIRE_BRIGADE",
        "area": "Kamień Śląski",
        "offers": "Transport i sala",
        "from_on": ESTABLISHED,
        **fields,
    }
    return add_resource(by=by(by_person), key=uuid7(), values=values)
