"""A delegation ends: the seat and the role end at that moment (POR-C §3.7)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from gmina.ggk import perms, rules
from gmina.ggk.actions import telling
from gmina.ggk.models import DelegationRequest
from gmina.ggk.standing import why_unbound
from gmina.ggk.workflow import LAPSING, STANDING, DelegationState, EndReason
from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.exchange.delegations import Became
from tenants.exchange.letters import LetterRef
from tenants.people.actions.invitations import publish_figures, take_role
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role

# What ends a request that nobody has answered yet; a recall comes before its answer at most.
_FINAL = frozenset(
    {
        *(EndReason.PARTY_LEFT, EndReason.MERGED),
        *(EndReason.AGREEMENT_ENDED, EndReason.GMINA_CLOSED),
    }
)


def locked(delegation_id: UUID | str, **also: Any) -> DelegationRequest | None:
    """The request, after everybody who changes it."""
    rows = DelegationRequest.objects.select_related("group", "person", "organisation")
    found: DelegationRequest | None = (
        rows.select_for_update(of=("self",)).filter(pk=delegation_id, **also).first()
    )
    return found


@transaction.atomic
def release(*, by: Actor, delegation_id: UUID, version: int) -> DelegationRequest:
    """Let a delegate leave the group today; the institution and the person are told."""
    by.require_proof()
    row = locked(delegation_id)
    assert row is not None  # its page found it
    perms.keep_delegation.require(Person.objects.acting(by), row)
    if row.state == DelegationState.ENDED:
        raise AlreadySaved(row)
    require_standing(row)
    if row.version != version:
        raise StaleForm(row)
    finish(by=by, row=row, why=EndReason.RELEASED)
    publish_figures(DelegationRequest, cause=row.steps.latest("recorded_at").pk)
    return row


def require_standing(row: DelegationRequest) -> None:
    if not row.is_standing:
        raise Problem(
            "Tej delegacji nie ma już jak zakończyć",
            f"Jej stan: {row.state_said}.",
            kept=NOTHING_SAVED,
            at=row,
            action="Zobacz tę prośbę",
        )


@transaction.atomic
def read_end(letter: LetterRef) -> None:
    """The county's unit says that a delegation ends; it may come before who was named, or again."""
    given = letter.payload
    row = locked(given["request_id"], group__county_id=letter.source.id)
    if row is None or not (row.is_asked or row.is_standing):
        return
    day, why = date.fromisoformat(str(given["ended_on"])), EndReason(given["why"])
    if row.ends_on is not None and row.ends_on <= day:
        return
    row.ends_on, row.end_reason = day, why
    row.save(update_fields=["ends_on", "end_reason"])
    is_due = day <= letter.by.today
    if (row.is_standing or why in _FINAL) and is_due:
        finish(by=letter.by, row=row, why=why, on=day)
    publish_figures(DelegationRequest, cause=letter.id)


def finish(*, by: Actor, row: DelegationRequest, why: EndReason, on: date | None = None) -> None:
    """End a locked request or delegation on a day; whoever asked and was named is told."""
    day = on or by.today
    if row.is_asked and why == EndReason.GROUP_CLOSED:
        move(row, DelegationState.WITHDRAWN, by=by, on=by.today, why=why.label)
        telling.post_withdrawn(row, by.today)
        return
    if row.is_asked and why in LAPSING:
        _lapse(by, row, why)
        return
    was_standing = row.is_standing
    if row.ends_on is None or day < row.ends_on:
        row.ends_on, row.end_reason = day, why
    fields: dict[str, Any] = {"ends_on": row.ends_on, "end_reason": row.end_reason}
    move(row, DelegationState.ENDED, by=by, on=by.today, why=why.label, **fields)
    telling.post_state(row, Became.ENDED, by.today)
    telling.nothing_waits(row)
    telling.tell_office(by, row)
    if was_standing:
        _leave(by, row, why)


def _lapse(by: Actor, row: DelegationRequest, why: str = "") -> None:
    """Let a request go that nobody has answered: in time, or while its agreement held."""
    values: dict[str, Any] = {"ends_on": by.today, "end_reason": why} if why else {}
    label = EndReason(why).label if why else ""
    move(row, DelegationState.EXPIRED, by=by, on=by.today, why=label, **values)
    telling.post_state(row, Became.EXPIRED, by.today)
    telling.tell_office(by, row)


def _leave(by: Actor, row: DelegationRequest, why: EndReason) -> None:
    """The role goes with the last delegation that rests on it."""
    telling.tell_over(row)
    leave_role(by, row, why.label)


def leave_role(by: Actor, row: DelegationRequest, why: str) -> None:
    """End the role of a delegate whom nothing else holds here for that institution."""
    others = DelegationRequest.objects.filter(
        person=row.person_id, organisation=row.organisation_id, state__in=sorted(STANDING)
    )
    if others.exclude(pk=row.pk).exists():
        return
    held = RoleAssignment.objects.on(by.today).filter(
        role=Role.DELEGATE, person=row.person_id, organisation=row.organisation_id
    )
    for role in held.select_for_update().order_by("pk"):
        take_role(by=by, assignment=role, why=why)


@transaction.atomic
def end_without_role() -> None:
    """End delegations whose role here was taken away: the office let the delegate go with it."""
    by = SYSTEM
    held = RoleAssignment.objects.on(by.today).filter(role=Role.DELEGATE)
    roles = set(held.order_by("pk").values_list("person", "organisation"))
    standing = DelegationRequest.objects.filter(state__in=sorted(STANDING)).order_by("pk")
    rows = standing.select_related("person")
    for key in [row.pk for row in rows if not _is_let_in(row, roles)]:
        row = locked(key)
        if row is not None and row.is_standing:
            finish(by=by, row=row, why=EndReason.RELEASED)
            publish_figures(DelegationRequest, cause=row.steps.latest("recorded_at").pk)


def _is_let_in(row: DelegationRequest, roles: set[tuple[UUID, UUID | None]]) -> bool:
    assert row.person is not None  # by a constraint of the table
    return any((entry, row.organisation_id) in roles for entry in row.person.entries)


# --- By the clock ---------------------------------------------------------------------------------


def to_look(day: date) -> list[UUID]:
    """Requests whose day to answer is over, delegations whose last day is, and what rests on nothing."""
    living = DelegationRequest.objects.filter(state__in=["ASKED", *STANDING])
    rows = list(living.select_related("group").order_by("pk"))
    unbound = {group for group in {row.group for row in rows} if why_unbound(group)}
    return [row.pk for row in rows if row.group in unbound or _is_due(row, day)]


def _is_due(row: DelegationRequest, day: date) -> bool:
    if row.is_asked:  # also one whose recall came before its answer: that is still on its way
        return rules.is_unanswered(row.answer_by, day)
    off = row.first_day_off
    return off is not None and off <= day


@transaction.atomic
def look_at(*, by: Actor, delegation_id: UUID) -> None:
    """Let one of them expire or end; done twice, it finds nothing more."""
    row = locked(delegation_id)
    if row is None or not (row.is_asked or row.is_standing):
        return
    if unbound := why_unbound(row.group):
        finish(by=by, row=row, why=unbound)
    elif not _is_due(row, by.today):
        return
    elif row.is_asked:
        _lapse(by, row)
    else:
        why = EndReason(row.end_reason or EndReason.TERM)
        finish(by=by, row=row, why=why, on=row.first_day_off)
    publish_figures(DelegationRequest, cause=row.steps.latest("recorded_at").pk)
