"""Writing the clauses of a regulation: one field a clause, one more at the end of a paragraph."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from kooperacja.ui.fields import LongText
from tenants.exchange.clauses import BLANKS, Clause, order, unknown_blanks

_LONGEST = 5000


class ClausesForm(forms.Form):
    """Clauses by their refs; a clause left empty is taken out, headings stay."""

    template_name = "components/_clauses_form.html"

    def __init__(self, *args: Any, clauses: Iterable[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = [Clause(entry["ref"], entry["text"]) for entry in clauses]
        for clause in sorted([*self.before, *self._room_for_more()], key=order):
            self.fields[name_of(clause.ref)] = LongText(
                label=f"{clause.name}, tytuł" if clause.depth == 0 else clause.name,
                initial=clause.text,
                required=clause.depth == 0,
                max_length=_LONGEST,
                rows=min(8, 1 + len(clause.text) // 90),
            )

    def _room_for_more(self) -> Iterator[Clause]:
        """One empty subsection at the end of each paragraph that has any."""
        last: dict[str, int] = {}
        for clause in self.before:
            paragraph, _, rest = clause.ref.partition(".")
            if rest and not clause.is_annex:
                last[paragraph] = max(last.get(paragraph, 0), int(rest.partition(".")[0]))
        for paragraph, number in last.items():
            yield Clause(f"{paragraph}.{number + 1}", "")

    def paragraphs(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under the headings of their paragraphs."""
        groups: dict[str, list[BoundField]] = {}
        for clause in sorted([*self.before, *self._room_for_more()], key=order):
            key = "Załączniki" if clause.is_annex else f"§ {clause.ref.partition('.')[0]}"
            groups.setdefault(key, []).append(self[name_of(clause.ref)])
        return list(groups.items())

    def others(self) -> list[BoundField]:
        """The fields beside the clauses."""
        return [field for field in self.visible_fields() if not field.name.startswith("tekst-")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for clause in [*self.before, *self._room_for_more()]:
            for blank in unknown_blanks(data.get(name_of(clause.ref)) or ""):
                known = ", ".join(f"[[{name}]]" for name in BLANKS)
                self.add_error(
                    name_of(clause.ref),
                    f"Pola [[{blank}]] nie ma. Można użyć: {known}.",
                )
        return data

    def clauses(self) -> list[dict[str, str]]:
        """The clauses that were written, in the order of the regulation."""
        every = sorted([*self.before, *self._room_for_more()], key=order)
        texts = ((clause.ref, self.cleaned_data[name_of(clause.ref)].strip()) for clause in every)
        return [{"ref": ref, "text": text.replace("\r\n", "\n")} for ref, text in texts if text]


def name_of(ref: str) -> str:
    """The field of a clause: "1.3.a" is tekst-1-3-a."""
    return "tekst-" + ref.replace(".", "-")
