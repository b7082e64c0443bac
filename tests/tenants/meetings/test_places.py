"""The place of meetings by the regulation: fixed, or at each partner in turn (REG §2.4)."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from tenants.meetings import places
from tenants.meetings.actions import planning
from tenants.meetings.forms.meetings import NewMeetingForm
from tenants.meetings.models.meetings import Meeting
from tenants.people.models import Organisation
from tenants.regulation.models import RegulationVersion
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _rotating(in_partnership: TenantRef) -> None:
    RegulationVersion.objects.update(place_policy="ROTATING", place="")


@pytest.fixture
def school() -> Organisation:
    of = make_people.organisation(name="Szkoła", street="Zmyślona 3", city="Gogolin")
    return make_partnership.member(of, date(2024, 5, 1)).organisation


def hosts() -> list[places.Host]:
    team = make.pzk()
    return places.hosts(team, team.terms_on(DAY), DAY)


def form(**data: Any) -> NewMeetingForm:
    plain = {"key": uuid7(), "mode": "DIRECT", "day": "3.03.2027", "starts": "10:00"}
    every = {**plain, "ends": "11:00", "place": hosts()[0].place, "host": "lider", **data}
    return NewMeetingForm(every, terms=make.pzk().terms_on(DAY), hosts=hosts())


def names() -> list[UUID | None]:
    return [one.id for one in hosts()]


def test_partners_take_turns_from_the_lider_on(school: Organisation) -> None:
    assert names() == [None, school.pk]
    make.past(date(2026, 3, 2))
    assert names() == [school.pk, None]
    make.past(date(2026, 6, 2), host_id=school.pk)
    assert names() == [None, school.pk]


def test_one_whose_turn_it_is_gives_the_place(school: Organisation) -> None:
    make.past(date(2026, 3, 2))
    asked = form(host=str(school.pk), place="")
    assert asked.is_valid(), asked.errors
    values = asked.values()["values"]
    assert values["place"].startswith("Szkoła, ")
    meeting = planning.plan_meeting(by=make.by(), team_id=make.pzk().pk, key=uuid7(), values=values)
    assert Meeting.objects.get(pk=meeting.pk).host == school


@pytest.mark.parametrize("elsewhere", [True, False])
def test_another_place_needs_a_reason_and_the_skipped_one_stays_next(
    school: Organisation, elsewhere: bool
) -> None:
    chosen = "inne" if elsewhere else str(school.pk)
    assert "Kolej na: Lider" in str(form(host=chosen).errors["place_reason"])
    asked = form(host=chosen, place="Dworek", place_reason="Remont u Lidera")
    assert asked.is_valid(), asked.errors
    values = asked.values()["values"]
    assert values.get("host_id") == (None if elsewhere else school.pk)
    assert (values["place"], values["place_reason"]) == ("Dworek", "Remont u Lidera")
    make.past(date(2026, 3, 2), **{k: values[k] for k in values if k[-3:] != "_at"})
    assert names()[0] is None


def test_where_the_place_is_fixed_nobody_is_proposed(school: Organisation) -> None:
    RegulationVersion.objects.update(place_policy="FIXED", place="Sala nr 1")
    assert hosts() == []
    plain = NewMeetingForm(terms=make.pzk().terms_on(DAY), hosts=[])
    assert "host" not in plain.fields
    assert plain.initial["place"] == "Sala nr 1"
