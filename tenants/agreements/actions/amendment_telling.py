"""Everybody concerned hears how far an aneks is."""

from collections.abc import Iterable
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Notification, Recipient, send, settle_all
from kooperacja.ui.polish import counted, pl_date
from tenants.agreements.models import Amendment, AmendmentSide, Party
from tenants.agreements.notifications.amendments import (
    AmendmentFailed,
    AmendmentInForce,
    AmendmentRefusalWithdrawn,
    AmendmentRefused,
    AmendmentShared,
    AmendmentSigned,
    AmendmentTakenBack,
    AmendmentToSign,
    AmendmentTurn,
)
from tenants.agreements.signed import has_turns, newest_electronic
from tenants.agreements.standing import Standing
from tenants.agreements.told import all_of, office, people_of
from tenants.agreements.workflow import PartyState


def amendment_called(amendment: Amendment) -> str:
    """The aneks in one phrase that its state does not change, for messages and "Co dziś"."""
    name = f"Aneks nr {amendment.number}" if amendment.number else "Projekt aneksu"
    return f"{name} do porozumienia ({amendment.agreement.cited})"


def amendment_waits_of(side: AmendmentSide) -> str:
    """The beginning of the dedupe of whatever asks a party to sign an aneks."""
    return f"amendment-sign:{side.pk}:"


def tell_shared(by: Actor, amendment: Amendment) -> None:
    """The parties hear that they may read the draft."""
    message = AmendmentShared(amendment.pk, amendment_called(amendment))
    bound = Standing(amendment.agreement).bound(by.today)
    send(message, to=_all(by, bound), dedupe=f"amendment-shared:{amendment.pk}")


def tell_sent(by: Actor, amendment: Amendment) -> None:
    """The parties that must sign hear that it waits for them."""
    sides = _sides(amendment)
    told = people_of(by.today, [side.party for side in sides])
    for number, side in enumerate(sides):
        until = pl_date(amendment.sign_by)
        message = AmendmentToSign(
            **_about(side), until=until, is_first=number == 0, has_turns=has_turns(amendment)
        )
        dedupe = f"{amendment_waits_of(side)}sent:{amendment.document_id}"
        send(message, to=told[side.party_id], dedupe=dedupe)


def tell_passed_on(by: Actor, side: AmendmentSide, successor: AmendmentSide | None) -> None:
    """A successor hears that the aneks waits for it, and its predecessor is asked no more."""
    settle_all(begin=amendment_waits_of(side))
    settle_all(begin=_refused(side))
    if successor is not None:
        until = pl_date(side.amendment.sign_by)
        turns = has_turns(side.amendment)
        message = AmendmentToSign(**_about(successor), until=until, is_first=False, has_turns=turns)
        dedupe = f"{amendment_waits_of(successor)}sent:{side.amendment.document_id}"
        send(message, to=people_of(by.today, [successor.party])[successor.party_id], dedupe=dedupe)


def tell_taken_back(by: Actor, amendment: Amendment, reason: str) -> None:
    """They hear that what was signed is void, and why."""
    parties = _nothing_waits(amendment)
    message = AmendmentTakenBack(
        amendment.pk, amendment_called(amendment), agreement_id=amendment.agreement_id,
        reason=reason, is_shared=amendment.shared_on is not None,
    )  # fmt: skip
    dedupe = f"amendment-taken-back:{amendment.pk}:{amendment.version}"
    send(message, to=_all(by, parties), dedupe=dedupe)


def tell_signed(by: Actor, side: AmendmentSide) -> None:
    """The office and the party whose turn it is hear of a signature."""
    settle_all(begin=amendment_waits_of(side))
    there = _there(by, side.amendment)
    left = sum(one.state != PartyState.SIGNED for one in there)
    words = counted(left, "Strona", "Strony", "Stron") if left else ""
    message = AmendmentSigned(**_about(side), left=words)
    dedupe = f"amendment-signed:{side.pk}:{side.amendment.document_id}"
    send(message, to=office(by), dedupe=dedupe)
    _tell_turn(by, there, side)


