"""Readers of the version in force: one's own word, and the list for the Lider (REG §9)."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, page, row, sent
from kooperacja.ui.polish import polish_order, sort_key
from kooperacja.ui.tables import Column, Table
from tenants.people.identity import PersonRequest
from tenants.people.invited import standings
from tenants.people.merged import staying_for
from tenants.people.models import Person, RoleAssignment
from tenants.regulation import perms
from tenants.regulation.actions.versions import acknowledge_regulation
from tenants.regulation.models import RegulationVersion


def _places(person: Any) -> str:
    names = {held.organisation.name if held.organisation else "ośrodek" for held in person.held}
    return ", ".join(sorted(names, key=sort_key))


_COLUMNS = (
    Column("osoba", "Osoba", "full_name", sort=polish_order("full_name"), is_header=True),
    Column("gdzie", "Instytucja", _places),
    Column("konto", "Konto", lambda person: person.standing),
)


def _tell_standing(people: Iterable[Any]) -> None:
    """Note of each how the accounts and invitations stand by which they come in."""
    known = standings(role for person in people for role in person.held)
    for person in people:
        words = dict.fromkeys(known[role.pk].words for role in person.held)
        person.standing = ", ".join(words)


@page(perms.acknowledge_regulation, row(RegulationVersion.objects.only("pk")), methods=("POST",))
def acknowledge(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    return form_page(
        request,
        forms.Form(**sent(request)),
        partial(acknowledge_regulation, by=request.actor, regulation_id=version.pk),
        said="Zapisano, że znasz tę wersję regulaminu.",
        to=RegulationVersion.LIST_PAGE,
    )


@page(perms.see_who_acknowledged, row(RegulationVersion))
def listing(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    """Everybody with a role here who has not read a version yet."""
    readers = version.acknowledgements.values_list("person", flat=True)
    known = Q(pk__in=[*staying_for(Person, readers).values()])
    held = RoleAssignment.objects.on(timezone.localdate())
    people = Person.objects.filter(Exists(held.filter(person=OuterRef("pk"))))
    roles = Prefetch("role_assignments", held.select_related("organisation"), to_attr="held")
    table = Table(
        request,
        people.exclude(known).prefetch_related(roles),
        _COLUMNS,
        "Kto nie potwierdził jeszcze, że zna regulamin",
        default="osoba",
        empty="Wszyscy, którzy mają rolę w Partnerstwie, znają tę wersję.",
    )
    _tell_standing(table.page.rows)
    context = {"version": version, "table": table, "done": people.filter(known).count()}
    return render(request, "regulation/regulation_readers.html", context)
