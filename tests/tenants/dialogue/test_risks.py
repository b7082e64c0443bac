"""A risk is reported to every member, followed, closed or withdrawn (REG §7.1-7.2)."""

from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import Notice
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.teams.models import Seat
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def member() -> Membership:
    return make_partnership.member(make_people.organisation(name="Szkoła"))


@pytest.fixture
def school(member: Membership) -> Organisation:
    return member.organisation


@pytest.fixture
def head(school: Organisation) -> Person:
    return make_people.head(school)


def sent(kind: str = "MAIL", code: str = "RISK_REPORTED") -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind=kind).order_by("id")
    return [row.payload for row in rows if row.payload["code"].startswith(code)]


def by(person: Person) -> Any:
    return make_people.by(person)


def test_a_report_goes_to_every_member_at_once_and_to_each_once(school: Organisation) -> None:
    make_partnership.member(make_people.organisation())
    lead = make_meetings.lead()
    lead.account_id = uuid7()
    lead.save()
    row = make.risk(school)
    taken = Seat.objects.taken(DAY).values_list("pk", flat=True)
    notices = Notice.objects.filter(about=row.pk)
    assert sorted(notices.values_list("seat", flat=True)) == sorted(taken)
    row.refresh_from_db()
    assert row.queued_at is not None
    # The Lider has an account; both coordinators are reached by mail alone.
    assert len(sent("INBOX")) == notices.filter(has_account=True).count() == 1
    assert len(sent()) == notices.exclude(recipient="").count() == 3
    assert all(row.text not in mail["text"] for mail in sent())
