"""Agreements and aneksy that all have signed and that only wait for their day (POR signatures)."""

from collections.abc import Collection, Iterator
from datetime import date

from kooperacja.ui.polish import pl_date
from tenants.agreements import perms
from tenants.agreements.actions.amendment_telling import amendment_called
from tenants.agreements.amendments_today import by_amendment
from tenants.agreements.models import Amendment, AmendmentSide
from tenants.agreements.models.amendments import AmendmentForce
from tenants.agreements.standing import called, way_of
from tenants.agreements.today import by_agreement
from tenants.agreements.workflow import PartyState
from tenants.people.models import Person
from tenants.people.today import Waiting

_SIGNED = "Podpisały wszystkie Strony. Nic nie trzeba robić."


def comes_on(amendment: Amendment, sides: Collection[AmendmentSide]) -> date | None:
    """The day on which an aneks comes into force by itself: these must sign, and all have."""
    is_signed = bool(sides) and all(side.state == PartyState.SIGNED for side in sides)
    waits = amendment.is_signing and amendment.force == AmendmentForce.DAY
    return amendment.force_on if is_signed and waits else None


def force_waits(person: Person, day: date) -> Iterator[Waiting]:
    """For the office, so that what needs no signature any more is not lost from sight."""
    if not perms.write_agreements(person):
        return
    for agreement, parties in by_agreement().items():
        comes = way_of(agreement).day_to_come
        if comes and all(party.state == PartyState.SIGNED for party in parties):
            yield Waiting(
                f"{called(agreement)} wejdzie w życie {pl_date(comes)}",
                agreement.url,
                "podpisy pod porozumieniem",
                _SIGNED,
                due=comes,
                matter="Wejście porozumienia w życie",
                about=agreement.pk,
            )
    for amendment, sides in by_amendment().items():
        if comes := comes_on(amendment, sides):
            yield Waiting(
                f"{amendment_called(amendment)} wejdzie w życie {pl_date(comes)}",
                amendment.url,
                "zmiana porozumienia aneksem",
                _SIGNED,
                due=comes,
                matter="Wejście aneksu w życie",
                about=amendment.pk,
            )
