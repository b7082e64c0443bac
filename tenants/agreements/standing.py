"""The parties of an agreement that lies before them: who signed when, and whose signature counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from kooperacja.documents.sigreport import along
from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import pl_date
from tenants.agreements import rules
from tenants.agreements.models import Agreement, Party, Signature
from tenants.agreements.models.amendments import Lies
from tenants.agreements.models.parties import EndKind
from tenants.agreements.text import force_said, parties_of
from tenants.agreements.workflow import BINDING, AgreementState, PartyState
from tenants.people.rules import holds_on
from tenants.teams.models import Team

Part = tuple[date, date | None]  # its first day, and the first day after it


def called(agreement: Agreement) -> str:
    """The agreement in one phrase that its signing does not change, for messages and "Co dziś"."""
    return f"Porozumienie ({agreement.cited})"


def waits_for_publication(agreement: Agreement) -> bool:
    """The office may enter the day of publication, which brings it into force."""
    return agreement.is_signing and agreement.force == rules.PUBLISHED


def way_of(agreement: Agreement, parties: int = 0) -> rules.Way:
    """Its way into force; the number of parties matters only for whether it is in force."""
    return rules.Way(
        agreement.force,
        parties,
        sign_by=agreement.sign_by,
        force_on=agreement.force_on,
        enough=agreement.enough,
        published_on=agreement.published_on,
    )


def takes_signatures(lies: Lies, today: date) -> bool:
    """It waits for them: before its force, and after it where some of the parties were enough."""
    if isinstance(lies, Agreement) and lies.state == AgreementState.IN_FORCE:
        return way_of(lies).is_open_in_force(today) and not lies.is_over_on(today)
    return lies.is_signing


@fact
def given(lies: Lies) -> tuple[Signature, ...]:
    """The signatures with their files, those taken back and those of later accessions among them.

    They are in the order in which they were entered; a page asks for them once.
    """
    rows = Signature.objects.given_to(lies)
    return tuple(rows.select_related("file", *along("file")))


def signatures_of(lies: Lies) -> tuple[Signature, ...]:
    """Those that count: under the text itself, and not taken back."""
    return tuple(
        one for one in given(lies) if one.document_id == lies.document_id and not one.is_withdrawn
    )


@dataclass(frozen=True)
class Standing:
    """The parties of an agreement; its rows are asked for once."""

    agreement: Agreement

    @cached_property
    def parties(self) -> list[Party]:
        return [*parties_of(self.agreement)]

    @cached_property
    def signatures(self) -> Sequence[Signature]:
        return signatures_of(self.agreement)

    @cached_property
    def signed(self) -> dict[Party, date]:
        """The day of each valid signature: one under the text that lies before them now."""
        days = {one.party_id: one.signed_on for one in self.signatures}
        return {party: days[party.pk] for party in self.parties if party.pk in days}

    @property
    def way(self) -> rules.Way:
        return way_of(self.agreement, len(self.parties))

    def force_day(self, today: date) -> date | None:
        return rules.force_day(self.way, self.signed.values(), today)

    def failure(self, today: date) -> str:
        return rules.failure(self.way, self.signed.values(), today)

    def bound(self, today: date) -> list[Party]:
        """Parties whose part lasts on a day: between them it is in force."""
        return [party for party, days in self.parts.items() if holds_on(today, *days)]

    @cached_property
    def parts(self) -> dict[Party, Part]:
        """Every party that it binds or bound, with the days of its part.

        A part begins with the signature that counts, with a later accession, or on the day on which
        the party stepped into that of another.
        """
        found = {}
        for party in self.parties:
            if since := self._since(party):
                ends = [day for day in (party.ended_on, self.agreement.ended_on) if day]
                found[party] = (since, max(since, min(ends)) if ends else None)
        return found

    @property
    def days(self) -> dict[Party, Part]:
        """The same, but that no part begins before the agreement is in force."""
        since = self.agreement.in_force_from
        if since is None:
            return {}
        parts = self.parts.items()
        return {party: (max(since, first), until) for party, (first, until) in parts}

    def _since(self, party: Party) -> date | None:
        if later := party.stepped_in_on or party.acceded_on:
            return later
        signed = self.signed.get(party)
        return signed if signed and self.way.counts(signed, date.max) else None

    def apart(self, today: date) -> list[Party]:
        """The others, who did not sign in time: they have no part in it."""
        bound = {*self.bound(today), *(party for party in self.parts if party.ended_on)}
        others = (party for party in self.parties if party not in bound)
        return [
            party
            for party in others
            if party.stepped_in_on is None and party.state != PartyState.JOINING
        ]

    @property
    def asked(self) -> list[Party]:
        """Parties that the text itself asks: no successor, nobody who accedes later."""
        return [party for party in self.parties if is_asked(party)]

    @property
    def waiting(self) -> list[Party]:
        """Parties that neither signed nor refused."""
        return [party for party in self.asked if party.state == PartyState.WAITING]

    @property
    def coming(self) -> date | None:
        """The day on which it comes into force by itself: all have signed, and it waits for that alone."""
        is_signed = self.agreement.is_signing and len(self.signed) == len(self.asked)
        return self.way.day_to_come if is_signed else None

    @property
    def has_too_few(self) -> bool:
        """So many refused that it can't come into force, unless one of them thinks better of it."""
        able = len(self.waiting) + sum(self.way.counts(on, date.max) for on in self.signed.values())
        return self.agreement.is_signing and able < self.way.needed


