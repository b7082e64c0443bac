"""Parameters of a list: each is checked, and an unknown one is refused, never passed over."""

from datetime import date
from typing import Any

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

MAX_LIMIT = 500
# TERYT: four digits for a powiat, six for a gmina.
CODE = r"^[0-9]{4}([0-9]{2})?$"
MONTH = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"


class MonthField(serializers.RegexField):
    """A month as RRRR-MM; its first day as a value."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MONTH, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        text = super().run_validation(data)
        return date.fromisoformat(f"{text}-01") if text else text

    def to_representation(self, value: Any) -> str:
        return f"{value:%Y-%m}"


class Query(serializers.Serializer[Any]):
    """No parameters at all."""

    def read(self, params: QueryDict) -> dict[str, Any]:
        """The parameters as values; raises what the caller is told."""
        errors = {name: ["Nieznany parametr."] for name in params if name not in self.fields}
        for name, values in params.lists():
            if len(values) > 1 and name not in errors:
                errors[name] = ["Parametr podano więcej niż raz."]
        if errors:
            raise ValidationError(errors)
        bound = type(self)(data=params.dict())
        bound.is_valid(raise_exception=True)
        return dict(bound.validated_data)


class PageQuery(Query):
    """Which part of a list."""

    limit = serializers.IntegerField(
        min_value=1, max_value=MAX_LIMIT, default=100, help_text="Ile pozycji zwrócić."
    )
    offset = serializers.IntegerField(
        min_value=0, max_value=1_000_000, default=0, help_text="Ile pozycji pominąć."
    )
