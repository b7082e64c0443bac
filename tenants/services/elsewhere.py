"""The same service at another place, which is a description of its own (REG §3.2)."""

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField

from kooperacja.ui.polish import fold
from tenants.services.addresses import plain_address
from tenants.services.described import Described
from tenants.services.forms import FEATURE_FIELDS, DescriptionForm
from tenants.services.hours_form import HOURS, OTHER_DAYS
from tenants.services.visibility import Visibility, reaches

# What belongs to a place. A protected place stays marked as one until its keeper says otherwise.
_OF_PLACE = (
    *("street", "postal_code", "city", "seat", *FEATURE_FIELDS),
    *(*HOURS, OTHER_DAYS, "hours_about", "places", "waiting_days", "counted_on"),
)
ELSEWHERE = (
    "Wpisz adres, godziny, wolne miejsca i dostępność tego miejsca; resztę przepisaliśmy. Każde "
    "miejsce ma własny opis, bo może mieć własną przerwę, kolejkę i koniec."
)
# Their sections come first: the others are filled in already.
_FIRST = ("Adres", "Godziny", "Miejsca i terminy", "Dostępność")
# In the name of a service whose place not every reader of it may know.
_UNTOLD = "inne miejsce"


def is_elsewhere(one: Described, other: Described) -> bool:
    """Both have an address, and it is not the same one; of a protected place only the town is known."""
    (street, city), (other_street, other_city) = (
        plain_address(described.street, described.city) for described in (one, other)
    )
    if not city or not other_city:
        return False
    return city != other_city or bool(street and other_street and street != other_street)


class ElsewhereForm(DescriptionForm):
    """All that is said of a service at one place, to be completed for another."""

    def __init__(self, *args: Any, entry: Described, **kwargs: Any) -> None:
        super().__init__(*args, entry=entry, initial=dict.fromkeys(_OF_PLACE, ""), **kwargs)
        self.first = entry
        self.order_fields([one.name for _, fields in self.paragraphs for one in fields])
        hint = "Do tej samej nazwy dopiszemy miejsce, żeby odróżnić usługi na listach; chronionego nie."
        self.fields["name"].help_text = hint

    @property
    def paragraphs(self) -> Iterator[tuple[str, list[BoundField]]]:
        parts = dict(super().paragraphs)
        first = {heading: parts[heading] for heading in _FIRST if heading in parts}
        yield from (first | parts).items()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        street, city = (data.get(name, "") for name in ("street", "city"))
        if city and plain_address(street, city) == plain_address(
            self.first.street, self.first.city
        ):
            self.add_error("city", "Pod tym adresem ta usługa już jest.")
        if city and fold(data.get("name", "")) == fold(self.first.name):
            where = _where(self.first, street, city) if self._is_place_told(data) else _UNTOLD
            data["name"] = _named(self.first, where)
        return data

    def _is_place_told(self, data: dict[str, Any]) -> bool:
        """Whoever reads of the service may know where it is, so its name may say that."""
        service, place = (
            Visibility(data.get(name) or getattr(self.first, name))
            for name in ("sees_service", "sees_place")
        )
        return not data.get("is_protected") and reaches(service, place)


def _where(first: Described, street: str, city: str) -> str:
    """The town; in the same town with the street too."""
    is_other_town = fold(city) != fold(first.city)
    return city if is_other_town or not street else f"{city}, {street}"


def _named(first: Described, where: str) -> str:
    tail = f" ({where})"[:200]
    return f"{first.name[: 200 - len(tail)]}{tail}"
