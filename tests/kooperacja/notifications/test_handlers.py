"""From the outbox of a tenant to mailboxes and inboxes, once, or again with the same Message-ID."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from uuid6 import uuid7

from kooperacja.inbox.models import InboxItem
from kooperacja.inbox.tasks import send_summaries
from kooperacja.notifications import handlers, tasks
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.outbox import nudge
from kooperacja.outbox.drain import drain
from kooperacja.outbox.drain import handlers as registered
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import DeclarationAccepted, DeclarationFiled
from tests.factories import accounts

ACCEPTED = DeclarationAccepted(uuid7(), "Szkoła", "przyjęto do Partnerstwa")
FILED = DeclarationFiled(uuid7(), "Szkoła")
STRANGER = Recipient(email="sekretariat@szkola.example.pl")


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudge, "_rests_until", 0.0)


def _drain() -> None:
    drain(Outgoing, registered())


def test_a_mail_goes_out_once_and_is_logged(in_gmina: TenantRef) -> None:
    send(ACCEPTED, to=[STRANGER], dedupe="accepted:1")
    source = Outgoing.objects.get()
    _drain()
    _drain()
    [sent] = mail.outbox
    assert sent.to == [STRANGER.email]
    message = sent.message()
    assert message["Message-ID"] == f"<{source.id}@testserver>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]
    logged = Delivery.objects.get()
    assert (logged.outbox_id, logged.email, logged.code) == (
        source.id,
        STRANGER.email,
        ACCEPTED.code,
    )


def test_a_worker_killed_after_sending_sends_again_with_the_same_message_id(
    in_gmina: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent_then_killed(message: Any, tenant: Any) -> None:
        handlers.mail(message, tenant)
        raise SystemExit

    send(ACCEPTED, to=[STRANGER], dedupe="accepted:1")
    with pytest.raises(SystemExit):
        drain(Outgoing, {"MAIL": sent_then_killed})
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        _drain()
    first, second = (sent.message()["Message-ID"] for sent in mail.outbox)
    assert first == second
    assert Delivery.objects.count() == 1


def test_an_account_gets_mail_at_its_present_address_and_a_line_in_its_inbox(
    in_gmina: TenantRef,
) -> None:
    account = accounts.account(email="dawny@example.pl")
    send(ACCEPTED, to=[Recipient(account_id=account.pk)], dedupe="accepted:1")
    account.email = "nowy@example.pl"
    account.save()
    _drain()
    assert [sent.to for sent in mail.outbox] == [["nowy@example.pl"]]
    item = InboxItem.objects.get()
    assert (item.account, item.title, item.url) == (account, ACCEPTED.title, ACCEPTED.url)
    assert (item.tenant_id, item.tenant_name) == (in_gmina.id, in_gmina.name)


def test_a_closed_account_gets_nothing_and_blocks_nothing(in_gmina: TenantRef) -> None:
    account = accounts.account()
    account.is_active = False
    account.save()
    send(ACCEPTED, to=[Recipient(account_id=account.pk)], dedupe="accepted:1")
    _drain()
    assert (mail.outbox, InboxItem.objects.count(), Delivery.objects.count()) == ([], 0, 0)
    assert not Outgoing.objects.filter(done_at=None).exists()


def test_an_inbox_handler_called_twice_adds_one_line(in_gmina: TenantRef) -> None:
    account = accounts.account()
    send(ACCEPTED, to=[Recipient(account_id=account.pk)], dedupe="accepted:1")
    message = Outgoing.objects.get(kind="INBOX")
    for _ in range(2):
        handlers.to_inbox(message, in_gmina)
    assert InboxItem.objects.count() == 1


def test_the_summary_tells_of_what_no_mail_told(in_gmina: TenantRef) -> None:
    account = accounts.member(in_gmina)
    for told, dedupe in ((ACCEPTED, "accepted:1"), (FILED, "filed:1")):
        send(told, to=[Recipient(account_id=account.pk)], dedupe=dedupe)
    _drain()
    assert [sent.subject for sent in mail.outbox] == [f"{ACCEPTED.title} – {in_gmina.name}"]
    assert InboxItem.objects.news().get().title == FILED.title
    send_summaries()
    tasks.drain_shared()
    assert [sent.to for sent in mail.outbox] == [[account.email]] * 2
    assert f"\n{FILED.title}:\n" in mail.outbox[1].body


def test_a_line_that_waited_through_an_upgrade_is_no_news(in_gmina: TenantRef) -> None:
    account = accounts.account()
    send(FILED, to=[Recipient(account_id=account.pk)], dedupe="filed:1")
    waiting = Outgoing.objects.get(kind="INBOX")
    del waiting.payload["is_news"]
    waiting.save()
    _drain()
    assert InboxItem.objects.get().is_news is False


def test_what_was_settled_leaves_every_inbox(in_gmina: TenantRef) -> None:
    people = [accounts.account() for _ in range(2)]
    send(ACCEPTED, to=[Recipient(account_id=who.pk) for who in people], dedupe="accepted:1")
    send(ACCEPTED, to=[Recipient(account_id=people[0].pk)], dedupe="accepted:2")
    _drain()
    settle(dedupe="accepted:1")
    _drain()
    assert InboxItem.objects.filter(done_at=None).get().account == people[0]
    assert InboxItem.objects.exclude(done_at=None).count() == 2


def test_settled_before_it_was_delivered_is_settled_after(in_gmina: TenantRef) -> None:
    account = accounts.account()
    send(ACCEPTED, to=[Recipient(account_id=account.pk)], dedupe="accepted:1")
    late = Outgoing.objects.filter(kind="INBOX")
    late.update(available_at=datetime.now(UTC) + timedelta(seconds=5))
    settle(dedupe="accepted:1")
    _drain()
    assert not InboxItem.objects.exists()
    for minutes in (1, 2):
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
            _drain()
    assert InboxItem.objects.get().done_at is not None


def test_the_sweep_delivers_from_every_open_tenant_without_a_broker(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    for tenant in (gmina, powiat):
        with inside(tenant):
            send(ACCEPTED, to=[STRANGER], dedupe="accepted:1")
    tasks.drain_all()
    assert len(mail.outbox) == 2


def test_a_suspended_tenant_sends_when_it_is_open_again(gmina: TenantRef) -> None:
    from tenants.registry import directory
    from tenants.registry.models import Tenant

    with inside(gmina):
        send(ACCEPTED, to=[STRANGER], dedupe="accepted:1")
    for status, sent in (("SUSPENDED", 0), ("ACTIVE", 1)):
        Tenant.objects.filter(pk=gmina.id).update(status=status)
        directory.forget()
        tasks.drain_all()
        tasks.drain(str(gmina.id))
        assert len(mail.outbox) == sent


def test_the_log_of_deliveries_can_not_be_changed(in_gmina: TenantRef) -> None:
    from django.db import ProgrammingError, transaction

    send(ACCEPTED, to=[STRANGER], dedupe="accepted:1")
    _drain()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Delivery.objects.update(email="inny@example.pl")
    assert Delivery.objects.get().email == STRANGER.email
