"""Partnerships and their members for tests."""

from datetime import date
from typing import Any

from django.db import transaction

from kooperacja.crypto.actions import create_tenant_key
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
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
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, RoleAssignment, Sector
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.teams.following import follow_partnership
from tests.factories import people as make
from tests.factories import regulation


def opened(tenant: TenantRef) -> Partnership:
    """The partnership as it is when the tenant has just been opened: nothing is adopted yet."""
    create_tenant_key(tenant.id)
    return on_tenant_opened(tenant)


def found(tenant: TenantRef) -> Partnership:
    """The partnership of the tenant, older than its first day here."""
    opened(tenant)
    Partnership.objects.update(
        area="Gmina Gogolin",
        area_locative="gminie Gogolin",
        area_genitive="gminy Gogolin",
        lead_name="Ośrodek Pomocy Społecznej w Gogolinie",
        lead_locative="Ośrodku Pomocy Społecznej w Gogolinie",
        lead_genitive="Ośrodka Pomocy Społecznej w Gogolinie",
        established_on=make.ESTABLISHED,
        state=PartnershipState.ACTIVE,
    )
    regulation.in_force()
    follow_partnership()
    return Partnership.objects.get()


@transaction.atomic
def member(
    of: Organisation, from_on: date = make.ESTABLISHED, ended_on: date | None = None
) -> Membership:
    """A membership put straight into the tables, for lists and days long past."""
    head, contact = make.person(), make.person()
    made = Membership.objects.create(organisation=of, from_on=from_on, ended_on=ended_on)
    AccessionDeclaration.objects.create(
        organisation=of,
        signatory=head,
        coordinator=contact,
        regulation=RegulationVersion.newest(),
        signed_on=from_on,
        received_on=from_on,
        file=make.stored(),
        state="ACCEPTED",
        annotation="przyjęto",
        decided_on=from_on,
        decided_by=head,
        membership=made,
    )
    PartnershipCoordinator.objects.create(membership=made, person=contact, from_on=from_on)
    follow(Membership, PartnershipCoordinator)
    return made


def worker(of: Membership, from_on: date | None = None) -> DesignatedWorker:
    """Indicated for ZZK by the head of a member."""
    return DesignatedWorker.objects.create(
        membership=of,
        person=make.person(),
        position="pedagog",
        indicated_by=make.head(of.organisation),
        from_on=from_on or of.from_on,
    )


@transaction.atomic
def many_members(count: int, from_on: date = make.ESTABLISHED) -> None:
    """Members with a coordinator, a level, a flag and a worker each, in a few statements."""
    sectors, levels, kinds = Sector.values, EngagementLevel.values, FlagKind.values
    signs = make.person()
    institutions = Organisation.objects.bulk_create(
        Organisation(name=f"Instytucja {n:04d}", sector=sectors[n % 12], city="Gogolin")
        for n in range(count)
    )
    people = Person.objects.bulk_create(Person(full_name=f"Osoba {n}") for n in range(count))
    members = Membership.objects.bulk_create(
        Membership(organisation=one, from_on=from_on) for one in institutions
    )
    _accepted(members, people, signs)
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


def _accepted(members: list[Membership], coordinators: list[Person], signs: Person) -> None:
    """The declarations by which they came in."""
    scan, regulation = make.stored(), RegulationVersion.objects.get()
    AccessionDeclaration.objects.bulk_create(
        AccessionDeclaration(
            organisation=one.organisation,
            membership=one,
            signatory=signs,
            coordinator=who,
            regulation=regulation,
            signed_on=one.from_on,
            received_on=one.from_on,
            file=scan,
            state="ACCEPTED",
            annotation="przyjęto",
            decided_on=one.from_on,
            decided_by=signs,
        )
        for one, who in zip(members, coordinators, strict=True)
    )


def voiced_member(**fields: Any) -> Membership:
    """A member whose coordinator has a role here, and so answers and writes."""
    made = member(make.organisation(**fields))
    RoleAssignment.objects.create(
        person=made.coordinators.get().person,
        role=Role.PARTNER_COORDINATOR,
        organisation=made.organisation,
        from_on=made.from_on,
        granted_by="test",
    )
    return made
