"""Authorisations and statements of people, found by their names (REG §8.1, §8.2)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from kooperacja.ui.everywhere import MOST, Found
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.search import matching
from tenants.data_protection import perms
from tenants.data_protection.models import ConfidentialityStatement, ProcessingAuthorisation
from tenants.people.models import Person


def of_people(person: Person, words: str) -> Iterator[Found]:
    """Also those that have ended: it is asked what was ever given."""
    for row in _named(person, ProcessingAuthorisation.objects.all(), words):
        yield Found(f"{row}: {row.person.full_name}", row.url, f"{row.standing}, {row.place}")
    listed = f"{reverse('data_protection:statements')}?stan=wszystkie"
    for row in _named(person, ConfidentialityStatement.objects.all(), words):
        said = f"złożono {pl_date(row.from_on)}, {row.place}"
        yield Found(f"Oświadczenie o poufności: {row.person.full_name}", listed, said)


def _named(person: Person, rows: Any, words: str) -> Any:
    seen = matching(perms.register_entries_seen_by(person, rows), words, "person__full_name")
    in_order = seen.order_by(polish_order("person__full_name"), "-from_on", "pk")
    return in_order.select_related("person", "organisation")[: MOST + 1]
