"""Looks of signatures that came upon a page after an earlier signature; a part of `sigcheck`.

A later signature is no change, and yet what it shows may hide what was signed. A reader fits every
look into its /Rect, whatever the look's own box and matrix say, so the /Rect alone is judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from kooperacja.documents.sigplaces import (
    Box,
    Widgets,
    annotations_of,
    at,
    box_of,
    is_widget,
    page_box,
    pages_of,
    revisions_of,
    signature_widgets,
    touched_after,
)

# Programs make boxes of 3 to 6 % of a sheet; several people sign below each other.
_LARGE = 0.10
_LARGE_TOGETHER = 0.25
_LEAST = 1.0  # square point: boxes that only meet at a side
_SHOWN_BY = ("/AP", "/AS", "/F", "/MK", "/BS", "/Rect")


@dataclass(frozen=True, slots=True)
class Look:
    """A later signature as a page shows it: the share it takes, and whether it may hide something."""

    page: int
    field: generic.Reference
    share: float
    is_suspect: bool


def looks_after(reader: PdfFileReader, revision: int) -> list[Look]:
    """The looks of signature fields that came, or became another, after a revision."""
    old, new = revisions_of(reader, revision)
    widgets, touched = signature_widgets(new), touched_after(reader, revision)
    found: list[Look] = []
    for number, ref in enumerate(pages_of(new), 1):
        was, now = old(ref), new(ref)
        later = list(_later(was, now, (old, new), widgets, touched))
        places = _places(was, [one for one, _ in later])
        found += _on_page(number, page_box(now), later, places, widgets)
    return found


def _later(
    was: Any,
    now: Any,
    revisions: tuple[HistoricalResolver, HistoricalResolver],
    widgets: Widgets,
    touched: set[int],
) -> Iterator[tuple[generic.Reference, Box | None]]:
    """The widgets that show something else than they did, each with its place."""
    before = {
        one.reference for one in annotations_of(was) if isinstance(one, generic.IndirectObject)
    }
    for annotation in annotations_of(now):
        if not is_widget(annotation, widgets):
            continue
        ref = annotation.reference
        if ref not in before and ref in widgets.is_note:
            continue  # told as a note
        if ref not in before or _is_shown_anew(ref, *revisions, touched):
            yield ref, box_of(annotation.get_object())


def _is_shown_anew(
    ref: generic.Reference, old: HistoricalResolver, new: HistoricalResolver, touched: set[int]
) -> bool:
    was, now = old(ref), new(ref)
    if any(dict.get(was, key) != dict.get(now, key) for key in _SHOWN_BY):
        return True
    looks = new.collect_dependencies(dict.get(now, "/AP", generic.NullObject()))
    return any(one.idnum in touched for one in looks)


def _places(page: Any, without: list[generic.Reference]) -> list[Box]:
    """Places of the notes, fields and signatures that stood on the page before."""
    boxes = [
        box_of(one.get_object())
        for one in annotations_of(page)
        if at(one.get_object(), "/Subtype") != "/Popup"
        and not (isinstance(one, generic.IndirectObject) and one.reference in without)
    ]
    return [box for box in boxes if box]


def _on_page(
    number: int,
    page: Box | None,
    later: list[tuple[generic.Reference, Box | None]],
    places: list[Box],
    widgets: Widgets,
) -> list[Look]:
    shares = {ref: _share(box, page) for ref, box in later}
    are_large = sum(shares.values()) > _LARGE_TOGETHER
    return [
        Look(
            number,
            widgets.owners[ref],
            shares[ref],
            are_large
            or shares[ref] > _LARGE
            or any(box and box.common(place) > _LEAST for place in places),
        )
        for ref, box in later
        if shares[ref]
    ]


def _share(box: Box | None, page: Box | None) -> float:
    """The share of the page; the whole where a place is written in a way that readers may differ in."""
    if box is None or page is None or not page.area:
        return 1.0
    return min(box.common(page) / page.area, 1.0)


def facts_of(
    reader: PdfFileReader, revision: int, signers: dict[generic.Reference, dict[str, Any]]
) -> list[list[Any]]:
    """For each later look its page, its signer, its share in percent and whether it may hide."""
    told = []
    for look in looks_after(reader, revision):
        by = signers.get(look.field, {"fault": "ABSENT"})
        is_suspect = look.is_suspect or by.get("is_trusted") is False or bool(by["fault"])
        told.append([str(look.page), by.get("signer", ""), round(100 * look.share), is_suspect])
    return told
