"""The limits of a draft, and the fields of a form that may be kept in one."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from kooperacja.ui.fields import JsonField

Values = dict[str, list[str]]

MOST_BYTES = 64 * 1024
MOST_DRAFTS = 50  # of one account in one place; the oldest goes
LONGEST_PATH = 300
TYPED, LATE = timedelta(days=7), timedelta(hours=24)
KEY = "key"  # of `KeyedForm`: the id of the row that the form will make

_SECRET_NAMES = frozenset({"code", "otp", "pin", "credential"})
_SECRET_KINDS = frozenset({"one-time-code", "current-password", "new-password"})
_CLOSED = (forms.PasswordInput, forms.FileInput, forms.MultiWidget)


class TooLong(Exception):
    """More was typed than a draft may hold."""


def is_kept(name: str, field: forms.Field) -> bool:
    """A field in which one types or chooses; no password, code or file, nor one that says so."""
    widget = field.widget
    return not (
        field.disabled
        or not getattr(field, "keeps_draft", True)
        or isinstance(widget, _CLOSED)
        or isinstance(field, JsonField)
        or getattr(widget, "input_type", "") == "password"
        or name in _SECRET_NAMES
        or "password" in name
        or widget.attrs.get("autocomplete") in _SECRET_KINDS
    )


def names_of(form: forms.BaseForm) -> tuple[str, ...]:
    """The names under which a form sends what may be kept; none if nothing in it is typed.

    A form that says `keeps_draft = False` is never kept.
    """
    kept = [(name, field) for name, field in form.fields.items() if is_kept(name, field)]
    is_typed = any(not field.widget.is_hidden for _, field in kept)
    if not is_typed or not getattr(form, "keeps_draft", True):
        return ()
    return tuple(form.add_prefix(name) for name, _ in kept)


def values_in(data: QueryDict, names: Iterable[str]) -> Values:
    """Values typed under these names and no other; TooLong if a draft can't hold them."""
    values = {name: [str(one) for one in data.getlist(name)] for name in names}
    if len(json.dumps(values, ensure_ascii=False).encode(errors="replace")) > MOST_BYTES:
        raise TooLong
    return values


def typed(form: forms.BaseForm, values: Mapping[str, list[str]]) -> Iterator[tuple[str, Any]]:
    """Each field of the form that the draft knows, with its value as the field's own widget reads it."""
    data = QueryDict(mutable=True)
    for name, given in values.items():
        data.setlist(name, given)
    for name, field in form.fields.items():
        sent_as = form.add_prefix(name)
        if sent_as in values and is_kept(name, field):
            yield name, field.widget.value_from_datadict(data, {}, sent_as)
