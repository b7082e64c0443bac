"""Fonts and defaults with which the fields of a signed form are drawn; a part of `sigcheck`.

A reader may draw a field anew from these, so another font under a known name is another text.
"""

import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver

from kooperacja.documents.sigplaces import at

_DEFAULTS = ("/DA", "/Q")
_NAME = re.compile(r"/[^\s/\[\]()<>{}%]+")
# Pairs that are compared already; kept, so that no other object gets their number.
_Met = dict[tuple[int, int], tuple[Any, Any]]
_HEX = re.compile(r"#([0-9a-fA-F]{2})")


def are_alike(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Names that no field asked for may come; nothing that was there may become another."""
    fields = [field for field in _all_fields(old) if at(field, "/FT") != "/Sig"]
    was, now = at(old.root, "/AcroForm"), at(new.root, "/AcroForm")
    if not fields or not isinstance(was, generic.DictionaryObject):
        return True
    if any(not _is_same(at(was, key), at(now, key), {}) for key in _DEFAULTS):
        return False
    before, after = _named(at(was, "/DR")), _named(at(now, "/DR"))
    if {name for _, name in after.keys() - before.keys()} & _asked_for([was, *fields]):
        return False
    return all(key in after and _is_same(of, after[key], {}) for key, of in before.items())


def _all_fields(revision: HistoricalResolver) -> Iterator[Any]:
    """The fields and their places on pages; what only groups others has no kind of its own."""
    waiting = list(at(at(revision.root, "/AcroForm"), "/Fields", ()))
    seen = set()
    while waiting:
        place = waiting.pop()
        if isinstance(place, generic.IndirectObject):
            if place.reference in seen:
                continue
            seen.add(place.reference)
        field = place.get_object()
        kids = at(field, "/Kids", ())
        if "/FT" in field or "/DA" in field or not kids:
            yield field
        if at(field, "/FT") != "/Sig":
            waiting += kids


def _named(resources: Any) -> dict[tuple[str, str], Any]:
    """Each resource by its kind and name; lists of procedures are of no use any more."""
    if not isinstance(resources, generic.DictionaryObject):
        return {}
    return {
        (kind, name): at(at(resources, kind), name)
        for kind in resources
        if isinstance(at(resources, kind), generic.DictionaryObject)
        for name in at(resources, kind)
    }


def _asked_for(places: list[Any]) -> set[str]:
    """The names that default looks speak of."""
    looks = [at(place, "/DA") for place in places]
    texts = [
        look.decode("latin-1") if isinstance(look, bytes) else str(look) for look in looks if look
    ]
    found = (name for text in texts for name in _NAME.findall(text))
    return {_HEX.sub(lambda code: chr(int(code[1], 16)), name) for name in found}


def _is_same(was: Any, now: Any, met: _Met) -> bool:
    """The same content, wherever it is written."""
    was, now = (
        one.get_object() if isinstance(one, generic.IndirectObject) else one for one in (was, now)
    )
    pair = id(was), id(now)
    if pair in met:
        return True
    if isinstance(was, generic.DictionaryObject) and isinstance(now, generic.DictionaryObject):
        met[pair] = was, now
        if was.keys() != now.keys() or _packed(was) != _packed(now):
            return False
        return all(_is_same(was.raw_get(key), now.raw_get(key), met) for key in was)
    if isinstance(was, generic.ArrayObject) and isinstance(now, generic.ArrayObject):
        met[pair] = was, now
        pairs = zip(list.__iter__(was), list.__iter__(now), strict=False)
        return len(was) == len(now) and all(_is_same(one, other, met) for one, other in pairs)
    return type(was) is type(now) and (was == now or isinstance(was, generic.NullObject))


def _packed(value: generic.DictionaryObject) -> bytes | None:
    return value.encoded_data if isinstance(value, generic.StreamObject) else None
