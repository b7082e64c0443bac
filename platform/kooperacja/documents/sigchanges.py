"""Changes of a PDF after it was signed: content, notes, or other programs' bookkeeping.

A part of `sigcheck`. Only what a rule explains is let through, so anything new is a change.
"""

from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.diff_analysis.constants import (
    ACROFORM_EXEMPT_STRICT_COMPARISON,
    FORMFIELD_ALWAYS_MODIFIABLE,
    VALUE_UPDATE_KEYS,
)
from pyhanko.sign.diff_analysis.form_rules_api import (
    FieldComparisonContext,
    FieldComparisonSpec,
    FormUpdate,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import BaseFieldModificationRule
from pyhanko.sign.diff_analysis.rules_api import Context, ReferenceUpdate, RelativeContext
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

from kooperacja.documents import sigfonts
from kooperacja.documents.pdfnotes import NOTES
from kooperacja.documents.sigplaces import (
    Widgets,
    annotations_changed,
    are_reordered,
    at,
    is_widget,
    pages_of,
    signature_widgets,
)

Updates = Iterable[tuple[ModificationLevel, ReferenceUpdate]]
_BOOKKEEPING = ModificationLevel.LTA_UPDATES
_LOCKS = {"/Lock", "/SV"}
_HARMLESS_ACTIONS = {"/URI", "/GoTo"}
# Read-only, required, not exported: programs set them when they sign, and nothing looks different.
_HARMLESS_FLAGS = 0b111


class Policy(StandardDiffPolicy):
    """pyHanko's policy, which also knows notes and more of what signing programs write."""

    def __init__(self) -> None:
        rules = [
            CatalogModificationRule(),
            DocInfoRule().as_qualified(_BOOKKEEPING),
            XrefStreamRule().as_qualified(_BOOKKEEPING),
            ObjectStreamRule().as_qualified(_BOOKKEEPING),
            _SecurityStoreRule(),
            _MetadataRule().as_qualified(_BOOKKEEPING),
            _FreedRule(),
            _AnnotationRule(),
        ]
        fields = [
            SigFieldCreationRule(approve_widget_bindings=False),
            _SignatureFieldRule(),
            _UnchangedFieldRule(),
        ]
        ignored = ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"}
        form = FormUpdatingRule(fields, ignored_acroform_keys=ignored)
        super().__init__(rules, form, reject_object_freeing=False)

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        old._load_reverse_xref_cache()
        for ref in new.explicit_refs_in_revision():
            # pyHanko takes such an object for one that nothing shows.
            if old.is_ref_unassignable(ref) and old._get_usages_of_ref(ref):
                raise SuspiciousModification("an object that was missing when signed is there")
        if not sigfonts.are_alike(old, new):
            raise SuspiciousModification("fields of the form are drawn with something else")
        return super().apply(old, new, field_mdp_spec, doc_mdp)


class _MetadataRule(MetadataUpdateRule):
    """Metadata that did not change need not be well written."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        before, after = dict.get(old.root, "/Metadata"), dict.get(new.root, "/Metadata")
        touched = new.explicit_refs_in_revision()
        if (
            isinstance(after, generic.IndirectObject)
            and before == after
            and after.reference not in touched
        ):
            return ()
        return super().apply(old, new)


class _SecurityStoreRule(QualifiedWhitelistRule):
    """Certificates and answers about them (/DSS): nothing of it is ever shown."""

    def apply_qualified(self, old: HistoricalResolver, new: HistoricalResolver) -> Updates:
        if "/DSS" not in new.root:
            return
        for ref in new.collect_dependencies(new.root.raw_get("/DSS")):
            places = old._get_usages_of_ref(ref)
            if not places:
                yield _BOOKKEEPING, ReferenceUpdate(ref)
            for place in places:
                if place.path[:2] == ("/Root", "/DSS"):
                    context = Context.from_absolute(old, place)
                    yield _BOOKKEEPING, ReferenceUpdate(ref, context_checked=context)


class _FreedRule(QualifiedWhitelistRule):
    """An object may be freed when nothing leads to it any more."""

    def apply_qualified(self, old: HistoricalResolver, new: HistoricalResolver) -> Updates:
        freed = new.refs_freed_in_revision()
        if not freed:
            return
        # By number: readers differ in how they take a wrong generation.
        used = {ref.idnum for ref in new.collect_dependencies(new.trailer_view)}
        if used.intersection(ref.idnum for ref in freed):
            raise SuspiciousModification("an object in use was freed")
        for ref in freed:
            yield _BOOKKEEPING, ReferenceUpdate(ref)


class _AnnotationRule(QualifiedWhitelistRule):
    """Notes and stamps may be added to pages that stay as they were; none may go or change."""

    def apply_qualified(self, old: HistoricalResolver, new: HistoricalResolver) -> Updates:
        before, after = pages_of(old), pages_of(new)
        if before != after:
            raise SuspiciousModification("pages were added, taken out or moved")
        widgets = signature_widgets(new)
        for ref in before:
            yield from self._on_page(ref, old, new, widgets)

    def _on_page(
        self,
        ref: generic.Reference,
        old: HistoricalResolver,
        new: HistoricalResolver,
        widgets: Widgets,
    ) -> Updates:
        was, now = old(ref), new(ref)
        added, gone = annotations_changed(was, now)
        if gone:
            raise SuspiciousModification("a note was taken out")
        if are_reordered(was, now):
            raise SuspiciousModification("notes lie in another order")
        if not added:
            return
        compare_dicts(was, now, frozenset({"/Annots"}))
        yield _BOOKKEEPING, ReferenceUpdate(ref)
        array = now.raw_get("/Annots")
        if isinstance(array, generic.IndirectObject):
            yield from _array_updates(ref, was, array.reference, old)
        for annotation in added:
            yield from _annotation_updates(annotation, old, new, widgets)


class _SignatureFieldRule(SigFieldModificationRule):
    """A field that nobody has signed yet may be locked by the platform that asks to sign it."""

    def __init__(self) -> None:
        super().__init__()
        self._unsigned = BaseFieldModificationRule(
            always_modifiable=FORMFIELD_ALWAYS_MODIFIABLE | _LOCKS,
            value_update_keys=VALUE_UPDATE_KEYS | _LOCKS,
        )

    def compare_fields(self, spec: FieldComparisonSpec) -> bool:
        field = spec.old_field
        if field is None or "/V" in field:
            return super().compare_fields(spec)
        return self._unsigned.compare_fields(spec)

    def check_form_field(
        self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        yield from super().check_form_field(fq_name, spec, context)
        before, after = spec.old_field, spec.new_field
        if spec.field_type != "/Sig" or before is None or after is None or "/V" in before:
            return
        for key in _LOCKS & after.keys():
            for ref in _new_refs(after.raw_get(key), context.old, context.new):
                yield _BOOKKEEPING, FormUpdate(ref, field_name=fq_name, valid_when_locked=True)


class _UnchangedFieldRule(BaseFieldModificationRule):
    """A field of the form keeps its value and its looks."""

    def check_form_field(
        self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        ref = spec.new_field_ref
        if spec.field_type == "/Sig" or not ref or not spec.old_field_ref:
            return
        if not self.compare_fields(spec) or _is_another_kind(spec):
            raise SuspiciousModification("a field has another value")
        if _is_drawn_anew(context.new) and not _is_drawn_anew(context.old):
            raise SuspiciousModification("readers draw the fields anew, with other fonts perhaps")
        for expected in spec.expected_contexts():
            yield (
                _BOOKKEEPING,
                FormUpdate(ref, expected, field_name=fq_name, valid_when_locked=True),
            )


def _is_another_kind(spec: FieldComparisonSpec) -> bool:
    """A field became a password, a row of boxes, a list: readers show its value in another way."""
    before, after = (at(field, "/Ff", 0) for field in (spec.old_field, spec.new_field))
    if not isinstance(before, int) or not isinstance(after, int):
        return bool(before != after)
    return bool((before ^ after) & ~_HARMLESS_FLAGS)


def _is_drawn_anew(revision: HistoricalResolver) -> bool:
    return bool(at(at(revision.root, "/AcroForm"), "/NeedAppearances", False))


def _array_updates(
    page: generic.Reference, was: Any, array: generic.Reference, old: HistoricalResolver
) -> Updates:
    before = was.raw_get("/Annots") if "/Annots" in was else None
    is_same = isinstance(before, generic.IndirectObject) and before.reference == array
    if is_same or old.is_ref_unassignable(array):
        context = RelativeContext(page, RawPdfPath("/Annots"))
        yield _BOOKKEEPING, ReferenceUpdate(array, context_checked=context)


def _annotation_updates(
    annotation: Any, old: HistoricalResolver, new: HistoricalResolver, widgets: Widgets
) -> Updates:
    if not is_widget(annotation, widgets):
        _require_harmless(annotation.get_object())
        for ref in _new_refs(annotation, old, new):
            yield ModificationLevel.ANNOTATIONS, ReferenceUpdate(ref)


def _require_harmless(note: Any) -> None:
    if not isinstance(note, generic.DictionaryObject):
        raise SuspiciousModification("a note is odd")
    action = at(note, "/A")
    acts = "/AA" in note or (action is not None and at(action, "/S") not in _HARMLESS_ACTIONS)
    if at(note, "/Subtype") not in NOTES or acts:
        raise SuspiciousModification("more than a note was added")


def _new_refs(
    value: Any, old: HistoricalResolver, new: HistoricalResolver
) -> set[generic.Reference]:
    refs = new.collect_dependencies(value, since_revision=old.revision + 1)
    return {ref for ref in refs if old.is_ref_unassignable(ref)}
