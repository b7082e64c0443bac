"""The teams of a unit and their seats as of a day (REG §2; POR §2)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import list_page, page
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.search import matching
from kooperacja.ui.tables import Column, Table
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.teams import perms
from tenants.teams.forms import SeatsFilter
from tenants.teams.models import Seat, Team

_TEAMS = (
    Column("zespol", "Zespół", str, is_link=True),
    Column("od", "Działa od", "from_on", sort="from_on"),
    Column("do", "Zakończył działanie", "ended_on", sort="ended_on"),
)
_SEATS = (
    Column(
        "instytucja",
        "Instytucja",
        lambda seat: seat.organisation or "Lider",
        sort=polish_order("organisation__name"),
        href=lambda seat: seat.organisation.url if seat.organisation_id else "",
    ),
    Column("osoba", "Osoba", "who", sort=polish_order("person__full_name"), is_header=True),
    Column("funkcja", "Funkcja", "function"),
    Column("od", "Od", "from_on", sort="from_on"),
)


@page(perms.see_teams)
def teams(request: PersonRequest) -> HttpResponse:
    """Teams whose members one may know."""
    table = Table(
        request,
        perms.known_to(request.person),
        _TEAMS,
        "Zespoły",
        default="od",
        id="zespoly",
        empty="Nie ma jeszcze żadnego zespołu. Powstaje z dniem, w którym zaczyna obowiązywać "
        "pierwszy regulamin.",
    )
    return list_page(
        request,
        table,
        title="Zespoły",
        lead="Zespoły tej jednostki, ich skład i zasady pracy: § 2 regulaminu albo porozumienia.",
    )


def _known(person: Person, pk: UUID) -> Team:
    return get_object_or_404(perms.known_to(person), pk=pk)


@page(perms.see_teams, _known)
def team(request: PersonRequest, team: Team) -> HttpResponse:
    """The seats of a team on a day and the terms of its work."""
    form = SeatsFilter(request.GET)
    day = form.chosen.get("dzien") or timezone.localdate()
    seats = Seat.objects.taken(day).filter(team=team).select_related("person", "organisation")
    table = Table(
        request,
        matching(seats, form.chosen.get("szukaj", ""), "person__full_name", "organisation__name"),
        _SEATS,
        f"Skład zespołu na dzień {pl_date(day)}",
        default="instytucja",
        id="sklad",
        empty="Nikt nie odpowiada wybranym warunkom.",
        nothing="Tego dnia zespół nie miał składu.",
    )
    return list_page(
        request,
        table,
        form,
        template="teams/team.html",
        title=str(team),
        lead=f"Skład i zasady pracy zespołu: {team.law.clause}.",
        crumbs=[("Zespoły", reverse("teams:teams"))],
        last=str(team),
        terms=team.terms_on(day),
        team=team,
        is_taken=True,
    )
