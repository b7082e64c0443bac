"""Who may read a file: each app registers the kinds it keeps; the rest is refused."""

from collections.abc import Callable

from django.db.models import Q

from kooperacja.documents.models import Document, StoredFile
from kooperacja.tenancy.request import TenantRequest

MayRead = Callable[[TenantRequest, StoredFile], bool]
MayReadIssued = Callable[[TenantRequest, Document], bool]
_kinds: dict[str, MayRead] = {}


def register(kind: str, may_read: MayRead) -> None:
    """Called once a kind by an app's papers, which are imported at the start."""
    if kind in _kinds:
        raise ValueError(f"kind {kind} is registered twice")
    _kinds[kind] = may_read


def register_issued(kind: str, may_read: MayReadIssued) -> None:
    """The files of a document that was issued here are read by whoever may read the document."""

    def may_read_file(request: TenantRequest, file: StoredFile) -> bool:
        document = Document.objects.filter(Q(pdf=file) | Q(docx=file), kind=kind).first()
        return document is not None and may_read(request, document)

    register(kind, may_read_file)


def can_read(request: TenantRequest, file: StoredFile) -> bool:
    may_read = _kinds.get(file.kind)
    return may_read is not None and may_read(request, file)
