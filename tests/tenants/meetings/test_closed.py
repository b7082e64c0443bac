"""What a closed team does is read by whom its app lets in alone (REG §8; POR-C §3.6)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.crypto import keys
from kooperacja.crypto.envelope import CryptoError, KeyMissing, Keyring, open_sealed
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import PreparedFile
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import packing, polling
from tenants.meetings.addressed import POLL_LINKS
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.polls import DatePoll
from tenants.meetings.papers import MEETING_SCAN
from tenants.meetings.today import arrangements_wait
from tenants.meetings.workflow import MeetingState
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams import perms
from tenants.teams.closed import ClosedTeams
from tenants.teams.content import ContentField
from tenants.teams.kinds import ZZK
from tenants.teams.models import Seat, Team
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.offering import offer

DAY = timezone.localdate()
KEY = Keyring(active=1, keys={1: b"k" * 32})


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


@pytest.fixture
def team() -> Team:
    return Team.objects.create(
        kind=ZZK, rests_on_kind="test", rests_on=uuid7(), from_on=make_people.ESTABLISHED
    )


@pytest.fixture
def closed_to(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def let(*people: Person) -> None:
        given = ClosedTeams(ZZK, lambda person, team: person in people, lambda team: KEY)
        offer(monkeypatch, given)

    return let


def meeting_of(team: Team) -> Meeting:
    day = timezone.localdate() + timedelta(days=7)
    values = make.values(day, place="Zmyślona 7")
    return Meeting.objects.create(team=team, state=MeetingState.CONVENED, **values)


def test_where_no_app_lets_anybody_in_nobody_reads_and_nothing_is_written(team: Team) -> None:
    with pytest.raises(KeyMissing), transaction.atomic():
        meeting_of(team)
    assert not Meeting.objects.exists()
    assert not perms.read(make_people.lead(), team)


def test_its_meetings_are_on_no_list_and_page_of_others(
    team: Team, partnership: TenantRef, closed_to: Callable[..., None]
) -> None:
    browser, lead = make_people.signed_in(partnership, Role.LEAD)
    colleague, worker = make_people.signed_in(partnership, Role.SOCIAL_WORKER)
    closed_to(worker)
    meeting = meeting_of(team)
    at = f"{partnership.prefix}/spotkania/"
    for client, status in ((browser, 404), (colleague, 200)):
        page, listed = client.get(f"{at}{meeting.pk}/"), client.get(at)
        assert page.status_code == status
        assert (str(meeting.pk) in listed.content.decode()) == (status == 200)
        assert ("Zmyślona" in page.content.decode()) == (status == 200)
    assert not Meeting.objects.read_by(lead).exists()


def test_the_paper_of_its_meeting_is_of_whom_it_lets_in(
    team: Team, partnership: TenantRef, closed_to: Callable[..., None]
) -> None:
    browser, _ = make_people.signed_in(partnership, Role.LEAD)
    colleague, worker = make_people.signed_in(partnership, Role.SOCIAL_WORKER)
    closed_to(worker)
    meeting = meeting_of(team)
    scan = store_upload(by=make.by(), upload=make_people.pdf(), kind=MEETING_SCAN)
    Meeting.objects.filter(pk=meeting.pk).update(scan=scan)
    at = f"{partnership.prefix}/dokumenty/pliki/{scan.pk}/"
    assert (browser.get(at).status_code, colleague.get(at).status_code) == (403, 200)


def test_its_poll_of_dates_gives_nothing_away(
    team: Team, partnership: TenantRef, closed_to: Callable[..., None]
) -> None:
    browser, _ = make_people.signed_in(partnership, Role.LEAD)
    colleague, worker = make_people.signed_in(partnership, Role.SOCIAL_WORKER)
    closed_to(worker)
    Seat.objects.create(
        team=team, person=worker, rests_on_kind="test", rests_on=uuid7(), from_on=DAY
    )
    poll = DatePoll.objects.create(
        team=team, meeting=meeting_of(team), about="Sprawa rodziny", closes_on=DAY
    )
    polling.keep_asked()
    row = poll.respondents.get()
    (told,) = Outgoing.objects.filter(kind="INBOX")
    assert told.payload["title"].endswith("r.: Spotkanie")
    at = f"{partnership.prefix}/spotkania/ankiety/{poll.pk}/"
    assert (browser.get(at).status_code, colleague.get(at).status_code) == (404, 200)
    seen = Client().get(f"{partnership.prefix}/spotkania/ankieta/{POLL_LINKS.token(row.pk)}/")
    assert (seen.status_code, "Sprawa rodziny" in seen.content.decode()) == (200, False)


def test_its_text_lies_under_its_own_key(team: Team, closed_to: Callable[..., None]) -> None:
    closed_to(make_people.lead())
    meeting = meeting_of(team)
    assert Meeting.objects.get(pk=meeting.pk).place == "Zmyślona 7"
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM meetings_meeting WHERE id = %s", [meeting.pk])
        held = bytes(cursor.fetchone()[0])
    field = Meeting._meta.get_field("place")
    assert isinstance(field, ContentField)
    with pytest.raises(CryptoError):
        keys.open_for(current_tenant().id, held, aad=field.place(meeting))
    assert open_sealed(held, aad=field.place(meeting), keyring=KEY) == "Zmyślona 7".encode()


def test_its_arrangements_are_read_by_whom_it_lets_in_and_named_by_number_alone(
    team: Team, partnership: TenantRef, closed_to: Callable[..., None]
) -> None:
    outsider, _ = make_people.signed_in(partnership, Role.LEAD)
    insider, worker = make_people.signed_in(partnership, Role.SOCIAL_WORKER)
    closed_to(worker)
    row = arrangement_of(meeting_of(team), worker)
    today = timezone.localdate()
    assert [one.title for one in arrangements_wait(worker, today)] == [
        f"Wykonaj ustalenie nr {row.number}/{row.year} Zadaniowego Zespołu Kooperacyjnego"
    ]
    assert list(arrangements_wait(make.lead(), today)) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM meetings_arrangement WHERE id = %s", [row.pk])
        assert "Zmyślone".encode() not in bytes(cursor.fetchone()[0])
    page = f"{partnership.prefix}/spotkania/ustalenia/{row.pk}/"
    for client, status in ((outsider, 404), (insider, 200)):
        shown = client.get(page)
        assert shown.status_code == status
        assert ("Zmyślone zadanie" in shown.content.decode()) == (status == 200)
        listed = client.get(f"{partnership.prefix}/spotkania/ustalenia/").content.decode()
        assert (str(row.pk) in listed) == (status == 200)


def arrangement_of(meeting: Meeting, person: Person) -> Arrangement:
    """Of somebody who has a seat in the closed team."""
    Seat.objects.create(
        team=meeting.team,
        person=person,
        rests_on_kind="test",
        rests_on=uuid7(),
        from_on=make_people.ESTABLISHED,
    )
    today = timezone.localdate()
    values = {"year": today.year, "number": 1, "made_on": today, "due_on": today}
    return Arrangement.objects.create(
        team=meeting.team, meeting=meeting, person=person, text="Zmyślone zadanie", **values
    )


def test_its_pack_is_drawn_at_once_and_waits_in_no_line(
    team: Team, partnership: TenantRef, closed_to: Callable[..., None], monkeypatch: Any
) -> None:
    outsider, _ = make_people.signed_in(partnership, Role.LEAD)
    insider, worker = make_people.signed_in(partnership, Role.SOCIAL_WORKER)
    closed_to(worker)
    monkeypatch.setattr(packing, "is_long", lambda *given: True)
    at = f"{partnership.prefix}/spotkania/{meeting_of(team).pk}/materialy"
    assert [one.get(f"{at}.pdf").status_code for one in (outsider, insider)] == [404, 200]
    assert insider.post(f"{at}/przygotuj/").status_code == 409
    with inside(partnership):
        assert not PreparedFile.objects.exists()