def _tell_turn(by: Actor, there: list[AmendmentSide], before: AmendmentSide) -> None:
    """The next party hears, if the one before it has answered: it was promised that it would."""
    if not has_turns(before.amendment):
        return
    is_begun = newest_electronic(before.amendment) is not None
    waiting = [side for side in there if side.state == PartyState.WAITING]
    for side in waiting[:1]:
        if side.party.position < before.party.position:
            return
        until = pl_date(side.amendment.sign_by)
        message = AmendmentTurn(**_about(side), until=until, is_begun=is_begun)
        dedupe = f"{amendment_waits_of(side)}turn:{side.amendment.document_id}"
        send(message, to=people_of(by.today, [side.party])[side.party_id], dedupe=dedupe)


def tell_refused(by: Actor, side: AmendmentSide, reason: str) -> None:
    """The office and those who signed hear of a refusal and its reason."""
    settle_all(begin=amendment_waits_of(side))
    message = AmendmentRefused(**_about(side), reason=reason)
    dedupe = f"{_refused(side)}{side.version}"
    send(message, to=_office_and_signed(by, side.amendment), dedupe=dedupe)
    _tell_turn(by, _there(by, side.amendment), side)


def tell_returned(by: Actor, side: AmendmentSide) -> None:
    """The same hear that a party thought better of it."""
    settle_all(begin=_refused(side))
    message = AmendmentRefusalWithdrawn(**_about(side))
    dedupe = f"amendment-refusal-withdrawn:{side.pk}:{side.version}"
    send(message, to=_office_and_signed(by, side.amendment), dedupe=dedupe)


def tell_in_force(by: Actor, amendment: Amendment) -> None:
    """All between whom the agreement is in force hear from when it reads otherwise."""
    signed = _nothing_waits(amendment)
    bound = Standing(amendment.agreement).bound(by.today)
    since = pl_date(amendment.in_force_from)
    message = AmendmentInForce(amendment.pk, amendment_called(amendment), since=since)
    parties = {party.pk: party for party in (*bound, *signed)}.values()
    _tell_everybody(by, parties, message, f"amendment-in-force:{amendment.pk}")


def tell_failed(by: Actor, amendment: Amendment, why: str) -> None:
    """Those who were to sign and the office hear that it did not come into force, and why."""
    parties = _nothing_waits(amendment)
    message = AmendmentFailed(amendment.pk, amendment_called(amendment), why=why)
    _tell_everybody(by, parties, message, f"amendment-failed:{amendment.pk}")


def _refused(side: AmendmentSide) -> str:
    return f"amendment-refused:{side.pk}:"


def _about(side: AmendmentSide) -> dict[str, Any]:
    amendment = side.amendment
    return {
        "amendment_id": amendment.pk,
        "what": amendment_called(amendment),
        "party": side.party.name,
    }


def _sides(amendment: Amendment) -> list[AmendmentSide]:
    rows = amendment.sides.select_related("party", "amendment__agreement")
    return list(rows)


def _there(by: Actor, amendment: Amendment) -> list[AmendmentSide]:
    """Those of them whose part lasts: one that has left is waited for no more."""
    return [side for side in _sides(amendment) if side.party.has_part(by.today)]


def _nothing_waits(amendment: Amendment) -> list[Party]:
    """The parties; nobody is asked to sign any more, and no refusal matters."""
    sides = _sides(amendment)
    for side in sides:
        settle_all(begin=amendment_waits_of(side))
        settle_all(begin=_refused(side))
    return [side.party for side in sides]


def _tell_everybody(
    by: Actor, parties: Iterable[Party], message: Notification, dedupe: str
) -> None:
    send(message, to=[*_all(by, parties), *office(by)], dedupe=dedupe)


def _office_and_signed(by: Actor, amendment: Amendment) -> list[Recipient]:
    signed = [side.party for side in _sides(amendment) if side.state == PartyState.SIGNED]
    return [*office(by), *_all(by, signed)]


def _all(by: Actor, parties: Iterable[Party]) -> list[Recipient]:
    """The people of these parties; whoever left hears nothing more."""
    return all_of(by.today, [one for one in parties if one.has_part(by.today)])
