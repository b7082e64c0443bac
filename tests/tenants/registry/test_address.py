"""One's own address is changed by a link to the new one, and the old one hears of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from kooperacja.accounts import actions
from kooperacja.accounts.models import Account
from kooperacja.audit.actor import named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import NBSP
from kooperacja.ui.problems import Problem
from tenants.registry.invitations import invite
from tenants.registry.models import Invitation, Tenant
from tests.factories import accounts as make
from tests.factories.invitations import link

PAGE = "/konto/adres/"
OLD, NEW = "stara@example.pl", "nowa@example.pl"


@pytest.fixture
def who(db: None) -> Account:
    account = make.with_totp(make.account(OLD))
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


@pytest.fixture
def browser(who: Account) -> Client:
    return make.with_fresh_factor(make.client_of(who))


def _mails() -> list[dict[str, str]]:
    rows = OutgoingMessage.objects.filter(kind="MAIL").order_by("pk")
    return [row.payload for row in rows]


def _link() -> str:
    found = re.search(r"/konto/adres/[^\s]+/", _mails()[-1]["text"])
    assert found
    return found[0]


def test_an_address_changes_when_the_new_one_confirms_it(who: Account, browser: Client) -> None:
    elsewhere = make.client_of(who)
    browser.post(PAGE, {"email": "Nowa@Example.pl"})
    who.refresh_from_db()
    assert who.email == OLD
    link = _link()
    assert OLD in browser.get(link).content.decode()
    who.refresh_from_db()
    assert who.email == OLD
    assert browser.post(link).status_code == 302
    who.refresh_from_db()
    assert who.email == NEW
    assert EmailAddress.objects.get(user=who).email == NEW
    assert [mail["email"] for mail in _mails()] == [NEW, OLD]
    assert browser.get("/konto/bezpieczenstwo/").status_code == 200
    assert elsewhere.get("/konto/bezpieczenstwo/").status_code == 302


def test_a_link_works_once_for_its_account_and_for_a_day(who: Account, browser: Client) -> None:
    browser.post(PAGE, {"email": NEW})
    link = _link()
    other = make.with_fresh_factor(make.client_of(make.with_totp(make.account())))
    assert other.post(link).status_code == 409
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        token = link.split("/")[-2]
        with pytest.raises(Problem, match="nie działa"):
            actions.address_of(by=who, token=token)
    assert browser.post(link).status_code == 302
    assert browser.post(link).status_code == 409


def test_an_address_that_is_taken_gets_no_mail_and_is_not_told_of(
    who: Account, browser: Client
) -> None:
    make.account(NEW)
    answer = browser.post(PAGE, {"email": NEW}, follow=True)
    assert "jeśli jest wolny" in answer.content.decode()
    assert _mails() == []


def test_an_address_taken_meanwhile_is_refused(who: Account, browser: Client) -> None:
    browser.post(PAGE, {"email": NEW})
    make.account(NEW)
    assert browser.post(_link()).status_code == 409
    who.refresh_from_db()
    assert who.email == OLD


def test_nothing_is_asked_or_changed_before_the_second_factor(
    who: Account, browser: Client
) -> None:
    browser.post(PAGE, {"email": NEW})
    link = _link()
    old = make.with_fresh_factor(browser, lasts=-3600)
    assert old.post(link).status_code == 302
    assert old.post(PAGE, {"email": "trzecia@example.pl"}).status_code == 302
    who.refresh_from_db()
    assert who.email == OLD
    assert len(_mails()) == 1


def test_letters_to_strangers_have_a_limit(who: Account, browser: Client) -> None:
    for number in range(actions.ADDRESSES_A_DAY):
        browser.post(PAGE, {"email": f"n{number}@example.pl"})
    assert browser.post(PAGE, {"email": NEW}).status_code == 429
    assert len(_mails()) == actions.ADDRESSES_A_DAY


def test_an_open_invitation_goes_to_the_new_address(
    who: Account, browser: Client, gmina: TenantRef
) -> None:
    tenant = Tenant.objects.get(pk=gmina.id)
    by = named("Ewa Kierowniczka")
    values = {"full_name": who.full_name, "tenant": tenant, "role": "PARTNER_HEAD"}
    invite(by=by, email=who.email, basis="delegacja do GGK: pedagog", **values)
    old = link()
    browser.post(PAGE, {"email": NEW})
    browser.post(_link())
    drain(OutgoingMessage, handlers())
    other = {**values, "role": "PARTNER_WORKER"}
    later = invite(by=by, email=OLD, **other)  # somebody else has that mailbox now
    payload = {"account_id": str(who.pk), "before": OLD, "after": NEW}
    of_address = OutgoingMessage.objects.filter(kind=actions.READDRESSED)
    of_address.update(done_at=None, payload=payload)
    drain(OutgoingMessage, handlers())

    assert Client().get(old).status_code == 410
    (followed,) = Invitation.objects.filter(email=NEW)
    assert (followed.role, followed.withdrawn_at) == ("PARTNER_HEAD", None)
    (sent,) = (str(one.body) for one in mail.outbox if "zaprasza Cię" in one.body and NEW in one.to)
    assert "Na jakiej podstawie: delegacja do GGK: pedagog" in sent.replace(NBSP, " ")
    later.refresh_from_db()
    assert (later.email, later.withdrawn_at) == (OLD, None)
