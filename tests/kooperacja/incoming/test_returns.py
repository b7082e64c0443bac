"""A mail that came back is kept for the message that its address names, and nobody is answered."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.inbox.actions import queue_mail
from kooperacja.inbox.models import OutgoingMessage, SentMail, SharedReturned
from kooperacja.inbox.returned import forget_mails
from kooperacja.incoming.address import reply_address, return_address
from kooperacja.incoming.receiving import Outcome, take
from kooperacja.letters import Letter
from kooperacja.notifications.base import Recipient, send
from kooperacja.notifications.models import Outgoing, Returned
from kooperacja.notifications.returned import returned_of
from kooperacja.notifications.tasks import drain_shared
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.notifications import DeclarationAccepted
from tests.kooperacja.incoming.messages import LETTER, delayed, failed, message, report

SCHOOL = "sekretariat@szkola.example.pl"
QMAIL = (
    "Hi. This is the qmail-send program at mx.example.pl.\n"
    "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
    f"<{SCHOOL}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
    f"--- Below this line is a copy of the message.\n\n{LETTER}\n"
)


@pytest.fixture
def letter(gmina: TenantRef) -> UUID:
    """A mail that went out."""
    with inside(gmina):
        news = DeclarationAccepted(uuid7(), "Szkoła", "przyjęto do Partnerstwa")
        send(news, to=[Recipient(email=SCHOOL)], dedupe="accepted:1")
        drain(Outgoing, handlers())
        return UUID(str(Outgoing.objects.get().pk))


def kept(tenant: TenantRef) -> list[tuple[bool, str, str, str]]:
    with inside(tenant):
        rows = Returned.objects.order_by("pk")
        return [(row.is_final, row.status, row.said, row.email) for row in rows]


def test_a_mail_goes_out_with_an_address_of_its_own_to_come_back_to(
    gmina: TenantRef, letter: UUID
) -> None:
    [sent] = mail.outbox
    assert sent.from_email == return_address(gmina, letter)
    assert sent.from_email.startswith("odpowiedzi+zwrot.")
    assert "kooperacja@" in sent.message()["From"]


@pytest.mark.parametrize("name", ["INCOMING_MAIL_ADDRESS", "INCOMING_RETURNS_OFF"])
def test_where_none_may_come_the_sender_is_as_it_was(
    in_gmina: TenantRef, settings: Any, name: str
) -> None:
    setattr(settings, name, "" if name.endswith("ADDRESS") else True)
    news = DeclarationAccepted(uuid7(), "Szkoła", "przyjęto do Partnerstwa")
    send(news, to=[Recipient(email=SCHOOL)], dedupe="accepted:1")
    drain(Outgoing, handlers())
    assert mail.outbox[0].from_email == settings.DEFAULT_FROM_EMAIL


def test_a_report_is_kept_once_with_code_and_words_but_no_letter(
    gmina: TenantRef, powiat: TenantRef, letter: UUID
) -> None:
    mail.outbox.clear()
    content = report(return_address(gmina, letter), failed()).as_bytes()
    assert [take(content) for _ in range(2)] == [Outcome.TAKEN, Outcome.REPEATED]
    assert kept(gmina) == [(True, "5.1.1", "550 5.1.1 no such user", SCHOOL)]
    assert (kept(powiat), mail.outbox) == ([], [])
    with inside(gmina):
        [said] = returned_of([letter]).values()
    assert said.startswith("e-mail odbity ")
    assert said.endswith(": nie ma takiej skrzynki")


def test_what_is_late_is_told_from_what_failed_and_comes_before_it(
    gmina: TenantRef, letter: UUID
) -> None:
    to = return_address(gmina, letter)
    assert take(report(to, delayed()).as_bytes()) == Outcome.TAKEN
    with inside(gmina):
        assert returned_of([letter])[letter].startswith("e-mail opóźniony ")
    gave_up = failed("4.2.2", "smtp; 452 4.2.2 over quota https://zlosliwe.example.pl/x")
    assert take(report(to, gave_up).as_bytes()) == Outcome.TAKEN
    assert take(report(to, delayed()).as_bytes()) == Outcome.REPEATED
    with inside(gmina):
        assert returned_of([letter])[letter].endswith(": skrzynka jest pełna")
    assert [row[:3] for row in kept(gmina)] == [
        (False, "4.4.1", "421 4.4.1 timed out"),
        (True, "4.2.2", "452 4.2.2 over quota"),
    ]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (report("", failed("5.0.0", "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound")), "5.1.10"),
        (report("", failed("nonsense", "x")), ""),
        (report("", {"Action": "failed"}), ""),
        (report("", delayed(), failed("5.2.1")), "5.2.1"),
        (message("", QMAIL, From="MAILER-DAEMON@mx.example.pl", Return_Path="<>"), "5.1.1"),
    ],
    ids=["vague", "nonsense", "no more", "two recipients", "written for people"],
)
def test_servers_say_it_in_many_ways(
    gmina: TenantRef, letter: UUID, content: EmailMessage, status: str
) -> None:
    content.replace_header("To", return_address(gmina, letter))
    assert take(content.as_bytes()) == Outcome.TAKEN
    [row] = kept(gmina)
    assert row[:2] == (True, status)
    assert LETTER not in str(row)


def test_what_is_no_failure_is_dropped(gmina: TenantRef, letter: UUID) -> None:
    to = return_address(gmina, letter)
    arrived = report(to, {**failed("2.0.0"), "Action": "delivered"})
    away = message(to, "Jestem na urlopie do 5.1.2027.", Auto_Submitted="auto-replied")
    said = message(to, "Dziękuję za wiadomość.")
    ends = {take(one.as_bytes()) for one in (arrived, away, said)}
    assert (ends, kept(gmina)) == ({Outcome.DROPPED}, [])


def test_a_forged_address_changes_nothing(
    gmina: TenantRef, powiat: TenantRef, letter: UUID
) -> None:
    ours = return_address(gmina, letter)
    with inside(gmina):
        other_kind = reply_address("udzial", letter)
    forged = [f"{ours[:-30]}a{ours[-29:]}", return_address(gmina, uuid7()), other_kind]
    forged += [return_address(powiat, letter), other_kind.replace("udzial", "zwrot")]
    for to in forged:
        assert take(report(to, failed()).as_bytes()) != Outcome.TAKEN
        assert take(report(ours, failed()).as_bytes(), to=to) != Outcome.TAKEN
    assert (kept(gmina), kept(powiat)) == ([], [])


def test_one_that_comes_before_its_mail_was_logged_is_taken_later(gmina: TenantRef) -> None:
    with inside(gmina):
        pk = Outgoing.objects.create(kind="MAIL", dedupe="x").pk
    content = report(return_address(gmina, pk), failed()).as_bytes()
    assert (take(content), kept(gmina)) == (Outcome.LATER, [])


def test_a_mail_about_an_account_comes_back_to_the_shared_plane(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    words = Letter("Kooperacja: zaproszenie", "Tekst", "<p>Tekst</p>")
    queue_mail(to=SCHOOL, letter=words, dedupe="invitation:1")
    drain_shared()
    pk = OutgoingMessage.objects.get().pk
    [sent] = mail.outbox
    assert sent.from_email == return_address(None, pk)
    content = report(sent.from_email, failed()).as_bytes()
    assert [take(content) for _ in range(2)] == [Outcome.TAKEN, Outcome.REPEATED]
    row = SharedReturned.objects.get()
    assert (row.email, row.code, row.status) == (SCHOOL, "invitation", "5.1.1")
    for tenant in (gmina, powiat):
        assert take(report(return_address(tenant, pk), failed()).as_bytes()) != Outcome.TAKEN
        assert kept(tenant) == []
    later = timezone.now() + timedelta(days=31)
    with time_machine.travel(later):
        forget_mails()
    assert (SentMail.objects.count(), SharedReturned.objects.count()) == (0, 1)
