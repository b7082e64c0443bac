"""A message is written in the caller's transaction, once, for whoever wants it."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from uuid6 import uuid7

from kooperacja.notifications.base import Notification, Recipient, send
from kooperacja.notifications.models import Channel, Outgoing, Preference
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import (
    DeclarationAccepted,
    DeclarationFiled,
    DeclarationRefused,
)
from tests.factories.letters import kinds, message

SOMEBODY = Recipient(account_id=uuid4())
STRANGER = Recipient(email="Sekretariat@szkola.example.pl")
ACCEPTED = DeclarationAccepted(uuid7(), "Szkoła „A & B”", "przyjęto do Partnerstwa")
FILED = DeclarationFiled(uuid7(), "Szkoła")


def _waiting() -> list[tuple[str, str | None]]:
    rows = Outgoing.objects.order_by("kind", "id")
    return [(row.kind, row.payload["account_id"]) for row in rows]


def _switched_off(message: Notification) -> Preference:
    return Preference.objects.create(
        account_id=SOMEBODY.account_id, code=message.code, channel=Channel.EMAIL, is_on=False
    )


def test_an_account_gets_a_mail_and_a_line_and_a_stranger_a_mail(in_gmina: TenantRef) -> None:
    send(ACCEPTED, to=[SOMEBODY, STRANGER], dedupe="accepted:1")
    account = str(SOMEBODY.account_id)
    assert _waiting() == [("INBOX", account), ("MAIL", account), ("MAIL", None)]


def test_sent_twice_is_sent_once(in_gmina: TenantRef) -> None:
    for _ in range(2):
        send(ACCEPTED, to=[STRANGER, STRANGER], dedupe="accepted:1")
    assert _waiting() == [("MAIL", None)]


def test_the_key_of_a_message_keeps_no_address(in_gmina: TenantRef) -> None:
    send(ACCEPTED, to=[STRANGER], dedupe="accepted:1")
    assert "szkola" not in Outgoing.objects.get().dedupe.lower()


def test_the_mail_says_where_and_leads_into_the_tenant(in_gmina: TenantRef) -> None:
    send(ACCEPTED, to=[SOMEBODY], dedupe="accepted:1")
    mail = Outgoing.objects.get(kind="MAIL").payload
    link = f"{settings.SITE_URL}{ACCEPTED.url}"
    assert link.startswith("http://testserver/gmina/gogolin/")
    assert mail["subject"] == f"{ACCEPTED.title} – {in_gmina.name}"
    assert link in mail["text"]
    assert f'href="{link}"' in mail["html"]
    assert "Szkoła „A & B”" in mail["text"]
    assert "Szkoła „A &amp; B”" in mail["html"]


def test_a_rolled_back_action_sends_nothing(in_gmina: TenantRef) -> None:
    savepoint = transaction.savepoint()
    send(ACCEPTED, to=[STRANGER], dedupe="accepted:1")
    transaction.savepoint_rollback(savepoint)
    assert _waiting() == []


def _news() -> list[bool]:
    """Of each line of an inbox in order: the summary is to tell of it."""
    rows = Outgoing.objects.filter(kind="INBOX").order_by("id")
    return [row.payload["is_news"] for row in rows]


def test_what_is_not_obligatory_waits_for_the_summary_and_a_stranger_is_mailed(
    in_gmina: TenantRef,
) -> None:
    send(FILED, to=[SOMEBODY, STRANGER], dedupe="filed:1")
    assert _waiting() == [("INBOX", str(SOMEBODY.account_id)), ("MAIL", None)]
    assert _news() == [True]


def test_who_switched_a_mail_off_has_it_in_the_inbox_and_in_no_summary(
    in_gmina: TenantRef,
) -> None:
    switched = _switched_off(FILED)
    send(FILED, to=[SOMEBODY], dedupe="filed:1")
    switched.is_on = True
    switched.save()
    send(FILED, to=[SOMEBODY], dedupe="filed:2")
    assert [kind for kind, _ in _waiting()] == ["INBOX", "INBOX"]
    assert _news() == [False, True]


def test_an_obligatory_mail_can_not_be_switched_off(in_gmina: TenantRef) -> None:
    _switched_off(ACCEPTED)
    send(ACCEPTED, to=[SOMEBODY], dedupe="accepted:1")
    assert [kind for kind, _ in _waiting()] == ["INBOX", "MAIL"]
    assert _news() == [False]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_every_notification_has_a_name_and_a_template(kind: type[Notification]) -> None:
    assert kind.name
    get_template(f"emails/{kind.template()}.txt")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_nobody_without_an_account_is_led_to_where_one_signs_in(
    city: TenantRef, kind: type[Notification]
) -> None:
    with inside(city):  # it has the pages of a gmina and of a powiat
        told = message(kind, "Szkoła")
        send(told, to=[STRANGER], dedupe="told:1")
        mail, url = Outgoing.objects.get().payload, told.url
    assert (f":\n{settings.SITE_URL}{url}\n" in mail["text"]) == told.is_public
    assert "Moje sprawy" not in mail["text"]
    assert "Otwórz w Kooperacji" not in mail["text"] or told.is_public


def test_a_refusal_leads_everybody_to_the_public_page(in_gmina: TenantRef) -> None:
    told = DeclarationRefused(uuid7(), "Szkoła", "brak podpisu")
    send(told, to=[STRANGER], dedupe="refused:1")
    link = f"Otwórz w Kooperacji:\n{settings.SITE_URL}/gmina/gogolin/dolacz/\n"
    assert link in Outgoing.objects.get().payload["text"]
