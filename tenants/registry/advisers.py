"""Advisers of the ROPS: the region keeps their list and proposes them, units let them in (POR support)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Manager, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja import offers
from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.tenancy.context import current_tenant, inside
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
_HAS_BEGUN = "Wsparcie już się zaczęło. Pierwszego dnia nie można przesunąć na późniejszy."
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
    return Adviser.objects.on(day).filter(pk__in=live.values("adviser")).in_order()


def to_propose(tenant: Tenant, day: date) -> QuerySet[Adviser]:
    """Advisers whom the region may propose to the unit."""
    here = supporting(tenant.pk, day).values("pk")
    return Adviser.objects.on(day).exclude(pk__in=here).in_order()


def to_be_asked(adviser: Adviser) -> QuerySet[Tenant]:
    """Units to which the region may propose the adviser."""
    asked = adviser.proposals.filter(state__in=AdviserProposal.LIVE).order_by()
    open_ones = Tenant.objects.filter(status=TenantStatus.ACTIVE)
    return open_ones.exclude(pk__in=asked.values("tenant")).select_related("unit")


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
        if adviser.from_on <= by.today and adviser.from_on < values["from_on"]:
            raise ValidationError({"from_on": _HAS_BEGUN})
        changed = save_edited(adviser, version, values)
        told = [_told(name, *changed[name]) for name in sorted(changed)]
        for one in told:  # each by itself, since a long entry loses its end
            about = f"{one} ({adviser})"
            note(by=by, verb=RegionVerb.ADVISER_CHANGED, about=about, subject_id=adviser.pk)
        for proposal in _live(adviser):
            _follow_change(by, proposal, changed, "; ".join(told))
    return adviser


def _told(name: str, before: Any, after: Any) -> str:
    label = capfirst(Adviser._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return f"{label}: {_shown(before)} → {_shown(after)}"


def _shown(value: Any) -> str:
    return pl_date(value) if isinstance(value, date) else value or "brak"


def _follow_change(
    by: Actor, proposal: AdviserProposal, changed: dict[str, list[Any]], told: str
) -> None:
    """The unit's journal keeps what it was told before, and the new term holds in it at once."""
    with inside(proposal.tenant.ref), transaction.atomic():
        record(by=by, verb="ADVISER_CHANGED", why=f"{proposal}. {told}", data=changed)
    if "until" not in changed:
        return
    if proposal.adviser.is_over(by.today):
        _close(by, proposal, _over(proposal.adviser))
    elif not proposal.is_waiting:
        _date_role(by, proposal)


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
        # Under its lock, so that no unit is shut meanwhile.
        rows = Tenant.objects.select_for_update(of=("self",)).select_related("unit")
        row = rows.get(pk=tenant.pk)
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
            data = {"proposal": str(proposal.pk), "email": [None, adviser.email]}
            record(by=by, verb="ADVISER_PROPOSED", why=str(proposal), data=data)
            _tell_unit(proposal)
    return proposal


