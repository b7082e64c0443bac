"""Advisers of the ROPS: the region keeps their list and proposes them, units let them in (POR support)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kooperacja import offers
from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.tenancy.context import inside
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_DONE, Problem, Refused
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, Taken, came_in, insert_once, save_edited
from tenants.registry import invitations
from tenants.registry.journal import note
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.notifications import AdviserProposed, tell_adviser, tell_region_of_adviser
from tenants.registry.roles import MANAGERS, Role
from tenants.registry.support import Adviser, AdviserProposal
from tenants.registry.workflow import SUPPORT, AdviserState, RegionVerb, TenantStatus

_TERM_IS_OVER = "minął ostatni dzień wsparcia"
_TAKEN = "Na liście jest już doradca z tym adresem."
_EMAIL_IN_USE = (
    "Ten doradca jest zaproponowany jednostce albo ją wspiera, a wchodzi do niej po tym adresie. "
    "Najpierw zakończ tam jego wsparcie."
)


@dataclass(frozen=True, slots=True)
class RoleOfAdviser(offers.Offer):
    """Sets the day from which an adviser's role in the tenant one is in holds no longer.

    `date_it(by=, assignment_id=, ended_on=, why=)`; exactly one app gives it.
    """

    date_it: Callable[..., None]


def supporting(tenant_id: UUID, day: date) -> QuerySet[Adviser]:
    """Advisers of one unit: proposed to it, or let in."""
    live = AdviserProposal.objects.filter(tenant=tenant_id, state__in=AdviserProposal.LIVE)
    return Adviser.objects.on(day).filter(pk__in=live.values("adviser"))


def to_propose(tenant: Tenant, day: date) -> QuerySet[Adviser]:
    """Advisers whom the region may propose to the unit."""
    return Adviser.objects.on(day).exclude(pk__in=supporting(tenant.pk, day).values("pk"))


# --- The region's list -------------------------------------------------------------------------


def add(*, by: Actor, key: UUID, values: dict[str, Any]) -> Adviser:
    """Put somebody on the list; they may enter nothing yet."""
    with transaction.atomic(using="shared"):
        adviser = Adviser(pk=key, **values)
        try:
            insert_once(adviser)
        except Taken:
            raise ValidationError({"email": _TAKEN}) from None
        _note(by, RegionVerb.ADVISER_ADDED, adviser, f"{adviser.email}, {adviser.term}")
    return adviser


def change(*, by: Actor, adviser_id: UUID, version: int, values: dict[str, Any]) -> Adviser:
    """Correct what the list says; a new last day holds at once in every unit."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        adviser = _locked_adviser(adviser_id)
        if adviser.ended_on:
            raise _not_on_list(adviser)
        _require_free_address(adviser, values["email"])
        before = str(adviser)
        changed = save_edited(adviser, version, values)
        fields = ", ".join(
            str(Adviser._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in sorted(changed)
        )
        _note(by, RegionVerb.ADVISER_CHANGED, adviser, f"{fields} (przedtem: {before})")
        if "until" in changed:
            for proposal in _live(adviser, AdviserState.CONFIRMED):
                _date_role(by, proposal)
    return adviser


def _require_free_address(adviser: Adviser, email: str) -> None:
    if email == adviser.email:
        return
    if adviser.proposals.filter(state__in=AdviserProposal.LIVE).exists():
        raise ValidationError({"email": _EMAIL_IN_USE})
    if Adviser.objects.filter(email=email, ended_on=None).exclude(pk=adviser.pk).exists():
        raise ValidationError({"email": _TAKEN})


def end(*, by: Actor, adviser_id: UUID, reason: str) -> Adviser:
    """Strike somebody off the list: every proposal and every support of theirs ends now."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        adviser = _locked_adviser(adviser_id)
        if adviser.ended_on:
            raise AlreadySaved(adviser)
        adviser.ended_on, adviser.ended_by, adviser.end_reason = by.today, by.name, reason[:500]
        adviser.version += 1
        adviser.save(update_fields=["ended_on", "ended_by", "end_reason", "version"])
        _note(by, RegionVerb.ADVISER_OVER, adviser, f"powód: {reason}")
        for proposal in _live(adviser):
            _close(by, proposal, reason)
    return adviser


# --- The region proposes -----------------------------------------------------------------------


def propose(*, by: Actor, tenant: Tenant, adviser_id: UUID) -> AdviserProposal:
    """Propose an adviser to a unit: nobody comes in before it agrees."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        adviser = _locked_adviser(adviser_id)
        row = Tenant.objects.select_related("unit").get(pk=tenant.pk)
        if not adviser.holds_on(by.today) or row.status != TenantStatus.ACTIVE:
            raise _not_now(adviser, row)
        proposal = AdviserProposal(
            adviser=adviser, tenant=row, proposed_by=by.name[:200], proposer_id=by.account_id
        )
        if not came_in(proposal):
            live = row.adviser_proposals.filter(adviser=adviser, state__in=AdviserProposal.LIVE)
            raise AlreadySaved(live.get())
        _note_in_unit(by, RegionVerb.ADVISER_PROPOSED, proposal)
        with inside(row.ref), transaction.atomic():
            record(by=by, verb="ADVISER_PROPOSED", why=str(proposal), data=_data(proposal))
            _tell_unit(proposal)
    return proposal


def call_off(*, by: Actor, proposal_id: UUID, reason: str) -> AdviserProposal:
    """The region takes a proposal back, or ends the support in one unit."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = _locked(proposal_id)
        if not proposal.is_live:
            raise AlreadySaved(proposal)
        was_waiting = proposal.is_waiting
        verb = RegionVerb.ADVISER_WITHDRAWN if was_waiting else RegionVerb.ADVISER_ENDED
        _note_in_unit(by, verb, proposal, reason)
        _close(by, proposal, reason)
    return proposal


# --- The unit answers --------------------------------------------------------------------------


def to_answer(by: Actor, proposal_id: UUID, to: AdviserState) -> AdviserProposal:
    """The locked proposal, if this account may answer it in the unit that it is about."""
    proposal = _locked(proposal_id)
    held = Access.objects.filter(tenant=proposal.tenant, role__in=MANAGERS, ended_at=None)
    if by.account_id is None or not held.filter(account=by.account_id).exists():
        raise Refused("Nie możesz tego zrobić", "Na tę propozycję odpowiada jednostka.")
    if proposal.state == to and proposal.decided_by == by.name:
        raise AlreadySaved(proposal)
    require_may(proposal, to, by)
    return proposal


def let_in(*, by: Actor, proposal: AdviserProposal, assignment_id: UUID) -> None:
    """The unit has agreed and given the role; `proposal` is locked."""
    by.require_proof()
    if not proposal.adviser.holds_on(by.today):
        raise proposal.not_now(AdviserState.CONFIRMED, by)
    _move(by, proposal, AdviserState.CONFIRMED, assignment_id=assignment_id)
    _date_role(by, proposal)
    tell_region_of_adviser(proposal)
    tell_adviser(proposal)


def turn_down(*, by: Actor, proposal: AdviserProposal, reason: str) -> None:
    """The unit doesn't want this adviser, and the region reads why; `proposal` is locked."""
    by.require_proof()
    _move(by, proposal, AdviserState.REFUSED, why=reason, reason=reason[:500])
    tell_region_of_adviser(proposal)


def end_support(*, by: Actor, proposal_id: UUID, reason: str) -> AdviserProposal:
    """The unit, or the adviser, ends the support there; who may is asked before."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = _locked(proposal_id)
        if proposal.state == AdviserState.ENDED:
            raise AlreadySaved(proposal)
        proposal.require_state(AdviserState.CONFIRMED)
        _close(by, proposal, reason)
        tell_region_of_adviser(proposal)
    return proposal


# --- When the last day is over -----------------------------------------------------------------


def overdue(today: date) -> list[UUID]:
    """Live proposals of advisers whose last day has passed."""
    rows = AdviserProposal.objects.filter(state__in=AdviserProposal.LIVE, adviser__until__lt=today)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def end_overdue(*, by: Actor, proposal_id: UUID) -> None:
    """Close one of them; doing it twice changes nothing."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = _locked(proposal_id)
        until = proposal.adviser.until
        if not proposal.is_live or until is None or until >= by.today:
            return
        _close(by, proposal, f"{_TERM_IS_OVER}: {pl_date(until)}")
        tell_region_of_adviser(proposal)


# --- Shared by them ----------------------------------------------------------------------------


def _locked_adviser(adviser_id: UUID) -> Adviser:
    return Adviser.objects.select_for_update().get(pk=adviser_id)


def _locked(proposal_id: UUID) -> AdviserProposal:
    rows = AdviserProposal.objects.select_for_update(of=("self",))
    return rows.select_related("tenant__unit", "proposer", "adviser").get(pk=proposal_id)


def _live(adviser: Adviser, *states: str) -> list[AdviserProposal]:
    rows = adviser.proposals.select_for_update(of=("self",)).order_by("pk")
    rows = rows.select_related("tenant__unit", "proposer", "adviser")
    return list(rows.filter(state__in=states or AdviserProposal.LIVE))


def _close(by: Actor, proposal: AdviserProposal, reason: str) -> None:
    """A proposal that waits is taken back; an adviser who was let in leaves at once."""
    if proposal.is_waiting:
        _move(by, proposal, AdviserState.WITHDRAWN, why=reason, reason=reason[:500])
        return
    by_name = by.name[:200]
    said = {"ended_at": timezone.now(), "ended_by": by_name, "end_reason": reason[:500]}
    _shut_doors(by, proposal, reason)
    _move(by, proposal, AdviserState.ENDED, why=reason, **said)
    tell_adviser(proposal)


def _shut_doors(by: Actor, proposal: AdviserProposal, reason: str) -> None:
    """Not left to the tenant's outbox: the next request finds no door."""
    of_role = {"tenant": proposal.tenant, "assignment_id": proposal.assignment_id}
    for access in Access.objects.filter(ended_at=None, role=Role.ADVISER, **of_role):
        invitations.end_access(by=by, access=access, why=reason)
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, **of_role)
    for invitation in waiting.order_by("pk"):
        invitations.withdraw(by=by, invitation=invitation)


