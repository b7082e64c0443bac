"""Forms of what the Lider says of institutions, and the filter of them (REG §5.1)."""

from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, Line, LongText
from kooperacja.ui.forms import KeyedForm, SearchForm, any_of
from tenants.partnership.models import Engagement, EngagementLevel, FlagKind
from tenants.people.models import Sector


class EngagementForm(KeyedForm):
    """The level of a kooperant's engagement; `seen` is the level its reader saw."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(
        label="Stopień zaangażowania", widget=forms.RadioSelect, choices=EngagementLevel.choices
    )
    reason = LongText(
        label="Uzasadnienie",
        help_text="Zobaczą je ośrodek i ta instytucja. Nie wpisuj danych osób ani rodzin.",
    )
    from_on = DayField(label="Od dnia", initial=timezone.localdate)

    def __init__(self, *args: Any, now: Engagement | None, **kwargs: Any) -> None:
        known = {"seen": now.pk, "level": now.level} if now else {}
        super().__init__(*args, **{**kwargs, "initial": known})

    def saved_now(self, current: Engagement) -> dict[str, Any]:
        return {name: getattr(current, name) for name in ("level", "reason", "from_on")}

    def seen_now(self, current: Engagement) -> dict[str, str]:
        return {"seen": str(current.pk)}


class FlagsForm(forms.Form):
    """The descriptions that fit, of four; `seen` are those its reader saw."""

    seen = Line(widget=forms.HiddenInput, required=False, max_length=100)
    kinds = forms.MultipleChoiceField(
        label="Cechy instytucji",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=FlagKind.choices,
        help_text="Każda jest niezależna od pozostałych.",
    )
    from_on = DayField(label="Zmiana od dnia", initial=timezone.localdate)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {**values, "seen": values["seen"].split(",")}


class OrganisationsFilter(SearchForm):
    """The institutions to show."""

    sektor = any_of("Sektor", "wszystkie", Sector.choices)
    czlonkostwo = any_of("Członkostwo", "wszystkie", [("tak", "członkowie"), ("nie", "pozostałe")])