def standings(agreements: Iterable[Agreement], *, anew: bool = False) -> dict[UUID, Standing]:
    """The standing of each of many agreements, by its id; their rows are asked for together."""
    found = {one.pk: Standing(one) for one in agreements}
    if anew or len(found) > 1:  # of one alone, the page may have asked already
        _load(found)
    return found


def _load(found: dict[UUID, Standing]) -> None:
    """Give each the rows that it would ask for itself."""
    parties: dict[UUID, list[Party]] = defaultdict(list)
    for party in (
        Party.objects.with_names().filter(agreement__in=found).select_related("organisation")
    ):
        party.agreement = found[party.agreement_id].agreement
        parties[party.agreement_id].append(party)
    signatures: dict[UUID | None, list[Signature]] = defaultdict(list)
    documents = [one.agreement.document_id for one in found.values()]
    for signature in Signature.objects.valid_under(documents):
        signatures[signature.document_id].append(signature)
    for pk, one in found.items():
        rows = {"parties": parties[pk], "signatures": signatures[one.agreement.document_id]}
        vars(one).update(rows)


def is_asked(party: Party) -> bool:
    """It signs the text of the agreement itself, or did, or refused."""
    is_later = party.state in (PartyState.JOINING, PartyState.ACCEDED)
    return party.stepped_in_on is None and not is_later


def may_still_sign(party: Party, today: date) -> bool:
    """It is bound by no signature yet, and the text of its agreement still takes one of it."""
    if not (is_asked(party) and takes_signatures(party.agreement, today)):
        return False
    # Whoever took a signature back doesn't sign the same document once more.
    given = party.signatures.filter(document=party.agreement.document_id)
    return party.state != PartyState.SIGNED and not given.exists()


def day_read(agreement: Agreement, today: date) -> date:
    """The day as of which it is read: today, or the last day on which it was in force."""
    return min(today, agreement.ended_on - timedelta(days=1)) if agreement.ended_on else today


def parties_in_force(agreement: Agreement, day: date) -> list[Party]:
    """The parties between which an agreement is in force on a day: what whoever else asks is told.

    An agreement that is not in force on that day has none.
    """
    since = agreement.in_force_from
    if since is None or not holds_on(day, since, agreement.ended_on):
        return []
    return Standing(agreement).bound(day)


