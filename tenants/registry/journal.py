"""The journal of the region: what was done to the region itself, and by whom."""

from django.db.models import QuerySet

from kooperacja.audit.actor import Actor
from tenants.registry.region import RegionEntry
from tenants.registry.workflow import RegionVerb


def note(*, by: Actor, verb: RegionVerb, about: str) -> None:
    """Add an entry."""
    RegionEntry.objects.create(
        account_id=by.account_id,
        actor_name=by.name[:200],
        via=by.via,
        request_id=by.request_id[:64],
        verb=verb,
        about=about[:300],
    )


def about_unit(code: str) -> QuerySet[RegionEntry]:
    """Entries about one unit, whatever its name was then: each begins with the name and the code."""
    return RegionEntry.objects.filter(about__regex=rf"^[^(]*\({code}\)").order_by("-at", "-id")
