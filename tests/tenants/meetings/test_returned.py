"""Addresses of guests and of people "do wiadomości" are among those on which no mail arrives."""

from collections.abc import Iterator

import pytest

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.workflow import MeetingState
from tenants.people.returned import unreached
from tests.factories import meetings as make
from tests.factories.returned import returned
from tests.tenants.meetings.conftest import Founded

GUEST, READER = "Gabriela@gosc.example", "wieslawa@starostwo.example"


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        make.lead()
        yield


def listed() -> dict[str, list[str]]:
    return {one.email: [holder.name for holder in one.holders] for one in unreached()}


def test_a_guest_is_listed_while_the_meeting_is_ahead() -> None:
    guest = make.invited_guest(make.convened(), email=GUEST.lower())
    returned(GUEST)
    assert listed() == {GUEST: ["gość, Spotkanie Partnerskiego Zespołu Kooperacyjnego"]}
    Meeting.objects.filter(pk=guest.meeting_id).update(state=MeetingState.CANCELLED)
    assert listed() == {}


def test_so_is_who_gets_the_minutes_but_not_those_of_a_closed_team(founded: Founded) -> None:
    row = make.recipient()
    returned(READER)
    assert listed() == {READER: ["Lista „Protokoły do wiadomości”"]}
    MinutesRecipient.objects.filter(pk=row.pk).update(team=founded())
    assert listed() == {}
