"""Writes of the exchange; the rows themselves say who and when."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from kooperacja.audit.actor import Actor
from kooperacja.writes import StaleForm, came_in, found_or_new
from tenants.exchange.clauses import too_long
from tenants.exchange.models import Institution, InstitutionNote, PublicData, RegulationTemplate

PUBLIC = ("name", "sector", "legal_form", "regon", "nip", "krs", "street", "postal_code", "city")


def find_institution(*, regon: str = "", nip: str = "") -> PublicData | None:
    """The institution of a REGON; without one, of a NIP that no REGON goes with.

    As it was noted last; what was left blank then, as it was noted before.
    """
    if not regon and not nip:
        return None
    same = {"regon": regon} if regon else {"regon": "", "nip": nip}
    notes: list[PublicData] = [
        *InstitutionNote.objects.filter(**same).order_by("-updated_at", "pk")
    ] or [*Institution.objects.filter(**same)]
    if not notes:
        return None
    newest, *older = notes
    for note in older:
        for name in PUBLIC:
            setattr(newest, name, getattr(newest, name) or getattr(note, name))
    return newest


def remember_institution(given: dict[str, Any], *, source_id: UUID) -> InstitutionNote | None:
    """Note the public data of an institution that a tenant's office entered, in that tenant's row.

    Without a number nobody could be recognised, so nothing is noted.
    """
    values = {name: str(given.get(name, "")) for name in PUBLIC}
    if not values["regon"] and not values["nip"]:
        return None
    number = "regon" if values["regon"] else "nip"
    same: dict[str, Any] = {"regon": values["regon"], number: values[number]}
    note, is_new = found_or_new(InstitutionNote, defaults=values, source_id=source_id, **same)
    if not is_new:
        for name, value in values.items():
            setattr(note, name, value)
        note.save()
    return note


def publish_template(
    *, by: Actor, clauses: list[dict[str, str]], note: str, after: int
) -> RegulationTemplate:
    """Publish the next template; `after` is the number its writer began from."""
    newest = RegulationTemplate.objects.first()
    if wrong := too_long(clauses, newest.clauses if newest else None):
        raise ValidationError(wrong)
    if (newest.number if newest else 0) != after:
        raise StaleForm(newest)
    template = RegulationTemplate(
        number=after + 1, clauses=clauses, note=note, published_by=by.name
    )
    if not came_in(template):  # somebody else was quicker by an instant
        raise StaleForm(RegulationTemplate.objects.first())
    return template
