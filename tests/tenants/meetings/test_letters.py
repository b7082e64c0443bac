"""Invitations that are too many for a request are written by a worker, each once (REG §2.6)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.outbox.actions import LETTERS_AT_ONCE
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import inviting, planning
from tenants.meetings.invited import LETTERS, reached_of
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.partnership.models import PartnershipCoordinator
from tenants.people.followers import follow
from tenants.people.models import Person
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership

SEATS = LETTERS_AT_ONCE + 4


@pytest.fixture(autouse=True)
def convened(partnership: TenantRef) -> Iterator[Meeting]:
    """A meeting of more seats than a request writes to; the Lider's own makes one more."""
    with inside(partnership):
        make_partnership.many_members(SEATS - 1)
        for row in PartnershipCoordinator.objects.select_related("person").order_by("pk"):
            row.person.email = f"{row.person_id}@szkola.example.pl"
            row.person.save(update_fields=["email"])
        yield make.convened()


def mails(begin: str) -> int:
    return Outgoing.objects.filter(kind="MAIL", payload__subject__startswith=begin).count()


def write() -> None:
    """A worker writes the letters, and sends none."""
    waiting = Outgoing.objects.filter(kind=LETTERS, done_at=None)
    later = timezone.now() + timedelta(days=1)
    Outgoing.objects.exclude(kind=LETTERS).update(available_at=later)
    assert drain(Outgoing, handlers(), limit=waiting.count()) > 0
    assert not waiting.exists()


def test_until_they_are_written_each_waits_to_be_sent(convened: Meeting) -> None:
    assert convened.invitations.count() == SEATS
    assert mails("") == 0
    rows = list(convened.invitations.all())
    waiting = dict.fromkeys([one.pk for one in rows], "e-mail czeka na wysłanie")
    assert reached_of(convened, rows) == waiting
    write()
    assert mails("") == SEATS
    assert reached_of(convened, rows) == waiting


def test_everybody_is_sent_one_whoever_writes_them_twice(convened: Meeting) -> None:
    write()
    Outgoing.objects.filter(kind=LETTERS).delete()
    rows = list(SeatInvitation.objects.order_by("pk").values_list("pk", flat=True))
    inviting.write_letters(code="MEETING_CONVENED", method="REQUEST", to=[str(pk) for pk in rows])
    Outgoing.objects.update(available_at=timezone.now())
    assert drain(Outgoing, handlers()) == SEATS
    assert Delivery.objects.filter(code="MEETING_CONVENED").count() == SEATS
    assert Delivery.objects.order_by("email").distinct("email").count() == SEATS


def test_who_has_left_meanwhile_is_not_asked(convened: Meeting) -> None:
    leaving = PartnershipCoordinator.objects.order_by("pk")[0]
    leaving.end(timezone.localdate())
    follow()
    write()
    [gone] = convened.invitations.exclude(withdrawn_at=None)
    assert gone.seat.person == leaving.person
    assert mails("Zaproszenie") == SEATS - 1
    assert not Outgoing.objects.filter(dedupe__startswith=f"{_of(gone)}:REQUEST:MAIL").exists()


def _of(row: SeatInvitation) -> str:
    return f"meeting:{row.meeting_id}:0:{row.pk}"


def test_to_a_meeting_called_off_meanwhile_nobody_is_asked(convened: Meeting) -> None:
    planning.cancel(
        by=make.by(), meeting_id=convened.pk, version=convened.version, reason="Choroba"
    )
    write()
    assert (mails("Zaproszenie"), mails("Odwołano")) == (0, SEATS)


def test_moved_before_the_letters_were_written_everybody_hears_once_of_the_new_time(
    convened: Meeting,
) -> None:
    later = make.values(convened.day + timedelta(days=3))
    moved = planning.edit_meeting(
        by=make.by(), meeting_id=convened.pk, version=convened.version, values=later
    )
    write()
    assert moved.sequence == 1
    assert mails("") == SEATS
    letters = Outgoing.objects.filter(kind="MAIL").order_by("pk")
    day = f"{moved.day:%Y%m%d}T100000"
    assert all(day in letter.payload["calendar"]["text"] for letter in letters)


def test_what_was_answered_before_its_letter_waits_in_no_inbox(convened: Meeting) -> None:
    row = convened.invitations.order_by("pk").last()
    assert row is not None
    Person.objects.filter(seats=row.seat_id).update(account_id=uuid7())
    SeatInvitation.objects.filter(pk=row.pk).update(answer="YES")
    write()
    line = Outgoing.objects.get(kind="INBOX", dedupe__startswith=_of(row))
    done = Outgoing.objects.get(kind="INBOX_DONE")
    assert done.payload == {"source_ids": [str(line.pk)]}
