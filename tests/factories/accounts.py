"""Accounts, their factors and accesses for tests."""

import itertools
import re
import time
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client

from kooperacja.accounts import sessions
from kooperacja.accounts.adapter import seal_seed
from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import Access
from tenants.registry.roles import Role

PASSWORD = "trzy-zielone-krzesla-na-tarasie"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Hashing is slow on purpose; in tests it would only cost time.
PBKDF2PasswordHasher.iterations = 1
_numbers = itertools.count(1)


def account(email: str = "", full_name: str = "Anna Próbna", **fields: Any) -> Account:
    address = email or f"osoba{next(_numbers)}@example.pl"
    return Account.objects.create(
        email=address, full_name=full_name, password=make_password(PASSWORD), **fields
    )


def with_totp(of: Account) -> Account:
    """Give an account an application with codes, whose seed is SEED."""
    Authenticator.objects.create(
        user=of, type=Authenticator.Type.TOTP, data={"secret": seal_seed(SEED, of.pk)}
    )
    return of


def seed_on(page: str) -> str:
    """The key that the page of setting up an application shows, in groups of four."""
    groups = re.search(r'<code class="k-key">(.*?)</code></dd>', page)
    assert groups is not None
    seed = re.sub(r"</?span>", "", groups[1])
    assert re.fullmatch("[A-Z2-7]{32}", seed)
    return seed


def code_of(seed: str = SEED) -> str:
    """The code that the application shows now."""
    middle = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(seed, middle[len(middle) // 2])))


def access(
    of: Account,
    tenant: TenantRef | None,
    role: str = Role.PARTNER_COORDINATOR,
    organisation_name: str = "",
    organisation_id: UUID | None = None,
) -> Access:
    return Access.objects.create(
        account=of,
        tenant_id=tenant.id if tenant else None,
        role=role,
        organisation_name=organisation_name,
        organisation_id=organisation_id,
        granted_by="test",
    )


def acting(who: Account) -> Actor:
    """The account as whoever has just shown a second factor."""
    return Actor(account_id=who.pk, name=who.full_name)


def member(
    tenant: TenantRef | None, role: str = Role.PARTNER_COORDINATOR, **fields: Any
) -> Account:
    """An account with a role and, like everybody in a tenant's office, with a second factor."""
    made = with_totp(account(**fields))
    access(made, tenant, role)
    return made


def client_of(who: Account) -> Client:
    """A browser in which the account has just signed in."""
    client = Client()
    client.force_login(who)
    session = client.session
    sessions.begin(session)
    session.save()
    return client


def with_fresh_factor(client: Client, *, lasts: float = 0.0) -> Client:
    """The same browser, in which a second factor was just shown; it stays fresh `lasts` s longer."""
    return _shown(client, lasts, {"method": "password"}, {"method": "mfa", "type": "totp"})


def with_fresh_password(client: Client, *, lasts: float = 0.0) -> Client:
    """The same browser, in which a password alone was just given."""
    return _shown(client, lasts, {"method": "password"})


def _shown(client: Client, lasts: float, *methods: dict[str, str]) -> Client:
    session, at = client.session, time.time() + lasts
    session["account_authentication_methods_user"] = session[SESSION_KEY]
    session["account_authentication_methods"] = [{**method, "at": at} for method in methods]
    session.save()
    return client
