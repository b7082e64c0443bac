"""The day of the register, and what the Lider says of a member (REG §5.1.a, b, d)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from kooperacja.ui.forms import DateInput, FilterForm, KeyedForm, SearchForm
from tenants.partnership.models import Engagement, EngagementLevel, FlagKind, Sector


class MembersFilter(FilterForm):
    """The day of which the register is shown, and which members of it."""

    dzien = forms.DateField(label="Stan na dzień", required=False, widget=DateInput)
    szukaj = forms.CharField(
        label="Instytucja",
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    sektor = forms.ChoiceField(
        label="Sektor", required=False, choices=[("", "wszystkie"), *Sector.choices]
    )
    stopien = forms.ChoiceField(
        label="Zaangażowanie", required=False, choices=[("", "każde"), *EngagementLevel.choices]
    )
    cecha = forms.ChoiceField(
        label="Cecha", required=False, choices=[("", "każda"), *FlagKind.choices]
    )

    def clean_dzien(self) -> date | None:
        day: date | None = self.cleaned_data["dzien"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                "Rejestr można zobaczyć na dziś albo na dzień z przeszłości."
            )
        return day


class EngagementForm(KeyedForm):
    """How far a kooperant must be engaged; `seen` is the level its reader saw."""

    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    level = forms.ChoiceField(
        label="Stopień zaangażowania", widget=forms.RadioSelect, choices=EngagementLevel.choices
    )
    reason = forms.CharField(
        label="Uzasadnienie",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="Zobaczą je ośrodek i ta instytucja. Nie wpisuj danych osób ani rodzin.",
    )
    from_on = forms.DateField(label="Od dnia", widget=DateInput, initial=timezone.localdate)

    def __init__(self, *args: Any, now: Engagement | None, **kwargs: Any) -> None:
        known = {"seen": now.pk, "level": now.level} if now else {}
        super().__init__(*args, **{**kwargs, "initial": known})

    def saved_now(self, current: Engagement) -> dict[str, Any]:
        return {name: getattr(current, name) for name in ("level", "reason", "from_on")}

    def seen_now(self, current: Engagement) -> dict[str, str]:
        return {"seen": str(current.pk)}


class FlagsForm(forms.Form):
    """Which of the four descriptions fit; `seen` are those its reader saw."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    kinds = forms.MultipleChoiceField(
        label="Cechy instytucji",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=FlagKind.choices,
        help_text="Każda jest niezależna od pozostałych.",
    )
    from_on = forms.DateField(label="Zmiana od dnia", widget=DateInput, initial=timezone.localdate)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {**values, "seen": values["seen"].split(",")}


class HistoryFilter(SearchForm):
    """Which institution's changes to show, and of what kind."""

    szukaj = forms.CharField(
        label="Instytucja",
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    rodzaj = forms.ChoiceField(
        label="Rodzaj zmiany",
        required=False,
        choices=[
            ("", "każdy"),
            ("czlonkostwo", "członkostwo"),
            ("koordynator", "koordynatorzy"),
            ("stopien", "stopień zaangażowania"),
            ("cecha", "cechy"),
            ("wskazanie", "wskazania do ZZK"),
        ],
    )
