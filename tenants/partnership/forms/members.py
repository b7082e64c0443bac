"""Filters of the register of members, of its changes and of the roster (REG §4.3, §5.1.a)."""

from datetime import date

from django import forms
from django.utils import timezone

from kooperacja.ui.fields import DayField, SearchField
from kooperacja.ui.forms import FilterForm, SearchForm, any_of
from tenants.partnership.models import EngagementLevel, FlagKind
from tenants.people.models import Sector

FUTURE_REGISTER = "Rejestr można zobaczyć na dziś albo na dzień z przeszłości."


class MembersFilter(FilterForm):
    """The day of which the register is shown, and which members of it."""

    dzien = DayField(label="Stan na dzień", required=False)
    szukaj = SearchField("Instytucja")
    sektor = any_of("Sektor", "wszystkie", Sector.choices)
    stopien = any_of("Zaangażowanie", "każde", EngagementLevel.choices)
    cecha = any_of("Cecha", "każda", FlagKind.choices)

    def clean_dzien(self) -> date | None:
        day: date | None = self.cleaned_data["dzien"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(FUTURE_REGISTER)
        return day


class HistoryFilter(SearchForm):
    """The changes of the register to show."""

    szukaj = SearchField("Instytucja")
    rodzaj = any_of(
        "Rodzaj zmiany",
        "każdy",
        [
            ("czlonkostwo", "członkostwo"),
            ("koordynator", "koordynatorzy"),
            ("stopien", "stopień zaangażowania"),
            ("cecha", "cechy"),
            ("wskazanie", "wskazania do ZZK"),
        ],
    )


class RosterFilter(SearchForm):
    """The rows of the roster to show; people are not searched for by name in an address."""

    szukaj = SearchField("Instytucja lub stanowisko")
    sektor = any_of("Sektor", "wszystkie", Sector.choices)
