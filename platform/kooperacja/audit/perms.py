"""Permission to read the journal of a tenant: the app that knows its people says whose it is."""

from dataclasses import dataclass

from kooperacja.offers import Offer, of
from kooperacja.permissions import Permission


@dataclass(frozen=True, slots=True)
class JournalReaders(Offer):
    """The readers of a tenant's journal."""

    may_read: Permission[...]


def read_journal() -> Permission[...]:
    (readers,) = of(JournalReaders)
    return readers.may_read
