"""Forms of a file of institutions, people or services that is brought in (REG §3.3)."""

from typing import Any

from django import forms

from kooperacja.ui.forms import KeyedForm, SearchForm, any_of, give
from tenants.baskets.models.imports import ImportFile, Verdict


class ImportForm(KeyedForm):
    """A file, what is in it, and whether institutions stated that it is true."""

    MODEL = ImportFile
    keeps_draft = False  # a file is chosen anew

    kind = forms.ChoiceField(
        label="Co jest w pliku", choices=ImportFile.KINDS, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="Plik",
        help_text="XLSX albo CSV, najwyżej 10\N{NO-BREAK SPACE}000 wierszy.",
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )
    is_stated = forms.BooleanField(
        label="Instytucje oświadczyły, że opisy usług są prawdziwe",
        required=False,
        help_text="Bez tego żadna usługa nie będzie potwierdzona.",
    )


class RowsFilter(SearchForm):
    """The rows of a file to show."""

    co = any_of("Co z nim będzie", "wszystkie wiersze", Verdict.choices)

    def __init__(self, *args: Any, is_done: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome = "Co się z nim stało" if is_done else "Co z nim będzie"
        self.verdicts = [
            (code, "dodany" if is_done and code == Verdict.NEW else str(label))
            for code, label in Verdict.choices
        ]
        self.fields["co"].label = self.outcome
        give(self, "co", [("", "wszystkie wiersze"), *self.verdicts])
