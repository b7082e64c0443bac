"""Services of the basket, found by words in the search of a unit (REG §3.4)."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from django.utils import timezone

from kooperacja.ui.everywhere import MOST, Found
from kooperacja.ui.polish import localtime
from tenants.baskets import perms
from tenants.baskets.basket import chosen, seen_by
from tenants.baskets.wanted import Wanted
from tenants.people.models import Person


def services(person: Person, words: str) -> Iterator[Found]:
    """The same that the basket's own page would find."""
    all_seen = seen_by(partial(perms.reach_for, person), timezone.localdate())
    for seen in islice(chosen(all_seen, Wanted(szukaj=words), localtime(timezone.now())), MOST + 1):
        entry = seen.entry
        yield Found(entry.name, entry.url, f"{entry.service.card.owner}, {entry.first_groups}")
