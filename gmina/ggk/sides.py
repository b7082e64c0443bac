"""The coordinators of the GGK and its delegates, as far as they are in force today."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from gmina.ggk.models import DelegationRequest, GroupCoordinator
from gmina.ggk.standing import county_of
from gmina.ggk.workflow import DelegationState
from kooperacja.tenancy.facts import fact
from tenants.data_protection.models import ConfidentialityStatement
from tenants.data_protection.rules import Spell
from tenants.people.models import Person, holds
from tenants.registry.roles import OFFICE_ROLES, Role
from tenants.teams.models import Team

# Workers of the OPS, one of whom it designates (POR-C §3.3).
COORDINATING = OFFICE_ROLES - {Role.DPO}


@fact
def coordinators(day: date) -> tuple[GroupCoordinator, ...]:
    """Those of a day, of groups that there are then."""
    rows = GroupCoordinator.objects.on(day).select_related("group", "person").order_by("pk")
    return tuple(row for row in rows if row.group.holds_on(day))


@fact
def seated() -> tuple[DelegationRequest, ...]:
    """Delegations that were accepted and have not ended."""
    rows = DelegationRequest.objects.filter(state=DelegationState.SEATED)
    return tuple(rows.select_related("group", "person", "organisation").order_by("pk"))


def coordinates(person: Person, group_id: UUID) -> bool:
    """The person coordinates the group, and works in the office still."""
    if not holds(person, COORDINATING):
        return False
    rows = coordinators(timezone.localdate())
    return any(row.group_id == group_id and row.person_id in person.entries for row in rows)


def leaders(team: Team, day: date) -> list[Person]:
    """Whoever coordinates the group of a team on a day."""
    return [row.person for row in coordinators(day) if row.group_id == team.rests_on]


def delegations_of(person: Person, group_id: UUID) -> list[DelegationRequest]:
    """Delegations by which the person sits in a group today."""
    if not is_delegate(person):
        return []
    today = timezone.localdate()
    return [
        row
        for row in seated()
        if row.group_id == group_id and row.person_id in person.entries and row.holds_on(today)
    ]


def reads(person: Person, team: Team) -> bool:
    """Read what the group does, after the statement on secrecy (POR-C §3.6).

    Its coordinator; its delegates while everything is in force: the role here, the party in the
    agreement, and the county's word for it of the last day.
    """
    if not team.holds_on(timezone.localdate()):
        return False
    if coordinates(person, team.rests_on):
        return has_promised(person, None)
    rows = delegations_of(person, team.rests_on)
    if not rows:
        return False
    county = county_of(rows[0].group)
    return county.opens and any(
        county.binds(row.party_id) and _promised(person, row) for row in rows
    )


def is_delegate(person: Person) -> bool:
    """Let in for a GGK, whichever institution sent them."""
    return any(held.role == Role.DELEGATE for held in person.roles_today)


def _promised(person: Person, row: DelegationRequest) -> bool:
    """They hold the role for that institution, and undertook to keep secret what they learn."""
    is_sent = holds(person, {Role.DELEGATE}, row.organisation_id)
    return is_sent and has_promised(person, row.organisation_id)


def has_promised(person: Person, organisation_id: UUID | None) -> bool:
    """The statement on secrecy for an institution is there; without one, for the OPS."""
    rows = ConfidentialityStatement.objects.on(timezone.localdate())
    return rows.filter(person__in=person.entries, organisation=organisation_id).exists()


def spells(people: Iterable[UUID], day: date) -> dict[UUID, list[Spell]]:
    """For the gate: delegations in force on a day, by person; from today on only confirmed ones."""
    wanted, found = set(people), dict[UUID, list[Spell]]()
    rows = [row for row in seated() if row.person_id in wanted]
    counties = {group: county_of(group) for group in {row.group for row in rows}}
    for row in rows:
        if row.person_id is None or row.sits_from is None:
            continue
        county = counties[row.group]
        if day < timezone.localdate() or (county.opens and county.binds(row.party_id)):
            spell = Spell(row.organisation_id, row.sits_from, row.first_day_off)
            found.setdefault(row.person_id, []).append(spell)
    return found
