"""Aneksy that wait for a signature, for the office or for others (POR signatures)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import pl_date
from tenants.agreements import perms
from tenants.agreements.actions.amendment_telling import amendment_called
from tenants.agreements.models import Amendment, AmendmentSide
from tenants.agreements.workflow import AmendmentState, PartyState
from tenants.people.models import Person, holds
from tenants.people.perms import LEAD, spoken_organisations
from tenants.people.today import SOON_DAYS, Awaited, Waiting

_AMENDING = "zmiana porozumienia aneksem"


@fact
def _sides() -> tuple[AmendmentSide, ...]:
    """Parties that signed aneksy which lie before them, and those that still must."""
    rows = AmendmentSide.objects.filter(amendment__state=AmendmentState.SIGNING)
    ordered = rows.order_by("amendment__created_at", "amendment", "party__position", "pk")
    every, today = ordered.select_related("party", "amendment__agreement"), timezone.localdate()
    return tuple(
        side for side in every if side.party.has_part(today) or side.state == PartyState.SIGNED
    )


def amendment_signatures_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the people of a party that neither signed an aneks nor refused."""
    own, leads = spoken_organisations(person), holds(person, LEAD)
    if not (own or leads):
        return
    for side in _sides():
        party, last = side.party, side.amendment.sign_by
        is_own = party.organisation_id in own or (leads and party.is_office)
        if is_own and side.state == PartyState.WAITING and not _is_over(side.amendment, day):
            what = amendment_called(side.amendment)
            yield Waiting(
                f"Podpiszcie {what[:1].lower()}{what[1:]} do {pl_date(last)}",
                side.amendment.url,
                _AMENDING,
                f"Strona: {party}",
                due=last,
                matter="Podpis pod aneksem",
                about=side.pk,
            )


def amendments_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the office: a refusal of an aneks, a last day that is near with signatures missing."""
    if not perms.write_agreements(person):
        return
    for amendment, sides in by_amendment().items():
        refused = [side.party.name for side in sides if side.state == PartyState.REFUSED]
        if refused:
            yield Waiting(
                f"Zdecyduj po odmowie podpisu, co dalej: {amendment_called(amendment)}",
                amendment.url,
                _AMENDING,
                f"Odmowa podpisu: {'; '.join(refused)}",
                matter="Odmowa podpisu aneksu",
                about=amendment.pk,
            )
        last, is_over = amendment.sign_by, _is_over(amendment, day)
        is_near = last is not None and last <= day + timedelta(days=SOON_DAYS)
        if is_near and any(side.state == PartyState.WAITING for side in sides):
            becomes = ". Aneks nie wejdzie w życie." if is_over else ""
            yield Waiting(
                f"Sprawdź podpisy, {'minął' if is_over else 'mija'} termin: {amendment_called(amendment)}",
                amendment.url,
                _AMENDING,
                f"{_sides_said(sides)}{becomes}",
                due=last,
                is_overdue=is_over,
                matter="Termin podpisów pod aneksem",
                about=amendment.pk,
            )


def amendment_signatures_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """For the office: aneksy that parties have not signed yet."""
    if not perms.write_agreements(person):
        return
    for amendment, sides in by_amendment().items():
        last = amendment.sign_by
        if any(side.state == PartyState.WAITING for side in sides) and not _is_over(amendment, day):
            yield Awaited(
                title=f"Podpisy Stron: {amendment_called(amendment)}",
                href=amendment.url,
                text=f"{_sides_said(sides)}. Ostatni dzień na podpisy: {pl_date(last)}",
                clause=_AMENDING,
            )


def _is_over(amendment: Amendment, day: date) -> bool:
    """Nobody signs it any more; its state follows in the night."""
    return amendment.sign_by is not None and amendment.sign_by < day


def by_amendment() -> dict[Amendment, list[AmendmentSide]]:
    found: dict[Amendment, list[AmendmentSide]] = defaultdict(list)
    for side in _sides():
        found[side.amendment].append(side)
    return found


def _sides_said(sides: list[AmendmentSide]) -> str:
    count = sum(side.state == PartyState.SIGNED for side in sides)
    return f"Podpisy: {count} z {len(sides)} Stron"
