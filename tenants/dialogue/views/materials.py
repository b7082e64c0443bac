"""Materials of teams: the list by topic, one of them, how it is shared and kept (POR §2.3.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, page, sent, step
from kooperacja.ui.forms import is_search_wrong
from kooperacja.ui.pagination import paginate
from kooperacja.workflow import require_may
from tenants.dialogue.actions import materials as acts
from tenants.dialogue.actions.topics import topics_of
from tenants.dialogue.forms.materials import (
    NOBODY,
    CorrectMaterialForm,
    MaterialsFilter,
    NewVersionForm,
    ShareMaterialForm,
    WithdrawMaterialForm,
)
from tenants.dialogue.models.materials import (
    Material,
    MaterialFile,
    MaterialQuerySet,
    MaterialTopic,
)
from tenants.dialogue.perms import materials as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.said import materials_with
from tenants.dialogue.views.risks import find_team
from tenants.dialogue.workflow import MaterialState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.models import Team
from tenants.teams.sides import in_words

LIST = ("Materiały", "dialogue:materials")
_ROWS = Material.objects.select_related("team", "person", "organisation", "topic__team")
find = visible(_ROWS, perms.see_material, "Nie ma takiego materiału")
_CARE = (
    "Zobaczą go wszyscy członkowie zespołu. Udostępniaj to, co pomaga wszystkim: poradniki, wzory, "
    "dane statystyczne, adresy stron."
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Materials of a team on one topic."""

    team: Team
    topic: str
    rows: list[Material]


def _shelves(rows: Iterable[Material]) -> list[Shelf]:
    """The rows of a page, which stand in this order."""
    today, shelves = timezone.localdate(), []
    for _, group in groupby(rows, lambda row: (row.team_id, row.topic_id)):
        together = list(group)
        for row in together:
            row.is_outdated = row.is_outdated_on(today)  # type: ignore[attr-defined]
        shelves.append(Shelf(together[0].team, together[0].topic_name, together))
    return shelves


@page(perms.see_materials)
def listing(request: PersonRequest) -> HttpResponse:
    person, mine = request.person, _teams(request.person)
    form = MaterialsFilter(request.GET, topics=_topics(mine))
    rows = _chosen(form, person)
    shown = paginate(_with_files(rows.in_order()), request)
    context = {
        "form": form,
        "is_refused": is_search_wrong(form),
        "is_narrowed": any(form.chosen.values()),
        "shelves": _shelves(shown.rows),
        "page": shown,
        "has_teams": len({row.team_id for row in shown.rows}) > 1,
        "shares": [team for team in mine if perms.share(person, team)],
        "keeps": [team for team in mine if perms.keep_topics(person, team)],
    }
    return render(request, "dialogue/materials.html", context)


def _teams(person: Person) -> list[Team]:
    """Open teams of today that the person reads."""
    mine = teams.readable_on(person, timezone.localdate())
    return [team for team in mine if not team.law.is_closed]


def _topics(mine: list[Team]) -> list[tuple[str, str]]:
    """The topics of these teams, to choose from."""
    rows = MaterialTopic.objects.filter(team__in=mine).select_related("team")
    rows = rows.order_by("team__from_on", "team", "position", "pk")
    return [(str(one.pk), one.name) for one in rows]


def _chosen(form: MaterialsFilter, person: Person) -> MaterialQuerySet:
    chosen, rows = form.chosen, Material.objects.read_by(person)
    if words := chosen.get("szukaj"):
        rows = rows.filter(pk__in=[row.pk for row in materials_with(person, words)])
    if topic := chosen.get("temat"):
        rows = rows.filter(topic=None if topic == NOBODY else topic)
    return rows


def _with_files(rows: MaterialQuerySet) -> MaterialQuerySet:
    """With who shared them and their versions, the newest first."""
    versions = MaterialFile.objects.select_related("file", "person").order_by("-position")
    known = rows.select_related("team", "person", "organisation", "topic__team")
    return known.prefetch_related(Prefetch("versions", versions))


@page(perms.see_material, find)
def show(request: PersonRequest, material: Material) -> HttpResponse:
    versions = list(material.versions.select_related("file", "person").order_by("-position"))
    can_change = material.is_shared and perms.change(request.person, material)
    context = {
        "material": material,
        "is_outdated": material.is_outdated_on(timezone.localdate()),
        "newest": versions[0] if versions else None,
        "earlier": versions[1:],
        "can_change": can_change,
    }
    return render(request, "dialogue/material.html", context)


def _crumbs(material: Material) -> list[tuple[str, str]]:
    return [LIST, (str(material), material.url)]


@step(perms.share, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    speaks = in_words(member_for(request.person, team))
    return form_page(
        request,
        ShareMaterialForm(**sent(request), speaks_for=speaks, topics=topics_of(team)),
        partial(acts.share, by=request.actor, team_id=team.pk),
        said="Udostępniono. Członkowie zespołu dowiedzą się o tym z wiadomości dnia.",
        to=lambda material: material.url,
        back=LIST[1],
        title="Udostępnij materiał",
        lead=_CARE,
        crumbs=[LIST],
        submit="Udostępnij",
    )


@step(perms.change, find)
def edit(request: PersonRequest, material: Material) -> HttpResponse:
    return form_page(
        request,
        CorrectMaterialForm(**sent(request), row=material, topics=topics_of(material.team)),
        partial(guarded(acts.correct), by=request.actor, material_id=material.pk),
        ready=partial(acts.require_shared, material),
        said="Zapisano.",
        to=material.url,
        title="Popraw materiał",
        lead=f"{material}. Nowy plik dodasz na jego stronie."
        if material.is_file
        else f"{material}.",
        crumbs=_crumbs(material),
    )


@step(perms.change, find)
def add_version(request: PersonRequest, material: Material) -> HttpResponse:
    return form_page(
        request,
        NewVersionForm(**sent(request), row=material),
        partial(acts.add_version, by=request.actor, material_id=material.pk),
        ready=partial(acts.require_file, material),
        said="Dodano nową wersję. Wcześniejsza została na stronie materiału.",
        to=lambda _: material.url,
        back=material.url,
        title="Dodaj nową wersję pliku",
        lead=f"{material}. Nowy plik stanie na liście zamiast obecnego; wcześniejsze zostaną na "
        "stronie materiału.",
        crumbs=_crumbs(material),
        submit="Dodaj wersję",
    )


@step(perms.change, find)
def withdraw(request: PersonRequest, material: Material) -> HttpResponse:
    return form_page(
        request,
        WithdrawMaterialForm(**sent(request), row=material),
        partial(guarded(acts.withdraw), by=request.actor, material_id=material.pk),
        ready=partial(require_may, material, MaterialState.WITHDRAWN),
        said="Wycofano materiał.",
        # Its author reads it no longer.
        to=Material.list_url(),
        back=material.url,
        title="Wycofaj materiał",
        lead=f"{material} zniknie z listy i z wyszukiwarki, a jego plików nikt już nie otworzy, z "
        "wyjątkiem osoby, która kieruje zespołem. Wycofanego materiału nie można przywrócić, ale "
        "można go udostępnić jeszcze raz.",
        crumbs=_crumbs(material),
        submit="Wycofaj materiał",
    )
