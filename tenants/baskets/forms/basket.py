"""The filters of the basket and of the list of cards (REG §3.4)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from kooperacja.ui.forms import KeyedForm, SearchForm, any_of, give
from kooperacja.ui.polish import sort_key
from tenants.baskets.facets import FACETS, HOURS, Match, counts
from tenants.baskets.models.cards import Card
from tenants.baskets.models.editions import Edition
from tenants.baskets.nearby import Nearby
from tenants.baskets.said import Seen
from tenants.baskets.wanted import YES, Wanted
from tenants.people.forms import InstitutionForm
from tenants.services.distance import KILOMETRES, WITHIN
from tenants.services.hours import DAYS
from tenants.services.terms import AGES, Cost, Feature, Group, Language, Way
from tenants.services.types import areas
from tenants.services.vocabulary import known_types, vocabulary
from tenants.teams.forms import InNameForm

_GROUPS = [one for one in Group.choices if one[0] != Group.ALL]
_AREAS = [(one.code, one.name) for one in areas()]
_DAYS = [(str(place), name) for place, name in enumerate(DAYS)]
_NOWHERE = Nearby()
_CLOCKS = [(str(hour), f"{hour}:00") for hour in HOURS]


class BasketFilter(SearchForm):
    """The help that is looked for; kinds and towns are those that the reader has in the basket."""

    dla = any_of("Dla kogo", "dla każdego", _GROUPS)
    dziedzina = any_of("Dziedzina", "każda", _AREAS)
    rodzaj = any_of("Rodzaj pomocy", "każdy", ())
    gdzie = any_of("W jaki sposób", "każdy", Way.choices)
    miejscowosc = any_of("Miejscowość", "każda", ())
    gmina = any_of("Gmina", "każda", ())
    odleglosc = any_of("Jak daleko", "wszędzie", ())
    wiek = any_of("Wiek", "każdy", [(str(first), words) for first, _, words in AGES])
    koszt = any_of("Koszt", "każdy", Cost.choices)
    jezyk = any_of("Język", "każdy", Language.choices)
    dostepnosc = any_of("Dostępność", "nieważna", Feature.choices)
    dzien = any_of("Dzień", "każdy", _DAYS)
    godzina = any_of("Godzina", "każda", _CLOCKS)
    teraz = forms.BooleanField(label="Czynne teraz", required=False)
    miejsca = forms.BooleanField(label="Są wolne miejsca", required=False)

    def __init__(
        self, data: Mapping[str, Any], seen: Iterable[Seen], nearby: Nearby = _NOWHERE
    ) -> None:
        super().__init__(data)
        rows = list(seen)
        kinds = {code for one in rows for code in vocabulary().line(one.entry.type_code)}
        kinds.add(str(data.get("rodzaj", "")))
        towns = sorted({one.town for one in rows if one.town}, key=sort_key)
        known = [(one.code, one.name) for one in known_types() if one.code in kinds]
        give(self, "rodzaj", [("", "każdy"), *known])
        give(self, "miejscowosc", [("", "każda"), *((town, town) for town in towns)])
        self._give_places(nearby)

    def _give_places(self, nearby: Nearby) -> None:
        """A gmina where there are several; distances from the chosen one, or from the unit itself."""
        chosen = ""
        if len(nearby.gminas) > 1:
            give(self, "gmina", [("", "każda"), *nearby.gminas.items()])
            asked = str(self.data.get("gmina", ""))
            chosen = asked if asked in nearby.gminas else ""
        else:
            del self.fields["gmina"]
        if not nearby.origin(chosen):
            del self.fields["odleglosc"]
            return
        far = [(str(most), f"do {most} km") for most in KILOMETRES]
        known = far if nearby.measures(chosen) else []
        give(self, "odleglosc", [("", "wszędzie"), *WITHIN, *known])

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.chosen)

    def say_counts(self, matches: Iterable[Match]) -> None:
        """Say at each choice how many services it leaves."""
        fields = {name: field for name, field in self.fields.items() if name in FACETS}
        offered = {name: _codes(field) for name, field in fields.items()}
        for name, left in counts(matches, offered).items():
            field = fields[name]
            if isinstance(field, forms.ChoiceField):
                give(self, name, [_counted(one, left) for one in _choices(field)])
            else:
                field.label = f"{field.label} ({left[YES]})"


def _choices(field: forms.ChoiceField) -> list[tuple[str, str]]:
    choices: Any = field.choices
    return list(choices)


def _codes(field: forms.Field) -> list[str]:
    if isinstance(field, forms.ChoiceField):
        return [code for code, _ in _choices(field) if code]
    return [YES]


def _counted(choice: tuple[str, str], left: Mapping[str, int]) -> tuple[str, str]:
    code, label = choice
    return (code, f"{label} ({left[code]})" if code else label)


class GapsFilter(SearchForm):
    """The gaps to show."""

    dla = any_of("Dla kogo", "nie ma jej wcale", _GROUPS)
    dziedzina = any_of("Dziedzina", "każda", _AREAS)


class CommunityCardForm(KeyedForm, InstitutionForm):
    """Asks of which resource of the community a card is begun."""

    MODEL = Card


class BeginCardForm(KeyedForm, InNameForm):
    """Asks whose card is begun."""

    MODEL = Card


class IssueForm(KeyedForm):
    """Issues the basket as a new edition."""

    MODEL = Edition
