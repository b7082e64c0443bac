"""Numbers of the partnership that the region may know (practice-and-law 3.4)."""

from datetime import date

from django.db.models import Count

from tenants.partnership.models import Membership


def members_by_sector(as_of: date) -> dict[str, int]:
    """Kooperanci on a day, by sector; the Lider is no kooperant and isn't counted (REG §1.3)."""
    rows = Membership.objects.on(as_of).values_list("organisation__sector").annotate(n=Count("pk"))
    return {str(sector): int(n) for sector, n in rows.order_by()}


def members_joined(from_on: date, to_on: date) -> int:
    """How many joined from the one day to the other, both included."""
    return Membership.objects.filter(from_on__range=(from_on, to_on)).count()
