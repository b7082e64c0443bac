"""Fields of forms: each cleans what is sent, has a greatest length and checks what it is.

A program's input goes through the same fields (`api.v1.forms`).
"""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kooperacja.ui.polish import quoted
from kooperacja.ui.search import MAX_WORDS
from kooperacja.ui.text import tidy_line, tidy_lines

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
LONGEST = 5000  # of a text of several lines that a row keeps
_LONGEST_DAY = 20
_DAY_OUT_OF_RANGE = "Podaj datę między rokiem 1900 a 2100."


def _within(text: str, most: int) -> str:
    """Refuse a text far beyond the greatest length before anything reads it sign by sign."""
    if len(text) > 4 * most + 100:
        _at_most(most)(text)
    return text


TOO_LONG = "Ten tekst jest za długi (najwięcej znaków: %(limit_value)d)."


def _at_most(letters: int | None) -> MaxLengthValidator:
    return MaxLengthValidator(letters, message=TOO_LONG)


class DateInput(forms.DateInput):
    """The browser's own calendar; without one it is a text field that wants RRRR-MM-DD."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that people of today can mean."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators += [
            MinValueValidator(FIRST_DAY, _DAY_OUT_OF_RANGE),
            MaxValueValidator(LAST_DAY, _DAY_OUT_OF_RANGE),
        ]

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = tidy_line(_within(value, _LONGEST_DAY))
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        limits = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        return limits if isinstance(widget, DateInput) else {}


class Suggesting(forms.TextInput):
    """A line with suggestions to be picked; anything else may be typed."""

    def __init__(self, suggestions: Iterable[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = tuple(suggestions)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = f"{name}-podpowiedzi"
        line = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        options = format_html_join("", '<option value="{}"></option>', zip(self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, options)


class TimeField(forms.TimeField):
    """A time of day to the minute."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": "Podaj godzinę, na przykład 10:30."}

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = tidy_line(_within(value, _LONGEST_DAY)).replace(".", ":")
        at = super().to_python(value)
        return at and at.replace(second=0, microsecond=0)


class Line(forms.CharField):
    """A text of one line; one that says `keeps_draft=False` is in no draft."""

    default_error_messages = {"max_length": TOO_LONG}

    def __init__(self, *, max_length: int, keeps_draft: bool = True, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.keeps_draft = keeps_draft

    def tidy(self, text: str) -> str:
        """The text as it is kept; one that nothing makes short enough is refused unread."""
        return self.shape(_within(text, self.max_length or 0))

    def shape(self, text: str) -> str:
        """How a text of this kind is cleaned."""
        return tidy_line(text)

    def to_python(self, value: Any) -> Any:
        return super().to_python(self.tidy(value) if isinstance(value, str) else value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The text as it would be kept, for the form that is shown again."""
        shown = super().bound_data(data, initial)
        try:
            return self.tidy(shown) if isinstance(shown, str) else shown
        except ValidationError:
            return shown  # too long to be read


class LongText(Line):
    """A text of several lines."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": rows})
        super().__init__(**{"max_length": 2000, "widget": widget, **kwargs})

    def shape(self, text: str) -> str:
        return tidy_lines(text)


class EmailField(Line, forms.EmailField):
    """An address no longer than a column of one; Django's own field takes 320 characters."""

    default_error_messages = {"invalid": "Podaj adres e-mail, na przykład biuro@ops.pl."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, **kwargs})

    def shape(self, text: str) -> str:
        return tidy_line(text).removeprefix("mailto:")


class NumberField(forms.IntegerField):
    """A whole number; what is wrong with it is said in a sentence."""

    default_error_messages = {
        "invalid": "Podaj liczbę całkowitą.",
        "min_value": "Podaj liczbę nie mniejszą niż %(limit_value)s.",
        "max_value": "Podaj liczbę nie większą niż %(limit_value)s.",
    }


class WebAddress(Line, forms.URLField):
    """The address of a page; without a scheme it is https."""

    default_error_messages = {"invalid": "Podaj adres strony, na przykład www.szkola.pl."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 200, "assume_scheme": "https", **kwargs})


_MOST_LETTERS = 100
_TOO_MUCH = f"Wpisz krótsze hasło: najwyżej {MAX_WORDS} słów i {_MOST_LETTERS} znaków."


class SearchField(Line):
    """Words that are looked for in a list."""

    def __init__(self, label: str = "Szukaj", **kwargs: Any) -> None:
        widget = forms.TextInput({"type": "search"})
        more = {"max_length": _MOST_LETTERS, "required": False, "widget": widget, **kwargs}
        super().__init__(label=label, error_messages={"max_length": _TOO_MUCH}, **more)

    def tidy(self, text: str) -> str:
        try:
            return super().tidy(text)
        except ValidationError:
            raise ValidationError(_TOO_MUCH, code="max_length") from None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if len(text.split()) > MAX_WORDS:
            raise ValidationError(_TOO_MUCH, code="too_many")
        return text


def bound(field: forms.Field, most: int = 1000) -> None:
    """Give a greatest length to the field of a library's form that has none."""
    if isinstance(field, forms.CharField) and field.max_length is None:
        field.max_length = most
        field.validators = [*field.validators, _at_most(most)]


