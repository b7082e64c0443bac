"""Filters of the lists of units, and the forms about the life of tenants."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms

from kooperacja.audit.forms import JournalFilter
from kooperacja.ui.fields import EmailField, Line, LongText, SearchField
from kooperacja.ui.forms import (
    FilterForm,
    SearchForm,
    VersionedForm,
    give,
    is_search_wrong,
)
from kooperacja.ui.polish import sort_key
from kooperacja.ui.search import is_matching
from region.monitoring import catalogue
from region.panel.board import Board, UnitFigures
from region.panel.rules import STAGES
from region.panel.tenants_rows import BEHIND, UnitTenant
from region.panel.units import STATES
from tenants.registry import terc_file
from tenants.registry.rules import TenantKind
from tenants.registry.workflow import RegionVerb


class IndicatorForm(FilterForm):
    """Above the map: the indicator that shades it."""

    wskaznik = forms.ChoiceField(label="Wskaźnik", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(indicator.code, indicator.title) for indicator in catalogue.counts()]
        give(self, "wskaznik", choices)


class MapForm(IndicatorForm):
    """The same, keeping the stage to which the map is narrowed."""

    etap = forms.ChoiceField(
        choices=[(stage.value, words) for stage, (words, *_) in STAGES.items()],
        required=False,
        widget=forms.HiddenInput,
    )


class ListFilter(SearchForm):
    """A name or a code, and a powiat; a filter that means nothing filters nothing."""

    powiat = forms.ChoiceField(label="Powiat", required=False)

    field_order = ("wskaznik", "szukaj", "powiat", "rodzaj", "stan", "etap")

    def __init__(
        self, *args: Any, rows: Sequence[Any], choices: Mapping[str, Iterable[Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["szukaj"].label = "Nazwa albo kod TERYT"
        for name, known in choices.items():
            give(self, name, [("", "wszystkie"), *known])

    def marks(self, row: Any) -> dict[str, Collection[str]]:
        """The choices that a row answers to, by field."""
        raise NotImplementedError  # each list has its own

    def found(self) -> list[Any]:
        """The rows asked for."""
        if is_search_wrong(self):
            return []
        values = self.cleaned_data if self.is_bound else {}
        wanted = values.get("szukaj", "")
        return [
            row
            for row in self.rows
            if is_matching(wanted, row.title, row.code)
            and all(values.get(name) in (None, "", *own) for name, own in self.marks(row).items())
        ]


class UnitsFilter(IndicatorForm, ListFilter):
    """Above the table of figures."""

    def __init__(self, *args: Any, board: Board) -> None:
        counties = [(county.code or "MIASTA", county.name) for county in board.every_county]
        super().__init__(*args, rows=board.units, choices={"powiat": counties})

    def marks(self, row: UnitFigures) -> dict[str, Collection[str]]:
        return {"powiat": ["MIASTA" if row.is_city else row.county_code]}


class TenantsFilter(ListFilter):
    """Above the list of tenants: a state and a kind, too."""

    stan = forms.ChoiceField(label="Stan", required=False)
    etap = forms.ChoiceField(label="Partnerstwo", required=False)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False)

    def __init__(self, *args: Any, rows: list[UnitTenant]) -> None:
        counties = sorted({row.county for row in rows if row.county}, key=sort_key)
        states = [(code, label) for code, (label, _) in STATES.items()]
        if any(row.is_behind for row in rows):
            states.append((BEHIND, "czeka na aktualizację"))
        choices = {
            "powiat": [(county, county) for county in counties],
            "stan": states,
            "etap": [(stage.value, words) for stage, (words, *_) in STAGES.items()],
            "rodzaj": TenantKind.choices,
        }
        super().__init__(*args, rows=rows, choices=choices)

    def marks(self, row: UnitTenant) -> dict[str, Collection[str]]:
        states = [row.state_code, BEHIND] if row.is_behind else [row.state_code]
        return {"powiat": [row.county], "stan": states, "etap": [row.stage], "rodzaj": [row.level]}


class AdministratorForm(forms.Form):
    """The first administrator, invited once the tenant is open; may be left for later."""

    admin_name = Line(label="Imię i nazwisko", required=False, max_length=200)
    admin_email = EmailField(
        label="Adres e-mail",
        required=False,
        help_text="Zaproszenie wyślemy po otwarciu. Jest ważne 72 godziny.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, address = cleaned.get("admin_name"), cleaned.get("admin_email")
        if name and not address and "admin_email" not in self.errors:
            self.add_error("admin_email", "Podaj adres e-mail tej osoby.")
        if address and not name:
            self.add_error("admin_name", "Podaj imię i nazwisko tej osoby.")
        return cleaned


class InviteForm(forms.Form):
    """Another administrator, or the first one again when the invitation ran out."""

    name = Line(label="Imię i nazwisko", max_length=200)
    email = EmailField(label="Adres e-mail", help_text="Zaproszenie jest ważne 72 godziny.")


class RegionCoordinatorForm(forms.Form):
    """One more coordinator of the ROPS."""

    full_name = Line(label="Imię i nazwisko", max_length=200)
    email = EmailField(
        label="Służbowy adres e-mail", help_text="Zaproszenie jest ważne 72 godziny."
    )


class RegionJournalFilter(JournalFilter):
    """The same filters over the region's own entries."""

    instytucja = None  # type: ignore[assignment]  # the region's journal tells of units
    czego = SearchField("Czego dotyczy (jednostka, osoba albo adres e-mail)")
    czynnosc = forms.ChoiceField(
        label="Co zrobiono", required=False, choices=[("", "wszystkie"), *RegionVerb.choices]
    )
    field_order = ("osoba", "czego", "czynnosc", "od", "do")


class ShutDoorForm(VersionedForm):
    """The reason for shutting a door, shown to those who lose access."""

    reason = LongText(
        label="Powód",
        max_length=500,
        rows=3,
        help_text="Zobaczą go osoby, które stracą dostęp. Nie wpisuj danych osobowych.",
    )


class RegisterFileForm(forms.Form):
    """A file of the official register."""

    file = forms.FileField(
        label="Plik TERC (ZIP, CSV albo XML)",
        max_length=200,
        help_text="Ze strony eteryt.stat.gov.pl: rejestr TERC, wersja urzędowa. Plik ZIP wczytaj tak, jak jest.",
    )
    mistakes: Sequence[terc_file.Mistake] = ()  # in a file that was refused

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > terc_file.MAX_BYTES:
            raise forms.ValidationError("Plik jest większy niż 5 MB; rejestr kraju ma ich 0,3.")
        return bytes(upload.read())
