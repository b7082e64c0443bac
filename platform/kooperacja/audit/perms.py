"""Permission to read the journal of a tenant: the app that knows its people says whose it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kooperacja.offers import Offer, of
from kooperacja.permissions import Permission


@dataclass(frozen=True, slots=True)
class JournalReaders(Offer):
    """The readers of a tenant's journal, and the institutions that a text names."""

    may_read: Permission[...]
    institutions: Callable[[str], QuerySet[Any]]


def read_journal() -> Permission[...]:
    (readers,) = of(JournalReaders)
    return readers.may_read


def institutions(text: str) -> QuerySet[Any]:
    (readers,) = of(JournalReaders)
    return readers.institutions(text)
