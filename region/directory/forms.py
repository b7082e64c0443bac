"""The filter of the region's directory of services (REG §3.4)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from kooperacja.ui.forms import SearchForm, any_of, give
from kooperacja.ui.polish import sort_key
from region.directory.counting import Counts
from region.directory.finding import Wanted
from tenants.registry.models import Tenant
from tenants.registry.workflow import TenantStatus
from tenants.services.distance import KILOMETRES, OF_COUNTY, WITHIN
from tenants.services.hours import DAYS
from tenants.services.terms import AGES, Cost, Feature, Group, Language, Way
from tenants.services.types import areas
from tenants.services.vocabulary import vocabulary

_GROUPS = [one for one in Group.choices if one[0] != Group.ALL]
_AREAS = [(one.code, one.name) for one in areas()]
_AGES = [(str(first), words) for first, _, words in AGES]
_FAR = [(str(most), f"do {most} km") for most in KILOMETRES]
_DAYS = [(str(day), name) for day, name in enumerate(DAYS)]
_HOURS = [(str(hour), f"{hour}:00") for hour in range(6, 23)]


class DirectoryFilter(SearchForm):
    """The help that is looked for in the whole region."""

    teren = any_of("Gmina, powiat", "wszystkie", [])
    odleglosc = any_of("Jak daleko od wybranej gminy", "bez znaczenia", [*WITHIN, *_FAR])
    dla = any_of("Dla kogo", "dla każdego", _GROUPS)
    dziedzina = any_of("Dziedzina", "każda", _AREAS)
    rodzaj = any_of("Rodzaj pomocy", "każdy", [])
    wiek = any_of("Wiek", "każdy", _AGES)
    gdzie = any_of("Gdzie", "wszędzie", Way.choices)
    koszt = any_of("Koszt", "każdy", Cost.choices)
    jezyk = any_of("Język", "każdy", Language.choices)
    dostepnosc = any_of("Dostępność", "każda", Feature.choices)
    dzien = any_of("Czynne w dniu", "każdym", _DAYS)
    godzina = any_of("O godzinie", "każdej", _HOURS)
    teraz = forms.BooleanField(label="Czynne teraz", required=False)
    miejsca = forms.BooleanField(label="Są wolne miejsca", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "teren", [("", "wszystkie"), *_places()])
        give(self, "rodzaj", [("", "każdy"), *self._kinds()])

    def _kinds(self) -> list[tuple[str, Any]]:
        """The types of the area that was chosen, or all under their areas."""
        chosen, area = str(self.data.get("rodzaj", "")), self.data.get("dziedzina")
        names = {one.name for one in areas() if one.code == area}
        kinds = vocabulary().choices(chosen)
        return [one for one in kinds if not names or one[0] in names or _has(one, chosen)]

    def clean_odleglosc(self) -> str:
        distance: str = self.cleaned_data["odleglosc"]
        if distance and len(self.cleaned_data.get("teren", "")) <= OF_COUNTY:
            raise forms.ValidationError("Wybierz gminę, od której liczyć odległość.")
        return distance

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.chosen)

    def say_counts(self, left: Counts) -> None:
        """Say at each choice how many services it leaves; one that leaves none is not offered."""
        for name, codes in left.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            choices: Any = field.choices
            give(self, name, list(_counted(choices, codes)))


def _counted(choices: Iterable[Any], left: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
    for code, label in choices:
        if not isinstance(label, str):
            if kinds := list(_counted(label, left)):
                yield code, kinds
        elif not code:
            yield code, label
        elif count := left[code]:
            yield code, f"{label} ({count})"


def _has(group: tuple[str, Any], code: str) -> bool:
    return any(one == code for one, _ in group[1])


def _places() -> list[tuple[str, str]]:
    """Open units by name; a powiat comes with the gminas in it."""
    tenants = Tenant.objects.filter(status=TenantStatus.ACTIVE).select_related("unit")
    named = [(one.unit.code, one.label) for one in tenants.order_by("unit__code")]
    return sorted(named, key=lambda one: sort_key(one[1]))
