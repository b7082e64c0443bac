"""The meaning of the tables and columns of an exit package."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

HEADER = ["tabela", "kolumna", "rodzaj", "może być pusta", "znaczenie", "wartości", "wskazuje na"]
_KINDS = {
    "UUIDField": "identyfikator (UUID)",
    "CharField": "tekst",
    "TextField": "tekst",
    "EmailField": "adres e-mail",
    "URLField": "adres strony",
    "BooleanField": "tak albo nie",
    "DateField": "data",
    "DateTimeField": "data i czas",
    "JSONField": "JSON",
    "BinaryField": "bajty szesnastkowo",
    "ForeignKey": "identyfikator (UUID)",
    "OneToOneField": "identyfikator (UUID)",
    "EncryptedTextField": "tekst (w bazie zaszyfrowany)",
    "EncryptedJSONField": "JSON (w bazie zaszyfrowany)",
}


def rows(kept: Iterable[type[models.Model]]) -> Iterator[list[Any]]:
    """One line a column."""
    for model in kept:
        for field in model._meta.concrete_fields:
            target = field.related_model
            yield [
                model._meta.db_table,
                field.column,
                _KINDS.get(type(field).__name__, "liczba"),
                field.null,
                _meaning(field),
                "; ".join(f"{code}: {label}" for code, label in field.flatchoices),
                f"{target._meta.db_table}.id" if isinstance(target, type) else "",
            ]


def _meaning(field: Any) -> str:
    """Only what somebody wrote: a name made of the column's own says nothing."""
    label = str(field.verbose_name)
    return "" if label == field.name.replace("_", " ") else label
