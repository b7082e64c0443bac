"""An institution is a party of an agreement once (POR preamble)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from kooperacja.ui.polish import pl_date, quoted
from tenants.agreements import rules
from tenants.agreements.models import Party
from tenants.agreements.models.parties import EndKind
from tenants.agreements.workflow import PartyState


def refuse_twice(others: list[Party], values: dict[str, Any], today: date) -> None:
    """An institution is a party once, be it chosen of the register or typed; so is the office.

    One that left is a party no more, and may accede anew.
    """
    of = values["organisation"]
    for other in others:
        if other.has_left(today):
            continue
        if other.is_office and values["is_office"]:
            raise ValidationError({"is_office": f"Nasz ośrodek jest już Stroną ({other.label})."})
        is_same = of is not None and other.organisation_id == of.pk
        names = (other.name, other.name_on(today))
        if is_same or any(rules.is_same_name(one, values["name"]) for one in names):
            words = _twice_said(other)
            raise ValidationError({"organisation" if is_same else "name": words})


def _twice_said(other: Party) -> str:
    name, ends = quoted(other.name), pl_date(other.ended_on)
    if other.state == PartyState.JOINING:
        return f"Przystąpienie instytucji {name} już przygotowano."
    if other.end_kind == EndKind.MERGED:
        return (
            f"{name} była już Stroną ({other.label}), a jej miejsce zajął następca {ends} Do tego "
            "porozumienia nie wróci; może zawrzeć nowe."
        )
    if other.end_kind == EndKind.LEFT:
        return (
            f"{name} jest jeszcze Stroną ({other.label}) i odchodzi od {ends} Dopiero od tego dnia "
            "można przygotować jej ponowne przystąpienie."
        )
    return f"{name} jest już Stroną ({other.label})."
