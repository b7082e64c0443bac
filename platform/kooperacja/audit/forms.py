"""The filters of the journal."""

from datetime import date
from typing import Any

from django import forms

from kooperacja.audit.verbs import all_verbs
from kooperacja.ui.fields import DayField, SearchField
from kooperacja.ui.polish import sort_key


def _verbs() -> list[tuple[str, str]]:
    known = sorted(all_verbs().items(), key=lambda verb: sort_key(verb[1]))
    return [("", "wszystkie"), *known]


class JournalFilter(forms.Form):
    """Filters by person, institution, verb and day; sent by POST, so that no name stands in an address."""

    osoba = SearchField("Kto (część imienia lub nazwiska)")
    instytucja = SearchField("Czego dotyczy (część nazwy instytucji)")
    czynnosc = forms.ChoiceField(label="Co zrobiono", required=False, choices=_verbs)
    od = DayField(label="Od dnia", required=False)
    do = DayField(label="Do dnia", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since: date | None = cleaned.get("od")
        until: date | None = cleaned.get("do")
        if since and until and since > until:
            self.add_error("do", "Dzień końcowy nie może być wcześniejszy niż początkowy.")
        return cleaned
