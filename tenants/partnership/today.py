"""An office without its name, members for whom nobody coordinates (REG §1.3), first steps."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import polish_order, quoted
from tenants.partnership import perms
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people import perms as people_perms
from tenants.people.models import Organisation, Person
from tenants.people.today import Waiting
from tenants.registry.models import Tenant
from tenants.registry.roles import Role

_SHOWN = 50
OFFICE_NAME = "OFFICE_NAME"
NAME_STANDS = "Stanie w regulaminie, na pismach i na stronie publicznej Partnerstwa."


def unnamed_office(person: Person, day: date) -> Iterator[Waiting]:
    """The Lider's full name, which every page and paper takes from the data of the office."""
    if not perms.edit_partnership(person):
        return
    partnership = Partnership.here()
    if partnership is not None and not partnership.official_name:
        yield Waiting(
            title="Podaj pełną nazwę ośrodka",
            href=reverse("partnership:office_edit"),
            clause=str(perms.edit_partnership.clause),
            text=NAME_STANDS,
            since=_opened_on(),
            about=OFFICE_NAME,
        )


def _opened_on() -> date | None:
    """The day from which the unit works, which its row in the register keeps."""
    opened_at = Tenant.objects.values_list("opened_at", flat=True).get(pk=current_tenant().id)
    return localdate(opened_at) if opened_at else None


def missing_coordinators(person: Person, day: date) -> Iterator[Waiting]:
    """All of them for the office; for a head, its own institution."""
    headed = [
        held.organisation_id
        for held in person.roles_today
        if held.role == Role.PARTNER_HEAD and held.organisation_id
    ]
    keeps = people_perms.keep_organisations(person)
    if not keeps and not headed:
        return
    lacking = (one for one in _members_of_note(day) if not one.has_coordinator)
    mine = (one for one in lacking if keeps or one.organisation_id in headed)
    for member in islice(mine, _SHOWN):
        yield Waiting(
            title=f"Wpisz koordynatora instytucji {quoted(member.organisation.name)}",
            href=reverse("partnership:organisation", args=[member.organisation_id]),
            clause="§ 1 ust. 3 lit. a regulaminu",
            text="Każdy kooperant deleguje co najmniej jedną osobę.",
            since=max(member.from_on, member.left_on or member.from_on),
        )


@fact
def _members_of_note(day: date) -> tuple[Any, ...]:
    """Members for whom nobody coordinates, or whose membership ends on a day to come, by name."""
    seats = PartnershipCoordinator.objects.on(day).filter(membership=OuterRef("pk"))
    members: Any = Membership.objects.on(day).annotate(
        has_coordinator=Exists(seats), left_on=Max("coordinators__ended_on")
    )
    rows = members.filter(Q(has_coordinator=False) | Q(ended_on__gt=day))
    return tuple(
        rows.select_related("organisation").order_by(polish_order("organisation__name"), "pk")
    )


def ending_memberships(person: Person, day: date) -> Iterator[Waiting]:
    """Memberships that end on a day to come, for whoever reads the register (REG §1.6)."""
    if not perms.see_members(person):
        return
    ending = [one for one in _members_of_note(day) if one.ended_on]
    for member in sorted(ending, key=lambda one: (one.ended_on, one.pk))[:_SHOWN]:
        yield Waiting(
            title=f"Ustaje członkostwo: {member.organisation.name}",
            href=reverse("partnership:organisation", args=[member.organisation_id]),
            clause="§ 1 ust. 6 regulaminu",
            due=member.ended_on,
            matter="Koniec członkostwa",
        )


def office_was_named() -> Any:
    return Partnership.objects.exclude(lead_name="")


def institution_was_entered() -> Any:
    return Organisation.objects.all()
