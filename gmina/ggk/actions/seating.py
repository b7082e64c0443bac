"""The delegate accepts and undertakes secrecy, which gives the seat; or declines (POR-C §3.5-3.6)."""

from uuid import UUID

from django.db import transaction

from gmina.ggk import perms
from gmina.ggk.actions import telling
from gmina.ggk.actions.ending import leave_role, locked
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.sides import has_promised
from gmina.ggk.workflow import DelegationState
from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved
from tenants.data_protection.actions import state_confidentiality
from tenants.exchange.delegations import Became
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@transaction.atomic
def accept(*, by: Actor, delegation_id: UUID) -> DelegationRequest:
    """Take the seat; the statement on secrecy is made with it, unless it was before."""
    by.require_proof()
    row = _own(by, delegation_id)
    if row.state == DelegationState.SEATED:
        raise AlreadySaved(row)
    require_named(row)
    person = Person.objects.acting(by)
    assert person is not None  # denied else
    _require_no_seat(row, person)
    if not has_promised(person, row.organisation_id):  # on paper or here
        state_confidentiality(by=by, organisation_id=row.organisation_id)
    entry = move(row, DelegationState.SEATED, by=by, on=by.today, accepted_on=by.today)
    telling.post_state(row, Became.SEATED, by.today)
    telling.nothing_waits(row)
    telling.tell_office(by, row)
    publish_figures(DelegationRequest, cause=entry.pk)
    return row


def _require_no_seat(row: DelegationRequest, person: Person) -> None:
    """A person sits in a group once, whoever sends them."""
    Person.objects.select_for_update().get(pk=person.pk)  # one of two accepted at once
    rows = DelegationRequest.objects.filter(group=row.group_id, person=person)
    if sits := rows.filter(state=DelegationState.SEATED).first():
        raise Problem(
            "Masz już miejsce w tej grupie",
            f"Deleguje Cię {sits.party_name}. Jedna osoba ma w grupie jedno miejsce, więc tej "
            "delegacji możesz nie przyjąć albo poprosić ośrodek o zakończenie poprzedniej.",
            kept=NOTHING_SAVED,
        )


@transaction.atomic
def promise(*, by: Actor, group_id: UUID) -> Group:
    """The coordinator undertakes secrecy, as every member of the group does (POR-C §3.6)."""
    by.require_proof()
    group: Group = Group.objects.select_for_update().get(pk=group_id)
    person = Person.objects.acting(by)
    perms.promise.require(person, group)
    assert person is not None  # denied else
    if has_promised(person, None):
        raise AlreadySaved(group)
    state_confidentiality(by=by, organisation_id=None)
    record(by=by, verb="GGK_SECRECY_STATED", obj=group)
    return group


@transaction.atomic
def decline(*, by: Actor, delegation_id: UUID) -> DelegationRequest:
    """Refuse the delegation; the institution may name somebody else when it is asked again."""
    by.require_proof()
    row = _own(by, delegation_id)
    if row.state == DelegationState.DECLINED:
        raise AlreadySaved(row)
    require_named(row)
    entry = move(row, DelegationState.DECLINED, by=by, on=by.today)
    telling.post_state(row, Became.DECLINED, by.today)
    telling.nothing_waits(row)
    telling.tell_office(by, row)
    leave_role(by, row, DelegationState.DECLINED.label)
    publish_figures(DelegationRequest, cause=entry.pk)
    return row


def _own(by: Actor, delegation_id: UUID) -> DelegationRequest:
    row = locked(delegation_id)
    assert row is not None  # its page found it
    perms.answer_delegation.require(Person.objects.acting(by), row)
    return row


def require_named(row: DelegationRequest) -> None:
    if not row.is_named:
        raise Problem(
            "Ta delegacja nie czeka już na przyjęcie",
            f"Jej stan: {row.state_said}.",
            kept=NOTHING_SAVED,
        )
