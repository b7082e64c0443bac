"""Everybody is invited, written to and told of a risk once, whoever dies, whatever the broker forgets.

A mail that the server took before its worker was killed goes out again; it has the same Message-ID,
so that a mailbox shows it once (docs/adr/0003, 0014). Nothing else is ever sent twice.
"""

import random
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.tenancy.context import inside
from tenants.dialogue.members import seats_of
from tenants.dialogue.models import Notice, Risk, Thread
from tenants.meetings.invited import address_of
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.partnership.models import PartnershipCoordinator
from tenants.people.followers import follow
from tenants.teams.models import Seat, Team
from tests.budget import IS_SOAK
from tests.factories import dialogue as make_dialogue
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.faults.browser import Browser
from tests.faults.conftest import HOME, Office, office_of
from tests.faults.crew import Crew
from tests.faults.site import Site, own_broker
from tests.mail_server import MailServer, listening
from tests.waiting import until

# More than a request writes to itself: letters wait in the outbox, and then mails.
MEMBERS = 40
KILLS = 4 if IS_SOAK else 1
SEEDS = range(1, 13) if IS_SOAK else [1]


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    with listening(MailServer()) as server:
        yield server


@pytest.fixture(scope="module")
def own(
    site: Site, tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer
) -> Iterator[Site]:
    """The same database, with a web process and a broker of its own, and mail by SMTP."""
    folder = tmp_path_factory.mktemp("everyone")
    broker = own_broker(folder / "broker")
    own = Site(
        folder,
        database_url=site.environment["DATABASE_URL"],
        broker_url=broker.url,
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=str(mail_server.server_address[1]),
    )
    try:
        own.web()
        yield own
    finally:
        own.stop()
        broker.stop()


@pytest.fixture(scope="module")
def _crew(own: Site) -> Crew:
    return Crew(own)


@pytest.fixture
def office(own: Site, mail_server: MailServer, django_db_blocker: Any) -> Iterator[Office]:
    with django_db_blocker.unblock(), office_of(own) as office:
        mail_server.behave()
        yield office
        mail_server.behave()


@pytest.fixture
def team(office: Office, crew: Crew, lead: Browser, mail_server: MailServer) -> Team:
    """A large one, in which everybody can be reached."""
    with inside(office.tenant):
        lacking = MEMBERS - PartnershipCoordinator.objects.on(timezone.localdate()).count()
        make_partnership.many_members(max(0, lacking))
        for row in PartnershipCoordinator.objects.select_related("person").order_by("pk"):
            row.person.email = row.person.email or f"{row.person_id}@szkola.example.pl"
            row.person.save(update_fields=["email"])
        follow()
        team = make.pzk()
        Outgoing.objects.filter(done_at=None).delete()
    mail_server.taken.clear()
    return team


@pytest.fixture
def meeting(office: Office, team: Team, mail_server: MailServer) -> Meeting:
    """One of it that is prepared."""
    with inside(office.tenant):
        meeting = make.planned(make.free_day())
        Outgoing.objects.filter(done_at=None).delete()
    return meeting


def convene(lead: Browser, meeting: Meeting) -> None:
    at = f"{HOME}spotkania/{meeting.pk}/"
    assert lead.post(f"{at}zwolaj/", {"version": str(meeting.version)}).location == at


def invited(office: Office, meeting: Meeting) -> list[str]:
    """The address of each seat, in order."""
    with inside(office.tenant):
        rows = SeatInvitation.objects.filter(meeting=meeting).select_related(
            "seat__person", "seat__organisation"
        )
        return sorted(address for row in rows.order_by("pk") if (address := address_of(row)))


def go_on(office: Office, crew: Crew) -> bool:
    """The schedule's sweep, for which all that is to be tried later is due; True once nothing waits."""
    with inside(office.tenant):
        is_left = Outgoing.objects.filter(done_at=None).update(available_at=timezone.now())
    return not is_left or crew.told()


