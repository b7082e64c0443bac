"""The copies of an agreement on paper, and where each of them is (POR preamble)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tenants.agreements import copies
from tenants.agreements.models import Agreement, CopyHandover, Signature
from tenants.agreements.models.copies import OFFICE, Handing
from tenants.agreements.models.parties import named


@dataclass(frozen=True, slots=True)
class Place:
    """One copy and its holder; the handover is None where nobody has entered one yet."""

    copy: int
    holder: str
    since: date | None
    how: str
    handover: CopyHandover | None = None


def places_of(agreement: Agreement) -> list[Place]:
    """Every copy of the agreement, by its number."""
    handed = {one.copy: one for one in agreement.handovers.prefetch_related(named())}
    first = dict(_first(agreement))
    count = agreement.copies_count or 0
    return [
        _handed(handed[number]) if number in handed else first[number]
        for number in range(1, count + 1)
    ]


def _handed(one: CopyHandover) -> Place:
    return Place(one.copy, one.holder_now, one.handed_on, Handing(one.way).label, one)


def _first(agreement: Agreement) -> Iterator[tuple[int, Place]]:
    """Where each copy is before any was handed over: signed by its own party, or in the office."""
    is_round = agreement.copies != copies.COUNTERPARTS
    signed = {one.party_id: one for one in Signature.objects.valid_for(agreement)}
    # A successor has the number of the party that signed this copy.
    by_signed = sorted(agreement.parties.with_names(), key=lambda party: party.pk in signed)
    parties = {party.position: party for party in by_signed}
    for number in range(1, (agreement.copies_count or 0) + 1):
        party = parties.get(number)
        signature = signed.get(party.pk) if party else None
        if is_round:
            place = Place(number, OFFICE, agreement.in_force_from, "po ostatnim podpisie")
        elif party is None or signature is None:
            place = Place(number, "", None, "Strona nie podpisała")
        elif signature.is_electronic:
            place = Place(number, "", None, "podpis elektroniczny, egzemplarza na papierze nie ma")
        else:
            how = "Strona podpisała swój egzemplarz"
            place = Place(number, party.name_shown, signature.signed_on, how)
        yield number, place
