"""Search in lists: every word stands somewhere in a row, with diacritics or without."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from kooperacja.ui.polish import Fold, fold

MAX_WORDS = 8
Rows = TypeVar("Rows", bound="QuerySet[Any]")


def words_of(text: str) -> list[str]:
    """The words that are looked for, each once; what is beyond the limit is not."""
    return list(dict.fromkeys(fold(text).split()))[:MAX_WORDS]


def matching(rows: Rows, text: str, *fields: str, starts: Sequence[str] = ()) -> Rows:
    """Rows in which every word stands in one of the fields, or begins a number of `starts`."""
    words = words_of(text)
    if not words:
        return rows
    joined = [part for field in fields for part in (Value(" "), field)][1:]
    one = Concat(*joined, output_field=TextField()) if len(fields) > 1 else fields[0]
    wanted = Q()
    for word in words:
        either = Q(searched__contains=word)
        for field in starts:
            either |= Q(**{f"{field}__startswith": word})
        wanted &= either
    return rows.alias(searched=Fold(one)).filter(wanted)


def is_matching(text: str, *texts: str) -> bool:
    """The same of rows that are in memory."""
    inside = fold(" ".join(texts))
    return all(word in inside for word in words_of(text))
