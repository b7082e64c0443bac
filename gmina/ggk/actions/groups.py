"""The GGK is founded and closed, and one of the OPS coordinates it (POR-C §3.1, §3.3)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from gmina.ggk import perms
from gmina.ggk.actions import ending
from gmina.ggk.models import DelegationRequest, Group, GroupCoordinator
from gmina.ggk.sides import COORDINATING
from gmina.ggk.standing import founding
from gmina.ggk.workflow import OPEN, STANDING, EndReason
from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.middleware import directory
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, Taken, insert_once
from tenants.partnership.models import Partnership
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person, RoleAssignment


@transaction.atomic
def found(*, by: Actor, key: UUID, agreement_id: UUID) -> Group:
    """Found the group under an agreement in force that names this unit."""
    Partnership.objects.select_for_update().first()  # one after another
    perms.keep_groups.require(Person.objects.acting(by))
    if known := Group.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    known = {one.agreement_id: one for one in founding(by.today)}
    if (agreement := known.get(agreement_id)) is None:
        raise ValidationError({"agreement": "To porozumienie nie obowiązuje. Wybierz inne."})
    county = directory().find_now(agreement.tenant_id)
    group = Group(
        id=key,
        unit=current_tenant().code,
        county_id=agreement.tenant_id,
        county_name=county.name if county else "powiat",
        agreement_id=agreement_id,
        agreement_name=agreement.name,
        from_on=by.today,
    )
    try:
        insert_once(group)
    except Taken:
        raise _one_already() from None
    record(by=by, verb="GGK_FOUNDED", obj=group)
    publish_figures(Group, cause=group.pk)
    return group


def require_none() -> None:
    if Group.objects.filter(ended_on=None).exists():
        raise _one_already()


def _one_already() -> Problem:
    return Problem(
        "Gminna Grupa Kooperacji już działa",
        "W gminie jest jedna taka grupa. Następną można powołać, gdy ta zakończy działanie.",
        kept=NOTHING_SAVED,
        at=Group,
        action="Zobacz grupę",
    )


@transaction.atomic
def close(*, by: Actor, group_id: UUID) -> Group:
    """End the group today, with its coordinator, what it asked for and every delegation."""
    by.require_proof()
    group: Group = Group.objects.select_for_update().get(pk=group_id)
    perms.keep_groups.require(Person.objects.acting(by))
    if group.is_over:
        raise AlreadySaved(group)
    for row in _locked(group, OPEN | STANDING):
        ending.finish(by=by, row=row, why=EndReason.GROUP_CLOSED)
    for one in GroupCoordinator.objects.filter(group=group, ended_on=None).select_for_update():
        one.end(by.today)
    group.end(by.today)
    entry = record(by=by, verb="GGK_CLOSED", obj=group)
    publish_figures(Group, DelegationRequest, cause=entry.pk)
    return group


def _locked(group: Group, states: frozenset[str]) -> list[DelegationRequest]:
    rows = DelegationRequest.objects.filter(group=group, state__in=sorted(states))
    return list(rows.select_related("group").select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def appoint(*, by: Actor, group_id: UUID, person_id: UUID) -> GroupCoordinator:
    """Let a worker of the OPS coordinate the group from today, in place of whoever did."""
    by.require_proof()
    group = Group.objects.select_for_update().get(pk=group_id)
    perms.keep_groups.require(Person.objects.acting(by))
    require_open(group)
    Person.objects.select_for_update().get(pk=person_id)
    if not workers(by.today).filter(pk=person_id).exists():
        raise ValidationError({"person": "Wybierz osobę, która ma dziś rolę w ośrodku."})
    before = GroupCoordinator.objects.select_for_update().filter(group=group, ended_on=None).first()
    if before is not None:
        if before.person_id == person_id:
            raise AlreadySaved(before)
        before.end(by.today)
    row = GroupCoordinator(
        group=group, person_id=person_id, from_on=by.today, appointed_by_name=by.name[:200]
    )
    insert_once(row)
    data = {"person": [str(before.person_id) if before else None, str(person_id)]}
    entry = record(by=by, verb="GGK_COORDINATOR_APPOINTED", obj=group, data=data)
    publish_figures(Group, cause=entry.pk)
    return row


def workers(day: date) -> "QuerySet[Person]":
    """Workers of the OPS whom it may designate; its data protection officer only watches over it."""
    return Person.objects.current().filter(pk__in=_held(day).values("person"))


def _held(day: date) -> "QuerySet[RoleAssignment]":
    held: QuerySet[RoleAssignment] = RoleAssignment.objects.on(day).filter(role__in=COORDINATING)
    return held


@transaction.atomic
def end_who_left() -> None:
    """End the coordinating of whoever has no role of the office any more (POR-C §3.3)."""
    today = SYSTEM.today
    rows = GroupCoordinator.objects.filter(ended_on=None).select_related("group")
    left = rows.exclude(person__in=_held(today).values("person"))
    # Nobody is locked where nobody left: this follows each change of a role.
    keys = list(left.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return
    for row in rows.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"):
        row.end(today)
        data = {"person": [str(row.person_id), None]}
        record(by=SYSTEM, verb="GGK_COORDINATOR_LEFT", obj=row.group, data=data)


def require_open(group: Group) -> None:
    if group.is_over:
        raise Problem(
            "Ta grupa zakończyła działanie",
            "Można powołać następną.",
            kept=NOTHING_SAVED,
            at=Group,
            action="Zobacz grupy",
        )
