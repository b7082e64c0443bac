"""The region's coordinators invite, withdraw and end each other; one is always left."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts import tokens
from kooperacja.inbox.models import OutgoingMessage, SentMail, SharedReturned
from tenants.registry import coordinators
from tenants.registry.models import Access, Invitation
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import invitations as make
from tests.tenants.reading import text_of

LIST = "/region/koordynatorzy/"
NEW = f"{LIST}zaproszenie/"
ASKED = {"full_name": "Nowa Koordynatorka", "email": "Nowa@rops.example"}


def coordinator(name: str) -> tuple[Client, Access]:
    """Somebody with the role, who has just shown the second factor."""
    who = accounts.member(None, Role.ROPS_COORDINATOR, email=f"{name}@rops.example", full_name=name)
    return accounts.with_fresh_factor(accounts.client_of(who)), who.accesses.get()


@pytest.fixture
def anna(db: None) -> Client:
    return coordinator("anna")[0]


@pytest.fixture
def ewa(anna: Client) -> tuple[Client, Access]:
    return coordinator("ewa")


@pytest.fixture
def invited(anna: Client) -> Invitation:
    assert anna.post(NEW, ASKED).headers["Location"] == LIST
    return Invitation.objects.get()


def of(invitation: Invitation, step: str) -> str:
    return f"{NEW}{invitation.pk}/{step}/"


def ending(access: Access) -> str:
    return f"{LIST}{access.pk}/koniec/"


def told() -> list[str]:
    """Who was mailed that something changed, in order."""
    rows = OutgoingMessage.objects.filter(dedupe__startswith="coordinators:").order_by("pk")
    return [row.payload["email"] for row in rows]


def left() -> tuple[list[str], list[bool], int, int]:
    """Who works, which invitations are open, the entries, the mails."""
    return (
        [row.account.email for row in coordinators.working()],
        [one.withdrawn_at is None for one in coordinators.invitations_ever()],
        RegionEntry.objects.count(),
        OutgoingMessage.objects.count(),
    )


def test_one_more_is_invited_once_and_the_others_hear_of_it(
    anna: Client, ewa: tuple[Client, Access], invited: Invitation
) -> None:
    assert (invited.email, invited.tenant, invited.role) == (
        "nowa@rops.example",
        None,
        Role.ROPS_COORDINATOR,
    )
    assert told() == ["ewa@rops.example"]
    page = text_of(anna.get(LIST))
    assert "zaproszenie wysłane, ważne do" in page
    assert "(to Ty)" in page
    before = left()
    assert anna.post(NEW, ASKED).headers["Location"] == LIST
    page = anna.post(NEW, {**ASKED, "email": "ewa@rops.example"})
    assert "Ta osoba jest już koordynatorem ROPS." in text_of(page)
    assert left() == before


def test_an_invitation_lets_in_and_is_then_done_with(anna: Client, invited: Invitation) -> None:
    password = {"password1": accounts.PASSWORD, "password2": accounts.PASSWORD}
    Client().post(make.link(), {"full_name": "Nowa", **password})
    page = text_of(anna.get(LIST))
    assert "Zakończ dostęp" in page
    assert "Wyślij ponownie" not in page
    before = left()
    for step in ("ponownie", "wycofanie"):
        assert anna.get(of(invited, step)).status_code == 409
        assert anna.post(of(invited, step)).status_code == 409
    assert left() == before


def test_it_is_sent_again_at_the_common_pace(anna: Client, invited: Invitation) -> None:
    former, before = make.link(), left()
    early = anna.post(of(invited, "ponownie"))
    assert (early.status_code, left()) == (429, before)
    assert "To zaproszenie wysłano przed chwilą" in text_of(early)
    make.made_older(invited, timedelta(minutes=11))
    for _ in range(2):
        assert anna.post(of(invited, "ponownie")).headers["Location"] == LIST
    assert Invitation.objects.count() == 2
    assert "zastąpione nowszym" in text_of(Client().get(former))
    assert Client().get(make.link()).status_code == 200
    assert RegionEntry.objects.filter(verb="INVITED_AGAIN").count() == 1


def test_no_more_than_five_a_day_are_sent(anna: Client, invited: Invitation) -> None:
    for hours in range(4):
        make.made_older(Invitation.objects.latest("pk"), timedelta(hours=10 - hours))
        newest = Invitation.objects.latest("pk")
        assert anna.post(of(newest, "ponownie")).status_code == 302
    newest = make.made_older(Invitation.objects.latest("pk"), timedelta(hours=1))
    before = left()
    assert anna.post(of(newest, "ponownie")).status_code == 429
    assert left() == before


def test_one_that_is_withdrawn_opens_nothing(anna: Client, invited: Invitation) -> None:
    link = make.link()
    for _ in range(2):
        assert anna.post(of(invited, "wycofanie")).headers["Location"] == LIST
    assert "zostało wycofane" in text_of(Client().get(link))
    password = {"password1": accounts.PASSWORD, "password2": accounts.PASSWORD}
    assert Client().post(link, {"full_name": "Nowa", **password}).status_code == 410
    assert coordinators.working().count() == 1
    assert RegionEntry.objects.filter(verb="WITHDRAWN").count() == 1


def test_who_is_ended_loses_access_at_once(anna: Client, ewa: tuple[Client, Access]) -> None:
    client, access = ewa
    assert client.get(LIST).status_code == 200
    assert "Przywrócić dostęp może tylko nowe zaproszenie" in text_of(anna.get(ending(access)))
    for _ in range(2):
        assert anna.post(ending(access)).headers["Location"] == LIST
    assert client.get(LIST).headers["Location"].startswith("/konto/zaloguj/")
    again = accounts.with_fresh_factor(accounts.client_of(access.account))
    assert again.get(LIST).status_code == again.post(NEW, ASKED).status_code == 403
    assert told() == ["ewa@rops.example"]
    assert "/region/" not in OutgoingMessage.objects.latest("pk").payload["text"]
    assert RegionEntry.objects.get().verb == "ENDED"


def test_a_program_of_who_was_ended_reads_nothing_more(
    anna: Client, ewa: tuple[Client, Access]
) -> None:
    _, access = ewa
    until = timezone.now() + timedelta(days=1)
    _, key = tokens.issue(
        by=accounts.acting(access.account), name="Arkusz", scope="REGION_READ", expires_at=until
    )
    program = Client(headers={"Authorization": f"Bearer {key}"})
    assert program.get("/api/v1/units/").status_code == 200
    anna.post(ending(access))
    assert program.get("/api/v1/units/").status_code == 403


def test_the_last_one_is_never_ended(anna: Client) -> None:
    access = coordinators.working().get()
    assert "Zakończ dostęp" not in text_of(anna.get(LIST))
    before = left()
    for page in (anna.get(ending(access)), anna.post(ending(access))):
        assert page.status_code == 409
        assert "Województwo musi mieć koordynatora ROPS" in text_of(page)
    assert left() == before


def test_ones_own_access_ends_where_another_is_left(ewa: tuple[Client, Access]) -> None:
    client, access = ewa
    assert "Zakończyć własny dostęp" in text_of(client.get(ending(access)))
    assert client.post(ending(access)).headers["Location"] == "/konto/zaloguj/"
    assert "Zakończono Twój dostęp" in text_of(client.get("/konto/zaloguj/"))
    assert client.get(LIST).headers["Location"].startswith("/konto/zaloguj/")
    assert [row.account.email for row in coordinators.working()] == ["anna@rops.example"]
    assert told() == ["anna@rops.example", "ewa@rops.example"]


def test_what_is_not_of_the_region_is_not_found(anna: Client) -> None:
    other = accounts.access(accounts.account(), None, Role.ROPS_COORDINATOR)
    Access.objects.filter(pk=other.pk).delete()
    assert anna.post(ending(other)).status_code == 404
    assert anna.post(f"{NEW}{other.pk}/wycofanie/").status_code == 404


def test_the_list_says_at_whose_address_no_mail_arrives(
    anna: Client, ewa: tuple[Client, Access], invited: Invitation
) -> None:
    def came_back(email: str, days_ago: int) -> None:
        SharedReturned.objects.create(
            outbox_id=uuid7(),
            email=email,
            code="invitation",
            is_final=True,
            status="5.1.1",
            returned_at=timezone.now() - timedelta(days=days_ago),
        )

    assert "Poczta nie dochodzi" not in text_of(anna.get(LIST))
    came_back(invited.email, 1)
    came_back("ewa@rops.example", 30)
    came_back("kto@inny.example", 1)
    shown = text_of(anna.get(LIST))
    assert shown.count("Poczta nie dochodzi, wróciła ") == 2
    assert "nie ma takiej skrzynki" in shown
    later = SentMail.objects.create(outbox_id=uuid7(), email="ewa@rops.example", code="summary")
    SentMail.objects.filter(pk=later.pk).update(sent_at=timezone.now() - timedelta(days=9))
    assert text_of(anna.get(LIST)).count("Poczta nie dochodzi, wróciła ") == 1
