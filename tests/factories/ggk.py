"""A GGK, the agreement on which it rests and delegations to it, for tests."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from uuid6 import uuid7

from gmina.ggk.models import DelegationRequest, DelegationStep, Group, GroupCoordinator
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.ref import TenantRef
from tenants.data_protection.models import ConfidentialityStatement
from tenants.exchange import counties
from tenants.exchange.counties import PartySnapshot, Snapshot
from tenants.exchange.models import PublishedAgreement
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import people as make

SCHOOL, HOSPITAL = "Szkoła Pokazowa", "Szpital Pokazowy"
NAME = "Porozumienie powiatu na potrzeby pokazu"


def party(name: str = SCHOOL, number: str = "", **fields: Any) -> PartySnapshot:
    values = {
        "party_id": uuid7(),
        "name": name,
        "number": number,
        "functions": ("pedagog szkolny",),
        "from_on": timezone.localdate() - timedelta(days=30),
        "ended_on": None,
        **fields,
    }
    return PartySnapshot(**values)


def published(
    county_id: UUID,
    *parties: PartySnapshot,
    units: tuple[str, ...] = (),
    agreement_id: UUID | None = None,
    **fields: Any,
) -> PublishedAgreement:
    """An agreement that a county has just published, for the unit one is in."""
    pk = agreement_id or uuid7()
    snapshot = Snapshot(
        **{
            "name": NAME,
            "in_force_from": timezone.localdate() - timedelta(days=30),
            "ended_on": None,
            "units": units or (current_tenant().code,),
            "parties": parties or (party(),),
            **fields,
        }
    )
    counties.publish(tenant_id=county_id, agreement_id=pk, read=lambda: snapshot)
    return PublishedAgreement.objects.get(agreement_id=pk)


def group(agreement: PublishedAgreement | None = None, county: TenantRef | None = None) -> Group:
    """The group of the unit one is in, as its rows alone."""
    agreement = agreement or published(county.id if county else uuid7())
    made = Group.objects.create(
        unit=current_tenant().code,
        county_id=agreement.tenant_id,
        county_name="Powiat Pokazowy",
        agreement_id=agreement.agreement_id,
        agreement_name=agreement.name,
        from_on=timezone.localdate() - timedelta(days=20),
    )
    follow(Group)
    return made


def coordinator(of: Group, person: Person | None = None, *, has_promised: bool = True) -> Person:
    """Somebody of the office who coordinates it, with the statement on secrecy."""
    chosen = person or make.person(Role.SOCIAL_WORKER)
    GroupCoordinator.objects.create(
        group=of, person=chosen, from_on=of.from_on, appointed_by_name="Ewa Testowa"
    )
    if has_promised:
        ConfidentialityStatement.objects.create(
            person=chosen, from_on=of.from_on, recorded_by_name="Ewa Testowa"
        )
    follow(Group)
    return chosen


def asked(of: Group, function: str = "pedagog szkolny", **fields: Any) -> DelegationRequest:
    """A request to the first party of its agreement, as its rows alone."""
    agreement = PublishedAgreement.objects.get(agreement_id=of.agreement_id)
    first = agreement.parties.order_by("pk")[0]
    today = timezone.localdate()
    values = {
        "party_id": first.party_id,
        "party_name": first.name,
        "party_number": first.number,
        "function": function,
        "from_on": today - timedelta(days=5),
        "answer_by": today + timedelta(days=14),
        "asked_on": today - timedelta(days=10),
        "asked_by_name": "Ewa Testowa",
        **fields,
    }
    row = DelegationRequest.objects.create(group=of, **values)
    _step(row, "ASKED", row.asked_on)
    return row


def _step(row: DelegationRequest, state: str, on: date) -> None:
    DelegationStep.objects.create(
        delegation=row, state=state, happened_on=on, actor_name="Ewa Testowa"
    )


def named(
    of: Group, person: Person | None = None, state: str = "NAMED", **fields: Any
) -> DelegationRequest:
    """A delegation for which a person was named, who holds the role here."""
    held = (
        person.role_assignments.select_related("organisation").get(role=Role.DELEGATE)
        if person
        else None
    )
    institution: Organisation = (held and held.organisation) or make.organisation(name=SCHOOL)
    chosen = person or make.person(Role.DELEGATE, organisation=institution)
    today = timezone.localdate()
    values = {
        "answered_on": today - timedelta(days=3),
        "full_name": chosen.full_name,
        "email": chosen.email,
        "serves_from": today - timedelta(days=5),
        "person": chosen,
        "organisation": institution,
        **fields,
    }
    row = asked(of, state=state, **values)
    for one in dict.fromkeys(("NAMED", state)):
        _step(row, one, today)
    return row


def seated(of: Group, person: Person | None = None, **fields: Any) -> DelegationRequest:
    """A delegation in force, with the statement on secrecy."""
    today = timezone.localdate()
    values = {"accepted_on": today - timedelta(days=2), **fields}
    row = named(of, person, state="SEATED", **values)
    assert row.person is not None
    ConfidentialityStatement.objects.create(
        person=row.person,
        organisation=row.organisation,
        from_on=today - timedelta(days=2),
        recorded_by_name="Ewa Testowa",
    )
    follow(DelegationRequest)
    return row


def by(person: Person | None) -> Actor:
    assert person is not None
    return make.by(person)


def aged(agreement_id: UUID, hours: int) -> None:
    """The county confirmed it last so many hours ago."""
    rows = PublishedAgreement.objects.filter(agreement_id=agreement_id)
    rows.update(confirmed_at=timezone.now() - timedelta(hours=hours))


def roles_of(person: Person | None) -> set[str]:
    """Roles that the person holds today."""
    held = RoleAssignment.objects.on(timezone.localdate()).filter(person=person)
    return set(held.values_list("role", flat=True))


def tomorrow(days: int = 1) -> date:
    return timezone.localdate() + timedelta(days=days)
