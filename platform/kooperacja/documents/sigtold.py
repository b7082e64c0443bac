"""The changes that came after a signature, named for whoever sent the file; a part of `sigcheck`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification

from kooperacja.documents import sigfonts
from kooperacja.documents.sigplaces import (
    MAX_PAGES,
    annotations_changed,
    annotations_of,
    at,
    fields_of,
    is_note,
    pages_of,
    revisions_of,
    signature_widgets,
    touched_after,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a code and its page or field."""

    code: str
    of: str = ""


def notes_after(reader: PdfFileReader, revision: int) -> list[Change]:
    """The pages to which notes were added after a revision."""
    old, new = revisions_of(reader, revision)
    widgets = signature_widgets(new)
    return [
        Change("NOTE", str(number))
        for number, ref in enumerate(pages_of(new), 1)
        for added, _ in [annotations_changed(old(ref), new(ref))]
        if any(is_note(annotation, widgets) for annotation in added)
    ]


def changes_after(reader: PdfFileReader, revision: int) -> list[Change]:
    """The changes after a revision, to be named to whoever sent the file."""
    try:
        found = list(_changes(*revisions_of(reader, revision), touched_after(reader, revision)))
    except (SuspiciousModification, KeyError, TypeError, ValueError, AttributeError):
        found = []
    return found or [Change("OTHER")]


def _changes(
    old: HistoricalResolver, new: HistoricalResolver, touched: set[int]
) -> Iterator[Change]:
    before, after = pages_of(old), pages_of(new)
    if len(before) != len(after):
        yield Change("PAGES", f"{len(before)} → {len(after)}")
    for number, (ref, other) in enumerate(zip(before, after, strict=False), 1):
        was, now = old(ref), new(other)
        if _is_page_changed(was, now, new, touched):
            yield Change("PAGE", str(number))
        if _is_note_changed(was, now, new, touched):
            yield Change("NOTE_CHANGED", str(number))
    if not sigfonts.are_alike(old, new):
        yield Change("FONTS")
    values, others = _field_values(old), _field_values(new)
    for name in values.keys() | others.keys():
        if values.get(name) != others.get(name):
            yield Change("FIELD", name)


def _is_page_changed(was: Any, now: Any, new: HistoricalResolver, touched: set[int]) -> bool:
    keys = (was.keys() | now.keys()) - {"/Annots", "/Parent"}
    for key in keys:
        if key not in was or key not in now or was.raw_get(key) != now.raw_get(key):
            return True
    own = [now.raw_get(key) for key in keys & {"/Contents", "/Resources"}]
    return any(ref.idnum in touched for value in own for ref in new.collect_dependencies(value))


def _is_note_changed(was: Any, now: Any, new: HistoricalResolver, touched: set[int]) -> bool:
    _, gone = annotations_changed(was, now)
    kept = [one for one in annotations_of(was) if at(one.get_object(), "/Subtype") != "/Widget"]
    return bool(gone) or any(
        one.reference.idnum in touched for one in kept if isinstance(one, generic.IndirectObject)
    )


def _field_values(revision: HistoricalResolver) -> dict[str, Any]:
    values: dict[str, Any] = {}
    waiting = [("", field) for field in fields_of(revision)]
    while waiting and len(values) < MAX_PAGES:
        parent, field = waiting.pop()
        name = ".".join(part for part in (parent, str(at(field, "/T", ""))) if part)
        if "/V" in field and at(field, "/FT") != "/Sig":
            values[name] = field["/V"], dict.get(field, "/AP")
        waiting += [(name, kid.get_object()) for kid in at(field, "/Kids", ())]
    return values
