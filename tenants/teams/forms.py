"""Forms of teams."""

from kooperacja.ui.fields import DayField, SearchField
from kooperacja.ui.forms import FilterForm


class SeatsFilter(FilterForm):
    """The day of which the seats are shown, and which of them."""

    dzien = DayField(label="Stan na dzień", required=False)
    szukaj = SearchField("Osoba albo instytucja")
