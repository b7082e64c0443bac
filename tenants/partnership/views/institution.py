"""What the pages of an institution share."""

from datetime import date
from typing import Any

from django.db.models import F

from tenants.partnership import perms
from tenants.partnership.models import DesignatedWorker, Membership
from tenants.people import perms as people_perms
from tenants.people.models import Organisation, Person


def of_institution(organisation: Organisation) -> dict[str, Any]:
    """Where a form about an institution stands and where it leads back."""
    crumbs = [("Instytucje", "partnership:organisations"), (organisation.name, organisation.url)]
    return {"to": organisation.url, "eyebrow": organisation.name, "crumbs": crumbs}


def memberships_of(organisation: Organisation, day: date) -> list[tuple[Membership, bool]]:
    """Newest first, with coordinators, levels and flags of each; whether it holds on the day."""
    rows = organisation.memberships.order_by("-from_on").prefetch_related(
        "coordinators__person", "engagements", "flags"
    )
    return [(membership, membership.holds_on(day)) for membership in rows]


def people_of(organisation: Organisation) -> dict[str, Any]:
    """Posts and designated workers, those of today first."""
    newest = (F("ended_on").desc(nulls_first=True), "-from_on", "pk")
    workers = DesignatedWorker.objects.filter(membership__organisation=organisation)
    return {
        "posts": list(organisation.posts.select_related("person").order_by(*newest)),
        "workers": list(workers.select_related("person", "indicated_by").order_by(*newest)),
    }


def rights_in(person: Person, organisation: Organisation) -> dict[str, bool]:
    return {
        "can_edit": people_perms.edit_organisation(person, organisation),
        "can_edit_profile": people_perms.edit_profile(person, organisation),
        "can_keep_posts": perms.keep_posts(person),
        "can_delegate": perms.name_coordinators(person, organisation),
        "can_rate": perms.set_engagement(person),
        "can_see_reasons": perms.see_reasons(person, organisation),
        "sees_members": perms.see_members(person),
    }
