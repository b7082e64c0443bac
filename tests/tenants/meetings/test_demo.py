"""The meetings of the demo: two years of them, with each step of a meeting's life."""

import pytest
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings import demo
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.models.papers import AgendaTemplate, ItemPaper
from tenants.meetings.models.polls import DatePoll
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.workflow import MeetingState, MinutesState
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.mark.parametrize(("unit", "minutes"), [("Gogolin", 1), ("Opole", 0), ("Krapkowice", None)])
def test_a_team_of_the_demo_lives(partnership: TenantRef, unit: str, minutes: int | None) -> None:
    with inside(partnership):
        make.lead()
        make_partnership.member(make_people.organisation())
        for _ in range(2):  # it may be written twice
            demo.write(unit, timezone.localdate())
        states = set(Meeting.objects.values_list("state", flat=True))
        approved = Minutes.objects.filter(state=MinutesState.APPROVED).count()
        assert approved == (minutes or 0)
        assert states == (set() if minutes is None else {*MeetingState} - {MeetingState.CANCELLED})
        papers = ItemPaper.objects.filter(item__meeting__state=MeetingState.CONVENED).count()
        assert (papers, AgendaTemplate.objects.count()) == ((2, 1) if minutes else (0, 0))
        assert Arrangement.objects.exists() == (minutes is not None)
        guests = set(GuestInvitation.objects.values_list("state", flat=True))
        assert guests == (set() if minutes is None else {"CONSENTED", "PENDING"})
        assert MinutesRecipient.objects.count() == (minutes is not None)
        polls = set(DatePoll.objects.values_list("state", flat=True))
        assert polls == (set() if minutes is None else {"AGREED", "OPEN"})
