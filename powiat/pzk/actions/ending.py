"""Requests and delegations that end by themselves: in time, with the party, with its agreement."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.tenancy.middleware import directory
from kooperacja.workflow import move
from powiat.pzk import standing
from powiat.pzk.actions import telling
from powiat.pzk.actions.answering import end, finish
from powiat.pzk.actions.publishing import publish_changed
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import SENT, AskedState
from tenants.agreements.models import Agreement, Party
from tenants.agreements.models.parties import EndKind
from tenants.exchange.delegations import Answer, EndedWhy
from tenants.people.actions.invitations import publish_figures

_LIVING = SENT | {AskedState.ASKED}
_WITH = ("party__agreement", "party__organisation")


def to_expire(day: date) -> list[UUID]:
    """Requests whose last day is over."""
    rows = AskedDelegation.objects.filter(state=AskedState.ASKED, answer_by__lt=day)
    return list(rows.order_by("answer_by", "pk").values_list("pk", flat=True))


@transaction.atomic
def expire(*, by: Actor, asked_id: UUID) -> None:
    """Nobody answered in time; the gmina's clock says the same."""
    asked = _rows().get(pk=asked_id)
    if not asked.is_open or asked.answer_by >= by.today:
        return
    entry = move(asked, AskedState.EXPIRED, by=by, on=by.today, became_on=by.today)
    telling.tell_became(by, asked)
    publish_figures(AskedDelegation, cause=entry.pk)


def of_closed() -> list[UUID]:
    """Delegations and requests of gminas whose units are closed, so that no letter of theirs comes."""
    living = AskedDelegation.objects.filter(state__in=sorted(_LIVING))
    sources = living.order_by().values_list("source_id", flat=True).distinct()
    closed = [one for one in sources if _is_closed(one)]
    return list(living.filter(source_id__in=closed).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def end_of_closed(*, asked_id: UUID) -> None:
    """The unit that asked is closed: nobody waits for the answer, and there is no seat."""
    asked, day, why = _rows().get(pk=asked_id), SYSTEM.today, EndedWhy.GMINA_CLOSED
    if asked.is_sent:
        end(by=SYSTEM, asked=asked, ended_on=day, why=why)
    elif asked.is_open:
        entry = move(asked, AskedState.WITHDRAWN, by=SYSTEM, on=day, why=why.label, became_on=day)
        telling.tell_became(SYSTEM, asked, why.label)
        telling.tell_ended(asked, day, why)
        publish_figures(AskedDelegation, cause=entry.pk)


def _is_closed(tenant_id: UUID) -> bool:
    tenant = directory().find_now(tenant_id)
    return tenant is None or tenant.status == "CLOSED"


@transaction.atomic
def follow_agreements() -> None:
    """End what rests on a party that is bound no more, and tell gminas of the agreements as they are."""
    if not standing.is_county():
        return
    _recognise(SYSTEM.today)
    for key in _concerned(SYSTEM.today):
        asked = _rows().get(pk=key)
        if asked.state in _LIVING:
            _look(asked, SYSTEM.today)
    publish_changed()


def delegated_by(parties: list[Party]) -> list[str]:
    """Delegations that end with the part of parties, and requests that these can answer no more."""
    rows = AskedDelegation.objects.filter(party__in=parties, state__in=sorted(_LIVING))
    return [
        f"{one.full_name}, {one.named_function}: {one.source_name}"
        if one.is_sent
        else f"prośba bez odpowiedzi: {one.source_name}, {one.function}"
        for one in rows.order_by("source_name", "asked_on", "pk")
    ]


def _concerned(day: date) -> list[UUID]:
    """Those that are over with what they rest on; others are not locked, for people work on them.

    Somebody named at this very moment is found by the next look, at the latest that night.
    """
    living = AskedDelegation.objects.filter(state__in=sorted(_LIVING)).select_related(*_WITH)
    rows = [(asked, asked.party) for asked in living.order_by("pk") if asked.party]
    agreements = {party.agreement for _, party in rows}
    known = {agreement.pk: _Reach.of(agreement, day) for agreement in agreements}
    return [asked.pk for asked, party in rows if _why_over(asked, known[party.agreement_id], day)]


@dataclass(frozen=True, slots=True)
class _Reach:
    """The parties that an agreement binds on a day, and the gminas that it names."""

    parties: list[Party]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, agreement: Agreement, day: date) -> "_Reach":
        return cls(standing.bound(agreement, day), standing.codes(agreement, day))

    def leaves_out(self, asked: AskedDelegation) -> bool:
        """An aneks took the gmina out; a unit that is gone altogether ends by itself."""
        tenant = directory().find_by_id(asked.source_id)
        return tenant is not None and tenant.code not in self.codes


