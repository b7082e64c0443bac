"""The personal feed: who reads it, until when, and that it names nobody."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kooperacja.accounts import feeds
from kooperacja.accounts.models import Account, CalendarFeed
from kooperacja.audit.actor import Unproved
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import localtime
from tenants.people import account as views
from tenants.people import matters
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import data_protection as make_data
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make

NEW, REVOKE = "/konto/kalendarz/adres/", "/konto/kalendarz/adres/uniewaznienie/"
NAME = "Żegota Niepowtarzalny"


@pytest.fixture
def lead(partnership: TenantRef) -> Account:
    """A Lider for whom a declaration, an agreement, an authorisation and a meeting wait."""
    with inside(partnership):
        _, person = make.signed_in(partnership, Role.LEAD)
        make_accession.filed(make.person(Role.LEAD, full_name=NAME))
        member = make_partnership.member(make.organisation(name="Szkoła Niepowtarzalna"))
        soon = timezone.localdate() + timedelta(days=9)
        make_data.agreement(member.organisation, ended_on=soon)
        worker = make.person(Role.PARTNER_WORKER, organisation=member.organisation, full_name=NAME)
        make_data.authorisation(worker, member.organisation, ended_on=soon)
    return Account.objects.get(pk=person.account_id)


def address_of(account: Account) -> str:
    _, secret = feeds.issue(by=accounts.acting(account))
    return f"/konto/kalendarz/{secret}/kooperacja.ics"


def events_at(address: str) -> list[tuple[str, str]]:
    answer = Client().get(address)
    assert answer.status_code == 200
    return [(str(e["summary"]), str(e["uid"])) for e in Calendar.from_ical(answer.content).events]


def test_the_feed_is_a_calendar_that_names_the_matter_and_the_unit_alone(
    lead: Account, partnership: TenantRef
) -> None:
    answer = Client().get(address_of(lead))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    calendar = Calendar.from_ical(answer.content)
    matters_told = {str(event["summary"]) for event in calendar.events}
    kinds = (
        *("Decyzja o deklaracji", "Umowa o danych", "Upoważnienie do przetwarzania danych"),
        "Zwołanie spotkania",
    )
    assert matters_told == {f"{kind}: {partnership.name}" for kind in kinds}
    text = answer.content.decode().replace("\r\n ", "")
    for told in (NAME, "Niepowtarzaln", lead.full_name, lead.email):
        assert told not in text
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    for event in calendar.events:
        assert re.fullmatch(
            r"https?://[^/]+/gmina/gogolin/(partnerstwo|spotkania)/.+", str(event["url"])
        )
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)


def test_a_convened_meeting_stands_at_its_hours_and_moves_as_the_same_event(
    lead: Account, partnership: TenantRef
) -> None:
    with inside(partnership):
        meeting = make_meetings.convened()
    address, seen = address_of(lead), []
    for hour in (10, 14):
        with inside(partnership):
            starts = localtime(meeting.starts_at).replace(hour=hour)
            ends = starts + timedelta(hours=2)
            type(meeting).objects.filter(pk=meeting.pk).update(starts_at=starts, ends_at=ends)
        calendar = Calendar.from_ical(Client().get(address).content)
        (event,) = (one for one in calendar.events if str(one["summary"]).startswith("Spotkanie"))
        assert event["dtstart"].params["TZID"] == "Europe/Warsaw"
        assert (event["dtstart"].dt, event["dtend"].dt) == (starts, ends)
        assert str(event["summary"]) == f"Spotkanie zespołu: {partnership.name}"
        seen.append(str(event["uid"]))
    assert len({*seen}) == 1
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Warsaw"]


def test_an_event_keeps_its_id_and_each_has_its_own(lead: Account) -> None:
    address = address_of(lead)
    first, again = events_at(address), events_at(address)
    assert first == again
    assert len({uid for _, uid in first}) == len(first) == 4


def test_only_the_living_address_of_an_active_account_answers(lead: Account) -> None:
    before = address_of(lead)
    address = address_of(lead)
    assert Client().get(before).status_code == 404
    assert len(events_at(address)) == 4
    assert Client().get(address.replace("/kooperacja", "x/kooperacja")).status_code == 404
    assert Client().get("/konto/kalendarz/x/kooperacja.ics").status_code == 404
    for method in ("post", "put", "delete", "options"):
        assert getattr(Client(), method)(address).status_code == 405
    Account.objects.filter(pk=lead.pk).update(is_active=False)
    assert Client().get(address).status_code == 404
    Account.objects.filter(pk=lead.pk).update(is_active=True)
    feeds.revoke(by=accounts.acting(lead))
    assert Client().get(address).status_code == 404


def test_a_right_that_ended_takes_its_days_along(lead: Account, partnership: TenantRef) -> None:
    address = address_of(lead)
    Access.objects.filter(account=lead).update(ended_at=timezone.now())
    assert events_at(address) == []


def test_each_address_shows_its_own_account_alone(lead: Account, partnership: TenantRef) -> None:
    with inside(partnership):
        _, other = make.signed_in(partnership, Role.DPO)
    address_of(lead)
    theirs = events_at(address_of(Account.objects.get(pk=other.account_id)))
    assert {summary.partition(":")[0] for summary, _ in theirs} == {
        "Umowa o danych",
        "Upoważnienie do przetwarzania danych",
    }


def test_who_must_have_a_second_factor_and_has_none_reads_nothing(lead: Account) -> None:
    address = address_of(lead)
    lead.authenticator_set.all().delete()  # type: ignore[attr-defined]
    assert events_at(address) == []


def test_a_unit_that_does_not_answer_makes_the_program_come_again(
    lead: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(person: object, day: object) -> object:
        raise DatabaseError

    monkeypatch.setattr(matters, "days_of", fails)
    answer = Client().get(address_of(lead))
    assert (answer.status_code, answer["Retry-After"], answer.content) == (503, "300", b"")


def test_who_asks_too_often_is_told_to_wait(lead: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "READ_AN_HOUR", 2)
    monkeypatch.setattr(views, "WRONG_AN_HOUR", 2)
    address = address_of(lead)
    assert [Client().get(address).status_code for _ in range(3)] == [200, 200, 429]
    wrong = "/konto/kalendarz/zgaduje/kooperacja.ics"
    assert [Client().get(wrong).status_code for _ in range(3)] == [404, 404, 429]


def test_the_address_is_shown_once_and_told_by_mail(lead: Account) -> None:
    client = accounts.with_fresh_factor(accounts.client_of(lead))
    form = {"key": client.get(NEW).context["form"]["key"].value()}
    made = client.post(NEW, form)
    (address,) = re.findall(r"<code>https?://[^/]+([^<]+)</code>", made.content.decode())
    assert len(events_at(address)) == 4
    secret = address.split("/")[3]
    assert secret not in str(CalendarFeed.objects.values().get())
    assert "To już zapisano" in client.post(NEW, form, follow=True).content.decode()
    assert len(events_at(address)) == 4
    mails = [m.payload for m in OutgoingMessage.objects.filter(dedupe__startswith="calendar-feed")]
    assert [(m["email"], secret in str(m)) for m in mails] == [(lead.email, False)]
    client.post(REVOKE)
    assert Client().get(address).status_code == 404
    assert OutgoingMessage.objects.filter(dedupe__startswith="calendar-feed").count() == 2


def test_without_a_fresh_factor_nobody_makes_or_ends_one(lead: Account) -> None:
    address = address_of(lead)
    stale = accounts.client_of(lead)
    for page in (NEW, REVOKE):
        assert stale.post(page).status_code == 302
    for act in (feeds.issue, feeds.revoke):
        with pytest.raises(Unproved):
            act(by=replace(accounts.acting(lead), lacks_proof=True))
    assert len(events_at(address)) == 4


def test_a_change_of_password_offers_to_end_it(lead: Account) -> None:
    address = address_of(lead)
    client = accounts.with_fresh_factor(accounts.client_of(lead))
    page = client.get("/konto/haslo/")
    assert page.context["form"]["end_feed"].initial is True
    feeds.revoke_all(by=lead)
    assert Client().get(address).status_code == 404
    assert "end_feed" not in client.get("/konto/haslo/").context["form"].fields


def test_use_is_noted_at_most_once_a_minute(lead: Account) -> None:
    _, secret = feeds.issue(by=accounts.acting(lead))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        feeds.find(secret)
        noted = CalendarFeed.objects.get().last_used_at
        clock.shift(timedelta(seconds=59))
        feeds.find(secret)
        assert CalendarFeed.objects.get().last_used_at == noted
        clock.shift(timedelta(seconds=1))
        feeds.find(secret)
        assert CalendarFeed.objects.get().last_used_at == noted + timedelta(minutes=1)
