"""The sides of a draft, its parties and the office that writes it: who reads it for whom (POR preamble).

A draft is that of an agreement, or of an aneks to one that is in force.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from tenants.agreements.models import Agreement, Amendment, AmendmentSide, Party
from tenants.agreements.models.amendments import Lies
from tenants.agreements.models.comments import OFFICE_NAME
from tenants.agreements.standing import Standing, standings
from tenants.agreements.workflow import AmendmentState, PartyState
from tenants.people.models import Person, RoleAssignment, holds
from tenants.people.perms import OFFICE, SPEAKERS, spoken_organisations
from tenants.teams.sides import LEAD, Side, chosen

Choices = list[tuple[str, str]]


def sides_of(person: Person | None, draft: Lies) -> set[Side]:
    """Sides for which the person reads the draft; a party's only while it lies before the parties."""
    found: set[Side] = {None} if holds(person, OFFICE) else set()
    is_before_parties = draft.is_frozen or draft.shared_on is not None
    if is_before_parties and (own := spoken_organisations(person)):
        found |= own & {party.organisation_id for party in parties_of(draft, timezone.localdate())}
    return found


def parties_of(draft: Lies, day: date) -> list[Party]:
    """The parties that negotiate a draft; of an aneks those that its agreement binds."""
    if isinstance(draft, Agreement):
        rows = draft.parties.with_names().with_part(day)
        return [one for one in rows if was_on_a_side(one)]
    is_over = draft.state == AmendmentState.DISCARDED
    return [] if is_over else Standing(draft.agreement).bound(day)


def was_on_a_side(party: Party) -> bool:
    """It was there when the text was negotiated: it neither accedes later nor is a successor.

    A party to which the text was sent may have acceded later, too.
    """
    if party.stepped_in_on is not None or party.state == PartyState.JOINING:
        return False
    if party.acceded_on is None:
        return True
    text = party.agreement.signed_text
    return text is not None and any(row["key"] == f"party:{party.pk}" for row in text.lines)


def signing_for(person: Person | None, amendments: Collection[Amendment]) -> set[UUID]:
    """Aneksy that lie before a party for which the person acts, or did, to be signed."""
    own, sent = spoken_organisations(person), [one.pk for one in amendments if one.is_frozen]
    if not (own and sent):
        return set()
    parties = Party.objects.with_part(timezone.localdate()).filter(organisation__in=own)
    sides = AmendmentSide.objects.filter(amendment__in=sent, party__in=parties).order_by()
    return set(sides.values_list("amendment", flat=True))


def concerned_by(person: Person | None, amendments: Collection[Amendment]) -> set[UUID]:
    """Aneksy that concern a party for which the person acts: it signs, or its agreement binds it.

    All of them concern the office.
    """
    if holds(person, OFFICE):
        return {one.pk for one in amendments}
    found, own = signing_for(person, amendments), spoken_organisations(person)
    others = [one for one in amendments if own and one.pk not in found]
    known, today = standings(one.agreement for one in others), timezone.localdate()
    for one in others:
        if any(party.organisation_id in own for party in known[one.agreement_id].bound(today)):
            found.add(one.pk)
    return found


def askable(draft: Lies) -> Choices:
    """Sides that may be asked to answer, by their codes: parties of the register once they read it."""
    office = [(LEAD, OFFICE_NAME)]
    if draft.shared_on is None:
        return office
    known = (one for one in parties_of(draft, timezone.localdate()) if one.organisation_id)
    return [*office, *((str(one.organisation_id), one.name_shown) for one in known)]


def written_for(code: str, sides: Collection[Side]) -> Side:
    """The side of a code; the only one needs none. A fault of the field `of` where it is no such side."""
    if not code and len(sides) == 1:
        return next(iter(sides))
    try:
        return chosen(code, sides)
    except ValidationError:
        raise ValidationError({"of": "Wybierz, w czyim imieniu piszesz."}) from None


def voices_of(sides: Collection[Side], day: date) -> list[Person]:
    """People who speak for these sides: those who write drafts, heads and coordinators of parties."""
    roles = Q(role__in=SPEAKERS, organisation__in=[one for one in sides if one])
    if None in sides:
        roles |= Q(role__in=OFFICE, organisation=None)
    held = RoleAssignment.objects.on(day).filter(roles).select_related("person").order_by("pk")
    return list({row.person_id: row.person for row in held}.values())


def has_nobody(draft: Lies, organisation_id: UUID, day: date) -> bool:
    """An institution is no party any more, or nobody here reads the draft for it."""
    if all(one.organisation_id != organisation_id for one in parties_of(draft, day)):
        return True
    held = RoleAssignment.objects.on(day).filter(organisation=organisation_id)
    return not held.filter(role__in=SPEAKERS).exists()
