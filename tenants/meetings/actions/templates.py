"""Agendas are kept as templates, and begun from them (REG §2.5)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in, save_edited
from tenants.meetings import perms
from tenants.meetings.actions.agenda import locked_agenda
from tenants.meetings.actions.planning import locked
from tenants.meetings.given import GivenAgenda, given_for
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.papers import AgendaTemplate
from tenants.people.models import Person
from tenants.teams.models import Team

Items = list[dict[str, Any]]
_PARTS = ("title", "kind", "minutes", "presenter")


def agendas_for(kind: str) -> dict[str, AgendaTemplate | GivenAgenda]:
    """Agendas from which a team of a kind may begin, by what a form calls them."""
    own = {str(one.pk): one for one in AgendaTemplate.objects.filter(kind=kind)}
    return {**own, **{one.code: one for one in given_for(kind)}}


@transaction.atomic
def save_template(
    *, by: Actor, team_id: UUID, key: UUID, name: str, items: Items
) -> AgendaTemplate:
    """Keep a list of items for all teams of the same kind."""
    team = Team.objects.get(pk=team_id)
    perms.convene.require(Person.objects.acting(by), team)
    require_open(team)
    return _saved(by, AgendaTemplate(id=key, kind=team.kind, name=name, items=items))


@transaction.atomic
def save_agenda(*, by: Actor, meeting_id: UUID, key: UUID, name: str) -> AgendaTemplate:
    """Keep the agenda of a meeting as a template."""
    meeting = locked(by, meeting_id)
    require_kept(meeting)
    items = [{part: getattr(item, part) for part in _PARTS} for item in meeting.items.all()]
    return _saved(by, AgendaTemplate(id=key, kind=meeting.team.kind, name=name, items=items))


def require_kept(meeting: Meeting) -> None:
    """It has an agenda, and not one that lies under a closed team's key."""
    require_open(meeting.team)
    if not meeting.items.exists():
        raise Problem(
            "Spotkanie nie ma jeszcze porządku obrad",
            "Dodaj choć jeden punkt.",
            kept=NOTHING_SAVED,
            at=meeting,
        )


def require_open(team: Team) -> None:
    """A template is read by whoever runs teams of its kind, and its name stands in the journal."""
    if team.law.is_closed:
        raise Problem(
            "Porządku obrad tego zespołu nie zapisuje się jako szablonu",
            "Tematy spotkań są zaszyfrowane kluczem zespołu, a szablon czytają inni.",
            kept=NOTHING_SAVED,
        )


def _saved(by: Actor, template: AgendaTemplate) -> AgendaTemplate:
    insert_once(template)
    record(by=by, verb="AGENDA_TEMPLATE_SAVED", obj=template)
    return template


@transaction.atomic
def edit_template(
    *, by: Actor, template_id: UUID, version: int, values: dict[str, Any]
) -> AgendaTemplate:
    """Change its name and items; agendas that began from it stay."""
    template = _locked(by, template_id)
    changed = save_edited(template, version, values)
    data = {"fields": sorted(changed)}
    record(by=by, verb="AGENDA_TEMPLATE_EDITED", obj=template, data=data)
    return template


@transaction.atomic
def remove_template(*, by: Actor, template_id: UUID, version: int) -> None:
    """Delete it; agendas that began from it stay."""
    try:
        template = _locked(by, template_id)
    except Missing:
        raise AlreadySaved(None) from None
    if template.version != version:
        raise StaleForm(template)
    record(by=by, verb="AGENDA_TEMPLATE_REMOVED", obj=template)
    template.delete()


def _locked(by: Actor, template_id: UUID) -> AgendaTemplate:
    template = AgendaTemplate.objects.select_for_update().filter(pk=template_id).first()
    if template is None:
        raise Missing("Tego szablonu już nie ma", "Ktoś go właśnie usunął.")
    perms.keep_template.require(Person.objects.acting(by), template)
    return template


@transaction.atomic
def add_from_template(*, by: Actor, meeting_id: UUID, key: UUID, template: str) -> Meeting:
    """Add the items of a template behind those that stand; `key` becomes the first one's id."""
    meeting = locked_agenda(by, meeting_id)
    chosen = agendas_for(meeting.team.kind).get(template)
    if chosen is None:
        raise ValidationError({"template": "Tego szablonu już nie ma. Wybierz inny."})
    first = next_in(meeting.items, "position")
    for position, values in enumerate(chosen.items, start=first):
        item = AgendaItem(meeting=meeting, position=position, **values)
        if position == first:
            item.id = key
        insert_once(item)
    data = {"template": [None, chosen.name], "items": [None, len(chosen.items)]}
    record(by=by, verb="AGENDA_FROM_TEMPLATE", obj=meeting, data=data)
    return meeting
