"""Forms of the documentation that the Lider keeps (REG §2.11)."""

from collections.abc import Iterable
from typing import Any

from kooperacja.documents.models import Filing
from kooperacja.ui.fields import Line
from kooperacja.ui.forms import FilterForm, RowForm, VersionedForm, any_of, give


class DocumentsFilter(FilterForm):
    """The papers of the documentation to show."""

    rok = any_of("Rok", "wszystkie", ())
    rodzaj = any_of("Rodzaj", "wszystkie", ())

    def __init__(self, *args: Any, years: Iterable[int], kinds: dict[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        known = [(str(year), str(year)) for year in years]
        give(self, "rok", [("", "wszystkie"), *known])
        give(self, "rodzaj", [("", "wszystkie"), *kinds.items()])


class PaperFilingForm(VersionedForm, RowForm):
    """The place of a paper in the office's own files."""

    class Meta:
        model = Filing
        fields = ("symbol", "case_mark", "original")
        labels = {
            "symbol": "Symbol JRWA",
            "case_mark": "Znak sprawy",
            "original": "Gdzie jest oryginał na papierze",
        }
        help_texts = {
            "original": "Na przykład: teczka nr 2, pokój 14. Puste pole znaczy: tylko w systemie."
        }

    def __init__(self, *args: Any, usual: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual:
            self.fields["symbol"].help_text = f"Puste pole znaczy: {usual}, jak cały ten rodzaj."


class SymbolsForm(VersionedForm):
    """The JRWA symbol of each kind of paper."""

    def __init__(self, *args: Any, kinds: dict[str, str], symbols: Any, **kwargs: Any) -> None:
        initial = {"version": symbols.version, **symbols.by_kind}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for kind, name in kinds.items():
            self.fields[kind] = Line(label=name, max_length=20, required=False)

    def values(self) -> dict[str, Any]:
        symbols = dict(self.cleaned_data)
        return {"version": symbols.pop("version"), "symbols": symbols}

    def saved_now(self, current: Any) -> dict[str, Any]:
        """The saved symbols by the names of the form's fields."""
        return {kind: current.by_kind.get(kind, "") for kind in self.fields if kind != "version"}
