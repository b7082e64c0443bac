"""Pages, fields and annotations of one revision of a PDF; a part of `sigcheck`."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification

MAX_PAGES = 2_000
_DEEPEST = 50  # levels of the tree of pages
_TIME_STAMP = "/ETSI.RFC3161"


def at(place: Any, key: str, default: Any = None) -> Any:
    """The value under a key, wherever it is written; `get` would give a reference to it."""
    return place[key] if isinstance(place, generic.DictionaryObject) and key in place else default


@dataclass(frozen=True, slots=True)
class Widgets:
    """Places of signature fields on pages: those of signatures, and those that show something else."""

    owners: dict[generic.Reference, generic.Reference]  # by the widget, the field it belongs to
    is_note: frozenset[generic.Reference]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page."""

    left: float
    low: float
    right: float
    high: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.high - self.low)

    def common(self, other: "Box") -> float:
        """The area that two places share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.high, other.high) - max(self.low, other.low)
        return max(width, 0) * max(height, 0)


def box_of(place: Any, key: str = "/Rect") -> Box | None:
    """A box as readers take it; None where it is written in a way that they may differ in."""
    written = at(place, key)
    if not isinstance(written, generic.ArrayObject) or len(written) != 4:
        return None
    try:
        one, two, three, four = (
            float(value.get_object() if isinstance(value, generic.IndirectObject) else value)
            for value in written
        )
    except (TypeError, ValueError, OverflowError):
        return None
    box = Box(min(one, three), min(two, four), max(one, three), max(two, four))
    return box if isfinite(box.area) else None


def page_box(page: Any) -> Box | None:
    """The part of a page that is seen."""
    node = page
    for _ in range(_DEEPEST):
        for key in ("/CropBox", "/MediaBox"):
            if at(node, key) is not None:
                return box_of(node, key)
        node = at(node, "/Parent")
    return None


def is_time_stamp(value: Any) -> bool:
    """A stamp of the document by what either key says: it is then nobody's signature."""
    return isinstance(value, generic.DictionaryObject) and (
        at(value, "/Type") == "/DocTimeStamp" or at(value, "/SubFilter") == _TIME_STAMP
    )


def signature_widgets(revision: HistoricalResolver) -> Widgets:
    owners: dict[generic.Reference, generic.Reference] = {}
    others = set()
    fields = at(at(revision.root, "/AcroForm"), "/Fields", ())
    waiting: list[tuple[Any, Any]] = [(field, None) for field in fields]
    while waiting:
        indirect, parent = waiting.pop()
        if not isinstance(indirect, generic.IndirectObject) or indirect.reference in owners:
            continue
        field = indirect.get_object()
        owner = indirect if "/T" in field or parent is None else parent
        if at(owner.get_object(), "/FT", at(field, "/FT")) == "/Sig":
            owners[indirect.reference] = owner.reference
            if _is_visible(field) and not _is_signed(owner.get_object()):
                others.add(indirect.reference)
        waiting += [(kid, owner) for kid in at(field, "/Kids", ())]
    return Widgets(owners, frozenset(others))


def signed_fields(revision: HistoricalResolver) -> set[generic.Reference]:
    """The fields whose widgets count as those of a signature."""
    widgets = signature_widgets(revision)
    return {ref for ref in widgets.owners.values() if _is_signed(revision(ref))}


def _is_visible(widget: Any) -> bool:
    box = box_of(widget)
    return "/Rect" in widget and (box is None or box.area > 0)


def _is_signed(field: Any) -> bool:
    value = at(field, "/V")
    return isinstance(value, generic.DictionaryObject) and not is_time_stamp(value)


def fields_of(revision: HistoricalResolver) -> list[Any]:
    fields = at(at(revision.root, "/AcroForm"), "/Fields", ())
    return [field.get_object() for field in fields]


def pages_of(revision: HistoricalResolver) -> list[generic.Reference]:
    pages: list[generic.Reference] = []
    seen = set()
    waiting = [revision.root.raw_get("/Pages")]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, generic.IndirectObject) or node.reference in seen:
            raise SuspiciousModification("the tree of pages is odd")
        seen.add(node.reference)
        content = node.get_object()
        if at(content, "/Type") == "/Pages" or "/Kids" in content:
            waiting += reversed(content["/Kids"])
        else:
            pages.append(node.reference)
        if len(seen) > MAX_PAGES:
            raise SuspiciousModification("too many pages")
    return pages


def annotations_of(page: Any) -> list[Any]:
    found = at(page, "/Annots")
    return list(found) if isinstance(found, generic.ArrayObject) else []


def annotations_changed(was: Any, now: Any) -> tuple[list[Any], list[Any]]:
    """Annotations that were added to a page, and those that went."""
    before, after = annotations_of(was), annotations_of(now)
    return _without(after, before), _without(before, after)


def are_reordered(was: Any, now: Any) -> bool:
    """Annotations of before that stand in another order: what lay below would lie on top."""
    before, after = annotations_of(was), annotations_of(now)
    added = _without(after, before)
    return _without(after, added) != before


def _without(some: list[Any], others: list[Any]) -> list[Any]:
    refs = {one.reference for one in others if isinstance(one, generic.IndirectObject)}
    direct = [one for one in others if not isinstance(one, generic.IndirectObject)]
    return [
        one
        for one in some
        if (
            one.reference not in refs
            if isinstance(one, generic.IndirectObject)
            else one not in direct
        )
    ]


def is_note(annotation: Any, widgets: Widgets) -> bool:
    return not is_widget(annotation, widgets) or annotation.reference in widgets.is_note


def is_widget(annotation: Any, widgets: Widgets) -> bool:
    return isinstance(annotation, generic.IndirectObject) and annotation.reference in widgets.owners


def revisions_of(
    reader: PdfFileReader, revision: int
) -> tuple[HistoricalResolver, HistoricalResolver]:
    """The file as it was in a revision, and as it is."""
    last = reader.xrefs.total_revisions - 1
    return reader.get_historical_resolver(revision), reader.get_historical_resolver(last)


def touched_after(reader: PdfFileReader, revision: int) -> set[int]:
    """Numbers of the objects that were written after a revision."""
    revisions = range(revision + 1, reader.xrefs.total_revisions)
    return {
        ref.idnum for number in revisions for ref in reader.xrefs.explicit_refs_in_revision(number)
    }