def call_off(*, by: Actor, proposal_id: UUID, reason: str) -> AdviserProposal:
    """The region takes a proposal back, or ends the support in one unit."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = _locked(proposal_id)
        if not proposal.is_live:
            raise AlreadySaved(proposal)
        _call_off(by, proposal, reason)
    return proposal


def shut(*, by: Actor, tenant: Tenant, status: TenantStatus, reason: str) -> None:
    """The region shuts the door of a locked unit: nobody is let in there any more.

    Support goes on after a suspension, as the roles of others do; in a closed unit it ends.
    """
    states = AdviserProposal.LIVE if status == TenantStatus.CLOSED else (AdviserState.PROPOSED,)
    for proposal in _locked_rows(tenant.adviser_proposals, *states):
        _call_off(by, proposal, reason)


def _call_off(by: Actor, proposal: AdviserProposal, reason: str) -> None:
    was_waiting = proposal.is_waiting
    verb = RegionVerb.ADVISER_WITHDRAWN if was_waiting else RegionVerb.ADVISER_ENDED
    _note_in_unit(by, verb, proposal, reason)
    _close(by, proposal, reason)


# --- The unit answers --------------------------------------------------------------------------


def to_answer(by: Actor, proposal_id: UUID, to: AdviserState) -> AdviserProposal:
    """The locked proposal, if this account may answer it in the unit one is in, which it is about."""
    proposal = _locked(proposal_id)
    here = proposal.tenant_id == current_tenant().id
    held = Access.objects.filter(tenant=proposal.tenant, role__in=MANAGERS, ended_at=None)
    if not here or by.account_id is None or not held.filter(account=by.account_id).exists():
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


def overdue(today: date) -> list[tuple[UUID, UUID]]:
    """Units and live proposals in them, of advisers whose last day has passed."""
    rows = AdviserProposal.objects.filter(state__in=AdviserProposal.LIVE, adviser__until__lt=today)
    return list(rows.order_by("pk").values_list("tenant", "pk"))


def end_overdue(*, by: Actor, proposal_id: UUID) -> None:
    """Close one of them; doing it twice changes nothing."""
    by.require_proof()
    with transaction.atomic(using="shared"):
        proposal = _locked(proposal_id)
        if proposal.is_live and proposal.adviser.is_over(by.today):
            _close(by, proposal, _over(proposal.adviser))
            tell_region_of_adviser(proposal)


def _over(adviser: Adviser) -> str:
    return f"{_TERM_IS_OVER}: {pl_date(adviser.until)}"


# --- Shared by them ----------------------------------------------------------------------------


def _locked_adviser(adviser_id: UUID) -> Adviser:
    return Adviser.objects.select_for_update().get(pk=adviser_id)


def _locked(proposal_id: UUID) -> AdviserProposal:
    # The adviser is read when the lock has come: a row joined to it would be that of before the wait.
    rows = AdviserProposal.objects.select_for_update(of=("self",))
    return rows.select_related("tenant__unit", "proposer").get(pk=proposal_id)


def _live(adviser: Adviser) -> list[AdviserProposal]:
    return _locked_rows(adviser.proposals, *AdviserProposal.LIVE)


def _locked_rows(rows: "Manager[AdviserProposal]", *states: str) -> list[AdviserProposal]:
    """All of them are locked before the first is touched, everywhere in the same order."""
    locked = rows.filter(state__in=states).select_for_update(of=("self",)).order_by("pk")
    return list(locked.select_related("tenant__unit", "proposer", "adviser"))


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
    (roles,) = offers.of(RoleOfAdviser)
    roles.date_it(by=by, assignment_id=proposal.assignment_id, ended_on=ended_on, why=why)


def _move(
    by: Actor, proposal: AdviserProposal, to: AdviserState, why: str = "", **values: Any
) -> None:
    # The last thing before the commit: no change of state goes without its record.
    if proposal.is_waiting:
        values |= {"decided_at": timezone.now(), "decided_by": by.name[:200]}
    data = {"proposal": str(proposal.pk), "state": [proposal.state, to]}
    with inside(proposal.tenant.ref), transaction.atomic():
        if to == AdviserState.ENDED:
            _role(by, proposal, by.today, why)
        said = f"{proposal}: {why}" if why else str(proposal)
        move(proposal, to, by=by, on=by.today, why=said, data=data, **values)
        settle(dedupe=_dedupe(proposal))


def _note(by: Actor, verb: RegionVerb, adviser: Adviser, said: str) -> None:
    note(by=by, verb=verb, about=f"{adviser}: {said}", subject_id=adviser.pk)


def _note_in_unit(by: Actor, verb: RegionVerb, proposal: AdviserProposal, why: str = "") -> None:
    said = f"{proposal.tenant.unit}: {proposal}" + (f". Powód: {why}" if why else "")
    note(by=by, verb=verb, about=said, subject_id=proposal.adviser_id)


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
