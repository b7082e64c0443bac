"""Fields of what programs send: of the declared type, never guessed from another."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class TextField(serializers.RegexField):
    """A text; a number is not one."""

    def __init__(self, regex: str = "", **kwargs: Any) -> None:
        super().__init__(regex, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class KeyField(serializers.UUIDField):
    """A UUID as text with hyphens."""

    def to_internal_value(self, data: Any) -> UUID:
        value = super().to_internal_value(data) if isinstance(data, str) else None
        if value is None or str(value) != data.lower():
            self.fail("invalid", value=data)
        return value


class NumberField(serializers.IntegerField):
    """A whole number; a text is not one."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool | str):
            self.fail("invalid")
        return super().to_internal_value(data)


_FLAG_WORDS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


@extend_schema_field(
    {
        "oneOf": [
            {"type": "boolean"},
            {"type": "string", "enum": list(_FLAG_WORDS)},
            {"type": "integer", "enum": [0, 1]},
        ]
    }
)
class FlagField(serializers.BooleanField):
    """true or false, also as clients of other languages and forms with a file write them."""

    default_error_messages = {"invalid": "Podaj true albo false."}

    def to_internal_value(self, data: Any) -> bool:
        value = _FLAG_WORDS.get(data) if isinstance(data, str) else data
        if not isinstance(value, bool | int | float) or value not in (0, 1):
            self.fail("invalid")
        return bool(value)


class DayField(serializers.DateField):
    """A day as RRRR-MM-DD."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


@extend_schema_field({"type": "string", "format": "binary", "minLength": 1})
class UploadField(serializers.FileField):
    """A file of a form, not an empty one."""
