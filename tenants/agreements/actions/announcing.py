"""All parties of an agreement in force hear of what becomes of it and of each other (POR §3.1)."""

from collections.abc import Iterable
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.ui.polish import pl_date
from tenants.agreements.models import Agreement, Departure, Ending, Party, Renaming
from tenants.agreements.models.departures import DepartureKind
from tenants.agreements.notifications.agreements import (
    AgreementEnded,
    AgreementEnds,
    AgreementEndWithdrawn,
    PartyLeaves,
    PartyRenamed,
    PartyStays,
    PartySucceeded,
)
from tenants.agreements.standing import Standing, called, no_party_said
from tenants.agreements.told import all_of, office


def everybody(by: Actor, agreement: Agreement) -> list[Recipient]:
    """The people of all parties that it binds now, and the office."""
    return people_and_office(by, Standing(agreement).bound(by.today))


def people_and_office(by: Actor, parties: Iterable[Party]) -> list[Recipient]:
    return [*all_of(by.today, parties), *office(by)]


def tell_departed(
    by: Actor, agreement: Agreement, departure: Departure, to: list[Recipient]
) -> None:
    """Its party leaves, or another goes on in its place; what the agreement does with that."""
    common: dict[str, Any] = {
        "agreement_id": agreement.pk,
        "what": called(agreement),
        "party": departure.party.name,
        "since": pl_date(departure.from_on),
        "ends": _fewer(agreement),
    }
    if departure.kind == DepartureKind.LEFT:
        said = no_party_said(departure.from_on, by.today)
        message = PartyLeaves(**common, reason=departure.reason, said=said)
        send(message, to=to, dedupe=_left(departure))
        return
    assert departure.successor is not None  # the database keeps none without it
    to_all = PartySucceeded(**common, successor=departure.successor.name, basis=departure.basis)
    send(to_all, to=to, dedupe=f"agreement-succeeded:{departure.pk}")


def _fewer(agreement: Agreement) -> str:
    """The day on which it ends since fewer than two are left, or ""; not the day of a statement."""
    is_said = agreement.endings.valid().filter(from_on=agreement.ended_on).exists()
    return "" if is_said else pl_date(agreement.ended_on)


def tell_stays(by: Actor, departure: Departure) -> None:
    """The party that was to leave stays."""
    settle(dedupe=_left(departure))
    agreement = departure.party.agreement
    message = PartyStays(agreement.pk, called(agreement), departure.party.name)
    dedupe = f"agreement-leave-withdrawn:{departure.pk}"
    send(message, to=everybody(by, agreement), dedupe=dedupe)


def tell_renamed(by: Actor, renaming: Renaming) -> None:
    agreement = renaming.party.agreement
    message = PartyRenamed(
        agreement.pk,
        called(agreement),
        renaming.party.name,
        name_now=renaming.name,
        since=pl_date(renaming.from_on),
        basis=renaming.basis,
    )
    dedupe = f"agreement-renamed:{renaming.pk}"
    send(message, to=everybody(by, agreement), dedupe=dedupe)


def tell_ends(by: Actor, agreement: Agreement, ending: Ending) -> None:
    """It ends on a day to come."""
    since = pl_date(ending.from_on)
    message = AgreementEnds(agreement.pk, called(agreement), since=since, reason=ending.reason)
    send(message, to=everybody(by, agreement), dedupe=_ends(ending))


def tell_end_withdrawn(by: Actor, agreement: Agreement, ending: Ending) -> None:
    settle(dedupe=_ends(ending))
    ends = pl_date(agreement.ended_on)
    message = AgreementEndWithdrawn(agreement.pk, called(agreement), ends=ends)
    dedupe = f"agreement-end-withdrawn:{ending.pk}"
    send(message, to=everybody(by, agreement), dedupe=dedupe)


def tell_ended(agreement: Agreement, why: str, to: list[Recipient]) -> None:
    """It is over; its page stays to be read."""
    since = pl_date(agreement.ended_on)
    message = AgreementEnded(agreement.pk, called(agreement), since=since, why=why)
    send(message, to=to, dedupe=f"agreement-ended:{agreement.pk}")


def _left(departure: Departure) -> str:
    return f"agreement-leaves:{departure.pk}"


def _ends(ending: Ending) -> str:
    return f"agreement-ends:{ending.pk}"
