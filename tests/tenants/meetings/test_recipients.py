"""A person "do wiadomości" gets the approved minutes by a link, and has no seat (REG §2.9)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.crypto.envelope import Keyring
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from kooperacja.writes import AlreadySaved
from tenants.meetings.actions import minutes, recipients
from tenants.meetings.actions.recipients import OPENS_DAYS, tell_approved
from tenants.meetings.addressed import MINUTES_LINKS
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.workflow import MeetingState, MinutesState
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams.closed import ClosedTeams
from tenants.teams.kinds import KINDS, PZK, ZZK
from tenants.teams.models import Team
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.offering import offer

DAY = timezone.localdate()
WHOM = "wieslawa@starostwo.example"


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


def sent(to: str = WHOM) -> list[str]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__email=to).order_by("id")
    return [row.payload["code"] for row in rows]


def at(tenant: TenantRef, row: MinutesRecipient, of: Minutes) -> str:
    return f"{tenant.prefix}/spotkania/protokol-do-wiadomosci/{MINUTES_LINKS.token(row.pk, of.pk)}/"


def end(row: MinutesRecipient, person: Person | None = None) -> None:
    by = make_people.by(person) if person else make.by()
    recipients.end_recipient(by=by, recipient_id=row.pk, version=row.version)


def test_approved_minutes_are_sent_and_opened_without_an_account(
    in_partnership: TenantRef,
) -> None:
    row = make.recipient()
    ready = make.over(make.reviewed())
    assert sent() == []
    approved = minutes.approve(by=make.by(), minutes_id=ready.pk, version=ready.version)
    assert sent() == ["MINUTES_FOR_INFORMATION"]
    mail = Outgoing.objects.get(kind="MAIL", payload__email=WHOM).payload["text"]
    link = at(in_partnership, row, approved)
    assert link in mail
    answered = Client().get(link)
    assert answered["Content-Type"] == "application/pdf"
    assert answered.content.startswith(b"%PDF")
    assert Client().post(link).status_code == 405
    with inside(in_partnership):
        assert "Wiesława Wiadoma" in Entry.objects.filter(verb="FILE_READ").get().actor_name


def test_what_is_set_right_is_sent_to_all_who_got_the_minutes() -> None:
    row = make.recipient()
    approved = make.approved()
    old = DAY - OPENS_DAYS - timedelta(days=1)
    Minutes.objects.filter(pk=approved.pk).update(approved_on=old)
    before = Outgoing.objects.filter(payload__subject__startswith="Sprostowano").count()
    values = {"reason": "Błąd w nazwisku", "text": "Zamiast „Zmyslona” powinno być „Zmyślona”."}
    for _ in range(2):
        minutes.rectify(by=make.by(), minutes_id=approved.pk, key=uuid7(), values=values)
    assert sent() == ["MINUTES_FOR_INFORMATION", *["RECTIFIED_FOR_INFORMATION"] * 2]
    seats = Outgoing.objects.filter(payload__subject__startswith="Sprostowano").count()
    assert (before, seats) == (0, 2)
    opened = recipients.opened_by(MINUTES_LINKS.token(row.pk, approved.pk), DAY)
    assert opened and opened[0] == row


def test_no_seat_comes_with_it(in_partnership: TenantRef) -> None:
    make.recipient()
    assert not any("Wiadoma" in str(seat.who) for seat in make.pzk().seats.all())
    meeting = make.convened()
    assert not meeting.invitations.filter(seat__person__full_name="Wiesława Wiadoma").exists()
    assert sent() == []


def test_who_was_taken_off_gets_no_more_and_the_old_links_open_nothing(
    in_partnership: TenantRef,
) -> None:
    row = make.recipient()
    approved = make.approved()
    end(row)
    with pytest.raises(AlreadySaved):
        end(row)
    make.minutes(make.closed(DAY - timedelta(days=40)))
    tell_approved(approved, DAY)
    assert sent() == ["MINUTES_FOR_INFORMATION"]
    assert Client().get(at(in_partnership, row, approved)).status_code == 404


def test_one_who_is_to_come_later_gets_what_is_approved_then() -> None:
    make.recipient(from_on=DAY + timedelta(days=1))
    approved = make.approved()
    assert sent() == []
    tell_approved(approved, DAY + timedelta(days=1))
    assert sent() == ["MINUTES_FOR_INFORMATION"]


def test_a_link_opens_nothing_of_drafts_of_other_units_and_after_its_days(
    in_partnership: TenantRef, powiat: TenantRef
) -> None:
    row = make.recipient()
    draft, approved = make.minutes(), make.approved()
    old = DAY - OPENS_DAYS - timedelta(days=1)
    opened = recipients.opened_by(MINUTES_LINKS.token(row.pk, approved.pk), DAY)
    assert opened and opened[0] == row
    assert recipients.opened_by(MINUTES_LINKS.token(row.pk, draft.pk), DAY) is None
    links = [at(in_partnership, row, approved)]
    links = [links[0].replace(in_partnership.prefix, powiat.prefix), f"{links[0][:-2]}x/"]
    Minutes.objects.filter(pk=approved.pk).update(approved_on=old)
    links.append(at(in_partnership, row, approved))
    assert [Client().get(link).status_code for link in links] == [404, 404, 404]


def test_the_list_is_kept_by_who_runs_the_team_and_names_an_address_once() -> None:
    row = make.recipient()
    with pytest.raises(ValidationError):
        make.recipient(email="Wieslawa@Starostwo.example")
    worker = make_people.person(Role.SOCIAL_WORKER)
    with pytest.raises(Refused):
        end(row, worker)
    with pytest.raises(Refused):
        recipients.add_recipient(
            by=make_people.by(worker), team_id=make.pzk().pk, key=uuid7(), values={}
        )
    assert list(MinutesRecipient.objects.filter(ended_on=None)) == [row]


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Team]:
    """A closed team, read by some people and run by the Lider."""

    def read_by(*people: Person) -> Team:
        keys = Keyring(active=1, keys={1: b"k" * 32})
        given = ClosedTeams(ZZK, lambda one, team: one in people, lambda team: keys)
        offer(monkeypatch, given)
        monkeypatch.setitem(KINDS, ZZK, replace(KINDS[ZZK], leads=KINDS[PZK].leads))
        return Team.objects.create(
            kind=ZZK, rests_on_kind="test", rests_on=uuid7(), from_on=make_people.ESTABLISHED
        )

    return read_by


def test_minutes_of_a_closed_team_go_to_readers_with_an_account_alone(
    closed: Callable[..., Team], in_partnership: TenantRef
) -> None:
    _, reader = make_people.signed_in(in_partnership, Role.SOCIAL_WORKER)
    _, outsider = make_people.signed_in(in_partnership, Role.DPO)
    with inside(in_partnership):
        team = closed(reader, make.lead())
        for email in (WHOM, outsider.email):
            with pytest.raises(ValidationError) as refused:
                make.recipient(team, email=email)
            assert "tylko osoba, która ma pod tym adresem konto" in str(refused.value)
        assert not MinutesRecipient.objects.exists()
        row = make.recipient(team, email=reader.email)
        approved = minutes_of(team)
        tell_approved(approved, DAY)
        [line] = Outgoing.objects.order_by("id")
        assert (line.kind, line.payload["code"]) == ("INBOX", "MINUTES_APPROVED")
        assert line.payload["account_id"] == str(reader.account_id)
        assert recipients.opened_by(MINUTES_LINKS.token(row.pk, approved.pk), DAY) is None


def minutes_of(team: Team) -> Minutes:
    meeting = Meeting.objects.create(
        team=team, state=MeetingState.CLOSED, year=2026, number=1, **make.values(DAY)
    )
    return Minutes.objects.create(
        meeting=meeting, chair="x", taker="x", state=MinutesState.APPROVED, approved_on=DAY
    )
