"""Writes of the exchange; the rows themselves say who and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from kooperacja.audit.actor import Actor
from kooperacja.writes import StaleForm, came_in, found_or_new
from tenants.exchange.clauses import too_long
from tenants.exchange.models import Institution, InstitutionNote, PublicData, RegulationTemplate

PUBLIC = ("name", "sector", "legal_form", "regon", "nip", "krs", "street", "postal_code", "city")
ADDRESS = ("street", "postal_code", "city")


def find_institution(*, regon: str = "", nip: str = "") -> PublicData | None:
    """The institution of a REGON; without one, of a NIP that no REGON goes with.

    As it was noted last; what was left blank then, as it was noted before. Of a protected place
    nobody learns the address, whoever noted it.
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
    if _is_protected(newest):
        for name in ADDRESS:
            setattr(newest, name, "")
    return newest


def _is_protected(found: PublicData) -> bool:
    """Somebody says so of its REGON, or of its NIP where only that is known of one of the two."""
    of_nip = Q(nip=found.nip) & ~Q(nip="")
    same = Q(regon=found.regon) | of_nip & Q(regon="") if found.regon else of_nip
    return InstitutionNote.objects.filter(same, hides_seat=True).exists()


def remember_institution(given: dict[str, Any], *, source_id: UUID) -> InstitutionNote | None:
    """Note the public data of an institution that a tenant's office entered, in that tenant's row.

    Without a number nobody could be recognised, so nothing is noted.
    """
    values = {name: str(given.get(name, "")) for name in PUBLIC}
    if not values["regon"] and not values["nip"]:
        return None
    number = "regon" if values["regon"] else "nip"
    same: dict[str, Any] = {"regon": values["regon"], number: values[number]}
    with transaction.atomic(using="shared"):
        note, is_new = found_or_new(
            InstitutionNote, defaults=values | _protection(given), source_id=source_id, **same
        )
        note = InstitutionNote.objects.select_for_update().get(pk=note.pk)
        if not is_new:
            _write(note, values, _protection(given))
    return note


def _write(note: InstitutionNote, values: dict[str, str], protection: dict[str, Any]) -> None:
    """Write what a tenant says now over what it said before, unless that was said later."""
    said_at = protection.get("said_at")
    if said_at and note.said_at and said_at < note.said_at:
        return
    for name, value in {**values, **protection}.items():
        setattr(note, name, value)
    if note.hides_seat:
        for name in ADDRESS:
            setattr(note, name, "")
    note.save()


def _protection(given: dict[str, Any]) -> dict[str, Any]:
    """The part of a message that the release before did not send."""
    if "hides_seat" not in given:
        return {}
    said_at = datetime.fromisoformat(given["said_at"])
    return {"hides_seat": bool(given["hides_seat"]), "said_at": said_at}


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
