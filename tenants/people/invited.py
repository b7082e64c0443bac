"""Roles held here, with how far the invitations that were sent for them have come (REG §1.3)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import current_tenant
from tenants.people.models import RoleAssignment
from tenants.registry.models import Access, Invitation
from tenants.registry.outbox import INVITED
from tenants.registry.roles import Role
from tenants.registry.standing import (
    ACTIVE,
    NO_ADDRESS,
    NOT_SENT,
    ON_ITS_WAY,
    SHUT,
    Standing,
    standing_of,
)


def invitations_of(*assignments: RoleAssignment) -> list[Invitation]:
    """All that were sent for these roles, the oldest first."""
    rows = Invitation.objects.filter(
        tenant_id=current_tenant().id, assignment_id__in=[row.pk for row in assignments]
    )
    return list(rows.order_by("created_at"))


def standings(assignments: Iterable[RoleAssignment]) -> dict[UUID, Standing]:
    """How each of these roles stands: its door is open, or its invitation is on the way, or not."""
    rows = list(assignments)
    if not rows:
        return {}
    newest = {invitation.assignment_id: invitation for invitation in invitations_of(*rows)}
    doors, now = _doors(rows), timezone.now()
    found: dict[UUID, Standing] = {}
    for row in rows:
        invitation = newest.get(row.pk)
        if {row.pk, (row.person.account_id, row.role, row.organisation_id)} & doors:
            is_taken = invitation is not None and invitation.accepted_at
            found[row.pk] = standing_of(invitation, now) if invitation and is_taken else ACTIVE
        elif invitation is not None:
            found[row.pk] = SHUT if invitation.accepted_at else standing_of(invitation, now)
    return found | _not_sent([row for row in rows if row.pk not in found])


def _doors(rows: list[RoleAssignment]) -> set[object]:
    """The roles whose doors are open, by themselves or by the account that came in."""
    accounts = [row.person.account_id for row in rows if row.person.account_id]
    held = Access.objects.filter(tenant_id=current_tenant().id, ended_at=None)
    held = held.filter(Q(assignment_id__in=[row.pk for row in rows]) | Q(account_id__in=accounts))
    fields = held.values_list("assignment_id", "account_id", "role", "organisation_id")
    doors: set[object] = {tuple(door) for _, *door in fields}
    return doors | {assignment_id for assignment_id, *_ in fields if assignment_id}


def _not_sent(rows: list[RoleAssignment]) -> dict[UUID, Standing]:
    if not rows:
        return {}
    none = {row.pk: NOT_SENT if row.person.email else NO_ADDRESS for row in rows}
    keys = {f"{INVITED}{row.pk}": row.pk for row in rows}
    waiting = Outgoing.objects.filter(dedupe__in=keys, done_at=None)
    going = waiting.values_list("dedupe", flat=True)
    return none | {keys[dedupe]: ON_ITS_WAY for dedupe in going}


def waited_for(day: date, most: int) -> list[tuple[RoleAssignment, Standing]]:
    """Roles of today whose holders have not come in by them; those that ran out first.

    Readers of the basket stand on the page of their institution, which alone lets them in.
    """
    unanswered = Invitation.objects.filter(
        tenant_id=current_tenant().id, accepted_at=None, withdrawn_at=None
    )
    asked = list(unanswered.exclude(assignment_id=None).values_list("assignment_id", flat=True))
    held = RoleAssignment.objects.on(day).exclude(role=Role.PARTNER_WORKER)
    held = held.select_related("person", "organisation")
    held = held.filter(Q(person__account_id=None) | Q(pk__in=asked))
    rows = list(held.order_by("from_on", "pk")[:most])
    known = standings(rows)
    waiting = [(row, known[row.pk]) for row in rows]
    waiting = [(row, standing) for row, standing in waiting if _is_waited_for(standing)]
    return sorted(waiting, key=lambda pair: not pair[1].is_late)


def _is_waited_for(standing: Standing) -> bool:
    return standing in (NOT_SENT, ON_ITS_WAY) or standing.is_waited_for
