"""The sides of a team, its institutions and the Lider, as a form names them (REG §1.3, §6-7, §10)."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError

from kooperacja.ui.polish import polish_order
from tenants.people.models import Organisation

Side = UUID | None  # an institution; None is the Lider
LEAD = "lider"


def code_of(side: Side) -> str:
    """The value that stands for an institution where one is chosen, or for the Lider (None)."""
    return str(side) if side else LEAD


def chosen(code: str, sides: Collection[Side]) -> Side:
    """The side of a code; a fault of the field `of` where it is none of those."""
    for side in sides:
        if code == code_of(side):
            return side
    raise ValidationError({"of": "Wybierz instytucję, za którą możesz tu występować."})


def in_words(sides: Collection[Side]) -> list[tuple[str, str]]:
    """Sides to choose from, by their codes; the Lider first."""
    rows = Organisation.objects.filter(pk__in=[one for one in sides if one])
    lead = [(LEAD, "Lider")] if None in sides else []
    return [*lead, *((str(one.pk), one.name) for one in rows.order_by(polish_order("name"), "pk"))]
