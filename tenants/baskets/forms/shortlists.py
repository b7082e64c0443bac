"""Forms of a shortlist for a family: which services, in which order (REG §3.4)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from kooperacja.ui.forms import KeyedForm, SearchForm, VersionedForm, any_of
from tenants.baskets.models.shortlists import Shortlist
from tenants.baskets.said import Seen
from tenants.baskets.wanted import Wanted
from tenants.services.terms import Group

_OFF = "-"


class PickFilter(SearchForm):
    """The services among which one picks."""

    dla = any_of("Dla kogo", "dla każdego", [one for one in Group.choices if one[0] != Group.ALL])

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.chosen)


class PickForm(forms.Form):
    """Services to be put on a list."""

    services = forms.MultipleChoiceField(
        label="Usługi", widget=forms.CheckboxSelectMultiple, required=True
    )

    def __init__(self, *args: Any, offered: Sequence[Seen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["services"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(seen.entry.service_id), f"{seen.entry.name} ({seen.entry.service.card.owner})")
            for seen in offered
        ]


class NewShortlistForm(PickForm, KeyedForm):
    """The first services of a list."""

    MODEL = Shortlist


class OrderForm(VersionedForm):
    """The place of each service of a list."""

    def __init__(self, *args: Any, services: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = [key for key, _ in services]
        places = [(str(place), f"miejsce {place}") for place in range(1, len(services) + 1)]
        for place, (key, name) in enumerate(services, 1):
            self.fields[str(key)] = forms.ChoiceField(
                label=name, choices=[*places, (_OFF, "zdejmij z listy")], initial=str(place)
            )

    def values(self) -> dict[str, Any]:
        """Those that got the same place stay one after another."""
        placed = [key for key in self._keys if self.cleaned_data[str(key)] != _OFF]
        order = sorted(placed, key=lambda key: int(self.cleaned_data[str(key)]))
        return {"version": self.cleaned_data["version"], "order": order}
