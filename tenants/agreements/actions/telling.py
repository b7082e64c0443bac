"""Everybody concerned hears how far an agreement is."""

from collections.abc import Iterable
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Notification, Recipient, send, settle_all
from kooperacja.ui.polish import counted, pl_date
from tenants.agreements import rules
from tenants.agreements.models import Agreement, Party, Signature
from tenants.agreements.notifications.agreements import (
    AgreementFailed,
    AgreementInForce,
    AgreementRefusalWithdrawn,
    AgreementRefused,
    AgreementSigned,
    AgreementTakenBack,
    AgreementToSign,
    AgreementTurn,
)
from tenants.agreements.standing import Standing, called
from tenants.agreements.told import office, people_of, waits_of


def tell_sent(by: Actor, agreement: Agreement) -> None:
    """The parties hear that the text waits for their signatures."""
    standing = Standing(agreement)
    told = people_of(by.today, standing.parties)
    for number, party in enumerate(standing.parties):
        message = AgreementToSign(
            **_about(party), until=pl_date(standing.way.last_day), is_first=number == 0
        )
        dedupe = f"{waits_of(party)}sent:{agreement.document_id}"
        send(message, to=told[party.pk], dedupe=dedupe)


def tell_taken_back(by: Actor, agreement: Agreement, reason: str) -> None:
    """The parties hear that what was signed is void, and why."""
    parties = _nothing_waits(agreement)
    message = AgreementTakenBack(
        agreement.pk, called(agreement), reason=reason, is_shared=agreement.shared_on is not None
    )
    dedupe = f"agreement-taken-back:{agreement.pk}:{agreement.version}"
    send(message, to=_all(by, parties), dedupe=dedupe)


def tell_signed(by: Actor, party: Party) -> None:
    """The office and the party whose turn it is hear of a signature."""
    settle_all(begin=waits_of(party))
    agreement = party.agreement
    standing = Standing(agreement)
    left = len(standing.parties) - len(standing.signed)
    words = counted(left, "Strona", "Strony", "Stron") if left else ""
    message = AgreementSigned(**_about(party), left=words)
    dedupe = f"agreement-signed:{party.pk}:{agreement.document_id}"
    send(message, to=office(by), dedupe=dedupe)
    row = Signature.objects.valid_for(agreement).filter(party=party).first()
    if row is not None and row.is_electronic:
        _tell_turn(by, standing)


def _tell_turn(by: Actor, standing: Standing) -> None:
    """Electronic signatures are sequential on one file: the next party takes it on."""
    for party in standing.waiting[:1]:
        message = AgreementTurn(**_about(party), until=pl_date(standing.way.last_day))
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


def tell_returned(by: Actor, party: Party) -> None:
    """The office and those who signed hear that a party thought better of it."""
    settle_all(begin=_refused(party))
    message = AgreementRefusalWithdrawn(**_about(party))
    dedupe = f"agreement-refusal-withdrawn:{party.pk}:{party.version}"
    send(message, to=_office_and_signed(by, party), dedupe=dedupe)


def tell_in_force(by: Actor, agreement: Agreement) -> None:
    """The parties hear from when it is in force, and between whom."""
    parties, standing = _nothing_waits(agreement), Standing(agreement)
    message = AgreementInForce(
        agreement.pk,
        called(agreement),
        since=pl_date(agreement.in_force_from),
        bound=_lines(standing.bound(by.today)),
        apart=_lines(standing.apart(by.today)),
    )
    _tell_everybody(by, parties, message, f"agreement-in-force:{agreement.pk}")


def tell_failed(by: Actor, agreement: Agreement) -> None:
    """The parties hear that it did not come into force, and why."""
    parties = _nothing_waits(agreement)
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


def _nothing_waits(agreement: Agreement) -> list[Party]:
    """The parties; nobody is asked to sign any more, and no refusal matters."""
    parties = list(agreement.parties.all())
    for party in parties:
        settle_all(begin=waits_of(party))
        settle_all(begin=_refused(party))
    return parties


def _tell_everybody(
    by: Actor, parties: Iterable[Party], message: Notification, dedupe: str
) -> None:
    send(message, to=[*_all(by, parties), *office(by)], dedupe=dedupe)


def _office_and_signed(by: Actor, party: Party) -> list[Recipient]:
    signed = Standing(party.agreement).signed
    return [*office(by), *_all(by, signed)]


def _all(by: Actor, parties: Iterable[Party]) -> list[Recipient]:
    found = people_of(by.today, parties)
    return [one for told in found.values() for one in told]
