"""The journal of the region: what was done to the region itself, and by whom."""

from uuid import UUID

from django.db.models import QuerySet

from kooperacja.audit.actor import Actor
from tenants.registry.region import RegionEntry
from tenants.registry.workflow import RegionVerb


def note(*, by: Actor, verb: RegionVerb, about: str, subject_id: UUID | None = None) -> None:
    """Add an entry."""
    RegionEntry.objects.create(
        account_id=by.account_id,
        actor_name=by.name[:200],
        via=by.via,
        request_id=by.request_id[:64],
        verb=verb,
        about=about[:300],
        subject_id=subject_id,
    )


def about_unit(code: str) -> QuerySet[RegionEntry]:
    """Entries about one unit, whatever its name was then: each begins with the name and the code."""
    return RegionEntry.objects.filter(about__regex=rf"^[^(]*\({code}\)").order_by("-at", "-id")


def about_subject(subject_id: UUID) -> QuerySet[RegionEntry]:
    """Entries about one adviser, under whatever name."""
    return RegionEntry.objects.filter(subject_id=subject_id).order_by("-at", "-id")
