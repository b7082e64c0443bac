"""The quality of a description: ten criteria, a hundred points, and a deed for each that is lacking."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tenants.services.score import CRITERIA, MOST, Described, score
from tenants.services.terms import Cost, Feature, Group, Has, Way

pytestmark = pytest.mark.usefixtures("db")  # the types that the region added lie there

TODAY = date(2026, 11, 30)
GOOD = Described(
    name="Poradnia dla rodzin",
    about="Rozmowa z psychologiem, gdy w domu jest trudno. Przyjmujemy rodziców razem z dziećmi.",
    type_code="psycholog",
    groups=(Group.FAMILIES,),
    ways=(Way.ON_SITE,),
    has_hours=True,
    has_contact=True,
    is_silent=False,
    access="Zadzwoń i umów się na pierwszą rozmowę.",
    cost=Cost.PARTLY,
    cost_about="20 zł za godzinę",
    features={
        Feature.STEP_FREE: Has.YES,
        Feature.LIFT: Has.NO,
        Feature.TOILET: Has.NO,
        Feature.PARKING: Has.YES,
    },
    is_protected=False,
    due_on=TODAY + timedelta(days=1),
    counted_on=TODAY - timedelta(days=30),
)


def lacking(**values: Any) -> list[str]:
    return [one.code for one in score(replace(GOOD, **values), TODAY).lacking]


def test_ten_criteria_make_a_hundred_points_and_each_says_what_to_do() -> None:
    assert len({one.code for one in CRITERIA}) == 10
    assert MOST == 100
    assert len({one.to_do for one in CRITERIA}) == 10
    assert all(one.to_do.endswith(".") for one in CRITERIA)


def test_a_whole_description_has_all_of_them() -> None:
    assert score(GOOD, TODAY).points == 100
    assert lacking() == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"due_on": TODAY}, "CONFIRMED"),
        ({"due_on": None}, "CONFIRMED"),
        ({"has_contact": False}, "CONTACT"),
        ({"is_silent": True}, "CONTACT"),
        ({"has_hours": False}, "HOURS"),
        ({"access": "Zadzwoń."}, "ACCESS"),
        ({"about": "Rozmowa z psychologiem."}, "ABOUT"),
        ({"type_code": "silownia-plenerowa-x"}, "TYPE"),
        ({"type_code": "zlobek"}, "TYPE"),
        ({"groups": ()}, "GROUPS"),
        ({"cost_about": ""}, "COST"),
        ({"features": {Feature.LIFT: Has.NO, Feature.LOOP: Has.UNKNOWN}}, "ACCESSIBILITY"),
        ({"counted_on": TODAY - timedelta(days=31)}, "NUMBERS"),
        ({"counted_on": None}, "NUMBERS"),
    ],
)
def test_each_criterion_alone_costs_its_points(values: dict[str, Any], code: str) -> None:
    assert lacking(**values) == [code]
    points = {one.code: one.points for one in CRITERIA}[code]
    assert score(replace(GOOD, **values), TODAY).points == 100 - points


@pytest.mark.parametrize(
    "values",
    [
        {"features": {}, "ways": (Way.REMOTE,)},
        {"features": {}, "is_protected": True},
        {"cost": Cost.FREE, "cost_about": ""},
        {"name": "PORADY PSYCHOLOGÓW"},
    ],
)
def test_nothing_is_asked_that_does_not_matter(values: dict[str, Any]) -> None:
    assert lacking(**values) == []


def test_of_nothing_at_all_nothing_is_given() -> None:
    nothing = replace(
        GOOD,
        about="",
        name="",
        groups=(),
        has_hours=False,
        has_contact=False,
        access="",
        cost="",
        features={},
        due_on=None,
        counted_on=None,
    )
    assert score(nothing, TODAY).points == 0
