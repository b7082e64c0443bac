"""The link of a guest shows the one meeting for which there is consent, while it is ahead (REG §2.8)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import guests, planning
from tenants.meetings.addressed import GUEST_LINKS
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.meetings import Meeting
from tests.factories import meetings as make
from tests.tenants.meetings.test_guests import (
    _inside,
    consented,
    event_to_guest,
    meeting,
    member,
)

__all__ = ["_inside", "meeting", "member"]


def test_the_link_shows_when_where_and_the_items_they_come_for(
    meeting: Meeting, in_partnership: TenantRef
) -> None:
    other = make.item(meeting, "Sprawa innych")
    named = consented(meeting, items=meeting.items.exclude(pk=other.pk))
    whole = consented(meeting, name="Konrad Konsultowany")
    page = Client().get(link(in_partnership, named)).content.decode()
    assert "Potrzeby seniorów" in page
    assert meeting.place in page
    assert "Sprawa innych" not in page
    assert "Lidia" not in page
    assert "Sprawa innych" in Client().get(link(in_partnership, whole)).content.decode()


def link(tenant: TenantRef, guest: GuestInvitation) -> str:
    return f"{tenant.prefix}/spotkania/gosc/{GUEST_LINKS.token(guest.pk)}/"


@pytest.mark.parametrize("end", ["pending", "withdrawn", "cancelled", "over"])
def test_the_link_opens_nothing_without_consent_and_after_the_meeting(
    meeting: Meeting, in_partnership: TenantRef, end: str
) -> None:
    guest = make.guest(meeting) if end == "pending" else consented(meeting)
    if end == "withdrawn":
        guests.withdraw(by=make.by(), guest_id=guest.pk, version=guest.version)
        assert event_to_guest()[1] == "CANCEL"
    if end == "cancelled":
        planning.cancel(
            by=make.by(), meeting_id=meeting.pk, version=meeting.version, reason="Choroba Lidii"
        )
    if end == "over":
        past = timezone.now() - timedelta(hours=2)
        Meeting.objects.filter(pk=meeting.pk).update(
            starts_at=past - timedelta(hours=1), ends_at=past
        )
    answered = Client().get(link(in_partnership, guest))
    page = answered.content.decode()
    for words in (meeting.place, "Potrzeby seniorów", "Choroba", guest.name):
        assert words not in page
    assert answered.status_code == 200


def test_a_made_up_link_and_one_of_another_unit_open_nothing(
    meeting: Meeting, in_partnership: TenantRef, powiat: TenantRef
) -> None:
    guest = consented(meeting)
    at = link(in_partnership, guest)
    made_up = at.replace(guest.pk.hex, uuid7().hex)
    elsewhere = at.replace(in_partnership.prefix, powiat.prefix)
    assert [Client().get(one).status_code for one in (made_up, elsewhere)] == [404, 404]
    assert Client().post(at).status_code == 405
