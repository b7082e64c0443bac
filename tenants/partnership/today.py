"""Members for whom nobody coordinates (REG §1.3.a par. 2), and first steps of a partnership."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from kooperacja.ui.polish import polish_order, quoted
from tenants.partnership.models import (
    TO_FILL_IN,
    Membership,
    Partnership,
    PartnershipCoordinator,
)
from tenants.people import perms as people_perms
from tenants.people.models import Organisation, Person, roles_of
from tenants.people.today import Waiting
from tenants.registry.roles import Role

_SHOWN = 50


def missing_coordinators(person: Person, day: date) -> Iterator[Waiting]:
    """All of them for the office; for a head, its own institution."""
    headed = [
        held.organisation_id
        for held in roles_of(person)
        if held.role == Role.PARTNER_HEAD and held.organisation_id
    ]
    if not people_perms.keep_organisations(person) and not headed:
        return
    seats = PartnershipCoordinator.objects.on(day).filter(membership=OuterRef("pk"))
    members = Membership.objects.on(day).filter(~Exists(seats)).select_related("organisation")
    if not people_perms.keep_organisations(person):
        members = members.filter(organisation__in=headed)
    for member in members.order_by(polish_order("organisation__name"), "pk")[:_SHOWN]:
        yield Waiting(
            title=f"{quoted(member.organisation.name)} nie ma koordynatora",
            href=reverse("partnership:organisation", args=[member.organisation_id]),
            clause="§ 1 ust. 3 lit. a regulaminu",
            text="Każdy kooperant deleguje co najmniej jedną osobę.",
        )


def office_was_named() -> Any:
    return Partnership.objects.exclude(lead_name__endswith=f"({TO_FILL_IN})")


def institution_was_entered() -> Any:
    return Organisation.objects.all()
