"""The people whom the parties of an agreement name, as the lines of its list (POR §3.3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.standing import Standing

Listed = dict[str, str]


def people_of_parties(parties: Iterable[Party], day: date) -> dict[Party, list[ContactPerson]]:
    """The people whom each of these parties names on a day."""
    known = {party.pk: party for party in parties}
    found: dict[Party, list[ContactPerson]] = {party: [] for party in known.values()}
    rows = ContactPerson.objects.on(day).filter(party__in=known)
    for one in rows.order_by("from_on", "pk"):
        one.party = known[one.party_id]
        found[one.party].append(one)
    return found


def lines_of(agreement: Agreement, day: date) -> list[Listed]:
    """The list of a day: the people of each party between which the agreement is in force."""
    bound = sorted(Standing(agreement).bound(day), key=lambda party: party.position)
    people = people_of_parties(bound, day)
    return [_line(party.name_on(day), one) for party in bound for one in people[party]]


def _line(institution: str, one: ContactPerson) -> Listed:
    return {
        "contact": str(one.pk),
        "institution": institution,
        "name": one.full_name,
        "position": one.function,
        "phone": one.phone,
        "email": one.email,
    }


@dataclass(frozen=True, slots=True)
class Named:
    """A party with the people whom it names today."""

    party: Party
    people: list[ContactPerson]
    is_joining: bool  # its accession waits, so that the agreement does not bind it


def named_on(agreement: Agreement, day: date) -> Iterator[Named]:
    """Parties between which it is in force on a day, and those about to accede, with their people."""
    standing = Standing(agreement)
    bound = {party.pk for party in standing.bound(day)}
    waits = agreement.accessions.filter(state="PREPARED").values_list("party", flat=True)
    shown = bound | set(waits)
    parties = [party for party in standing.parties if party.pk in shown]
    for party, people in people_of_parties(parties, day).items():
        yield Named(party, people, is_joining=party.pk not in bound)


def compared(lines: Iterable[Mapping[str, str]]) -> list[Listed]:
    """The lines of a version as the differences between two of them are read."""
    return [
        {"key": one["contact"], "name": one["institution"], "text": _said(one)} for one in lines
    ]


def _said(one: Mapping[str, str]) -> str:
    ways = (f"tel. {one['phone']}" if one["phone"] else "", one["email"])
    return ", ".join(filter(None, (one["name"], one["position"], *ways)))
