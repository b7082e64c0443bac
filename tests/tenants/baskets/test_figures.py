"""Figures of cards and services, with every line of their definitions (REG §3, §7)."""

from datetime import timedelta

import time_machine

from kooperacja.audit.actor import Actor
from tenants.baskets import indicators
from tenants.baskets.actions import services
from tenants.baskets.models.services import Service
from tenants.people.models import Organisation
from tenants.services.confirming import How
from tenants.services.terms import Group
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import types as make_types


def test_kooperanci_are_counted_by_whether_they_have_a_card(
    office: Actor, kooperant: Organisation
) -> None:
    make_partnership.member(make_people.organisation())
    make.card(office, kooperant)
    make.card(office, None)  # the Lider's own is nobody's of them
    assert indicators.CARDS.compute(office.today) == {"WITH": 1, "WITHOUT": 1, "": 2}


def test_services_are_counted_by_area_while_they_stand_in_the_basket(
    office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant)
    make.accepted(office, None, name="Klub", type_code="klub-seniora")
    make.filed(office, kooperant, name="Niepewna")
    ended = make.accepted(office, None, name="Dawna")
    services.end(by=office, service_id=ended.pk, ended_on=office.today, why="")
    counted = indicators.SERVICES.compute(office.today)
    assert {area: number for area, number in counted.items() if number} == {
        "pomoc-spoleczna": 1,
        "aktywnosc-obywatelska": 1,
        "": 2,
    }


def test_a_service_is_late_the_day_after_its_cycle(office: Actor, kooperant: Organisation) -> None:
    service = make.accepted(office, kooperant, How.PHONE)
    due = Service.objects.get(pk=service.pk).due_on
    assert due == office.today + timedelta(days=365)
    assert indicators.CONFIRMED.compute(due) == {"CONFIRMED": 1, "LATE": 0, "": 1}
    later = due + timedelta(days=1)
    assert indicators.CONFIRMED.compute(later) == {"CONFIRMED": 0, "LATE": 1, "": 1}


def test_a_past_month_is_counted_by_what_was_true_then(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    due = Service.objects.get(pk=service.pk).due_on
    assert due is not None
    late, again = due + timedelta(days=10), due + timedelta(days=20)
    with time_machine.travel(again):
        services.confirm(by=office, service_id=service.pk, how=How.PHONE)
    for day, figure in ((due, 1), (late, 0), (again, 1)):
        assert indicators.CONFIRMED.compute(day)["CONFIRMED"] == figure
    with time_machine.travel(again + timedelta(days=40)):
        version = Service.objects.get(pk=service.pk).version
        services.set_cycle(by=office, service_id=service.pk, version=version, cycle=30)
    for days, figure in ((0, 1), (39, 1), (40, 0)):
        assert indicators.CONFIRMED.compute(again + timedelta(days=days))["CONFIRMED"] == figure


def test_a_service_for_several_groups_counts_in_each(
    office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant, groups=[Group.FAMILIES, Group.YOUTH])
    make.accepted(office, kooperant, name="Klub", groups=[Group.ALL])
    make.filed(office, kooperant, name="Niepewna", groups=[Group.SENIORS])
    counted = indicators.GROUPS.compute(office.today)
    assert {group: number for group, number in counted.items() if number} == {
        "FAMILIES": 1,
        "YOUTH": 1,
        "ALL": 1,
        "": 3,
    }


def test_a_type_that_nobody_gives_is_empty_and_a_unit_s_own_is_none_of_them(
    office: Actor, kooperant: Organisation
) -> None:
    before = indicators.TYPES.compute(office.today)
    assert before["GIVEN"] == 0
    make_types.own(office)
    make.accepted(office, kooperant)
    make.accepted(office, kooperant, name="Druga tego rodzaju")
    after = indicators.TYPES.compute(office.today)
    assert after == {"GIVEN": 1, "EMPTY": before["EMPTY"] - 1, "": before[""]}


def test_the_age_of_a_basket_is_the_median_of_what_was_confirmed_by_the_day(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    today, later = office.today, office.today + timedelta(days=200)
    assert indicators.AGE.compute(today)["QUARTER"] == 1
    assert indicators.AGE.compute(later - timedelta(days=1))["YEAR"] == 1
    with time_machine.travel(later):
        services.confirm(by=office, service_id=service.pk, how=How.PHONE)
    assert indicators.AGE.compute(later)["QUARTER"] == 1
    assert indicators.AGE.compute(later - timedelta(days=1))["YEAR"] == 1
    assert indicators.AGE.compute(today - timedelta(days=1))[""] == 0
