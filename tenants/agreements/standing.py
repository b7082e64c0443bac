"""The parties of an agreement that lies before them: who signed when, and whose signature counts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kooperacja.ui.polish import pl_date
from tenants.agreements import rules
from tenants.agreements.models import Agreement, Party, Signature
from tenants.agreements.text import force_said
from tenants.agreements.workflow import AgreementState, PartyState
from tenants.teams.models import Team


def called(agreement: Agreement) -> str:
    """The agreement in one phrase that its state does not change, for messages and "Co dziś"."""
    return f"Porozumienie (wariant {agreement.variant})"


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


@dataclass(frozen=True)
class Standing:
    """The parties of an agreement; its rows are asked for once."""

    agreement: Agreement

    @cached_property
    def parties(self) -> list[Party]:
        return list(self.agreement.parties.select_related("organisation"))

    @cached_property
    def signed(self) -> dict[Party, date]:
        """The day of each valid signature: one under the text that lies before them now."""
        rows = Signature.objects.valid_for(self.agreement)
        days = dict(rows.values_list("party", "signed_on"))
        return {party: days[party.pk] for party in self.parties if party.pk in days}

    @property
    def way(self) -> rules.Way:
        return way_of(self.agreement, len(self.parties))

    def force_day(self, today: date) -> date | None:
        return rules.force_day(self.way, self.signed.values(), today)

    def failure(self, today: date) -> str:
        return rules.failure(self.way, self.signed.values(), today)

    def bound(self, today: date) -> list[Party]:
        """Parties whose signature counts: between them it is in force."""
        way = self.way
        return [party for party, day in self.signed.items() if way.counts(day, today)]

    def apart(self, today: date) -> list[Party]:
        """The others, who did not sign in time: they have no part in it."""
        bound = {party.pk for party in self.bound(today)}
        return [party for party in self.parties if party.pk not in bound]

    @property
    def waiting(self) -> list[Party]:
        """Parties that neither signed nor refused."""
        return [party for party in self.parties if party.state == PartyState.WAITING]


def force_of(agreement: Agreement, today: date, *, can_write: bool) -> dict[str, Any]:
    """The part of the page that says from when it is in force and between whom, or why not yet."""
    if not agreement.is_frozen:
        return {}
    standing, way = Standing(agreement), force_said(agreement)
    is_failed = agreement.state == AgreementState.FAILED
    is_in_force = agreement.state == AgreementState.IN_FORCE
    return {
        "way": f"Wejdzie w życie{',' if way.startswith('gdy') else ''} {way}.",
        # Where it is in force after that day, the way has just said it.
        "last_day": "" if agreement.force == rules.DEADLINE else pl_date(standing.way.last_day),
        "bound": standing.bound(today) if is_in_force else [],
        "apart": [(one, _why_apart(one)) for one in standing.apart(today)] if is_in_force else [],
        "failure": standing.failure(date.max) if is_failed else "",
        "team": Team.objects.filter(rests_on=agreement.pk).first() if is_in_force else None,
        "may_publish": can_write and waits_for_publication(agreement),
    }


def _why_apart(party: Party) -> str:
    is_late = party.state == PartyState.SIGNED
    return "podpis po terminie" if is_late else PartyState(party.state).label
