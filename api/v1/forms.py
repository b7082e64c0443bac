"""Input of programs, taken from the form in which a person writes the same."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from rest_framework import serializers
from rest_framework.request import Request

from api.v1.fields import DayField, FlagField, KeyField, NumberField, TextField, UploadField
from api.v1.problems import Similar, Unprocessable
from kooperacja.ui.fields import Line
from kooperacja.ui.forms import values_of


class FormSerializer(serializers.Serializer[Any]):
    """The names, lengths and choices of a form; what it hides belongs to its page.

    A field declared beside it takes the place of the form's; `WITHOUT` names what a program
    does not send, `HELP` what it is told of a field.
    """

    FORM: ClassVar[Any]  # a class of forms
    WITHOUT: ClassVar[frozenset[str]] = frozenset()
    HELP: ClassVar[Mapping[str, str]] = {}

    def get_fields(self) -> dict[str, Any]:
        shown = {
            name: _sent(field, self.HELP.get(name))
            for name, field in self.FORM.base_fields.items()
            if name not in self.WITHOUT and not field.widget.is_hidden
        }
        return {**shown, **super().get_fields()}

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """The values that were sent; raises what the caller is told."""
        sent = cls(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        return {name: cls._as_kept(name, value) for name, value in values.items()}

    @classmethod
    def _as_kept(cls, name: str, value: Any) -> Any:
        """A text or a day as the form's field takes it, also where no form is asked afterwards."""
        field = cls.FORM.base_fields.get(name)
        try:
            if isinstance(field, Line) and isinstance(value, str):
                value = field.tidy(value)
                field.validate(value)
            elif isinstance(field, forms.DateField):
                field.run_validators(value)
        except forms.ValidationError as wrong:
            raise Unprocessable({name: wrong.messages}) from None
        return value


class KeyedSerializer(FormSerializer):
    """May carry the id of the row it will make, so that sent twice it makes one."""

    id = KeyField(
        required=False, help_text="Identyfikator nadany przez wysyłającego: powtórka nic nie doda."
    )


class AskingSerializer(FormSerializer):
    """May make an entry like one that is there; then its sender is asked (409) and answers."""

    answered = TextField(
        required=False,
        allow_blank=True,
        max_length=2000,
        help_text="Po odpowiedzi 409 z listą podobnych: jej wartość answer, jeśli to inny wpis; "
        "przy osobach id osoby z listy, jeśli to ta sama.",
    )


class VersionedSerializer(FormSerializer):
    """Carries the version its sender saw, so that nobody's later change is lost."""

    version = NumberField(min_value=0, help_text="Wersja deklaracji, którą odczytano.")


def checked(form: forms.BaseForm) -> dict[str, Any]:
    """The arguments of the action that a form becomes; raises what the form says is wrong."""
    if not form.is_valid():
        if asked := getattr(form, "asked", None):
            raise Similar(asked)
        raise Unprocessable(form.errors.get_json_data())
    return values_of(form)


def _sent(field: forms.Field, help_text: str | None) -> Any:
    """The field of the interface for a field of a form."""
    common: dict[str, Any] = {"required": field.required, "help_text": help_text}
    match field:
        case forms.ModelChoiceField():
            return KeyField(**common)
        case forms.ChoiceField():
            choices: Any = field.choices
            return serializers.ChoiceField([choice for choice in choices if choice[0]], **common)
        case forms.BooleanField():
            return FlagField(**common)
        case forms.DateField():
            return DayField(**common)
        case forms.FileField():
            return UploadField(**common)
        case Line(max_length=int()):
            blank = {"regex": r"\S"} if field.required else {"allow_blank": True}
            return TextField(max_length=field.max_length, **blank, **common)
    raise TypeError(f"No field of the interface stands for {field!r}.")
