"""Forms of materials (footnote 1 of REG, POR §2.3.1)."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from kooperacja.guard.forms import GuardedForm
from kooperacja.ui.fields import DayField, Line, LongText, WebAddress
from kooperacja.ui.forms import KeyedForm, SearchForm, SeenForm, give
from kooperacja.ui.polish import quoted
from tenants.dialogue.models.materials import (
    NO_TOPIC,
    Material,
    MaterialFile,
    MaterialTopic,
)
from tenants.people.forms import NO_FAMILIES
from tenants.teams.forms import InNameForm

NOBODY = "none"  # chosen in the filter: materials without a topic
_FILE_HINT = (
    "PDF do 20 MB. Platforma nie czyta treści pliku: zanim go dodasz, sprawdź, że nie ma w nim "
    "danych rodzin ani osób, którym pomagacie."
)
# Letters of other alphabets may look like those of a page that everybody knows.
_DOMAIN = re.compile(r"[a-z0-9ąćęłńóśźż.-]+")


def _link(label: str, **kwargs: Any) -> WebAddress:
    return WebAddress(label=label, max_length=500, **kwargs)


class _LinkForm(forms.Form):
    """The address of a page outside; it is looked at, never opened."""

    def clean_link(self) -> str:
        address: str = self.cleaned_data["link"]
        parts = urlsplit(address)
        if address and parts.scheme != "https":
            raise ValidationError("Podaj adres, który zaczyna się od https://.")
        if parts.username is not None or parts.password is not None:
            raise ValidationError("Podaj adres bez nazwy użytkownika i hasła.")
        if address and not _DOMAIN.fullmatch(parts.hostname or ""):
            raise ValidationError(
                "Podaj adres, w którym nazwa strony ma tylko polskie litery, cyfry, kropki i łączniki."
            )
        return address


class _FileInput(forms.FileInput):
    """Asks for a PDF."""

    def __init__(self) -> None:
        super().__init__({"accept": "application/pdf,.pdf"})


class _AboutForm(GuardedForm):
    """The title of a material, what it is good for, its topic and its last day."""

    title = Line(label="Tytuł", max_length=150)
    text = LongText(label="Do czego to się przyda", rows=3, max_length=1000, help_text=NO_FAMILIES)
    topic = forms.ChoiceField(
        label="Temat",
        required=False,
        help_text=f"Materiał bez tematu stoi na końcu listy, pod {quoted(NO_TOPIC)}.",
    )
    until = DayField(
        label="Aktualne do",
        required=False,
        help_text="Po tym dniu materiał zostaje na liście z dopiskiem, że jest nieaktualny.",
    )

    def __init__(self, *args: Any, topics: Sequence[MaterialTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "topic", [("", "bez tematu"), *((str(one.pk), one.name) for one in topics)])


class ShareMaterialForm(_LinkForm, _AboutForm, InNameForm, KeyedForm):
    """A file or a link, in whose name and what it is good for."""

    MODEL = Material
    file = forms.FileField(label="Plik", required=False, widget=_FileInput, help_text=_FILE_HINT)
    link = _link(
        "Albo adres strony",
        required=False,
        help_text="Zaczyna się od https://. Wpisz go zamiast pliku.",
    )
    field_order = ("of", "title", "text", "topic", "file", "link", "until")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not {"file", "link"} & self.errors.keys():
            if data.get("file") and data.get("link"):
                self.add_error("link", "Dodaj plik albo adres strony: jedno z dwojga.")
            elif not data.get("file") and not data.get("link"):
                self.add_error("file", "Dodaj plik albo wpisz niżej adres strony.")
        return data

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("key", "of", "topic")}
        upload = values.pop("file") or None
        return {**apart, "upload": upload, "values": {**values, "link": values["link"] or None}}


class CorrectMaterialForm(_LinkForm, _AboutForm, SeenForm):
    """Corrects what is said of a material; of a link its address too."""

    link = _link("Adres strony", help_text="Zaczyna się od https://.")
    field_order = ("title", "text", "topic", "link", "until")

    def __init__(self, *args: Any, row: Material, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial=self.saved_now(row), **kwargs)
        if row.is_file:
            del self.fields["link"]

    def saved_now(self, current: Material) -> dict[str, Any]:
        """The saved values, by the names of the fields."""
        saved = {
            "title": current.title,
            "text": current.text,
            "topic": str(current.topic_id or ""),
            "until": current.until,
        }
        return saved if current.is_file else {**saved, "link": current.link}

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart = {name: values.pop(name) for name in ("version", "topic")}
        return {**apart, "values": values}


class NewVersionForm(GuardedForm, KeyedForm, SeenForm):
    """The newer file of a material."""

    MODEL = MaterialFile
    file = forms.FileField(label="Plik", widget=_FileInput, help_text=_FILE_HINT)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        upload = values.pop("file")
        return {**values, "upload": upload}


class WithdrawMaterialForm(GuardedForm, SeenForm):
    """Says why a material is withdrawn."""

    why = LongText(label="Dlaczego", rows=3, max_length=500, help_text=NO_FAMILIES)

    def values(self) -> dict[str, Any]:
        return {"version": self.cleaned_data["version"], "reason": self.cleaned_data["why"]}


class _TopicForm(GuardedForm):
    """The name of a topic and its place in the list."""

    name = Line(label="Nazwa", max_length=60)
    after = forms.ChoiceField(label="Miejsce na liście", required=False)

    def __init__(self, *args: Any, others: Sequence[MaterialTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = ((str(one.pk), f"za tematem: {one.name}") for one in others)
        give(self, "after", [("", "na początku"), *places])


class NewTopicForm(_TopicForm, KeyedForm):
    """A topic that is added, as the last one unless another place is chosen."""

    MODEL = MaterialTopic

    def __init__(self, *args: Any, others: Sequence[MaterialTopic], **kwargs: Any) -> None:
        last = str(others[-1].pk) if others else ""
        super().__init__(*args, others=others, initial={"after": last}, **kwargs)


class ChangeTopicForm(_TopicForm, SeenForm):
    """Another name or another place of a topic."""

    def __init__(
        self, *args: Any, row: MaterialTopic, others: Sequence[MaterialTopic], **kwargs: Any
    ) -> None:
        before = [one for one in others if one.position < row.position]
        self.place = str(before[-1].pk) if before else ""
        initial = self.saved_now(row)
        super().__init__(*args, row=row, others=others, initial=initial, **kwargs)

    def saved_now(self, current: MaterialTopic) -> dict[str, Any]:
        """The saved values, by the names of the fields."""
        return {"name": current.name, "after": self.place}


class MaterialsFilter(SearchForm):
    """The materials of a list to show."""

    temat = forms.ChoiceField(label="Temat", required=False)

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give(self, "temat", [("", "wszystkie"), *topics, (NOBODY, NO_TOPIC)])
