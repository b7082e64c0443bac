"""Templates of agendas: kept, made of agendas and of given ones, used, changed, deleted."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings.actions import templates as acts
from tenants.meetings.forms.papers import EditTemplateForm
from tenants.meetings.given import GIVEN
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.papers import AgendaTemplate
from tenants.registry.roles import Role
from tenants.teams.kinds import PZK, ZZK
from tenants.teams.models import Team
from tests.factories import meetings as make
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in meeting.items.all()]


def add(meeting: Meeting, template: str, key: Any = None) -> Meeting:
    return acts.add_from_template(
        by=make.by(), meeting_id=meeting.pk, key=key or uuid7(), template=template
    )


def test_items_of_a_template_stand_behind_those_there_are_and_come_once() -> None:
    meeting, template, key = make.planned(), make.template(), uuid7()
    add(meeting, str(template.pk), key)
    with pytest.raises(AlreadySaved):
        add(meeting, str(template.pk), key)
    assert titles(meeting) == ["Potrzeby seniorów", "Dyżury instytucji", "Wolne wnioski"]
    last = meeting.items.last()
    assert last is not None
    assert (last.kind, last.minutes, last.presenter) == ("DISCUSSION", 20, "pracownik ds. sieci")
    assert [item.position for item in meeting.items.all()] == [1, 2, 3]


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: given.code)
def test_an_agenda_begins_from_a_given_template(given: Any) -> None:
    meeting = make.planned()
    add(meeting, given.code)
    assert titles(meeting)[1:] == [item["title"] for item in given.items]


def test_the_agenda_of_a_meeting_is_kept_without_what_was_said() -> None:
    meeting = make.planned()
    make.item(meeting, "Kalendarz", text="Opis tylko na to spotkanie", minutes=None)
    template = acts.save_agenda(by=make.by(), meeting_id=meeting.pk, key=uuid7(), name="Zima")
    again = make.planned(timezone.localdate() + timezone.timedelta(days=50))
    add(again, str(template.pk))
    assert titles(again)[1:] == ["Potrzeby seniorów", "Kalendarz"]
    assert "Opis" not in str(template.items)


def test_a_closed_teams_agenda_is_not_kept_and_an_empty_one_neither() -> None:
    meeting = make.planned()
    closed = Meeting(team=Team(kind=ZZK))
    with pytest.raises(Problem, match="nie zapisuje się jako szablonu"):
        acts.require_kept(closed)
    meeting.items.all().delete()
    with pytest.raises(Problem, match="nie ma jeszcze porządku"):
        acts.save_agenda(by=make.by(), meeting_id=meeting.pk, key=uuid7(), name="x")
    assert not AgendaTemplate.objects.exists()


def test_of_two_who_change_a_template_the_later_one_is_told() -> None:
    template = make.template()
    values = {"name": "Inna nazwa", "items": template.items}
    by = make.by()
    acts.edit_template(by=by, template_id=template.pk, version=0, values=values)
    late = {**values, "name": "Jeszcze inna"}
    with pytest.raises(StaleForm):
        acts.edit_template(by=by, template_id=template.pk, version=0, values=late)
    with pytest.raises(StaleForm):
        acts.remove_template(by=by, template_id=template.pk, version=0)
    assert AgendaTemplate.objects.get().name == "Inna nazwa"


def test_a_deleted_template_is_picked_no_more_and_its_agendas_stay() -> None:
    meeting, template = make.planned(), make.template()
    add(meeting, str(template.pk))
    acts.remove_template(by=make.by(), template_id=template.pk, version=0)
    with pytest.raises(ValidationError):
        add(meeting, str(template.pk))
    assert len(titles(meeting)) == 3


def test_a_closed_meeting_takes_no_items_from_a_template() -> None:
    meeting = make.closed()
    with pytest.raises(Problem, match="nie można już zmienić"):
        add(meeting, "pierwsze")
    assert len(titles(meeting)) == 1


def test_only_who_runs_the_team_keeps_templates() -> None:
    template = make.template()
    worker = make_people.by(make_people.person(Role.SOCIAL_WORKER))
    with pytest.raises(Refused):
        acts.remove_template(by=worker, template_id=template.pk, version=0)
    with pytest.raises(Refused):
        acts.save_template(by=worker, team_id=make.pzk().pk, key=uuid7(), name="x", items=[])
    assert list(AgendaTemplate.objects.all()) == [template]


def test_rows_of_the_form_are_items_in_the_order_asked_for(partnership: TenantRef) -> None:
    browser, _ = make_people.signed_in(partnership, Role.LEAD)
    plain = {f"kind-{row}": "DECISION" for row in range(1, 6)}
    sent = {"key": str(uuid7()), "name": "Nowy", **plain}
    sent |= {"title-1": "Drugi", "order-1": "2", "title-3": "Pierwszy", "order-3": "1"}
    at = f"{partnership.prefix}/spotkania/szablony/nowy/{make.pzk().pk}/"
    assert browser.post(at, {**sent, "minutes-2": "5"}).status_code == 422
    assert browser.post(at, sent).status_code == 302
    with inside(partnership):
        template = AgendaTemplate.objects.get()
        assert (template.kind, template.name) == (PZK, "Nowy")
        assert [item["title"] for item in template.items] == ["Pierwszy", "Drugi"]


def test_a_full_form_has_room_for_more() -> None:
    template = make.template()
    assert len(EditTemplateForm(template=template).rows) == 5
    template.items = template.items * 3
    assert len(EditTemplateForm(template=template).rows) == 9
