"""A Kooperant asks for a meeting and is answered with a date or a reason (REG §2.5 s.1)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings import perms, today
from tenants.meetings.actions import requesting
from tenants.meetings.models.requests import MeetingRequest
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def school() -> Organisation:
    return make_partnership.member(make_people.organisation(name="Szkoła")).organisation


@pytest.fixture
def head(school: Organisation) -> Person:
    return make_people.head(school)


def codes() -> list[str]:
    sent = Outgoing.objects.filter(kind="MAIL").order_by("id")
    return [row.payload["code"] for row in sent]


def answer(asked: MeetingRequest, meeting_id: object, version: int = 0) -> MeetingRequest:
    return requesting.answer(
        by=make.by(), request_id=asked.pk, version=version, meeting_id=meeting_id
    )


def test_a_request_waits_for_the_lider_and_the_institution_until_it_is_answered(
    school: Organisation, head: Person
) -> None:
    lead = make.lead()
    asked = make.request(school, head)
    assert [one.href for one in today.requests_wait(lead, DAY)] == [asked.url]
    assert [one.href for one in today.requests_awaited(head, DAY)] == [asked.url]
    assert codes() == ["MEETING_REQUESTED"]
    meeting = make.planned()
    assert answer(asked, meeting.pk).meeting == meeting
    assert [*today.requests_wait(lead, DAY), *today.requests_awaited(head, DAY)] == []
    assert codes() == ["MEETING_REQUESTED", "MEETING_REQUEST_ANSWERED"]
    assert Entry.objects.filter(verb="MEETING_REQUEST_ANSWERED", object_id=asked.pk).exists()


def test_a_refusal_says_why_on_the_page_and_in_no_message(
    school: Organisation, head: Person
) -> None:
    asked = make.request(school, head)
    requesting.refuse(by=make.by(), request_id=asked.pk, version=0, reason="Za tydzień jest nr 4")
    assert MeetingRequest.objects.get().answer == "Za tydzień jest nr 4"
    assert codes()[-1] == "MEETING_REQUEST_REFUSED"
    assert "nr 4" not in str(list(Outgoing.objects.values_list("payload", flat=True)))


def test_an_institution_asks_once_until_it_is_answered(school: Organisation, head: Person) -> None:
    asked = make.request(school, head)
    with pytest.raises(Problem, match="już poprosiła"):
        make.request(school)
    requesting.withdraw(by=make_people.by(head), request_id=asked.pk, version=0)
    make.request(school)
    assert MeetingRequest.objects.count() == 2


def test_a_form_sent_twice_asks_once(school: Organisation, head: Person) -> None:
    key, team = uuid7(), make.pzk()
    for error in (None, AlreadySaved):
        said = {"key": key, "organisation_id": school.pk, "reason": "Dyżury"}
        if error is None:
            requesting.ask(by=make_people.by(head), team_id=team.pk, **said)
            continue
        with pytest.raises(error):
            requesting.ask(by=make_people.by(head), team_id=team.pk, **said)
    assert MeetingRequest.objects.count() == 1


def test_nobody_asks_for_another_institution_or_one_that_left(
    school: Organisation, head: Person
) -> None:
    other = make_partnership.member(make_people.organisation()).organisation
    left = make_partnership.member(make_people.organisation(), ended_on=DAY).organisation
    with pytest.raises(ValidationError):
        make.request(other, head)
    for person, of in ((make_people.head(left), left), (make.lead(), school)):
        with pytest.raises(Refused):
            make.request(of, person)
    assert not MeetingRequest.objects.exists()


def test_only_the_lider_answers_and_only_who_asked_withdraws(
    school: Organisation, head: Person
) -> None:
    asked = make.request(school, head)
    stranger = make_people.head(make_partnership.member(make_people.organisation()).organisation)
    for person, act in ((head, requesting.refuse), (stranger, requesting.refuse)):
        with pytest.raises(Refused):
            act(by=make_people.by(person), request_id=asked.pk, version=0, reason="x")
    for actor in (make.by(), make_people.by(stranger)):
        with pytest.raises(Refused):
            requesting.withdraw(by=actor, request_id=asked.pk, version=0)
    assert MeetingRequest.objects.get().state == "ASKED"
    assert not perms.requests_of(stranger).exists()
    assert perms.requests_of(head).exists()


def test_what_is_answered_or_changed_meanwhile_is_not_answered_again(school: Organisation) -> None:
    asked = make.request(school)
    meeting = make.planned()
    with pytest.raises(StaleForm):
        answer(asked, meeting.pk, version=7)
    cancelled = make.cancelled()
    with pytest.raises(ValidationError):
        answer(asked, cancelled.pk)
    answer(asked, meeting.pk)
    with pytest.raises(Problem):
        requesting.refuse(by=make.by(), request_id=asked.pk, version=1, reason="x")
    assert MeetingRequest.objects.get().state == "ANSWERED"


def test_its_reason_is_sealed(school: Organisation) -> None:
    make.request(school)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM meetings_meetingrequest")
        (held,) = cursor.fetchone()
    assert b"wakacje" not in bytes(held)


def test_the_journal_links_a_request_only_for_whom_may_open_it(
    school: Organisation, in_partnership: TenantRef
) -> None:
    made = make.request(school)
    at, link, seen = f"{in_partnership.prefix}/dziennik/", made.url, {}
    for role in (Role.LEAD, Role.DPO):
        browser, _ = make_people.signed_in(in_partnership, role)
        seen[role] = browser.get(at).content.decode()
    assert all(str(made) in page for page in seen.values())
    assert link in seen[Role.LEAD]
    assert link not in seen[Role.DPO]
