"""The delegate accepts and undertakes secrecy, which gives the seat; or declines (POR-C §3.5-3.6)."""

from uuid import UUID

from django.db import transaction

from gmina.ggk import perms
from gmina.ggk.actions import telling
from gmina.ggk.actions.ending import leave_role, locked
from gmina.ggk.models import DelegationRequest
from gmina.ggk.workflow import DelegationState
from kooperacja.audit.actor import Actor
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved
from tenants.data_protection.actions import state_confidentiality
from tenants.data_protection.models import ConfidentialityStatement
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
    _require_no_seat(row)
    promise(by, row)
    entry = move(row, DelegationState.SEATED, by=by, on=by.today, accepted_on=by.today)
    telling.post_state(row, Became.SEATED, by.today)
    telling.nothing_waits(row)
    telling.tell_office(by, row)
    publish_figures(DelegationRequest, cause=entry.pk)
    return row


def _require_no_seat(row: DelegationRequest) -> None:
    """A person sits in a group once, whoever sends them."""
    assert row.person_id is not None  # whoever accepts came in as that person
    Person.objects.select_for_update().get(pk=row.person_id)  # one of two accepted at once
    rows = DelegationRequest.objects.filter(group=row.group_id, person=row.person_id)
    if sits := rows.filter(state=DelegationState.SEATED).first():
        raise Problem(
            "Masz już miejsce w tej grupie",
            f"Deleguje Cię {sits.party_name}. Jedna osoba ma w grupie jedno miejsce, więc tej "
            "delegacji możesz nie przyjąć albo poprosić ośrodek o zakończenie poprzedniej.",
            kept=NOTHING_SAVED,
        )


def promise(by: Actor, row: DelegationRequest) -> None:
    """Undertake secrecy for the institution that sends one, unless that was done, on paper or here."""
    if not has_promised(row, by):
        state_confidentiality(by=by, organisation_id=row.organisation_id)


def has_promised(row: DelegationRequest, by: Actor) -> bool:
    held = ConfidentialityStatement.objects.on(by.today).filter(organisation=row.organisation_id)
    return held.filter(person=by.person_id).exists()


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
            f"Jej stan: {row.get_state_display()}.",
            kept=NOTHING_SAVED,
        )
