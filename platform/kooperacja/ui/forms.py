"""Forms: how they look, and how one that is sent twice or late is recognised."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.datastructures import MultiValueDict
from uuid6 import uuid7

from kooperacja.ui.fields import SearchField, of_column
from kooperacja.ui.polish import quoted


class Renderer(DjangoTemplates):
    """Forms and fields by our components, widgets by Django's own templates."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("components/"):
            return get_template(template_name)
        return super().get_template(template_name)


class KeyedForm(forms.Form):
    """Carries the id of the row it will make, so that sent twice it makes one.

    `MODEL` is whose row that is, where the form isn't of that model itself.
    """

    MODEL: ClassVar[type[models.Model] | None] = None
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class SeenNumber(forms.IntegerField):
    """A hidden number that its reader saw; one that no column holds is none."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 2**31 - 2, **kwargs})


class VersionedForm(forms.Form):
    """Carries the version its reader saw, so that nobody's later change is lost."""

    version = SeenNumber()

    def seen_now(self, current: Any) -> dict[str, str]:
        """The form's hidden values once its reader has seen what is saved now."""
        return {"version": str(current.version)}


class SeenForm(VersionedForm):
    """The version of the `row` that its reader saw, and whatever a subclass asks besides."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": row.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class _OfColumns(ModelFormMetaclass):
    """Gives a column the kit's own field; Django looks for this in a form's own Meta alone."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        if meta := attrs.get("Meta"):
            meta.formfield_callback = of_column
        return super().__new__(mcs, name, bases, attrs)


class RowForm(forms.ModelForm, metaclass=_OfColumns):  # type: ignore[type-arg]
    """The fields of a row: its arguments are `values`, beside the key or the version.

    It checks a copy, so that the row itself stays as it is saved.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        if row is not None and "version" in self.base_fields:
            kwargs["initial"] = {"version": row.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **{**kwargs, "instance": copy(row)})

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        apart: dict[str, Any] = {
            name: values.pop(name) for name in ("key", "version") if name in values
        }
        return {**apart, "values": values}

    def saved_now(self, current: Any) -> dict[str, Any]:
        """The saved values by the names of the form's fields."""
        return {
            name: getattr(current, name) for name in self.fields if name not in ("key", "version")
        }


def values_of(form: Any) -> dict[str, Any]:
    """The arguments of the action that a valid form becomes: its own word (`values`), or all; and what it
    says `apart`.
    """
    values: dict[str, Any] = form.values() if hasattr(form, "values") else dict(form.cleaned_data)
    return {**values, **getattr(form, "apart", {})}


def saved_before(form: forms.BaseForm) -> models.Model | None:
    """The row that this very form made when it was sent the first time.

    Sent twice at once, the second form may fail on what the first one has just saved.
    """
    return row_of_key(form, form.data.get("key")) if form.is_bound else None


def row_of_key(form: forms.BaseForm, sent: Any) -> models.Model | None:
    """The row that a form of this key made; None where it makes none."""
    if not isinstance(form, KeyedForm):
        return None
    model = form.MODEL or (form._meta.model if isinstance(form, RowForm) else None)
    if model is None:
        return None
    try:
        key = form.fields["key"].clean(sent)
    except forms.ValidationError:
        return None
    row: models.Model | None = model._default_manager.filter(pk=key).first()
    return row


@dataclass(frozen=True, slots=True)
class Asked:
    """A question before a form is saved; `key` is sent back as the answer that lets it be saved."""

    key: str
    button: str
    template: str
    about: Any


class AskingForm(forms.Form):
    """May ask before it is saved; its template sends the answer beside what was filled in."""

    asked: Asked | None = None

    @property
    def answer(self) -> str:
        return str(self.data.get(self.add_prefix("answered"), ""))

    def ask(self, words: str, asked: Asked) -> None:
        """Ask, unless this very question was answered; what else is wrong is mended first."""
        if not self.errors and self.answer != asked.key:
            self.add_error(None, forms.ValidationError(words, code=ASKED))
            self.asked = asked


NOT_NOW = "not_now"  # the code of an error that nothing in the form mends
ASKED = "asked"  # the code of an error that is a question
GUARDED = "guarded"  # the code of an error that something looks like personal data
_AGAIN = "again"  # the code of an error that a file must be chosen once more
_HEADINGS: dict[frozenset[str | None], str] = {
    frozenset({NOT_NOW}): "Za dużo prób w krótkim czasie",
    frozenset({ASKED}): "Sprawdź, zanim zapiszesz",
    frozenset({GUARDED}): "Sprawdź dane osobowe, zanim wyślesz",
}


def summary_heading(form: forms.BaseForm) -> str:
    """The first words of a summary of errors."""
    codes = {error.code for wrong in form.errors.as_data().values() for error in wrong}
    return _HEADINGS.get(frozenset(codes - {_AGAIN}), "Popraw dane w formularzu")


def summary_lines(form: forms.BaseForm) -> list[tuple[forms.BoundField, str]]:
    """The fields that are wrong, each with the words of the summary.

    They begin with the field's label, but where the error is a question that says all itself.
    """
    wrong = [(field, error) for field in form.visible_fields() for error in field.errors.as_data()]
    return [(field, _line(str(field.label), error)) for field, error in wrong]


def _line(label: str, error: forms.ValidationError) -> str:
    words = " ".join(error.messages)
    if error.code == ASKED:
        return words
    return f"{label} {words}" if label.endswith(("?", ".", ":")) else f"{label}: {words}"


def ask_for_files(form: forms.BaseForm) -> None:
    """Say of each file sent with a refused form that it is to be chosen again: no browser keeps it."""
    if not form.errors or not isinstance(form.files, MultiValueDict):
        return
    for name, field in form.fields.items():
        given = form.files.getlist(form.add_prefix(name))
        if isinstance(field, forms.FileField) and given and name not in form.errors:
            files = ", ".join(quoted(one.name) for one in given)
            what = "plik" if len(given) == 1 else "pliki"
            words = f"Wybierz jeszcze raz {what} {files}: przeglądarka nie zachowuje plików, gdy "
            form.add_error(
                name, forms.ValidationError(f"{words}trzeba poprawić formularz.", code=_AGAIN)
            )


class FilterForm(forms.Form):
    """Base of the filters above a list: sent by GET, nothing required, never an error summary."""

    @property
    def chosen(self) -> dict[str, Any]:
        """The choices; none where the address says what can't be."""
        return self.cleaned_data if self.is_valid() else {}


def is_search_wrong(form: forms.BaseForm | None) -> bool:
    """The words sent are not looked for, so that no list answers them."""
    if form is None or not form.is_bound:
        return False
    return any(isinstance(form.fields.get(name), SearchField) for name in form.errors)


class SearchForm(FilterForm):
    """A filter that looks for words."""

    szukaj = SearchField()


def give(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of the form choose among these."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def any_of(label: str, every: str, choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    """The field of a filter; `every` says what is shown where nothing is chosen."""
    return forms.ChoiceField(label=label, required=False, choices=[("", every), *choices])
