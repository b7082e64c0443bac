"""Fields of what programs send: of the declared type, never guessed from another."""

from typing import Any
from uuid import UUID

from django.http import QueryDict
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


class FlagField(serializers.BooleanField):
    """true or false; in a form with a file these words."""

    def to_internal_value(self, data: Any) -> bool:
        is_form = isinstance(self.root.initial_data, QueryDict)
        known = {"true": True, "false": False} if is_form else {}
        value = known.get(data, data) if isinstance(data, str) else data
        if not isinstance(value, bool):
            self.fail("invalid", input=data)
        return value


class DayField(serializers.DateField):
    """A day as RRRR-MM-DD."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


@extend_schema_field({"type": "string", "format": "binary", "minLength": 1})
class UploadField(serializers.FileField):
    """A file of a form, not an empty one."""
