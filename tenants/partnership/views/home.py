"""The first page of a tenant: "Co dziś"."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import page
from tenants.partnership import perms
from tenants.partnership.models import (
    AccessionDeclaration,
    Membership,
    PartnershipCoordinator,
    Person,
    RoleAssignment,
)
from tenants.partnership.people import PersonRequest
from tenants.partnership.today.waiting import waiting_for
from tenants.partnership.workflow import OPEN_DECLARATIONS, DeclarationState
from tenants.registry.roles import Role

_SHOWN = 50


@page(perms.enter)
def today(request: PersonRequest) -> HttpResponse:
    """What waits, each with the clause it rests on; for the office and for a partner."""
    person, day = request.person, timezone.localdate()
    context: dict[str, Any] = {
        "day": day,
        "waiting": waiting_for(person, day),
        "sees_members": perms.see_members(person),
        "is_of_office": perms.is_of_office(person),
        "can_keep_register": perms.keep_organisations(person),
    }
    if context["sees_members"]:
        context["members_count"] = Membership.objects.on(day).count()
    if perms.keep_organisations(person):
        context |= _of_office(person, day)
    if own := perms.own_organisations(person):
        context |= _of_partner(person, own, day)
    return render(request, "partnership/home.html", context)


def _of_office(person: Person, day: date) -> dict[str, Any]:
    waiting = AccessionDeclaration.objects.filter(state__in=OPEN_DECLARATIONS)
    declarations = list(
        waiting.select_related("organisation", "regulation").order_by("received_on", "created_at")[
            :_SHOWN
        ]
    )
    filed = [one for one in declarations if one.state == DeclarationState.FILED]
    return {
        "filed": [
            (one, bool(one.decision_due and one.decision_due < day), perms.decide(person, one))
            for one in filed
        ],
        "unfinished": [one for one in declarations if one.state != DeclarationState.FILED],
        "not_entered": _not_entered(day),
        "may_become_lead": perms.become_lead(person) and _has_no_lead(day),
    }


def _not_entered(day: date) -> list[PartnershipCoordinator]:
    """Coordinators who were invited and have not come in yet."""
    seats = PartnershipCoordinator.objects.on(day).filter(person__account_id=None)
    seats = seats.filter(Q(membership__ended_on=None) | Q(membership__ended_on__gt=day))
    return list(
        seats.select_related("person", "membership__organisation").order_by("from_on")[:_SHOWN]
    )


def _has_no_lead(day: date) -> bool:
    return not RoleAssignment.objects.on(day).filter(role=Role.LEAD).exists()


def _of_partner(person: Person, own: set[Any], day: date) -> dict[str, Any]:
    members = Membership.objects.on(day).filter(organisation__in=own)
    declarations = AccessionDeclaration.objects.filter(
        organisation__in=own, state__in=OPEN_DECLARATIONS
    )
    return {
        "own_memberships": list(members.select_related("organisation", "declaration")),
        "own_declarations": [
            one
            for one in declarations.select_related("organisation")
            if perms.see_declaration(person, one)
        ],
    }
