"""The master key is missing, another's or renewed: closed, and nothing becomes unreadable."""

import base64
from typing import Any

import pytest
from django.test import Client

from kooperacja.accounts.models import Account
from kooperacja.crypto import keys
from kooperacja.crypto.actions import rewrap_all
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.roles import Role
from tests.factories import accounts

OTHER = "2:" + base64.b64encode(b"k" * 32).decode()


@pytest.fixture
def somebody(gmina: TenantRef) -> Account:
    return accounts.member(gmina, Role.LEAD)


@pytest.fixture
def master_key(settings: Any) -> Any:
    """Sets the master keys as a restart would."""

    def change(to: str) -> None:
        settings.KOOPERACJA_KEK = to
        keys.forget()

    yield change
    keys.forget()


def signs_in(account: Account) -> bool:
    """Whether password and code open the way in; whatever is said, it is no half-open session."""
    client = Client(raise_request_exception=False)
    client.post("/konto/zaloguj/", {"login": account.email, "password": accounts.PASSWORD})
    client.post("/konto/zaloguj/kod/", {"code": accounts.code_of()})
    has_entered = client.get("/gmina/gogolin/").status_code == 200
    assert has_entered is ("_auth_user_id" in client.session)
    return has_entered


@pytest.mark.parametrize("given", ["", OTHER, OTHER.replace("2:", "1:")])
def test_without_the_key_nobody_comes_in_and_with_it_again_everybody(
    somebody: Account, master_key: Any, settings: Any, given: str
) -> None:
    former = settings.KOOPERACJA_KEK
    master_key(given)
    assert signs_in(somebody) is False
    master_key(former)
    assert signs_in(somebody) is True


def test_through_a_renewal_everything_stays_readable(
    gmina: TenantRef, master_key: Any, settings: Any
) -> None:
    # A code of an application opens once, so each step has a person of its own.
    first, second, last = (accounts.member(gmina, Role.LEAD) for _ in range(3))
    former = settings.KOOPERACJA_KEK
    master_key(f"{OTHER},{former}")
    assert signs_in(first) is True
    assert rewrap_all() > 0
    master_key(OTHER)
    assert signs_in(second) is True
    master_key(former)
    assert signs_in(last) is False
