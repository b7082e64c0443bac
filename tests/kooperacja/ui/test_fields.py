"""Each field takes what people write, keeps it in one shape and says what is wrong."""

import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings

from kooperacja.ui import fields
from kooperacja.ui.fields import (
    DayField,
    EdeliveryField,
    EmailField,
    Line,
    LongText,
    PasswordField,
    PhoneField,
    PostalCodeField,
    WebAddress,
)
from kooperacja.ui.forms import SeenNumber

OWN = ("kooperacja", "tenants", "gmina", "powiat", "region", "api")


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        (PhoneField(), "77 466 65 00", "77 466 65 00"),
        (PhoneField(), "(77)\u00a0466\u201165\u201100", "(77) 466-65-00"),
        (PhoneField(), "77 466 65 00 wew. 12", "77 466 65 00 wew. 12"),
        (PhoneField(), "+48 601 234 567", "+48 601 234 567"),
        (PhoneField(), "0048601234567", "0048601234567"),
        (PhoneField(), "112", "112"),
        (PhoneField(), "+420 123 456 789", "+420 123 456 789"),
        (PostalCodeField(), "47–320", "47-320"),
        (PostalCodeField(), "47320", "47-320"),
        (EdeliveryField(), " ae:pl-12345-67890-abcde-12", "AE:PL-12345-67890-ABCDE-12"),
        (EmailField(), "\u200bbiuro@ops.pl ", "biuro@ops.pl"),
        (EmailField(), "biuro@o\U000e0100ps\u3164.pl", "biuro@ops.pl"),
        (WebAddress(), "www.szkola.pl", "https://www.szkola.pl"),
        (DayField(), "1900-01-01", date(1900, 1, 1)),
        (DayField(), "2100-12-31", date(2100, 12, 31)),
        (PasswordField(), "  tak\u00a0jak jest ", "  tak\u00a0jak jest "),
    ],
)
def test_what_people_write_is_taken(field: forms.Field, sent: str, kept: object) -> None:
    assert field.clean(sent) == kept


@pytest.mark.parametrize(
    ("field", "sent", "words"),
    [
        (PhoneField(), "abc", "„abc” jest nieprawidłowy: podaj 9 cyfr"),
        (PhoneField(), "77 466 65", "podaj 9 cyfr"),
        (PhoneField(), "77 466 65 00 77 466 65 01", "podaj 9 cyfr"),
        (PhoneField(), "+1", "zagraniczny"),
        (PostalCodeField(), "4732", "ma postać 47-320"),
        (EdeliveryField(), "AE:XX", "AE:PL-12345-67890-ABCDE-12"),
        (EdeliveryField(), "AE:PL-12345-67890-12345-12", "5 liter"),
        (EmailField(), "biuro", "na przykład biuro@ops.pl"),
        (WebAddress(), "nie ma", "na przykład www.szkola.pl"),
        (DayField(), "0206-01-01", "między rokiem 1900 a 2100"),
        (DayField(), "2999-01-01", "między rokiem 1900 a 2100"),
        (Line(max_length=3), "abcd", "3"),
        (Line(max_length=3), "\u200b\u202e", "wymagane"),
        (LongText(), "\u2800\n\ufe0f\n\u1160", "wymagane"),
        (PasswordField(), "x" * 1001, "1000"),
    ],
)
def test_what_is_wrong_is_said(field: forms.Field, sent: str, words: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(sent)
    assert words in " ".join(refused.value.messages)


def _forms(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[Any]]:
    """Every form of the product."""
    for name in OWN:
        for module in pkgutil.walk_packages(import_module(name).__path__, f"{name}."):
            if re.search(r"\.(forms|views)\b|_views$", module.name):
                import_module(module.name)
    for kind in of.__subclasses__():
        if kind.__module__.partition(".")[0] in OWN and inspect.isclass(kind):
            yield kind
        yield from _forms_below(kind)


def _forms_below(of: type[forms.BaseForm]) -> Iterator[type[Any]]:
    for kind in of.__subclasses__():
        if kind.__module__.partition(".")[0] in OWN:
            yield kind
        yield from _forms_below(kind)


EVERY = sorted(set(_forms()), key=lambda form: (form.__module__, form.__qualname__))


def _texts() -> Iterator[tuple[str, forms.Field]]:
    for form in EVERY:
        for name, field in form.base_fields.items():
            yield f"{form.__module__}.{form.__qualname__}.{name}", field


# A list of units is one line of the kit, read further.
_KIT = (fields.__name__, "tenants.people.forms", "tenants.services.units")


def test_every_text_and_day_of_every_form_is_of_the_kit() -> None:
    """Those of accounts are allauth's, whose codes and passwords are no text of people."""
    assert len(EVERY) > 40
    strange = [
        name
        for name, field in _texts()
        if isinstance(field, forms.CharField | forms.DateField)
        and not isinstance(field, forms.UUIDField)
        and type(field).__module__ not in _KIT
        and not name.startswith("kooperacja.accounts.")
    ]
    assert strange == []


def test_every_text_of_every_form_has_a_greatest_length() -> None:
    endless = [
        name
        for name, field in _texts()
        if isinstance(field, Line | LongText | PasswordField) and not field.max_length
    ]
    assert endless == []


def test_every_number_of_every_form_has_bounds() -> None:
    numbers = [(name, field) for name, field in _texts() if isinstance(field, forms.IntegerField)]
    assert len(numbers) > 20
    boundless = [
        name for name, field in numbers if field.min_value is None or field.max_value is None
    ]
    assert boundless == []
    hidden = {field.max_value for _, field in numbers if isinstance(field, SeenNumber)}
    assert hidden == {2**31 - 2}  # one more still fits a column


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("phone", PhoneField),
        ("email", EmailField),
        ("postal_code", PostalCodeField),
        ("edelivery", EdeliveryField),
        ("website", WebAddress),
    ],
)
def test_a_field_is_what_its_name_says(ending: str, kind: type[forms.Field]) -> None:
    named = [
        (name, field)
        for name, field in _texts()
        if name.endswith(ending) and not name.startswith("kooperacja.accounts.")
    ]
    assert named
    assert [name for name, field in named if not isinstance(field, kind)] == []


def test_no_form_makes_a_field_of_its_own() -> None:
    """Also one that a form makes only when it is asked for, as of the clauses of a regulation."""
    plain = re.compile(r"(?<!case )forms\.(Char|Email|URL|Date|Regex|Slug)Field\(")
    files = [
        file
        for folder in ("platform", "tenants", "gmina", "powiat", "region", "api")
        for file in (Path(settings.ROOT) / folder).rglob("*.py")
        if file.name != "fields.py"
    ]
    assert [file.name for file in files if plain.search(file.read_text())] == []


def test_a_form_shows_again_what_would_be_kept() -> None:
    class Asked(forms.Form):
        name = Line(max_length=20)
        text = LongText(max_length=20)
        email = EmailField()

    sent = {"name": " Anna\u202e  Lis ", "text": "a\u200bb\r\nc", "email": "mailto:zle"}
    form = Asked(sent)
    assert form.errors
    assert [form[name].value() for name in form.fields] == ["Anna Lis", "ab\nc", "zle"]
    too_long = Asked({"name": "a" * 5000})
    assert too_long["name"].value() == "a" * 5000
