"""Who may read the journal of a tenant."""

from collections.abc import Iterable
from typing import Any

JOURNAL_ROLES = frozenset({"TENANT_ADMIN", "LEAD", "DPO"})


def can_read_journal(access: Iterable[Any]) -> bool:
    """The administrator, the Lider and the data protection officer."""
    return any(row.role in JOURNAL_ROLES for row in access)
