"""Pages, fields and annotations of one revision of a PDF; a part of `sigcheck`."""

from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_annot_visible

MAX_PAGES = 2_000


def at(place: Any, key: str, default: Any = None) -> Any:
    """The value under a key, wherever it is written; `get` would give a reference to it."""
    return place[key] if isinstance(place, generic.DictionaryObject) and key in place else default


@dataclass(frozen=True, slots=True)
class Widgets:
    """Places of signature fields on pages: those of signatures, and those that show something else."""

    known: frozenset[generic.Reference]
    is_note: frozenset[generic.Reference]


def signature_widgets(revision: HistoricalResolver) -> Widgets:
    known, others = set(), set()
    fields = at(at(revision.root, "/AcroForm"), "/Fields", ())
    waiting = [(field, None) for field in fields]
    while waiting:
        indirect, parent = waiting.pop()
        if not isinstance(indirect, generic.IndirectObject) or indirect.reference in known:
            continue
        field = indirect.get_object()
        owner = field if "/T" in field or parent is None else parent
        if at(owner, "/FT", at(field, "/FT")) == "/Sig":
            known.add(indirect.reference)
            if is_annot_visible(field) and not _is_signed(owner):
                others.add(indirect.reference)
        waiting += [(kid, owner) for kid in at(field, "/Kids", ())]
    return Widgets(frozenset(known), frozenset(others))


def _is_signed(field: Any) -> bool:
    value = at(field, "/V")
    return isinstance(value, generic.DictionaryObject) and at(value, "/Type") != "/DocTimeStamp"


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
    return isinstance(annotation, generic.IndirectObject) and annotation.reference in widgets.known
