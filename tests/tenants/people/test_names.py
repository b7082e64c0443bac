"""The journal and votes name the person whom the unit knows, with the address that signed in."""

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import signed
from kooperacja.audit.models import Entry
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

LIDER = "Lidia Liderska"


@pytest.fixture
def officer(partnership: TenantRef) -> tuple[Client, Person]:
    with inside(partnership):
        return make.signed_in(partnership, Role.NETWORK_OFFICER)


def rename(client: Client, full_name: str) -> None:
    assert client.post("/konto/profil/", {"full_name": full_name}).status_code == 302


def entries(tenant: TenantRef, verb: str) -> list[Entry]:
    with inside(tenant):
        return list(Entry.objects.filter(verb=verb).order_by("at"))


def address_of(account_id: UUID | None) -> str:
    return str(Account.objects.get(pk=account_id).email)


def test_a_name_that_the_account_gives_itself_signs_nothing(
    partnership: TenantRef, officer: tuple[Client, Person]
) -> None:
    client, person = officer
    rename(client, LIDER)
    values = {"key": "0192f0c1-0000-7000-8000-000000000001", "name": "OSP", "sector": "NGO"}
    client.post(PARTNERSHIP + "instytucje/nowa/", {**values, "city": "Gogolin"})

    (entry,) = entries(partnership, "ORGANISATION_ADDED")
    assert entry.actor_name == f"{person.full_name} ({address_of(person.account_id)})"
    assert person.full_name != LIDER


def test_each_units_journal_notes_both_names_once(
    partnership: TenantRef, powiat: TenantRef, officer: tuple[Client, Person]
) -> None:
    client, person = officer
    account = Account.objects.get(pk=person.account_id)
    accounts.access(account, powiat, Role.DPO)
    gone = accounts.access(account, powiat, Role.LEAD)
    Access.objects.filter(pk=gone.pk).update(ended_at=timezone.now())
    before = account.full_name
    rename(client, LIDER)
    for _ in range(2):
        drain(OutgoingMessage, handlers())
        OutgoingMessage.objects.filter(kind="ACCOUNT_RENAMED").update(
            done_at=None,
            payload={"account_id": str(account.pk), "before": before, "after": LIDER},
        )

    for tenant in (partnership, powiat):
        (entry,) = entries(tenant, "ACCOUNT_RENAMED")
        assert entry.data == {"full_name": [before, LIDER]}
        assert entry.actor_name == f"{before} ({account.email})"


def test_the_same_name_again_is_no_change(officer: tuple[Client, Person]) -> None:
    client, person = officer
    rename(client, Account.objects.get(pk=person.account_id).full_name)
    assert not OutgoingMessage.objects.filter(kind="ACCOUNT_RENAMED").exists()


def test_the_journals_page_shows_the_address(partnership: TenantRef) -> None:
    with inside(partnership):
        client, person = make.signed_in(partnership, Role.DPO)
    client.get(HOME)
    page = text_of(client.get(HOME + "dziennik/"))
    assert f"{person.full_name} ({address_of(person.account_id)})" in page


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Lidia\u202eLiderska", "LidiaLiderska (a@example.pl)"),
        ("Li\u200bdia\x00 ", "Lidia (a@example.pl)"),
        ("x" * 300, "x" * 185 + " (a@example.pl)"),
    ],
)
def test_nothing_unseen_stands_in_a_name_and_the_address_is_never_cut(
    name: str, shown: str
) -> None:
    assert signed(name, "a@example.pl") == shown
    assert len(shown) <= 200
