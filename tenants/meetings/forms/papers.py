"""Forms of files for items and of templates of agendas (REG §2.5)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from kooperacja.documents.forms import pdf_field
from kooperacja.ui.fields import Line, NumberField
from kooperacja.ui.forms import KeyedForm, VersionedForm, give
from kooperacja.ui.polish import counted
from tenants.meetings.given import GivenAgenda
from tenants.meetings.models.meetings import AgendaItem, ItemKind
from tenants.meetings.models.papers import AgendaTemplate, ItemPaper

_LEAST, _BLANK, _MOST = 5, 3, 30
_PARTS = ("title", "kind", "minutes", "presenter", "order")


class AttachForm(KeyedForm):
    """A file for an item."""

    MODEL = ItemPaper
    title = Line(
        label="Tytuł",
        max_length=200,
        help_text="Na przykład: Plan działania na zimę. Nie wpisuj danych rodzin.",
    )
    file = pdf_field("Plik PDF", "Przeczytają go wszyscy, którzy widzą to spotkanie.")

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"key": data["key"], "title": data["title"], "upload": data["file"]}


class _Template(forms.Form):
    """A name, and items in rows; a row without a subject is no item."""

    template_name = "components/_clauses_form.html"
    name = Line(label="Nazwa szablonu", max_length=100)

    def __init__(self, *args: Any, items: Iterable[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        rows = list(items)
        kwargs["initial"] = {**(kwargs.get("initial") or {}), **_shown(rows)}
        super().__init__(*args, **kwargs)
        most = max(_MOST, len(rows))
        sent = sum(f"title-{row}" in self.data for row in range(1, most + 1))
        self.rows = range(1, min(most, max(_LEAST, len(rows) + _BLANK, sent)) + 1)
        for row in self.rows:
            self.fields |= _fields(row)

    def others(self) -> list[BoundField]:
        return [self["name"]]

    def paragraphs(self) -> list[tuple[str, list[BoundField]]]:
        """The fields of each row."""
        return [(f"Punkt {row}", [self[f"{part}-{row}"] for part in _PARTS]) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for row in self.rows:
            is_begun = data.get(f"minutes-{row}") or data.get(f"presenter-{row}")
            if is_begun and not data.get(f"title-{row}") and f"title-{row}" not in self.errors:
                self.add_error(f"title-{row}", f"Podaj temat punktu {row} albo wyczyść jego pola.")
        if not self.errors and not self.items():
            self.add_error("title-1", "Podaj temat choć jednego punktu.")
        return data

    def items(self) -> list[dict[str, Any]]:
        """The items in their order; of two with the same number the upper one comes first."""
        data = self.cleaned_data
        rows = [row for row in self.rows if data.get(f"title-{row}")]
        rows.sort(key=lambda row: (data[f"order-{row}"] or row, row))
        items = [{part: data[f"{part}-{row}"] for part in _PARTS[:-1]} for row in rows]
        return [{**item, "kind": item["kind"] or ItemKind.DISCUSSION.value} for item in items]


class NewTemplateForm(_Template, KeyedForm):
    """A template to keep, perhaps made of one that the platform gives."""

    MODEL = AgendaTemplate

    def __init__(self, *args: Any, given: GivenAgenda | None = None, **kwargs: Any) -> None:
        if given is not None:
            kwargs |= {"initial": {"name": given.name}, "items": given.items}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"key": data["key"], "name": data["name"], "items": self.items()}


class EditTemplateForm(_Template, VersionedForm):
    """A change of a template."""

    def __init__(self, *args: Any, template: AgendaTemplate, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": template.version, "name": template.name}
        super().__init__(*args, items=template.items, **kwargs)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        values = {"name": data["name"], "items": self.items()}
        return {"version": data["version"], "values": values}

    def saved_now(self, current: AgendaTemplate) -> dict[str, Any]:
        saved = {"name": current.name, **_shown(current.items)}
        return {name: saved.get(name) for name in self.fields if name != "version"}


def _shown(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Items by the names of the form's fields."""
    return {
        f"{part}-{row}": value
        for row, item in enumerate(items, start=1)
        for part, value in {**item, "order": row}.items()
    }


def _fields(row: int) -> dict[str, forms.Field]:
    return {
        f"title-{row}": Line(label=f"Temat punktu {row}", max_length=300, required=False),
        f"kind-{row}": forms.ChoiceField(
            label=f"Rodzaj punktu {row}",
            choices=ItemKind.choices,
            initial=ItemKind.DISCUSSION,
            required=False,
        ),
        f"minutes-{row}": NumberField(
            label=f"Czas punktu {row} w minutach", required=False, min_value=1, max_value=600
        ),
        f"presenter-{row}": Line(
            label=f"Kto przedstawia punkt {row}",
            max_length=200,
            required=False,
        ),
        f"order-{row}": NumberField(
            label=f"Który z kolei (punkt {row})",
            required=False,
            min_value=1,
            max_value=99,
        ),
    }


class FromTemplateForm(KeyedForm):
    """The template from which items are added."""

    MODEL = AgendaItem
    template = forms.ChoiceField(label="Szablon", widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, agendas: Mapping[str, AgendaTemplate | GivenAgenda], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        give(
            self,
            "template",
            [
                (code, f"{one.name} ({counted(len(one.items), 'punkt', 'punkty', 'punktów')})")
                for code, one in agendas.items()
            ],
        )


class SaveAgendaForm(KeyedForm):
    """The name under which an agenda is kept."""

    MODEL = AgendaTemplate
    name = Line(label="Nazwa szablonu", max_length=100)
