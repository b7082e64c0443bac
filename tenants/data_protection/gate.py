"""The gate to personal data of families: casework asks it before it shows any (REG §8.2)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kooperacja import offers
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
)
from tenants.data_protection.rules import FAMILIES, Facts, Part, Spell, Verdict, judge
from tenants.partnership.models import DesignatedWorker, Membership, PartnershipCoordinator
from tenants.people.dated import holding
from tenants.people.merged import stood_for_by_each
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import OFFICE_ROLES, Role
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_digest

Pair = tuple[UUID, UUID | None]  # a person and their institution, or the Lider's office
People = dict[Pair, tuple[Person, Organisation | None]]
# They fill in a declaration, act for a party or advise: none of them works with families.
WITHOUT_FAMILIES = frozenset({Role.APPLICANT, Role.PARTY, Role.ADVISER})


@dataclass(frozen=True, slots=True)
class SentHere(offers.Offer):
    """Gives the spells in which institutions that need be no members sent these people, on a day."""

    spells: Callable[[Iterable[UUID], date], Mapping[UUID, Sequence[Spell]]]


def may_see_personal_data(person: Person, organisation: Organisation | None, day: date) -> Verdict:
    """Judge if a person may see data of families for an institution, or for the Lider, on a day."""
    pair = (person.pk, organisation.pk if organisation else None)
    return verdicts([pair], day)[pair]


def verdicts(pairs: Iterable[Pair], day: date) -> dict[Pair, Verdict]:
    """The same for many at once, in as many queries."""
    asked = list(pairs)
    people = {person_id for person_id, _ in asked}
    of = {organisation_id for _, organisation_id in asked if organisation_id}
    shared = {
        Part.MEMBER: _shared(Membership.objects.filter(organisation__in=of)),
        Part.AGREEMENT: _shared(
            DataProcessingAgreement.objects.filter(organisation__in=of), "scope"
        ),
    }
    own = {
        Part.ROLE: _own(RoleAssignment.objects.filter(person__in=people, role__in=OFFICE_ROLES)),
        Part.AUTHORISATION: _own(
            ProcessingAuthorisation.objects.filter(person__in=people), "scope"
        ),
        Part.STATEMENT: _own(ConfidentialityStatement.objects.filter(person__in=people)),
    }
    sent = _sent(people, day)
    annex = annex_digest(RegulationVersion.in_force(day))
    read = _read(people)
    answers = {}
    for person_id, organisation_id in asked:
        spells = {part: rows[person_id] for part, rows in own.items()}
        spells[Part.MEMBER] = [*shared[Part.MEMBER], *sent[person_id]]
        facts = Facts({**shared, **spells}, annex, read[person_id])
        answers[person_id, organisation_id] = judge(facts, organisation_id, day)
    return answers


def agreed_on(day: date) -> set[UUID]:
    """Institutions with an agreement on data of families that is valid on a day."""
    valid = DataProcessingAgreement.objects.on(day).filter(scope=FAMILIES)
    return set(valid.values_list("organisation", flat=True))


def pairs_on(day: date) -> People:
    """Whoever may come to work with families on a day, for the Lider or for an institution."""
    held = RoleAssignment.objects.on(day).exclude(role__in=WITHOUT_FAMILIES)
    roles = held.select_related("person", "organisation")
    pairs: People = {
        (role.person_id, role.organisation_id): (role.person, role.organisation) for role in roles
    }
    of_members: tuple[Any, ...] = (PartnershipCoordinator, DesignatedWorker)
    for model in of_members:
        seats = model.objects.on(day).filter(holding(day, "membership__"))
        for seat in seats.select_related("person", "membership__organisation"):
            of = seat.membership.organisation
            pairs.setdefault((seat.person_id, of.pk), (seat.person, of))
    return pairs


def _shared(rows: Any, *scope: str) -> list[Spell]:
    return [Spell(*row) for row in rows.values_list("organisation", "from_on", "ended_on", *scope)]


def _own(rows: Any, *scope: str) -> dict[UUID, list[Spell]]:
    spells: dict[UUID, list[Spell]] = defaultdict(list)
    columns = ("person", "organisation", "from_on", "ended_on", *scope)
    for person_id, *row in rows.values_list(*columns):
        spells[person_id].append(Spell(*row))
    return spells


def _sent(people: set[UUID], day: date) -> dict[UUID, list[Spell]]:
    sent: dict[UUID, list[Spell]] = defaultdict(list)
    for offer in offers.of(SentHere):
        for person_id, spells in offer.spells(people, day).items():
            sent[person_id] += spells
    return sent


def _read(people: set[UUID]) -> dict[UUID, dict[str, date]]:
    """The first day on which each of them, under any of their entries, read a text."""
    read: dict[UUID, dict[str, date]] = defaultdict(dict)
    entries = stood_for_by_each(Person, people)
    rows = DataRulesAcknowledgement.objects.filter(person__in=[*entries]).order_by("read_on", "pk")
    for person_id, digest, read_on in rows.values_list("person", "text_sha256", "read_on"):
        read[entries[person_id]].setdefault(digest, read_on)
    return read
