"""The team of an agreement, its seats and its terms follow the agreement by themselves (POR §2)."""

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any
from uuid import UUID, uuid5

from tenants.agreements.amended import meetings_of
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.standing import Standing, standings
from tenants.agreements.workflow import BINDING
from tenants.people.models import Post, RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation.parameters import GuestConsent
from tenants.teams.bringing import Days, bring, days_of, within
from tenants.teams.kinds import COUNTY, OF_THE_LEAD, PARTNERSHIP
from tenants.teams.models import Seat, Team, Terms

AGREEMENT, PARTY, POST, CONTACT, ROLE = "agreement", "party", "post", "contact", "role"
Sent = tuple[str, Any, str]  # the kind of row on which a seat rests, the row, the function


def follow_agreements() -> None:
    """Bring the team of each agreement up to date that is in force or was, its seats and its terms."""
    agreements = list(Agreement.objects.filter(state__in=[*BINDING]).order_by("pk"))
    kinds, known = Counter(map(_kind, agreements)), standings(agreements)
    for agreement in agreements:
        # Where there are several of a kind, each is told from the others.
        mark = agreement.number if kinds[_kind(agreement)] > 1 else ""
        team = _team(agreement, mark)
        bring(team.seats.all(), _seats(known[agreement.pk], team))
        bring(team.terms.all(), _terms(agreement, team))


def _kind(agreement: Agreement) -> str:
    return COUNTY if agreement.variant == Variant.C else PARTNERSHIP


def _team(agreement: Agreement, mark: str) -> Team:
    kind = _kind(agreement)
    wanted = Team(
        kind=kind,
        mark=mark,
        rests_on_kind=AGREEMENT,
        rests_on=agreement.pk,
        **days_of(_life(agreement)),
    )
    teams = Team.objects.filter(kind=kind, rests_on=agreement.pk)
    return teams.get() if bring(teams, [wanted]) else wanted


def _life(agreement: Agreement) -> Days:
    assert agreement.in_force_from is not None  # an agreement in force has it
    return agreement.in_force_from, agreement.ended_on


def _seats(standing: Standing, team: Team) -> Iterator[Seat]:
    """Each party that it binds or bound has its own seat, and one for each of its people."""
    agreement = standing.agreement
    parts = standing.parts
    before: set[UUID | None] = set()
    # Without an entry in the register nobody can be let in for a party.
    seated = [one for one in parts if one.organisation_id or one.is_office]
    people = _people(agreement, seated)
    for party in seated:
        stay = within(parts[party], _life(agreement))
        common: dict[str, Any] = {"team": team, "organisation_id": party.organisation_id}
        yield Seat(rests_on_kind=PARTY, rests_on=party.pk, **common, **days_of(stay))
        is_again = party.organisation_id in before
        before.add(party.organisation_id)
        for kind, row, function in people[party]:
            days = within((row.from_on, row.ended_on), stay)
            yield Seat(
                rests_on_kind=kind,
                # Of an institution that left and acceded anew each stay has its own seats.
                rests_on=uuid5(party.pk, str(row.pk)) if is_again else row.pk,
                person_id=row.person_id,
                function=function[:120],
                **common,
                **days_of(days),
            )


def _people(agreement: Agreement, parties: list[Party]) -> dict[Party, list[Sent]]:
    """C sends the heads of institutions (POR-C §2.1), A and B the people named in them (POR §3.3).

    The office sends whoever represents the Lider, for that one convenes; beside them C whoever
    helps, A and B the people named.
    """
    found: dict[Party, list[Sent]] = {party: [] for party in parties}
    institutions = [party for party in parties if party.organisation_id]
    is_county = agreement.variant == Variant.C
    sent_by_office = [*OF_THE_LEAD] if is_county else [Role.LEAD]
    roles = list(RoleAssignment.objects.filter(role__in=sent_by_office, organisation=None))
    if is_county:
        of = {party.organisation_id for party in institutions}
        posts = list(Post.objects.filter(organisation__in=of, is_head=True))
        for party in institutions:
            own = (post for post in posts if post.organisation_id == party.organisation_id)
            found[party] += [(POST, post, post.function) for post in own]
    else:
        named = ContactPerson.objects.filter(party__in=parties)
        for one in named.exclude(person=None).select_related("party"):
            if not (one.party.is_office and _sits_by_role(one, roles)):
                found[one.party].append((CONTACT, one, one.function))
    for party in (party for party in parties if party.is_office):
        found[party] += [(ROLE, role, OF_THE_LEAD[Role(role.role)]) for role in roles]
    return found


def _sits_by_role(one: ContactPerson, roles: list[RoleAssignment]) -> bool:
    """Whoever represents the Lider all the while has that one seat."""
    return any(
        role.person_id == one.person_id
        and role.from_on <= one.from_on
        and (role.ended_on is None or (one.ended_on is not None and one.ended_on <= role.ended_on))
        for role in roles
    )


def _terms(agreement: Agreement, team: Team) -> Iterator[Terms]:
    """The rhythm and the place that the text names, and each aneks that changes them.

    The text is silent on guests, minutes and voices.
    """
    found = meetings_of(agreement)
    ends = [one.since for one in found[1:]]
    for one, end in zip_longest(found, ends):
        days = within((one.since, end), _life(agreement))
        yield Terms(
            team=team,
            rests_on=one.rests_on,
            meetings_count=one.meetings_count,
            meetings_period=one.meetings_period,
            place_policy=one.place_policy,
            place=one.place,
            guest_consent=GuestConsent.NO_OBJECTION,
            **days_of(days),
        )