class JsonField(forms.JSONField):
    """An answer that a program in the browser writes: measured before it is read."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length  # of what is sent, not of what is read from it

    def bound_data(self, data: Any, initial: Any) -> Any:
        """It answers one question, so it is never sent back."""
        return None

    def to_python(self, value: Any) -> Any:
        try:
            if isinstance(value, str):
                _at_most(self.max_length)(value)
            return super().to_python(value)
        except (
            ValidationError,
            ValueError,
            RecursionError,
        ):  # also a number of thousands of digits
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class PasswordField(forms.CharField):
    """A password is taken as it is."""

    default_error_messages = {"max_length": TOO_LONG}
    widget = forms.PasswordInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 1000, "strip": False, **kwargs})


class _Checked(Line):
    """A line of a known shape."""

    def read(self, text: str) -> str:
        """The value as it is kept; raises what is wrong with it."""
        raise NotImplementedError  # each kind has its own shape

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.read(text) if text else text


_EXTENSION = re.compile(r",? ?(?:wew(?:\.|n\.|nętrzny)?|w\.) ?[0-9]{1,5}$", re.IGNORECASE)
_SIGNS = re.compile(r"\+?[0-9 ()./-]+")
_WRONG_PHONE = (
    "Numer telefonu {} jest nieprawidłowy: podaj 9 cyfr, na przykład 77 466 65 00 "
    "(może być „wew. 12”), albo numer zagraniczny z „+” i kodem kraju."
)


class PhoneField(_Checked):
    """A Polish number of 9 digits, a short one of an emergency service, or one from abroad."""

    def __init__(self, **kwargs: Any) -> None:
        more = {"label": "Telefon", "max_length": 40, "required": False, **kwargs}
        more.setdefault("widget", forms.TextInput({"type": "tel"}))
        super().__init__(**more)

    def read(self, text: str) -> str:
        number = _EXTENSION.sub("", text)
        digits = re.sub("[^0-9]", "", number)
        country = "+48" if number.startswith("+48") else "0048"
        if number.startswith("+") and country != "+48":
            fits = 7 <= len(digits) <= 15
        else:
            fits = _is_polish(digits.removeprefix(country.lstrip("+")))
        if not _SIGNS.fullmatch(number) or not fits:
            raise ValidationError(_WRONG_PHONE.format(quoted(text)), code="invalid")
        return text


def _is_polish(digits: str) -> bool:
    trunk = digits.removeprefix("0") if len(digits) == 10 else digits  # as it was once dialled
    is_short = len(digits) == 3 and digits[0] in "19"
    return is_short or (len(trunk) == 9 and trunk[0] != "0")


class PostalCodeField(_Checked):
    """47-320; without the hyphen too."""

    def __init__(self, **kwargs: Any) -> None:
        more = {"label": "Kod pocztowy", "max_length": 10, "required": False, **kwargs}
        super().__init__(**more)

    def read(self, text: str) -> str:
        digits = re.fullmatch(r"([0-9]{2}) ?[-–—]? ?([0-9]{3})", text)
        if digits is None:
            raise ValidationError("Kod pocztowy ma postać 47-320.", code="invalid")
        return f"{digits[1]}-{digits[2]}"


class EdeliveryField(_Checked):
    """An address of electronic delivery (e-Doręczenia)."""

    def __init__(self, **kwargs: Any) -> None:
        more = {
            "label": "Adres do e-Doręczeń",
            "help_text": "Zaczyna się od AE:PL-.",
            "max_length": 40,
            "required": False,
            **kwargs,
        }
        super().__init__(**more)

    def read(self, text: str) -> str:
        address = re.sub(r"\s", "", text).upper().replace("–", "-").replace("—", "-")
        if not re.fullmatch(r"AE:PL-[0-9]{5}-[0-9]{5}-[A-Z]{5}-[0-9]{2}", address):
            raise ValidationError(
                f"Adres do e-Doręczeń {quoted(text)} jest nieprawidłowy: ma postać "
                "AE:PL-12345-67890-ABCDE-12 (dwa razy 5 cyfr, 5 liter, 2 cyfry).",
                code="invalid",
            )
        return address


# The kind of field for a column, where the form does not name one.
_OF_COLUMN: tuple[tuple[type[models.Field[Any, Any]], type[forms.Field]], ...] = (
    (models.EmailField, EmailField),
    (models.URLField, WebAddress),
    (models.CharField, Line),
    (models.TextField, LongText),
    (models.DateField, DayField),
    (models.IntegerField, NumberField),
)
# And for one that is known by its name, or by the end of it.
_OF_NAME: dict[str, type[forms.Field]] = {
    "phone": PhoneField,
    "postal_code": PostalCodeField,
    "edelivery": EdeliveryField,
}


def of_column(column: Any, **kwargs: Any) -> Any:
    """The field of a form for a column of a row."""
    if column.choices and not column.has_default():
        kwargs.setdefault("choices", [("", "wybierz z listy"), *column.choices])
    if not column.choices:
        named = (kind for name, kind in _OF_NAME.items() if column.name.endswith(name))
        kind = next(named, None) or next(
            (f for of, f in _OF_COLUMN if isinstance(column, of)), None
        )
        if kind is not None and not isinstance(column, models.DateTimeField):
            kwargs.setdefault("form_class", kind)
        if isinstance(column, models.TextField):
            kwargs.setdefault("max_length", column.max_length or LONGEST)
    return column.formfield(**kwargs)
