"""Everybody concerned hears how far an agreement is."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Notification, Recipient, send, settle_all
from kooperacja.ui.polish import counted, pl_date
from tenants.agreements import rules
from tenants.agreements.models import Agreement, Party
from tenants.agreements.notifications.agreements import (
    AgreementFailed,
    AgreementInForce,
    AgreementJoined,
    AgreementRefusalWithdrawn,
    AgreementRefused,
    AgreementSigned,
    AgreementTakenBack,
    AgreementToSign,
    AgreementTurn,
)
from tenants.agreements.signed import has_turns, newest_electronic
from tenants.agreements.standing import (
    Standing,
    called,
    later_said,
    takes_signatures,
)
from tenants.agreements.told import all_of, office, people_of, waits_of
from tenants.agreements.workflow import PartyState


def tell_sent(by: Actor, agreement: Agreement) -> None:
    """The parties hear that the text waits for their signatures."""
    standing = Standing(agreement)
    told = people_of(by.today, standing.parties)
    for number, party in enumerate(standing.parties):
        message = AgreementToSign(
            **_about(party),
            until=pl_date(standing.way.last_day),
            is_first=number == 0,
            has_turns=has_turns(agreement),
        )
        dedupe = f"{waits_of(party)}sent:{agreement.document_id}"
        send(message, to=told[party.pk], dedupe=dedupe)


def tell_taken_back(by: Actor, agreement: Agreement, reason: str) -> None:
    """The parties hear that what was signed is void, and why."""
    parties = nothing_waits(agreement)
    message = AgreementTakenBack(
        agreement.pk, called(agreement), reason=reason, is_shared=agreement.shared_on is not None
    )
    dedupe = f"agreement-taken-back:{agreement.pk}:{agreement.version}"
    send(message, to=all_of(by.today, parties), dedupe=dedupe)


def tell_signed(by: Actor, party: Party) -> None:
    """The office and the party whose turn it is hear of a signature."""
    settle_all(begin=waits_of(party))
    agreement = party.agreement
    standing = Standing(agreement)
    left = sum(one not in standing.signed for one in standing.asked)
    words = counted(left, "Strona", "Strony", "Stron") if left else ""
    message = AgreementSigned(**_about(party), left=words)
    dedupe = f"agreement-signed:{party.pk}:{agreement.document_id}"
    send(message, to=office(by), dedupe=dedupe)
    _tell_turn(by, standing, party)


def _tell_turn(by: Actor, standing: Standing, before: Party) -> None:
    """The next party hears, if the one before it has answered: it was promised that it would."""
    if not has_turns(standing.agreement):
        return
    is_begun = newest_electronic(standing.agreement) is not None
    for party in standing.waiting[:1]:
        if party.position < before.position:
            return
        message = AgreementTurn(
            **_about(party), until=pl_date(standing.way.last_day), is_begun=is_begun
        )
        dedupe = f"{waits_of(party)}turn:{party.agreement.document_id}"
        send(message, to=people_of(by.today, [party])[party.pk], dedupe=dedupe)


def tell_refused(by: Actor, party: Party, reason: str, *, had_signed: bool = False) -> None:
    """The office and those who signed hear of a refusal and its reason."""
    settle_all(begin=waits_of(party))
    needs_all = party.agreement.force == rules.LAST
    message = AgreementRefused(
        **_about(party), reason=reason, needs_all=needs_all, had_signed=had_signed
    )
    dedupe = f"{_refused(party)}{party.version}"
    send(message, to=_office_and_signed(by, party), dedupe=dedupe)
    _tell_turn(by, Standing(party.agreement), party)


def tell_returned(by: Actor, party: Party) -> None:
    """The office and those who signed hear that a party thought better of it."""
    settle_all(begin=_refused(party))
    message = AgreementRefusalWithdrawn(**_about(party))
    dedupe = f"agreement-refusal-withdrawn:{party.pk}:{party.version}"
    send(message, to=_office_and_signed(by, party), dedupe=dedupe)


def tell_in_force(by: Actor, agreement: Agreement) -> None:
    """The parties hear from when it is in force, and between whom."""
    is_open = takes_signatures(agreement, by.today)
    parties = [*agreement.parties.all()] if is_open else nothing_waits(agreement)
    standing = Standing(agreement)
    apart = standing.apart(by.today)
    message = AgreementInForce(
        agreement.pk,
        called(agreement),
        since=pl_date(agreement.in_force_from),
        bound=_lines(standing.bound(by.today)),
        apart=_lines(apart),
        later=later_said(agreement) if is_open and apart else "",
    )
    _tell_everybody(by, parties, message, f"agreement-in-force:{agreement.pk}")


def tell_joined(by: Actor, party: Party, since: date) -> None:
    """The parties hear that one more signed what is in force, and between whom it is now."""
    agreement = party.agreement
    assert agreement.in_force_from is not None  # it is in force
    since = max(since, agreement.in_force_from)
    message = AgreementJoined(
        **_about(party), since=pl_date(since), bound=_lines(Standing(agreement).bound(by.today))
    )
    there = agreement.parties.with_part(by.today).exclude(state=PartyState.JOINING)
    to = all_of(by.today, there)
    send(message, to=to, dedupe=f"agreement-joined:{party.pk}:{agreement.document_id}")


def tell_failed(by: Actor, agreement: Agreement) -> None:
    """The parties hear that it did not come into force, and why."""
    parties = nothing_waits(agreement)
    why = Standing(agreement).failure(by.today)
    message = AgreementFailed(agreement.pk, called(agreement), why=why)
    dedupe = f"agreement-failed:{agreement.pk}:{agreement.document_id}"
    _tell_everybody(by, parties, message, dedupe)


def _refused(party: Party) -> str:
    return f"agreement-refused:{party.pk}:"


def _about(party: Party) -> dict[str, Any]:
    agreement = party.agreement
    return {"agreement_id": agreement.pk, "what": called(agreement), "party": party.name}


def _lines(parties: Iterable[Party]) -> str:
    return "\n".join(f"{party.label}: {party.name}" for party in parties)


def nothing_waits(agreement: Agreement) -> list[Party]:
    """The parties; nobody is asked to sign any more, and no refusal matters."""
    parties = list(agreement.parties.all())
    for party in parties:
        settle_all(begin=waits_of(party))
        settle_all(begin=_refused(party))
    return parties


def _tell_everybody(
    by: Actor, parties: Iterable[Party], message: Notification, dedupe: str
) -> None:
    send(message, to=[*all_of(by.today, parties), *office(by)], dedupe=dedupe)


def _office_and_signed(by: Actor, party: Party) -> list[Recipient]:
    signed = Standing(party.agreement).signed
    return [*office(by), *all_of(by.today, signed)]
