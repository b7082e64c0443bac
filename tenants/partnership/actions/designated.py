"""Heads of members indicate workers entitled and obliged to cooperate in ZZK (REG §4.3)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import AlreadySaved, insert_once
from tenants.partnership import perms
from tenants.partnership.actions.terms import (
    enter_post,
    locked_membership,
    require_free,
    require_holds,
    require_own_email,
    require_start,
    seat_to_end,
)
from tenants.partnership.models import DesignatedWorker, Membership
from tenants.people import perms as people_perms
from tenants.people.actions.persons import find_or_add_person
from tenants.people.models import Person, Post


@transaction.atomic
def designate_worker(
    *,
    by: Actor,
    key: UUID,
    membership_id: UUID,
    full_name: str,
    position: str,
    from_on: date,
    email: str = "",
    phone: str = "",
    head_id: UUID | None = None,
) -> DesignatedWorker:
    """Enter the worker whom the head indicates; the office says which head did so on paper."""
    membership = locked_membership(membership_id)
    person = Person.objects.acting(by)
    perms.designate_workers.require(person, membership)
    if saved := DesignatedWorker.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_holds(membership, perms.designate_workers.clause)
    require_start(from_on, membership.from_on)
    require_own_email(email, full_name)
    head_id = _indicating(person, membership, head_id, from_on)
    worker = find_or_add_person(
        full_name=full_name, email=email, phone=phone, organisation=membership.organisation
    )
    require_free(membership.designated.all(), worker, from_on, "Ta osoba jest już wskazana do ZZK.")
    row = DesignatedWorker(id=key, membership=membership, person=worker, position=position)
    row.indicated_by_id, row.from_on = head_id, from_on
    insert_once(row)
    enter_post(membership.organisation, worker, position, from_on)
    data = {"person": [None, str(worker.pk)], "indicated_by": [None, str(head_id)]}
    record(by=by, verb="WORKER_DESIGNATED", obj=membership.organisation, data=data)
    return row


@transaction.atomic
def end_designation(*, by: Actor, designation_id: UUID, ended_on: date) -> DesignatedWorker:
    """From this day the worker is no longer on the roster."""
    row = seat_to_end(by, DesignatedWorker, designation_id, perms.designate_workers, ended_on)
    row.end(ended_on)
    data = {"person": [str(row.person_id), None], "ended_on": [None, ended_on.isoformat()]}
    record(by=by, verb="WORKER_ENDED", obj=row.membership.organisation, data=data)
    return row


def _indicating(
    person: Person | None, membership: Membership, head_id: UUID | None, from_on: date
) -> UUID:
    """The head indicates in person; for the office it is somebody who was the head that day."""
    if person and head_id is None and people_perms.is_head(person, membership.organisation_id):
        return person.pk
    heads = Post.objects.on(from_on).filter(organisation=membership.organisation_id, is_head=True)
    if head_id is None or not heads.filter(person=head_id).exists():
        raise ValidationError(
            {
                "head": "Wybierz osobę, która tego dnia kierowała instytucją. Jeśli jej brak, "
                "najpierw wpisz jej funkcję na stronie instytucji."
            }
        )
    return head_id
