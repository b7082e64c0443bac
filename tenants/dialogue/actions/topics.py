"""Whoever runs a team keeps the short list of topics of its materials."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import fold
from kooperacja.ui.problems import Missing
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.dialogue.models.materials import MAX_TOPICS, NO_TOPIC, MaterialTopic
from tenants.dialogue.perms import materials as perms
from tenants.people.models import Person
from tenants.teams.models import Team


@transaction.atomic
def add_topic(*, by: Actor, team_id: UUID, key: UUID, name: str, after: str) -> MaterialTopic:
    """Add a topic behind another one, or as the first."""
    team = Team.objects.select_for_update().get(pk=team_id)
    perms.keep_topics.require(Person.objects.acting(by), team)
    if saved := MaterialTopic.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    others = topics_of(team)
    if len(others) >= MAX_TOPICS:
        raise ValidationError(f"Tematów może być najwyżej {MAX_TOPICS}. Usuń któryś.")
    _require_new(name, others)
    topic = MaterialTopic(id=key, team=team, name=name, position=0)
    insert_once(topic)
    _place(topic, after, others)
    record(by=by, verb="MATERIAL_TOPIC_ADDED", obj=topic)
    return topic


@transaction.atomic
def change_topic(
    *, by: Actor, topic_id: UUID, version: int, name: str, after: str
) -> MaterialTopic:
    """Give it another name or another place; its materials go with it."""
    topic = _locked(by, topic_id)
    others = [one for one in topics_of(topic.team) if one.pk != topic.pk]
    if topic.version != version:
        raise StaleForm(topic)
    _require_new(name, others)
    topic.name = name
    topic.version += 1
    topic.save(update_fields=["name", "version"])
    _place(topic, after, others)
    record(by=by, verb="MATERIAL_TOPIC_CHANGED", obj=topic)
    return topic


@transaction.atomic
def remove_topic(*, by: Actor, topic_id: UUID, version: int) -> None:
    """Delete a topic; its materials stand under "Inne" from now on."""
    try:
        topic = _locked(by, topic_id)
    except Missing:
        raise AlreadySaved(None) from None
    if topic.version != version:
        raise StaleForm(topic)
    topic.materials.update(topic=None)
    record(by=by, verb="MATERIAL_TOPIC_REMOVED", obj=topic)
    topic.delete()


def topics_of(team: Team) -> list[MaterialTopic]:
    rows = MaterialTopic.objects.filter(team=team).select_related("team")
    return list(rows.order_by("position", "pk"))


def _locked(by: Actor, topic_id: UUID) -> MaterialTopic:
    """The topic, locked after whoever else changes something of its team."""
    rows = MaterialTopic.objects.select_related("team")
    team = rows.filter(pk=topic_id).values_list("team", flat=True).first()
    Team.objects.select_for_update().filter(pk=team).first()
    topic = rows.select_for_update(of=("self",)).filter(pk=topic_id).first()
    if topic is None:
        raise Missing("Tego tematu już nie ma", "Ktoś go właśnie usunął.")
    perms.keep_topic.require(Person.objects.acting(by), topic)
    return topic


def _require_new(name: str, others: list[MaterialTopic]) -> None:
    """No other topic of the team is called so; names are sealed, so they are compared here."""
    if fold(name) in {fold(NO_TOPIC), *(fold(one.name) for one in others)}:
        raise ValidationError({"name": "Taki temat już jest. Podaj inną nazwę."})


def _place(topic: MaterialTopic, after: str, others: list[MaterialTopic]) -> None:
    """Put it behind the topic of that id, as the first without one, and number all anew."""
    ids = [str(one.pk) for one in others]
    if after and after not in ids:
        raise ValidationError({"after": "Tego tematu już nie ma. Wybierz inne miejsce."})
    others.insert(ids.index(after) + 1 if after else 0, topic)
    for position, one in enumerate(others, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
