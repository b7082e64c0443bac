"""Who may read a file: each app registers the kinds it keeps; the rest is refused."""

from collections.abc import Callable

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.request import TenantRequest

MayRead = Callable[[TenantRequest, StoredFile], bool]
_kinds: dict[str, MayRead] = {}


def register(kind: str, may_read: MayRead) -> None:
    """Called once a kind by an app's documents.py, which is imported at the start."""
    if kind in _kinds:
        raise ValueError(f"kind {kind} is registered twice")
    _kinds[kind] = may_read


def is_registered(kind: str) -> bool:
    return kind in _kinds


def can_read(request: TenantRequest, file: StoredFile) -> bool:
    may_read = _kinds.get(file.kind)
    return may_read is not None and may_read(request, file)
