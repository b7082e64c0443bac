"""How things stand with the county: its agreement, how fresh that is, where a request has got to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.workflow import EndReason
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.facts import fact
from kooperacja.tenancy.middleware import directory
from tenants.agreements.models import Agreement
from tenants.agreements.standing import parties_in_force
from tenants.exchange.counties import published_for
from tenants.exchange.models import Held, Letter, PublishedAgreement, PublishedParty
from tenants.registry.rules import TenantKind


@dataclass(frozen=True, slots=True)
class County:
    """The agreement on which a group rests, as its county published it last."""

    agreement: PublishedAgreement | None
    now: datetime

    @property
    def is_in_force(self) -> bool:
        """It binds its parties today, and names this unit."""
        return self.agreement is not None and self.agreement.is_in_force(_day(self.now))

    @property
    def is_fresh(self) -> bool:
        return self.agreement is not None and self.agreement.is_fresh(self.now)

    @property
    def is_cut_off(self) -> bool:
        """Its unit was closed, and has not said since how the agreement stands."""
        return self.agreement is not None and self.agreement.ended_by_closing

    @property
    def opens(self) -> bool:
        """Seats that rest on it open what the group does."""
        return self.is_in_force and self.is_fresh

    def party(self, party_id: UUID) -> PublishedParty | None:
        parties = self.agreement.parties.all() if self.agreement else ()
        return next((one for one in parties if one.party_id == party_id), None)

    def binds(self, party_id: UUID) -> bool:
        """The party is one today."""
        party = self.party(party_id)
        return party is not None and self._is_bound(party)

    def bound(self) -> list[PublishedParty]:
        """Parties of today: institutions that can be asked."""
        parties = self.agreement.parties.all() if self.agreement and self.is_in_force else ()
        return [party for party in parties if self._is_bound(party)]

    def _is_bound(self, party: PublishedParty) -> bool:
        """As the county published it; an agreement of this very unit, a city's, is asked itself."""
        assert self.agreement is not None  # a party is one of it
        day, agreement = _day(self.now), self.agreement
        is_own = agreement.tenant_id == current_tenant().id
        return party.is_bound(day) and (
            not is_own or party.party_id in _bound_here(agreement.agreement_id, day)
        )


def _day(now: datetime) -> date:
    return timezone.localdate(now)


@fact
def _bound_here(agreement_id: UUID, day: date) -> frozenset[UUID]:
    """Parties that an agreement of this unit binds on a day: their part ends with no letter."""
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    parties = parties_in_force(agreement, day) if agreement else ()
    return frozenset(party.pk for party in parties)


def is_gmina() -> bool:
    """The unit one is in is a gmina, or a city, which is one too: only they have such a group."""
    return current_tenant().kind != TenantKind.POWIAT


@fact
def published() -> tuple[PublishedAgreement, ...]:
    """Agreements of counties that name this unit, with their parties."""
    return tuple(published_for(current_tenant().code))


def founding(day: date) -> list[PublishedAgreement]:
    """Agreements under which a group may be founded here: in force, and fresh from their county."""
    now = timezone.now()
    return [one for one in published() if one.is_in_force(day) and one.is_fresh(now)]


def county_of(group: Group) -> County:
    known = (one for one in published() if one.agreement_id == group.agreement_id)
    return County(next(known, None), timezone.now())


def why_unbound(group: Group) -> EndReason | None:
    """Why nothing can rest on the agreement any more; one that is only not confirmed binds still."""
    known = county_of(group)
    if known.is_in_force:
        return None
    county = directory().find_now(group.county_id)
    if county is not None and county.status == "CLOSED":
        return EndReason.COUNTY_CLOSED
    # Opened again, it says itself within minutes what has ended.
    return None if known.is_cut_off else EndReason.AGREEMENT_ENDED


def asked(delegation_id: UUID) -> str:
    """The name of the letter with a request."""
    return f"delegation-asked:{delegation_id}"


def ways_of(rows: Iterable[DelegationRequest]) -> dict[UUID, str]:
    """By request that waits for an answer: where its letter is, if not with the addressee yet."""
    waiting = {asked(row.pk): row for row in rows if row.is_asked}
    if not waiting:
        return {}
    letters = Letter.objects.filter(source_id=current_tenant().id, dedupe__in=[*waiting])
    known = {letter.dedupe: letter for letter in letters}
    ways = {row.pk: _way(known.get(name), row) for name, row in waiting.items()}
    return {pk: way for pk, way in ways.items() if way}


def _way(letter: Letter | None, row: DelegationRequest) -> str:
    county = row.group.county_name
    if letter is None:
        return "prośba jest w drodze"
    if letter.held_why == Held.SUSPENDED:
        return f"jednostka ({county}) jest zawieszona, prośba czeka"
    if letter.held_why:
        return f"jednostka ({county}) nie może jej teraz odebrać, prośba czeka"
    return "" if letter.delivered_at else "prośba jest w drodze"
