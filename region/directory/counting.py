"""How many services of those found each further choice would leave (REG §3.4)."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Func, TextField

from region.directory.finding import KINDS, Found, Wanted
from region.directory.marks import ANY

Counts = Mapping[str, Mapping[str, int]]
_FACETS = {kind: name for name, kind in KINDS.items()} | {"age": "wiek"}


def counts(found: Found, wanted: Wanted) -> Counts:
    """By facet and choice, asked for at once; of a facet in which something was chosen there are none."""
    marks: Any = found.rows.annotate(mark=_Each(F("marks"))).values_list("mark")
    left: dict[str, dict[str, int]] = {
        name: {} for name in _FACETS.values() if not getattr(wanted, name)
    }
    for mark, count in marks.annotate(count=Count("pk")):
        kind, _, code = mark.partition(":")
        if (name := _FACETS.get(kind)) in left:
            left[name][code] = count
    return {name: _with_any(codes) for name, codes in left.items()}


def _with_any(codes: dict[str, int]) -> Mapping[str, int]:
    """Whatever fits each choice counts in each."""
    everywhere = codes.pop(ANY, 0)
    return defaultdict(lambda: everywhere, {code: n + everywhere for code, n in codes.items()})


class _Each(Func):
    """The marks of a service, one a row."""

    template = "unnest(tsvector_to_array(%(expressions)s))"
    output_field = TextField()
