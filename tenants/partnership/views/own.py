""" "Moja instytucja": what belongs to the institutions that one speaks for (REG §1.3.a)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import page
from kooperacja.ui.page_parts import parts_of
from kooperacja.ui.polish import polish_order
from tenants.partnership import perms
from tenants.partnership.institutions import CONTACT, facts_of
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Post
from tenants.people.perms import voiced_organisations
from tenants.registry.places import ENDED_SHOWN

PAGE = "partnership:own_institutions"
_BY_NAME = (polish_order("person__full_name"), "pk")


@page(perms.see_own_institutions)
def own_institutions(request: PersonRequest) -> HttpResponse:
    """Each with its people of today and the ways to what one does for it."""
    own = voiced_organisations(request.person)
    memberships = list(Membership.objects.filter(organisation__in=own).order_by("-from_on", "pk"))
    people = _people_of(own)
    rows = [
        _row(request, one, memberships, people)
        for one in Organisation.objects.filter(pk__in=own).in_order()
    ]
    return render(request, "partnership/own_institutions.html", {"rows": rows})


def _people_of(own: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """The institution of each person who acts for it today, and what the person is there."""
    day = timezone.localdate()
    posts = Post.objects.of_institutions().on(day).filter(organisation__in=own)
    seats = PartnershipCoordinator.objects.on(day).filter(membership__organisation__in=own)
    seats = seats.select_related("person", "membership")
    coordinators = [
        (seat.membership.organisation_id, f"{seat.person}, koordynator Partnerstwa")
        for seat in seats.order_by(*_BY_NAME)
    ]
    return [
        *((post.organisation_id, str(post)) for post in posts.order_by(*_BY_NAME)),
        *coordinators,
    ]


def _row(
    request: PersonRequest,
    organisation: Organisation,
    memberships: list[Membership],
    people: list[tuple[UUID, str]],
) -> dict[str, Any]:
    day = timezone.localdate()
    own = [(one, one.holds_on(day)) for one in memberships if perms.id_of(one) == organisation.pk]
    member = next((one for one, is_current in own if is_current), None)
    ends_on = member.ended_on if member else None
    return {
        "organisation": organisation,
        "member": member,
        "papers_until": ends_on and ends_on + ENDED_SHOWN,
        "facts": facts_of(organisation, CONTACT),
        "people": [who for at, who in people if at == organisation.pk],
        "can_delegate": perms.name_coordinators(request.person, organisation),
        "parts": parts_of(PAGE, request, organisation, own),
    }
