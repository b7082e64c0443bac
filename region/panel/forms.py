"""Filters above the table of units."""

from django import forms

from kooperacja.ui.forms import SearchForm
from kooperacja.ui.polish import fold
from region.panel.board import Board, UnitFigures


class UnitsFilter(SearchForm):
    """A name or a code, and a powiat."""

    powiat = forms.ChoiceField(label="Powiat", required=False)

    field_order = ("szukaj", "powiat")

    def __init__(self, *args: object, board: Board, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.board = board
        self.fields["szukaj"].label = "Nazwa albo kod TERYT"
        powiat = self.fields["powiat"]
        assert isinstance(powiat, forms.ChoiceField)
        powiat.choices = [
            ("", "wszystkie"),
            *((county.code or "MIASTA", county.name) for county in board.counties),
        ]

    def units(self) -> list[UnitFigures]:
        """The units asked for; a filter that means nothing filters nothing."""
        self.is_valid()
        values = self.cleaned_data if self.is_bound else {}
        units = self.board.units
        if wanted := fold(values.get("szukaj", "").strip()):
            units = [unit for unit in units if wanted in fold(f"{unit.title} {unit.code}")]
        if powiat := values.get("powiat"):
            units = [
                unit for unit in units if powiat == ("MIASTA" if unit.is_city else unit.county_code)
            ]
        return units
