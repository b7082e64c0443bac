"""Fields of what programs send: of the declared type, never guessed from another."""

from typing import Any
from uuid import UUID

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