def counted_parties(day: date) -> Count:
    """The number of parties of each agreement; of one that binds or bound, of those that it binds.

    It says in one query what `Standing.bound` says of one agreement.
    """
    signed = Q(parties__signatures__document=F("document")) & ~Q(parties__state=PartyState.REFUSED)
    for last in ("sign_by", "published_on"):
        signed &= Q(**{last: None}) | Q(parties__signatures__signed_on__lte=F(last))
    signed &= ~Q(force=rules.DAY) | Q(parties__signatures__signed_on__lte=F("force_on"))
    is_there = signed | Q(parties__stepped_in_on__lte=day) | Q(parties__acceded_on__lte=day)
    ended = Q(parties__ended_on__lte=day) & ~Q(parties__end_kind=EndKind.AGREEMENT)
    binds = Q(state__in=BINDING)
    return Count(
        "parties",
        filter=Q(parties__removed_on=None) & (~binds | (is_there & ~ended)),
        distinct=True,
    )


def force_of(agreement: Agreement, today: date, *, can_write: bool) -> dict[str, Any]:
    """The part of the page that says from when it is in force and between whom, or why not yet."""
    if not agreement.is_frozen:
        return {}
    standing = Standing(agreement)
    is_failed = agreement.state == AgreementState.FAILED
    is_in_force = agreement.state == AgreementState.IN_FORCE
    binds = agreement.state in BINDING
    is_open = is_in_force and takes_signatures(agreement, today)
    return {
        "is_ended": agreement.state == AgreementState.ENDED,
        "ends_on": agreement.ended_on,
        "way": way_said(agreement),
        # Where it is in force after that day, the way has just said it.
        "last_day": "" if agreement.force == rules.DEADLINE else pl_date(standing.way.last_day),
        "bound": standing.bound(day_read(agreement, today)) if binds else [],
        "apart": [(one, _why_apart(one)) for one in standing.apart(today)] if is_in_force else [],
        "later": later_said(agreement) if is_open and standing.apart(today) else "",
        "failure": standing.failure(date.max) if is_failed else "",
        "coming": pl_date(standing.coming),
        "too_few": _too_few_said(can_write=can_write) if standing.has_too_few else "",
        "team": Team.objects.filter(rests_on=agreement.pk).first() if binds else None,
        "may_publish": can_write and waits_for_publication(agreement),
    }


def way_said(agreement: Agreement) -> str:
    """A sentence that says when it will come into force."""
    way = force_said(agreement)
    return f"Wejdzie w życie{',' if way.startswith('gdy') else ''} {way}."


def _too_few_said(*, can_write: bool) -> str:
    then = "cofnij je do projektu" if can_write else "ośrodek może cofnąć je do projektu"
    return (
        "Nie wejdzie w życie: za mało Stron może podpisać. Jeśli żadna z tych, które odmówiły, nie "
        f"zmieni zdania, {then}."
    )


def concluded_on(agreement: Agreement) -> date | None:
    """The day that its text names, or else that of the last signature before its force."""
    if agreement.concluded_on or agreement.in_force_from is None:
        return agreement.concluded_on
    days = [one.signed_on for one in signatures_of(agreement)]
    return max((day for day in days if day <= agreement.in_force_from), default=None)


def no_party_said(since: date, today: date) -> str:
    """From when an institution is no party; of a day to come so that nobody takes it for one past."""
    return f"{'nie będzie' if since > today else 'nie jest'} Stroną od {pl_date(since)}"


def later_said(agreement: Agreement) -> str:
    """Until when those who did not sign yet may, and from when it binds them."""
    last = pl_date(way_of(agreement).last_day)
    until = f" do {last}" if last else ""
    return f"Mogą jeszcze podpisać{until}{'' if last else '.'} Porozumienie będzie je obowiązywać od dnia ich podpisu."


def _why_apart(party: Party) -> str:
    is_late = party.state == PartyState.SIGNED
    return "podpis po terminie" if is_late else PartyState(party.state).label