def _date_role(by: Actor, proposal: AdviserProposal) -> None:
    """The role in the unit ends after the adviser's last day, whenever the night's work comes."""
    until = proposal.adviser.until
    with inside(proposal.tenant.ref), transaction.atomic():
        _role(by, proposal, until and until + timedelta(days=1), _TERM_IS_OVER)


def _role(by: Actor, proposal: AdviserProposal, ended_on: date | None, why: str) -> None:
    for offer in offers.of(RoleOfAdviser):
        offer.date_it(by=by, assignment_id=proposal.assignment_id, ended_on=ended_on, why=why)


def _move(
    by: Actor, proposal: AdviserProposal, to: AdviserState, why: str = "", **values: Any
) -> None:
    # The last thing before the commit: no change of state goes without its record.
    if proposal.is_waiting:
        values |= {"decided_at": timezone.now(), "decided_by": by.name[:200]}
    with inside(proposal.tenant.ref), transaction.atomic():
        if to == AdviserState.ENDED:
            _role(by, proposal, by.today, why)
        said = f"{proposal}: {why}" if why else str(proposal)
        move(proposal, to, by=by, on=by.today, why=said, data=_data(proposal), **values)
        settle(dedupe=_dedupe(proposal))


def _note(by: Actor, verb: RegionVerb, adviser: Adviser, said: str) -> None:
    note(by=by, verb=verb, about=f"{adviser}: {said}", subject_id=adviser.pk)


