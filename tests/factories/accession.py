"""Declarations, recruitment, resignations and resources for tests; made by the actions themselves."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import annexes, applicants, declarations, recruitment
from tenants.accession.actions.community import add_resource
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.community import CommunityResource
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.models.resignations import ResignationNotice
from tenants.people.models import Organisation, Person
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.regulation.workflow import RegulationState
from tests.factories import partnership
from tests.factories import people as make


def draft(
    by_person: Person, of: Organisation | None = None, key: UUID | None = None
) -> AccessionDeclaration:
    """A declaration that lacks nothing but the signed document."""
    declaration = declarations.draft_declaration(
        by=make.by(by_person),
        key=key or uuid7(),
        organisation_id=(of or make.organisation()).pk,
    )
    return named(by_person, declaration)


def named(by_person: Person, declaration: AccessionDeclaration) -> AccessionDeclaration:
    """It says who signs and who will be the coordinator."""
    number = next(make.numbers)
    declaration = declarations.name_signatory(
        by=make.by(by_person),
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=f"Dyrektor Numer {number}",
        function="dyrektor",
    )
    return declarations.name_coordinator(
        by=make.by(by_person),
        declaration_id=declaration.pk,
        version=declaration.version,
        full_name=f"Koordynator Numer {number}",
        position="specjalista",
        email=f"koordynator.{number}@example.pl",
    )


def stated(by_person: Person, declaration: AccessionDeclaration) -> AccessionDeclaration:
    """The regulation is accepted, so the declaration can be printed and signed."""
    return declarations.make_statements(
        by=make.by(by_person),
        declaration_id=declaration.pk,
        version=declaration.version,
        regulation_id=RegulationVersion.objects.get(state=RegulationState.ADOPTED).pk,
        publish_consent=True,
    )


def file(
    declaration: AccessionDeclaration, by_person: Person, received_on: date | None = None
) -> AccessionDeclaration:
    day = received_on or timezone.localdate()
    regulation = RegulationVersion.in_force(timezone.localdate())
    assert regulation is not None
    return declarations.file_declaration(
        by=make.by(by_person),
        declaration_id=declaration.pk,
        file=make.pdf(),
        mode="PAPER_SCAN",
        signed_on=day - timedelta(days=1),
        received_on=day,
        regulation_id=regulation.pk,
    )


def annex(
    by_person: Person, declaration: AccessionDeclaration, kind: str = "POWER"
) -> DeclarationAnnex:
    """A file beside a declaration that is being prepared."""
    return annexes.add_annex(
        by=make.by(by_person),
        key=uuid7(),
        declaration_id=declaration.pk,
        kind=kind,
        file=make.pdf("pelnomocnictwo.pdf"),
    )


def filed(
    by_person: Person, of: Organisation | None = None, received_on: date | None = None
) -> AccessionDeclaration:
    return file(draft(by_person, of), by_person, received_on)


def invited(
    tenant: TenantRef, by_person: Person, of: Organisation | None = None
) -> tuple[Client, Person, AccessionDeclaration]:
    """Somebody whom the office invited to fill in a declaration, and who has come in."""
    of = of or make.organisation()
    client, applicant = make.signed_in(tenant, organisation=of)
    declaration = applicants.invite_applicant(
        by=make.by(by_person),
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


def request_to_join(**changed: str) -> dict[str, str]:
    """The form of the public page, as an institution fills it in."""
    return {
        "institution_name": f"Stowarzyszenie Numer {next(make.numbers)}",
        "sector": "NGO",
        "contact_name": "Maria Pytająca",
        "contact_email": "maria@example.pl",
        "contact_phone": "",
        "message": "Chcemy pomagać.",
        **changed,
    }


def asked(**changed: str) -> Recruitment:
    return recruitment.ask_to_join(by=make.BY, key=uuid7(), values=request_to_join(**changed))


def resignation(of: Organisation, day: date = date(2023, 6, 1)) -> ResignationNotice:
    """An institution was a member once and left; put straight into the tables."""
    left = partnership.member(of, day, day)
    assert left.declaration.signatory is not None
    return ResignationNotice.objects.create(
        membership=left,
        signatory=left.declaration.signatory,
        signatory_function="dyrektor",
        mode="PAPER_SCAN",
        signed_on=day,
        received_on=day,
        effective_on=day,
        file=make.stored("SIGNED_RESIGNATION"),
        recorded_by=left.declaration.signatory,
    )


def resource(by_person: Person, **fields: Any) -> CommunityResource:
    values = {
        "name": f"OSP Numer {next(make.numbers)}",
        "kind": "FIRE_BRIGADE",
        "area": "Kamień Śląski",
        "offers": "Transport i sala",
        "from_on": make.ESTABLISHED,
        **fields,
    }
    return add_resource(by=make.by(by_person), key=uuid7(), values=values)
