"""Accessions, people and publicising as the pages of an agreement in force show them (POR-C §4.3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from tenants.agreements import perms
from tenants.agreements.amended import units_on
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Accession, Agreement, ContactPerson, Party, PublicConsent
from tenants.agreements.seats import protected_among
from tenants.agreements.standing import Standing, may_still_sign, standings
from tenants.agreements.workflow import BINDING, AccessionState, AgreementState
from tenants.people.models import Person
from tenants.people.perms import spoken_organisations

_KINDS = {
    AccessionState.PREPARED: "wait",
    AccessionState.SIGNED: "ok",
    AccessionState.WITHDRAWN: "stop",
}


def later_shown(person: Person | None, agreement: Agreement) -> dict[str, Any]:
    """The context of `_later.html`; nothing before it is in force."""
    if agreement.state not in BINDING:
        return {"later": None}
    rows = agreement.accessions.select_related("party").order_by("created_at", "pk")
    if not perms.take_to_sign(person, agreement):
        rows = rows.filter(party__organisation__in=spoken_organisations(person))
    is_open = agreement.variant == Variant.C and not agreement.is_ended
    can_prepare = is_open and perms.write_agreements(person)
    apart = _without_accession(agreement) if can_prepare else []
    accessions = [(one, *state_shown(one)) for one in rows]
    return {"later": {"accessions": accessions, "can_prepare": can_prepare, "apart": apart}}


def _without_accession(agreement: Agreement) -> list[Party]:
    """Parties that it does not bind, which sign it no more, and of which no accession waits."""
    rows = agreement.accessions.filter(state=AccessionState.PREPARED)
    waits = set(rows.values_list("party", flat=True))
    today = timezone.localdate()
    apart = [one for one in Standing(agreement).apart(today) if one.pk not in waits]
    return [party for party in apart if not may_still_sign(party, today)]


@dataclass(frozen=True, slots=True)
class PublicParty:
    """A party as anybody may know it; people who did not agree are left out."""

    name: str
    seat: str
    since: Any
    people: list[ContactPerson]


def public_parties(
    agreements: Iterable[Agreement],
) -> Iterator[tuple[Agreement, list[str], list[PublicParty]]]:
    """Each agreement with its gminas and the parties between which it is in force today."""
    agreements, day = list(agreements), timezone.localdate()
    units = units_on(agreements, day)
    bound = {one.agreement: one.bound(day) for one in standings(agreements).values()}
    everybody = [party for parties in bound.values() for party in parties]
    agreed, protected = _agreed(everybody), protected_among(everybody, day)
    for agreement, rows in bound.items():
        ordered = sorted(rows, key=lambda party: party.position)
        names = [one["name"] for one in units[agreement.pk]]
        parties = [_publicly(party, day, agreed.get(party.pk, []), protected) for party in ordered]
        yield agreement, names, parties


def _publicly(
    party: Party, day: date, people: list[ContactPerson], protected: set[UUID]
) -> PublicParty:
    is_hidden = party.hides_seat or party.organisation_id in protected
    seat = "" if is_hidden else party.seat
    return PublicParty(party.name_on(day), seat, party.acceded_on, people)


def _agreed(parties: list[Party]) -> dict[Any, list[ContactPerson]]:
    """People named today who agreed to be public, and have not withdrawn it, by their party."""
    open_ones = PublicConsent.objects.filter(withdrawn_at=None).order_by()
    rows = ContactPerson.objects.on(timezone.localdate()).filter(
        party__in=parties, pk__in=open_ones.values("contact")
    )
    found: dict[Any, list[ContactPerson]] = {}
    for one in rows.order_by("from_on", "pk"):
        found.setdefault(one.party_id, []).append(one)
    return found


def state_shown(accession: Accession) -> tuple[str, str]:
    """Its state in words, with the kind of its mark; one past its last day waits for no signature."""
    if accession.is_prepared and accession.is_past(timezone.localdate()):
        return "termin na podpis minął", "stop"
    return accession.get_state_display(), _KINDS[AccessionState(accession.state)]


def is_to_sign(accession: Accession, person: Person | None) -> bool:
    """The person may enter its signature now, or withdraw it."""
    can_accede = accession.agreement.state == AgreementState.IN_FORCE
    return accession.is_prepared and can_accede and perms.sign_accession(person, accession)