def _look(asked: AskedDelegation, day: date) -> None:
    assert asked.party is not None  # a request of no party is answered when it comes
    reach = _Reach.of(asked.party.agreement, day)
    why = _why_over(asked, reach, day)
    if why is None:
        return
    if asked.is_open and asked.party in reach.parties and reach.leaves_out(asked):
        _answer_for(asked, day, standing.NOT_NAMED)
    elif asked.is_open and why == EndedWhy.AGREEMENT_ENDED:
        lapse(asked, day, why)
    elif asked.is_open:
        _answer_for(asked, day)
    elif why == EndedWhy.TERM:  # the gmina knows the day
        finish(by=SYSTEM, asked=asked, ended_on=day, why=why)
    else:
        end(by=SYSTEM, asked=asked, ended_on=day, why=why)


def _why_over(asked: AskedDelegation, reach: _Reach, day: date) -> EndedWhy | None:
    """The reason for which it can't go on, if there is one."""
    assert asked.party is not None  # a request of no party is answered when it comes
    if asked.party not in reach.parties:
        return _why_unbound(asked.party, day)
    if reach.leaves_out(asked):
        return EndedWhy.AGREEMENT_ENDED
    if not asked.is_sent:
        return None
    if _has_left(asked, day):
        return EndedWhy.LEFT_INSTITUTION
    is_past = asked.named_until is not None and asked.named_until < day
    return EndedWhy.TERM if is_past else None


def lapse(asked: AskedDelegation, day: date, why: EndedWhy) -> None:
    """The agreement holds no more: nobody was asked in time, and nobody answered."""
    values: dict[str, Any] = {"became_on": day, "ended_why": why}
    entry = move(asked, AskedState.EXPIRED, by=SYSTEM, on=day, why=why.label, **values)
    telling.tell_became(SYSTEM, asked, why.label)
    telling.tell_ended(asked, day, why)
    publish_figures(AskedDelegation, cause=entry.pk)


def _answer_for(asked: AskedDelegation, day: date, why: str = "") -> None:
    """The institution can't answer any more, so the gmina is told."""
    assert asked.party is not None  # a request of no party is answered when it comes
    why = why or standing.gone_said(asked.party)
    values: dict[str, Any] = {"reason": why, "answered_on": day}
    entry = move(asked, AskedState.NOT_OURS, by=SYSTEM, on=day, why=why, **values)
    telling.tell_answered(SYSTEM, asked, Answer.NOT_OURS)
    publish_figures(AskedDelegation, cause=entry.pk)


def _why_unbound(party: Party, day: date) -> EndedWhy:
    if not standing.is_in_force(party.agreement, day):
        return EndedWhy.AGREEMENT_ENDED
    return EndedWhy.MERGED if party.end_kind == EndKind.MERGED else EndedWhy.PARTY_LEFT


def _has_left(asked: AskedDelegation, day: date) -> bool:
    """The delegate is known to the register, and works there no more."""
    assert asked.party is not None  # by a constraint of the table
    if asked.person_id is None:
        return False
    return not standing.working_in(asked.party, day).filter(pk=asked.person_id).exists()


def _recognise(day: date) -> None:
    """Note delegates whom our register has come to know since they were named."""
    sent = AskedDelegation.objects.filter(state__in=sorted(SENT), person=None)
    for asked in sent.select_related("party").order_by("pk"):
        assert asked.party is not None  # by a constraint of the table
        if known := standing.known_as(asked.email, asked.party, day):
            AskedDelegation.objects.filter(pk=asked.pk, person=None).update(person=known)


def _rows() -> "QuerySet[AskedDelegation]":
    rows = AskedDelegation.objects.select_for_update(of=("self",))
    return rows.select_related(*_WITH)
