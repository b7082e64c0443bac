"""Declarations and resources of the community, found by words (REG §1.5, §5.1.e)."""

from collections.abc import Iterator

from django.utils import timezone

from kooperacja.ui.everywhere import MOST, Found
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.search import matching
from tenants.accession import perms
from tenants.accession.models.community import CommunityResource
from tenants.people.models import Person


def declarations(person: Person, words: str) -> Iterator[Found]:
    seen = perms.declarations_seen_by(person).select_related("organisation")
    rows = matching(seen, words, "organisation__name").order_by("-created_at", "pk")
    for row in rows[: MOST + 1]:
        day = row.decided_on or row.received_on or timezone.localdate(row.created_at)
        said = f"{row.get_state_display()} {pl_date(day)}, {row.organisation.city}"
        yield Found(row.organisation.name, row.url, said)


def resources(person: Person, words: str) -> Iterator[Found]:
    rows = CommunityResource.objects.chosen(timezone.localdate(), szukaj=words)
    for row in rows.order_by(polish_order("name"), "pk")[: MOST + 1]:
        yield Found(row.name, row.url, row.area)
