"""People of the Lider's office, found by words."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from kooperacja.ui.everywhere import MOST, Found
from kooperacja.ui.search import matching
from tenants.people.models import Person, RoleAssignment


def office(person: Person, words: str) -> Iterator[Found]:
    held = RoleAssignment.objects.of_office().on(timezone.localdate())
    rows = matching(held.in_order(), words, "person__full_name")
    for row in rows[: MOST + 1]:
        yield Found(row.person.full_name, reverse("people:office"), row.get_role_display())
