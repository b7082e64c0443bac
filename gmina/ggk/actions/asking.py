"""The OPS asks an institution of the agreement for a person, or thinks better of it (POR-C §2.4.2)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from gmina.ggk import perms, rules
from gmina.ggk.actions import telling
from gmina.ggk.actions.ending import locked
from gmina.ggk.actions.groups import require_open
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.standing import county_of
from gmina.ggk.workflow import DelegationState
from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, Taken, insert_once
from tenants.exchange.models import PublishedParty
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@transaction.atomic
def ask(
    *,
    by: Actor,
    group_id: UUID,
    key: UUID,
    party_id: UUID,
    function: str,
    from_on: date,
    answer_by: date,
) -> DelegationRequest:
    """Ask for a person in a function; an institution is asked for one function once at a time."""
    group = Group.objects.select_for_update().get(pk=group_id)
    perms.ask.require(Person.objects.acting(by), group)
    if known := DelegationRequest.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    require_askable(group)
    party = _party(group, party_id, function)
    if wrong := rules.asked_error(from_on, answer_by, by.today):
        raise ValidationError(wrong)
    row = DelegationRequest(
        id=key,
        group=group,
        party_id=party_id,
        party_name=party.name,
        party_number=party.number,
        function=function,
        from_on=from_on,
        answer_by=answer_by,
        asked_on=by.today,
        asked_by_name=by.name[:200],
    )
    try:
        insert_once(row)
    except Taken:
        raise _asked_already() from None
    row.add_step(by=by, on=by.today)
    record(by=by, verb="DELEGATION_ASKED", obj=row)
    telling.post_asked(row)
    publish_figures(DelegationRequest, cause=row.pk)
    return row


def require_askable(group: Group) -> None:
    """The group is open, and its agreement binds institutions that can be asked."""
    require_open(group)
    if not county_of(group).is_in_force:
        raise Problem(
            "Nie ma kogo poprosić o delegowanie",
            "Porozumienie, na którym opiera się grupa, nie obowiązuje, nie obejmuje już tej gminy albo "
            "jednostka, która je prowadzi, jeszcze go nie potwierdziła.",
            kept=NOTHING_SAVED,
            at=group,
            action="Zobacz grupę",
        )


def _party(group: Group, party_id: UUID, function: str) -> PublishedParty:
    """A party of today, which can send such a person."""
    county = county_of(group)
    party = next((one for one in county.bound() if one.party_id == party_id), None)
    if party is None:
        raise ValidationError({"party": "Ta instytucja nie jest już Stroną porozumienia."})
    if function not in rules.functions(party.functions):
        raise ValidationError({"function": "Wybierz funkcję z listy."})
    return party


def _asked_already() -> ValidationError:
    words = (
        "Ta instytucja ma już prośbę o osobę w tej funkcji: czeka ona na odpowiedź albo na to, aż "
        "wskazana osoba przyjmie delegację."
    )
    return ValidationError({"function": words})


@transaction.atomic
def withdraw(*, by: Actor, delegation_id: UUID, version: int) -> DelegationRequest:
    """Take a request back before it is answered; an answer that comes after all is refused."""
    row = locked(delegation_id)
    assert row is not None  # its page found it
    perms.keep_delegation.require(Person.objects.acting(by), row)
    if row.state == DelegationState.WITHDRAWN:
        raise AlreadySaved(row)
    require_asked(row)
    if row.version != version:
        raise StaleForm(row)
    entry = move(row, DelegationState.WITHDRAWN, by=by, on=by.today)
    telling.post_withdrawn(row, by.today)
    publish_figures(DelegationRequest, cause=entry.pk)
    return row


def require_asked(row: DelegationRequest) -> None:
    if not row.is_asked:
        raise Problem(
            "Na tę prośbę nie czekamy już na odpowiedź",
            f"Jej stan: {row.state_said}.",
            kept=NOTHING_SAVED,
            at=row,
            action="Zobacz tę prośbę",
        )
