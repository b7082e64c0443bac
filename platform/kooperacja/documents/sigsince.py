"""Reads what came upon the first bytes of a PDF: signatures alone, or something else; a reader of `guarded`.

A signature says nothing of what was changed before it was made, so a file that goes from one who
signs to the next is compared with the one that was handed out.
"""

import io
import logging
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    FormUpdatingRule,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.form_rules_api import (
    FieldComparisonContext,
    FieldComparisonSpec,
    FormUpdate,
)
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from kooperacja.documents import sigchanges
from kooperacja.documents.sigcheck import DEEPEST, UNREADABLE
from kooperacja.documents.sigplaces import at, is_time_stamp

# What programs write into a form that they make in order to sign.
_OF_A_FORM = {"/Fields", "/SigFlags", "/DA", "/DR", "/Q", "/Type"}


class _NewFormRule(FormUpdatingRule):
    """The first signature of a PDF brings the form with it, which holds signatures alone."""

    def apply(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        form = at(new.root, "/AcroForm", generic.DictionaryObject())
        if not isinstance(form, generic.DictionaryObject) or form.keys() - _OF_A_FORM:
            raise SuspiciousModification("the form does more than hold signatures")
        parts = [(new.root, "/AcroForm"), (form, "/Fields")]
        refs = {one.reference for one in _indirect(parts)}
        if "/DR" in form:
            refs |= new.collect_dependencies(form.raw_get("/DR"), since_revision=old.revision + 1)
        for ref in refs:
            if old.is_ref_unassignable(ref):
                yield ModificationLevel.LTA_UPDATES, FormUpdate(ref, field_name=None)
        context = FieldComparisonContext(dict(_new_fields(form)), old, new)
        for rule in self.field_rules:
            yield from rule.apply(context)


def _indirect(parts: Iterable[tuple[Any, str]]) -> Iterator[generic.IndirectObject]:
    for owner, key in parts:
        value = owner.raw_get(key) if key in owner else None
        if isinstance(value, generic.IndirectObject):
            yield value


def _new_fields(form: Any) -> Iterator[tuple[str, FieldComparisonSpec]]:
    for indirect in at(form, "/Fields", ()):
        field = indirect.get_object()
        kind, name = at(field, "/FT"), at(field, "/T")
        yield str(name), FieldComparisonSpec(kind, None, indirect.reference, None)


_POLICY, _FIRST_POLICY = sigchanges.Policy(), sigchanges.Policy()
assert _POLICY.form_rule  # a policy of ours has one
_FIRST_POLICY.form_rule = _NewFormRule(_POLICY.form_rule.field_rules)


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    logging.disable()  # pyHanko writes names and numbers of those who signed
    sys.setrecursionlimit(DEEPEST)
    try:
        return inspect(content, asked["since"]), b""
    except (SuspiciousModification, *UNREADABLE, MemoryError):
        return {"is_same": False, "is_signed": False}, b""


def inspect(content: bytes, length: int) -> dict[str, bool]:
    """Tell if nothing but signatures came upon the first bytes, and if one did.

    What is added after the first of them is judged with that signature.
    """
    before, now = _reader(content[:length]), _reader(content)
    base = before.xrefs.total_revisions - 1
    # A file may leave out what its first bytes say.
    if _place(before, base) != _place(now, base):
        return {"is_same": False, "is_signed": False}
    signed = [revision for revision in _signatures(now) if revision > base]
    old = now.get_historical_resolver(base)
    last = min(signed, default=now.xrefs.total_revisions - 1)
    policy = _POLICY if "/AcroForm" in old.root else _FIRST_POLICY
    levels = [
        policy.apply(old, now.get_historical_resolver(revision)).modification_level
        for revision in range(base + 1, last + 1)
    ]
    is_same = all(level <= ModificationLevel.FORM_FILLING for level in levels)
    return {"is_same": is_same, "is_signed": bool(signed)}


def _reader(content: bytes) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(content), strict=False)


def _place(reader: PdfFileReader, revision: int) -> int:
    return int(reader.xrefs.get_startxref_for_revision(revision))


def _signatures(reader: PdfFileReader) -> list[int]:
    """The revision in which each signature was made; time stamps are none."""
    return [
        EmbeddedPdfSignature(reader, field, name).signed_revision
        for name, value, field in enumerate_sig_fields(reader, filled_status=True)
        if not is_time_stamp(value.get_object())
    ]
