"""The register as of any day equals a replay of what happened."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.indicators import joined_by_sector, members_by_sector
from tenants.partnership.models import Membership
from tenants.people.models import Sector
from tests.budget import cases
from tests.factories import partnership as make_partnership
from tests.factories import people as make

START = date(2024, 1, 1)


@dataclass
class Story:
    """The life of one institution: days on which it joined and left in turns."""

    sector: str
    turns: list[int]
    days: list[date] = field(init=False)

    def __post_init__(self) -> None:
        day, self.days = START, []
        for wait in self.turns:
            day += timedelta(days=wait)
            self.days.append(day)

    def is_member_on(self, day: date) -> bool:
        """Replay: every joining makes a member, every leaving unmakes one."""
        is_member = False
        for turn, happened in enumerate(self.days):
            if happened <= day:
                is_member = turn % 2 == 0
        return is_member


STORIES = st.lists(
    st.builds(
        Story,
        sector=st.sampled_from(Sector.values),
        turns=st.lists(st.integers(0, 5), max_size=4),
    ),
    max_size=5,
)


def _write(stories: list[Story]) -> None:
    for story in stories:
        institution = make.organisation(sector=story.sector)
        joins, leaves = story.days[::2], [*story.days[1::2], None]
        for joined, left in zip(joins, leaves, strict=False):
            make_partnership.member(institution, joined, left)


@settings(max_examples=cases(20))
@given(stories=STORIES, after=st.integers(-1, 12))
def test_the_register_of_a_day_is_a_replay_of_events(
    partnership: TenantRef, stories: list[Story], after: int
) -> None:
    day = START + timedelta(days=after)
    with inside(partnership), transaction.atomic():
        _write(stories)
        counted = members_by_sector(day)
        transaction.set_rollback(True)
    expected: dict[str, int] = {}
    for story in stories:
        if story.is_member_on(day):
            expected[story.sector] = expected.get(story.sector, 0) + 1
    assert counted == expected


def test_an_institution_that_left_and_came_back_is_counted_once(
    in_partnership: TenantRef,
) -> None:
    institution = make.organisation(sector="HEALTH")
    make_partnership.member(institution, date(2024, 1, 1), date(2024, 6, 1))
    make_partnership.member(institution, date(2024, 6, 1))

    assert members_by_sector(date(2024, 6, 1)) == {"HEALTH": 1}
    assert joined_by_sector(date(2024, 1, 31)) == {"HEALTH": 1}
    assert joined_by_sector(date(2024, 6, 30)) == {"HEALTH": 1}


def test_the_figures_cost_one_query(
    in_partnership: TenantRef, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    make_partnership.member(make.organisation())

    with django_assert_num_queries(1):  # type: ignore[operator]
        members_by_sector(date(2025, 1, 1))


def test_an_institution_has_one_open_membership_only(in_partnership: TenantRef) -> None:
    institution = make.organisation()
    make_partnership.member(institution)

    with pytest.raises(IntegrityError, match="membership_one_open"), transaction.atomic():
        make_partnership.member(institution)

    assert Membership.objects.count() == 1
