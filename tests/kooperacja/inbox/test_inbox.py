"""One list for an account over all its tenants, and the mail of the shared plane."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.inbox.actions import deliver_to_inbox, mark_done, queue_mail
from kooperacja.inbox.models import InboxItem, OutgoingMessage
from kooperacja.letters import Letter
from kooperacja.notifications import tasks
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import Access
from tests.factories import accounts

PAGE = "/konto/skrzynka/"
LETTER = Letter(subject="Zaproszenie", text="Tekst\n", html="<p>Tekst</p>")


def _item(who: Account, tenant: TenantRef | None, title: str = "Sprawa") -> InboxItem:
    source = uuid4()
    url = f"{tenant.prefix if tenant else ''}/"
    deliver_to_inbox(
        account_id=who.pk, title=title, url=url, code="TESTED", source_id=source, tenant=tenant
    )
    return InboxItem.objects.get(source_id=source)


def test_an_inbox_joins_the_tenants_and_hides_what_is_done(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who = accounts.member(gmina)
    accounts.access(who, powiat)
    items = [_item(who, gmina), _item(who, powiat), _item(who, None)]
    done = _item(who, gmina)
    mark_done(source_ids=[done.source_id])
    _item(accounts.member(gmina), gmina)
    assert set(InboxItem.objects.open_for(who)) == set(items)


def test_access_that_ended_hides_the_items_of_its_tenant(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who = accounts.member(gmina)
    accounts.access(who, powiat)
    kept, _ = _item(who, gmina), _item(who, powiat)
    Access.objects.filter(tenant_id=powiat.id).update(ended_at=timezone.now())
    assert list(InboxItem.objects.open_for(who)) == [kept]


@pytest.mark.parametrize("url", ["https://example.pl/", "//example.pl/", "javascript:alert(1)"])
def test_a_line_leads_nowhere_but_here(db: None, url: str) -> None:
    who = accounts.account()
    with pytest.raises(IntegrityError), transaction.atomic(using="shared"):
        deliver_to_inbox(account_id=who.pk, title="x", url=url, code="X", source_id=uuid4())
    assert not InboxItem.objects.exists()


def test_the_page_says_what_waits_where_and_since_when(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    item = _item(who, gmina, "Deklaracja czeka <b>")
    page = accounts.client_of(who).get(PAGE)
    assert page.status_code == 200
    content = page.content.decode()
    assert "Deklaracja czeka &lt;b&gt;" in content
    assert f'href="{item.url}"' in content
    assert gmina.name in content


def test_a_line_is_marked_as_read_by_its_account_only(gmina: TenantRef) -> None:
    who, other = accounts.member(gmina), accounts.member(gmina)
    item = _item(who, gmina)
    target = f"{PAGE}{item.pk}/przeczytane/"
    assert accounts.client_of(other).post(target).status_code == 404
    item.refresh_from_db()
    assert item.read_at is None
    client = accounts.client_of(who)
    assert client.get(target).status_code == 405
    assert client.post(target).headers["Location"] == PAGE
    item.refresh_from_db()
    assert item.read_at is not None


def test_what_is_done_stands_on_a_list_of_its_own(gmina: TenantRef) -> None:
    who = accounts.member(gmina)
    mark_done(source_ids=[_item(who, gmina, "Dawna sprawa").source_id])
    client = accounts.client_of(who)
    assert "Dawna sprawa" not in client.get(PAGE).content.decode()
    assert "Dawna sprawa" in client.get(f"{PAGE}?stan=zalatwione").content.decode()


def test_nobody_reads_an_inbox_without_signing_in(client: object, db: None) -> None:
    answer = client.get(PAGE)  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert "/konto/" in answer.headers["Location"]


def test_a_mail_of_the_shared_plane_goes_out_once(db: None) -> None:
    for _ in range(2):
        queue_mail(to="a@example.pl", letter=LETTER, dedupe="invitation:1")
    source = OutgoingMessage.objects.get()
    tasks.drain_shared()
    tasks.drain_shared()
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["a@example.pl"], "Zaproszenie", "Tekst\n")
    assert sent.extra_headers["Message-ID"] == f"<{source.id}@testserver>"
    source.refresh_from_db()
    assert source.payload == {}