def sent(server: MailServer) -> dict[str, list[Message]]:
    """The mails that the server took, by their Message-ID."""
    found: dict[str, list[Message]] = {}
    for mail in list(server.taken):
        found.setdefault(mail["Message-ID"], []).append(mail)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_dies_everybody_is_invited_once(
    office: Office, crew: Crew, lead: Browser, meeting: Meeting, mail_server: MailServer, seed: int
) -> None:
    convene(lead, meeting)
    suffer(seed, office, crew, mail_server)
    each_has_one(office, mail_server, invited(office, meeting))


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_dies_everybody_hears_of_a_risk_once(
    office: Office, crew: Crew, lead: Browser, team: Team, mail_server: MailServer, seed: int
) -> None:
    at, key = f"{HOME}miedzy-spotkaniami/ryzyka/", uuid7()
    sent = {**make_dialogue.values(), "key": str(key), "of": "lider"}
    assert lead.post(f"{at}nowe/{team.pk}/", sent).location == f"{at}{key}/"
    suffer(seed, office, crew, mail_server)
    with inside(office.tenant):
        seats = list(seats_of(team, timezone.localdate()))
        notices = Notice.objects.filter(about=key)
        assert sorted(notices.values_list("seat", flat=True)) == sorted(seat.pk for seat in seats)
        assert not notices.filter(queued_at=None).exists()
        assert Risk.objects.get(pk=key).queued_at
        lines = Outgoing.objects.filter(kind="INBOX", dedupe__startswith=f"risk:{key}:")
        assert lines.count() == notices.filter(has_account=True).count() > 0
    each_has_one(office, mail_server, sorted(filter(None, map(address_of_seat, seats))))


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_dies_everybody_gets_a_message_once(
    office: Office, crew: Crew, lead: Browser, team: Team, mail_server: MailServer, seed: int
) -> None:
    at, key = f"{HOME}miedzy-spotkaniami/korespondencja/", uuid7()
    said = {"key": str(key), "of": "lider", "subject": "Dyżury", "text": "Proszę o listę."}
    assert lead.post(f"{at}nowa/{team.pk}/", said).location == f"{at}{key}/"
    suffer(seed, office, crew, mail_server)
    with inside(office.tenant):
        seats = list(seats_of(team, timezone.localdate()))
        message = Thread.objects.get(pk=key).messages.get()
        notices = Notice.objects.filter(about=message.pk)
        assert sorted(notices.values_list("seat", flat=True)) == sorted(seat.pk for seat in seats)
        assert message.queued_at
    each_has_one(office, mail_server, sorted(filter(None, map(address_of_seat, seats))))


def address_of_seat(seat: Seat) -> str:
    return (
        seat.person.email if seat.person else seat.organisation.email if seat.organisation else ""
    )


def suffer(seed: int, office: Office, crew: Crew, server: MailServer) -> None:
    """Workers die, the server refuses and the broker forgets, until nothing waits any more."""
    chance = random.Random(seed)
    refused_at, emptied_at = chance.randrange(KILLS + 1), chance.randrange(KILLS)
    for turn in range(KILLS + 1):
        if turn == refused_at:
            refuse_for_a_while(office, crew, server)
        if turn < KILLS:
            kill_after(chance.randint(1, 10), office, crew, server, empties=turn == emptied_at)
    assert left(office)  # the broker is emptied under a worker that goes on
    crew.empty_broker()
    until(lambda: go_on(office, crew))


def each_has_one(office: Office, server: MailServer, addresses: list[str]) -> None:
    """What a killed worker had sent goes out again as the same mail."""
    mails = sent(server)
    assert sorted(copies[0]["To"] for copies in mails.values()) == addresses
    assert sum(map(len, mails.values())) == len(mails) + KILLS
    with inside(office.tenant):
        assert Delivery.objects.filter(message_id__in=mails).count() == len(mails)


def kill_after(
    more: int, office: Office, crew: Crew, server: MailServer, *, empties: bool = False
) -> None:
    """The worker dies when the server has taken so many more mails, before it knows of the last.

    The next one may find an empty broker: no task that was under way, or waited, is there any more.
    """
    server.fall_silent_at(len(server.taken) + more)
    until(lambda: len(server.taken) >= server.silent_at or go_on(office, crew))
    if empties:
        crew.empty_broker()
    crew.kill()
    server.behave()


def refuse_for_a_while(office: Office, crew: Crew, server: MailServer) -> None:
    enough = server.refusals + 5
    server.refuses = lambda address: True
    until(lambda: server.refusals >= enough or go_on(office, crew))
    server.behave()


def left(office: Office) -> int:
    with inside(office.tenant):
        return Outgoing.objects.filter(done_at=None).count()


def test_a_server_that_refuses_is_asked_again_and_the_page_shows_whom_it_refuses(
    office: Office, crew: Crew, lead: Browser, meeting: Meeting, mail_server: MailServer
) -> None:
    with inside(office.tenant):
        refused = PartnershipCoordinator.objects.order_by("pk")[0].person.email
    mail_server.refuses = refused.__eq__
    convene(lead, meeting)
    until(lambda: (mail_server.refusals > 1 and left(office) == 1) or go_on(office, crew))
    shown = lead.get(f"{HOME}spotkania/{meeting.pk}/").text
    assert shown.count("e-mail nie dochodzi, ponawiamy") == 1
    assert shown.count("e-mail wysłany") == len(invited(office, meeting)) - 1
    mail_server.behave()
    until(lambda: go_on(office, crew))
    shown = lead.get(f"{HOME}spotkania/{meeting.pk}/").text
    assert "e-mail nie dochodzi" not in shown
    assert {len(copies) for copies in sent(mail_server).values()} == {1}
