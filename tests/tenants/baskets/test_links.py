"""Owners answer by the link of a mail; programs that open it answer nothing (REG §3.5.a)."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets import links
from tenants.baskets.models.answers import CheckAnswer, CheckLink
from tenants.baskets.models.checks import CardCheck, ServiceReport
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import CheckState
from tenants.meetings.addressed import INVITATION_LINKS
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.logged import Lines
from tests.tenants.baskets.test_rounds import night

YEAR = timedelta(days=365)


def mails() -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__code="CARDS_TO_CONFIRM").order_by("id")
    return [one.payload for one in rows]


def links_in(mail: dict[str, Any]) -> list[str]:
    return re.findall(r"https?://[^/\s]+(/gmina/gogolin/koszyk/odpowiedz/\S+)", mail["text"])


def everything(tenant: TenantRef) -> list[Any]:
    """All that an answer could change, what the journal says of it, and messages."""
    with inside(tenant):
        models = (Service, CardCheck, CheckAnswer, ServiceReport, CheckLink, Entry, Outgoing)
        return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def card(office: Actor, coordinator: Actor, kooperant: Organisation) -> list[Service]:
    return [make.accepted(office, kooperant, name=name) for name in ("Poradnia", "Świetlica")]


@pytest.fixture
def due(card: list[Service]) -> Iterator[date]:
    """The day on which they are to be confirmed again."""
    day = card[0].due_on
    assert day is not None
    with time_machine.travel(day):
        yield day


@pytest.fixture
def link(due: date, in_partnership: TenantRef) -> str:
    """The link of the first mail."""
    night(in_partnership, due)
    (at,) = links_in(mails()[0])
    return at


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def follow(browser: Client, link: str) -> str:
    """The page to which a link leads, whose address has nothing of it."""
    led = browser.get(link)
    assert led.status_code == 302
    assert token_of(link) not in led["Location"]
    return str(led["Location"])


def test_a_scanner_that_opens_everything_confirms_nothing(
    link: str, due: date, in_partnership: TenantRef
) -> None:
    before = everything(in_partnership)
    for method in ("get", "head", "options"):
        scanner = Client()
        getattr(scanner, method)(link, follow=True)
        getattr(scanner, method)(page := follow(scanner, link))
        # It stays for a minute and looks once more.
        with time_machine.travel(datetime.combine(due, time(0, 1), ZoneInfo("Europe/Warsaw"))):
            getattr(scanner, method)(page)
    # What submits a form without reading it has no services to tick.
    assert Client(enforce_csrf_checks=True).post(link).status_code in (403, 405)
    scanner = Client()
    assert scanner.post(follow(scanner, link), {}).status_code == 422
    assert everything(in_partnership) == before


def test_one_post_confirms_and_a_repeat_is_told_who_did_it_and_when(
    link: str, card: list[Service], due: date, in_partnership: TenantRef, coordinator: Actor
) -> None:
    browser = Client()
    page = follow(browser, link)
    answered = {str(one.pk): "TRUE" for one in card}
    assert browser.post(page, answered).status_code == 302
    with inside(in_partnership):
        first = Service.objects.get(pk=card[0].pk)
        assert (first.confirmed_on, first.confirmed_how) == (due, How.OWNER)
        name = Person.objects.get(pk=coordinator.person_id).full_name
        assert first.confirmed_by_name == f"{name}, odnośnik z wiadomości"
        assert CardCheck.objects.get().state == CheckState.DONE
    after = everything(in_partnership)
    other = Client()
    again = other.post(follow(other, link), answered)
    assert again.status_code == 409
    assert name in again.content.decode()
    assert name in other.get(page).content.decode()
    assert everything(in_partnership) == after


def test_what_is_wrong_reaches_the_keepers_and_nobody_writes_again(
    link: str, card: list[Service], due: date, in_partnership: TenantRef
) -> None:
    browser = Client()
    page = follow(browser, link)
    first, second = (str(one.pk) for one in card)
    silent = {first: "CHANGED", second: "NOT_OURS"}
    assert browser.post(page, silent).status_code == 422  # not a word on what has changed
    told = {**silent, f"note_{first}": "Nowy telefon: 77 400 00 09."}
    assert browser.post(page, told).status_code == 302
    with inside(in_partnership):
        assert set(ServiceReport.objects.values_list("service__name", "text")) == {
            ("Poradnia", "Nowy telefon: 77 400 00 09."),
            ("Świetlica", "Instytucja odpowiedziała, że to nie jej usługa."),
        }
        assert set(Service.objects.values_list("confirmed_on", flat=True)) == {due - YEAR}
        for days in (14, 28, 42, 60):
            night(in_partnership, due + timedelta(days=days))
        assert len(mails()) == 1
        assert CardCheck.objects.get().state == CheckState.OPEN


def test_a_shared_mailbox_says_who_answers(
    card: list[Service], due: date, in_partnership: TenantRef, kooperant: Organisation
) -> None:
    RoleAssignment.objects.filter(organisation=kooperant).delete()
    Organisation.objects.filter(pk=kooperant.pk).update(email="sekretariat@pokaz.example")
    night(in_partnership, due)
    (mail,) = mails()
    assert mail["email"] == "sekretariat@pokaz.example"
    browser = Client()
    page = follow(browser, links_in(mail)[0])
    answered = {str(card[0].pk): "TRUE"}
    assert browser.post(page, answered).status_code == 422
    who = {"full_name": "Ewa Zmyślona", "function": "sekretarka"}
    assert browser.post(page, {**answered, **who}).status_code == 302
    with inside(in_partnership):
        service = Service.objects.get(pk=card[0].pk)
        assert service.confirmed_by_name == "Ewa Zmyślona, sekretarka, odnośnik z wiadomości"


def test_a_person_gets_one_mail_for_all_their_cards(
    card: list[Service],
    due: date,
    in_partnership: TenantRef,
    kooperant: Organisation,
    coordinator: Actor,
    office: Actor,
) -> None:
    other = make_people.organisation(name="Fundacja Pozorna")
    make_partnership.member(other)
    RoleAssignment.objects.create(
        person_id=coordinator.person_id,
        role=Role.PARTNER_COORDINATOR,
        organisation=other,
        from_on=due - YEAR,
    )
    with time_machine.travel(due - YEAR):
        make.accepted(office, other, name="Klub")
    night(in_partnership, due)
    (mail,) = mails()
    first, second = links_in(mail)
    assert first != second
    browsers = [Client().get(one, follow=True).content.decode() for one in (first, second)]
    assert ["Klub" in one for one in browsers].count(True) == 1


def test_of_a_link_nothing_but_a_digest_is_kept(link: str, in_partnership: TenantRef) -> None:
    secret = token_of(link).partition(".")[2]
    assert secret
    with inside(in_partnership):
        kept = repr(list(CheckLink.objects.values()))
        lines = repr(list(Outgoing.objects.filter(kind="INBOX").values_list("payload")))
    assert secret not in kept
    assert "odpowiedz" not in lines


def test_a_link_of_another_card_address_or_purpose_opens_nothing(
    link: str, due: date, in_partnership: TenantRef, powiat: TenantRef, office: Actor
) -> None:
    make.accepted(office, None, name="Praca socjalna")
    Service.objects.filter(name="Praca socjalna").update(due_on=due)
    night(in_partnership, due)
    other = next(at for mail in mails() for at in links_in(mail) if at != link)
    (own_key, own_secret), (key, secret) = (token_of(at).split(".") for at in (link, other))
    row = UUID(own_key)
    strange = [
        f"{in_partnership.prefix}/koszyk/odpowiedz/{own_key}.{secret}/",
        f"{in_partnership.prefix}/koszyk/odpowiedz/{key}.{own_secret}/",
        f"{in_partnership.prefix}/koszyk/odpowiedz/{INVITATION_LINKS.token(row)}/",
        f"{in_partnership.prefix}/spotkania/odpowiedz/{token_of(link)}/",
        f"{powiat.prefix}/koszyk/odpowiedz/{token_of(link)}/",
    ]
    assert {Client().get(one).status_code for one in strange} == {404}
    assert Client().get(link).status_code == 302
    # Whoever reads another address is asked by a link of their own.
    with inside(in_partnership):
        CheckLink.objects.filter(pk=row).update(email="inny@pokaz.example")
    assert Client().get(link).status_code == 404


def test_its_secret_is_in_no_log(
    link: str, card: list[Service], due: date, lines: Lines, in_partnership: TenantRef
) -> None:
    browser = Client()
    page = follow(browser, link)
    browser.get(page, headers={"Referer": f"https://kooperacja.example{link}"})
    assert browser.post(page, {str(card[0].pk): "TRUE"}).status_code == 302
    with time_machine.travel(due + timedelta(days=31)):
        assert Client().get(link).status_code == 404
    routes = [event.get("route") for event in lines()]
    assert "koszyk/odpowiedz/<token>/" in str(routes)
    written = json.dumps(lines())
    assert not [part for part in token_of(link).split(".") if part in written]
    with inside(in_partnership):
        journal = repr(list(Entry.objects.values()))
    assert token_of(link).split(".")[1] not in journal


def test_a_link_opens_one_round_for_thirty_days_at_the_address_it_was_sent_to(
    link: str, due: date, in_partnership: TenantRef, coordinator: Actor
) -> None:
    forged = [link.replace(".", ".x"), link[:-3] + "/", f"{link[:20]}/koszyk/odpowiedz/x.y/"]
    assert {Client().get(one).status_code for one in forged} == {404}
    browser = Client()
    page = follow(browser, link)
    assert Client().get(page).status_code == 404  # its address alone opens nothing
    with inside(in_partnership):
        ends = CheckLink.objects.get().expires_at
    assert ends.date() == due + timedelta(days=30)
    with time_machine.travel(ends - timedelta(minutes=1)):
        assert Client().get(link).status_code == 302
    with time_machine.travel(ends):
        assert {one.status_code for one in (Client().get(link), browser.get(page))} == {404}
        assert browser.post(page, {}).status_code == 404
        with inside(in_partnership):
            links.forget_old()
            assert not CheckLink.objects.exists()


def test_whoever_no_longer_speaks_for_the_institution_opens_nothing(
    link: str, card: list[Service], in_partnership: TenantRef, coordinator: Actor
) -> None:
    browser = Client()
    page = follow(browser, link)
    with inside(in_partnership):
        Person.objects.filter(pk=coordinator.person_id).update(email="inny@pokaz.example")
    before = everything(in_partnership)
    assert Client().get(link).status_code in (302, 404)
    assert browser.get(page).status_code == 404
    assert browser.post(page, {str(card[0].pk): "TRUE"}).status_code == 404
    assert everything(in_partnership) == before


def test_the_round_of_another_card_is_not_answered(
    link: str, in_partnership: TenantRef, office: Actor
) -> None:
    foreign = make.accepted(office, None, name="Praca socjalna")
    Service.objects.filter(pk=foreign.pk).update(due_on=office.today)
    browser = Client()
    page = follow(browser, link)
    before = everything(in_partnership)
    assert browser.post(page, {str(foreign.pk): "ENDED"}).status_code == 422
    assert everything(in_partnership) == before


def test_too_long_a_word_on_an_end_is_said_beside_its_field(
    link: str, card: list[Service], in_partnership: TenantRef
) -> None:
    browser, key = Client(), str(card[0].pk)
    page = follow(browser, link)
    answer = browser.post(page, {key: "ENDED", f"note_{key}": "x" * 301})
    assert answer.status_code == 422
    assert "najwyżej 300 znaków" in answer.content.decode()
    assert browser.post(page, {key: "ENDED", f"note_{key}": "x" * 300}).status_code == 302
    with inside(in_partnership):
        assert Service.objects.get(pk=key).ended_why == "x" * 300
