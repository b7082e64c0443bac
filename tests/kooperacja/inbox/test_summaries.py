"""The daily summary: at most one mail an account and day, of what is new and still open."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.signing import Signer, TimestampSigner
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.inbox import summaries, tasks
from kooperacja.inbox.actions import choose_summary, mark_done, mark_read
from kooperacja.inbox.models import InboxItem, OutgoingMessage, Summary, SummaryChoice
from kooperacja.inbox.switching import _LINKS, WORKS, off_path
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import Access
from tests.factories import accounts
from tests.factories.letters import HOSTILE
from tests.kooperacja.inbox.lines import line
from tests.kooperacja.test_letters import Seen
from tests.mail_server import MailServer, serving

PAGE = "/konto/skrzynka/e-maile/"
DAY, SEVEN = date(2031, 3, 3), time(7, tzinfo=UTC)


def send(day: date = DAY) -> list[Any]:
    """The mails of a day's summary."""
    mail.outbox.clear()
    with time_machine.travel(datetime.combine(day, SEVEN), tick=False):
        summaries.plan(day)
        drain(OutgoingMessage, handlers())
    return list(mail.outbox)


def test_one_mail_tells_of_all_units_and_leads_to_each_line(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who = accounts.member(gmina)
    accounts.access(who, powiat)
    for tenant, title in ((powiat, "Prośba"), (gmina, "Deklaracja"), (gmina, "Ustalenie")):
        line(who, tenant, title)
    [sent] = send()
    assert (sent.to, sent.subject) == ([who.email], "Kooperacja: 3 nowe powiadomienia")
    said = [gmina.name, "Ustalenie:", "Deklaracja:", powiat.name, "Prośba:"]
    places = [sent.body.index(f"\n{words}\n") for words in said]
    assert places == sorted(places)
    assert sent.body.count(f"http://testserver{gmina.prefix}/\n") == 2
    assert f"http://testserver{PAGE}" in sent.body


def test_both_bodies_say_and_link_the_same(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    made = summaries.written([line(who, gmina, HOSTILE), line(who, None, "Konto")], who.pk)
    seen = Seen(made.html)
    linked = re.findall(r"^(http\S+)$", made.text, re.MULTILINE)
    assert list(dict.fromkeys(linked)) == list(dict.fromkeys(seen.links))
    assert (seen.loads, seen.tags.count("h1"), seen.tags.count("h2")) == ([], 1, 2)
    assert "b" not in seen.tags


@pytest.mark.parametrize(
    ("count", "subject", "left_out"),
    [(1, "1 nowe powiadomienie", False), (52, "52 nowe powiadomienia", True)],
)
def test_a_long_one_ends_somewhere(
    gmina: TenantRef, count: int, subject: str, left_out: bool
) -> None:
    who = accounts.member(gmina)
    lines = [InboxItem(account=who, title=f"Sprawa {n}", url=f"/{n}/") for n in range(count)]
    made = summaries.written(lines, who.pk)
    assert made.subject == f"Kooperacja: {subject}"
    assert ("Poniżej jest 50 najnowszych." in made.text) is left_out
    assert ("Sprawa 50:" in made.text) is False


def test_what_was_told_is_told_once(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    line(who, gmina, "Pierwsza")
    assert len(send()) == 1
    line(who, gmina, "Druga")
    assert [send(DAY) for _ in range(2)] == [[], []]
    [sent] = send(DAY + timedelta(days=1))
    assert "Druga" in sent.body
    assert "Pierwsza" not in sent.body
    assert send(DAY + timedelta(days=2)) == []


def test_without_news_nobody_is_written_to(gmina: TenantRef) -> None:
    line(accounts.member(gmina), gmina, is_news=False)
    assert send() == []
    assert not Summary.objects.exists()


@pytest.mark.parametrize("when", ["before", "between"])
def test_what_was_settled_or_read_is_not_in_it(gmina: TenantRef, when: str) -> None:
    who, other = accounts.member(gmina), accounts.member(gmina)
    rows = [line(who, gmina, title) for title in ("Załatwiona", "Przeczytana", "Nowa")]
    alone = line(other, gmina, "Jedyna")
    if when == "between":
        summaries.plan(DAY)
    mark_done(source_ids=[rows[0].source_id, alone.source_id])
    mark_read(account_id=who.pk, item_id=rows[1].pk)
    [sent] = send()
    assert (sent.to, sent.subject) == ([who.email], "Kooperacja: 1 nowe powiadomienie")
    assert "Nowa" in sent.body


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_unit_that_one_left_is_not_in_it(gmina: TenantRef, powiat: TenantRef, when: str) -> None:
    who, left = accounts.member(gmina), accounts.member(powiat)
    accounts.access(who, powiat)
    for account, tenant in ((who, gmina), (who, powiat), (left, powiat)):
        line(account, tenant)
    if when == "between":
        summaries.plan(DAY)
    Access.objects.filter(tenant_id=powiat.id).update(ended_at=timezone.now())
    [sent] = send()
    assert (sent.to, gmina.name in sent.body) == ([who.email], True)
    assert powiat.name not in sent.body


def test_a_closed_account_gets_none(gmina: TenantRef) -> None:
    early, late = accounts.member(gmina), accounts.member(gmina)
    for who in (early, late):
        line(who, gmina)
    Account.objects.filter(pk=early.pk).update(is_active=False)
    summaries.plan(DAY)
    Account.objects.filter(pk=late.pk).update(is_active=False)
    assert send() == []
    assert not OutgoingMessage.objects.filter(done_at=None).exists()


def test_who_wants_none_gets_none_and_later_nothing_old(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    choose_summary(account_id=who.pk, is_daily=False)
    line(who, gmina, "Dawna")
    assert send() == []
    choose_summary(account_id=who.pk, is_daily=True)
    line(who, gmina, "Nowa")
    summaries.plan(DAY)
    choose_summary(account_id=who.pk, is_daily=False)
    assert send() == []
    choose_summary(account_id=who.pk, is_daily=True)
    line(who, gmina, "Najnowsza")
    [sent] = send(DAY + timedelta(days=1))
    assert sent.subject == "Kooperacja: 1 nowe powiadomienie"
    assert "Najnowsza" in sent.body


def test_a_mail_server_that_refuses_gets_it_again_and_it_is_one(
    gmina: TenantRef, settings: Any
) -> None:
    line(accounts.member(gmina), gmina)
    with serving(MailServer(deaths=1), settings) as server:
        send()
        assert OutgoingMessage.objects.get().last_error == "SMTPServerDisconnected"
        summaries.plan(DAY)
        with time_machine.travel(datetime.combine(DAY, time(7, 1, tzinfo=UTC))):
            drain(OutgoingMessage, handlers())
        first, second = (sent["Message-ID"] for sent in server.taken)
    assert first == second
    assert (OutgoingMessage.objects.get().attempts, Summary.objects.count()) == (2, 1)
    assert send(DAY + timedelta(days=1)) == []


def test_what_could_not_be_sent_on_its_day_is_in_the_next_summary(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    line(who, gmina, "Pierwsza")
    summaries.plan(DAY)
    line(who, gmina, "Druga")
    [sent] = send(DAY + timedelta(days=1))
    assert {"Pierwsza:", "Druga:"} <= set(sent.body.splitlines())


def _many(tenant: TenantRef, count: int) -> None:
    people = [Account(email=f"osoba-{n}@tysiac.example", full_name="A") for n in range(count)]
    Account.objects.bulk_create(people)
    InboxItem.objects.bulk_create(
        InboxItem(
            account=who,
            tenant_id=tenant.id,
            tenant_name=tenant.name,
            title="Sprawa",
            url="/",
            code="TESTED",
            source_id=uuid4(),
            is_news=True,
        )
        for who in people
    )


def test_a_thousand_accounts_cost_a_few_queries(gmina: TenantRef) -> None:
    _many(gmina, 1000)
    with CaptureQueriesContext(connections["shared"]) as asked:
        assert summaries.plan(DAY) == 1000
    assert len(asked) <= 20
    assert OutgoingMessage.objects.filter(kind="SUMMARY").count() == 1000
    assert not InboxItem.objects.filter(summary_on=None).exists()


def test_old_summaries_are_forgotten(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    for days in (31, 30):
        Summary.objects.create(account=who, day=timezone.localdate() - timedelta(days=days))
    tasks.send_summaries()
    assert [row.day for row in Summary.objects.all()] == [timezone.localdate() - timedelta(days=30)]


def test_the_choice_is_made_on_a_page(gmina: TenantRef) -> None:
    client = accounts.client_of(who := accounts.member(gmina))
    for value, is_daily in (("nie", False), ("nie", False), ("codziennie", True)):
        assert client.post(PAGE, {"summary": value}).headers["Location"] == "/konto/skrzynka/"
        who.refresh_from_db()
        assert who.summary_choice.is_daily is is_daily
        page = client.get(PAGE).content.decode()
        assert re.search(rf'value="{value}"[^>]* checked', page)
    assert client.post(PAGE, {"summary": "co godzinę"}).status_code == 200
    assert who.summary_choice.is_daily is True


def off_link(sent: Any) -> str:
    listed = sent.message()["List-Unsubscribe"]
    assert sent.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = listed.removeprefix("<http://testserver").removesuffix(">")
    assert f"http://testserver{link}\n" in sent.body
    return str(link)


def test_its_own_link_switches_it_off_without_signing_in_and_a_look_does_not(
    gmina: TenantRef,
) -> None:
    who, other = accounts.member(gmina), accounts.member(gmina)
    for account in (who, other):
        line(account, gmina)
    link = off_link(next(sent for sent in send() if sent.to == [who.email]))
    stranger = Client(enforce_csrf_checks=True)
    assert "Wyłącz podsumowanie" in stranger.get(link).content.decode()
    assert not SummaryChoice.objects.exists()
    pressed = stranger.post(link, {"List-Unsubscribe": "One-Click"})
    assert (pressed.status_code, stranger.post(link).status_code) == (200, 200)
    assert PAGE in pressed.content.decode()
    assert SummaryChoice.objects.get().account == who
    for account in (who, other):
        line(account, gmina)
    assert [sent.to for sent in send(DAY + timedelta(days=1))] == [[other.email]]


def test_a_link_that_was_not_signed_here_switches_nothing_off(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    link = off_path(who.pk)
    forged = [link.replace(who.pk.hex, uuid4().hex), f"{link[:-2]}x/", f"{PAGE}wylacz/x/"]
    named = f"summary.{who.pk.hex}"
    forged.append(f"{PAGE}wylacz/{TimestampSigner(salt='inny').sign(named)}/")
    # Of another kind of mail, or without a day.
    for made in (_LINKS.sign(f"weekly.{who.pk.hex}"), Signer(salt=_LINKS.salt).sign(named)):
        forged.append(f"{PAGE}wylacz/{made}/")
    assert {Client().post(at).status_code for at in forged} == {404}
    Account.objects.filter(pk=who.pk).update(is_active=False)
    assert Client().post(link).status_code == 404
    assert not SummaryChoice.objects.exists()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_program_switches_it_off_with_one_press_and_nothing_else(
    gmina: TenantRef, kind: str
) -> None:
    who = accounts.member(gmina)
    body = "List-Unsubscribe=One-Click"
    if kind.startswith("multipart"):
        kind += "; boundary=x"
        name = 'Content-Disposition: form-data; name="List-Unsubscribe"'
        body = f"--x\r\n{name}\r\n\r\nOne-Click\r\n--x--\r\n"
    headers = {"Origin": "https://poczta.example", "Sec-Fetch-Site": "cross-site"}
    program = Client(enforce_csrf_checks=True)
    pressed = [
        program.post(off_path(who.pk), body, kind, secure=True, headers=headers) for _ in range(2)
    ]
    # It keeps no cookie, is led nowhere, and a second press changes nothing more.
    assert [(one.status_code, dict(one.cookies)) for one in pressed] == [(200, {})] * 2
    chosen = SummaryChoice.objects.get()
    assert (chosen.account, chosen.is_daily) == (who, False)
    Client(enforce_csrf_checks=True).post(off_path(who.pk), body, kind)
    assert SummaryChoice.objects.get().changed_at == chosen.changed_at


def test_to_open_a_link_changes_nothing_whatever_asks(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    for ask in (Client().get, Client().head, Client().options, Client().put):
        ask(off_path(who.pk), headers={"Purpose": "prefetch"})
    assert not SummaryChoice.objects.exists()


def test_an_old_link_changes_nothing_and_leads_to_the_choice(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    made = timezone.now() - WORKS
    with time_machine.travel(made - timedelta(minutes=1), tick=False):
        old = off_path(who.pk)
    with time_machine.travel(made + timedelta(minutes=1), tick=False):
        last = off_path(who.pk)
    for answer in (Client().get(old), Client().post(old)):
        page = answer.content.decode()
        assert (answer.status_code, "Ten odnośnik jest za stary" in page) == (410, True)
        assert f'href="{PAGE}"' in page
    assert not SummaryChoice.objects.exists()
    assert Client().post(last).status_code == 200
    assert SummaryChoice.objects.get().is_daily is False
