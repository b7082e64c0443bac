"""Many meetings of teams that one does not read hide none of one's own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings import today
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.meetings.conftest import Founded


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


def test_the_calendar_and_the_first_page_have_ones_own_behind_them(
    founded: Founded, monkeypatch: Any
) -> None:
    partner = make.let_in(make_partnership.member(make_people.organisation()))
    lead, stranger, day = make.lead(), make_people.person(), timezone.localdate()
    team = founded(stranger)
    shut, own = make.convened(), make.convened()
    arrangements = [make.arrangement(days=5), make.arrangement(days=6)]
    guests = [make.guest(shut), make.guest(own)]
    for row in (shut, arrangements[0]):
        type(row).objects.filter(pk=row.pk).update(team=team)
    monkeypatch.setattr(today, "_SHOWN", 1)
    assert [one.href for one in today.meeting_days(lead, day)] == [own.url]
    assert [one.about for one in today.arrangement_days(lead, day)] == [arrangements[1].pk]
    assert [one.about for one in today.arrangements_wait(lead, day)] == [arrangements[1].pk]
    assert [one.about for one in today.guests_wait(partner, day)] == [guests[1].pk]
