"""The first page of a tenant: "Co dziś"."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import page
from kooperacja.ui.page_parts import parts_of
from tenants.people import perms
from tenants.people.identity import PersonRequest
from tenants.people.models import RoleAssignment
from tenants.people.today import waiting_for
from tenants.registry.roles import Role


@page(perms.enter)
def today(request: PersonRequest) -> HttpResponse:
    """What waits, each with the clause it rests on, then what each app has to say."""
    person, day = request.person, timezone.localdate()
    context = {
        "day": day,
        "waiting": waiting_for(person, day),
        "may_become_lead": perms.become_lead(person) and _has_no_lead(day),
        "parts": parts_of("home", request, day),
    }
    return render(request, "people/home.html", context)


def _has_no_lead(day: date) -> bool:
    return not RoleAssignment.objects.on(day).filter(role=Role.LEAD).exists()