def _note_in_unit(by: Actor, verb: RegionVerb, proposal: AdviserProposal, why: str = "") -> None:
    said = f"{proposal.tenant.unit}: {proposal}" + (f". Powód: {why}" if why else "")
    note(by=by, verb=verb, about=said, subject_id=proposal.adviser_id)


def _data(proposal: AdviserProposal) -> dict[str, Any]:
    return {"proposal": str(proposal.pk), "email": [None, proposal.adviser.email]}


def _dedupe(proposal: AdviserProposal) -> str:
    return f"adviser:{proposal.pk}"


def _tell_unit(proposal: AdviserProposal) -> None:
    """By mail and in the inbox: those who answer."""
    held = Access.objects.filter(tenant=proposal.tenant, role__in=MANAGERS, ended_at=None)
    accounts = held.order_by("account_id").values_list("account_id", flat=True).distinct()
    adviser = proposal.adviser
    send(
        AdviserProposed(proposal.pk, adviser.full_name, adviser.function, adviser.email),
        to=[Recipient(account_id=pk) for pk in accounts],
        dedupe=_dedupe(proposal),
    )


def _not_on_list(adviser: Adviser) -> Problem:
    return Problem(
        "Tej osoby nie ma już na liście doradców",
        f"{adviser}: wykreślono z listy {pl_date(adviser.ended_on)}",
        kept=NOTHING_DONE,
    )


def _not_now(adviser: Adviser, tenant: Tenant) -> Problem:
    return Problem(
        "Tego doradcy nie można teraz zaproponować",
        f"{adviser} ({adviser.term}), {tenant}: {tenant.get_status_display()}. Doradca musi być "
        "dziś na liście, a jednostka otwarta.",
        clause=SUPPORT,
        kept=NOTHING_DONE,
    )
