"""Every page of the shared plane × visitor, with the answers to GET and POST; one missing fails.

Columns: who asks. `-` nobody signed in, `a` anybody of a tenant but the owner (whatever the role, of
this tenant, of another, of none, or of old), `o` the owner of the row the page is about, who is a
Lider, `R` the region's coordinator, `s` one who did not show a second factor lately, `q` one who has
none yet. Codes: o 200, e 204, d 403, n 404, m 405, u 422; redirects: r to sign in, s to prove again
who one is, t to the page of factors, w elsewhere.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from kooperacja.accounts import tokens
from kooperacja.accounts.models import Account, ApiToken
from kooperacja.audit.actor import named
from kooperacja.inbox.actions import deliver_to_inbox
from kooperacja.inbox.models import InboxItem, OutgoingMessage
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import root_reverse
from tenants.registry.invitations import invite
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import Role
from tests.e2e.pages import names_of
from tests.factories import accounts
from tests.factories.passkeys import Key, add_key
from tests.isolation.test_matrix_api import API
from tests.isolation.visitors import VISITORS, settle

CODES = {200: "o", 204: "e", 403: "d", 404: "n", 405: "m", 422: "u"}
LEADS = {"zaloguj/": "r", "drugi-skladnik/": "t"}
LEADS |= dict.fromkeys(("potwierdz/kod/", "potwierdz/klucz/", "potwierdz/haslo/"), "s")
KINDS = {"-": "-", "a": VISITORS.strip("-").replace("L", "").replace("R", "")}
KINDS |= {"o": "L", "R": "R", "s": "s", "q": "q"}

# Which row a page is about; they are the owner's, but for the tenant.
ITEM, TOKEN, PASSKEY, INVITED, CODE = "item", "token", "passkey", "invitation", "code"
RESET, DIGEST = "reset", "digest"

SECRET, IP = "tajemnica-Lidera", "203.0.113.77"

ROOT: dict[str, tuple[str, str, str]] = {
    "health_live": ("", "oooooo", "oooooo"),
    "health_ready": ("", "oooooo", "oooooo"),
    "front_door": ("", "rwwwwt", "mmmmmt"),
    "accessibility": ("", "oooooo", "mmmmmm"),
    "places": ("", "roooot", "mmmmmt"),
    "invitation": (INVITED, "ododdd", "rdwddd"),
    "api_tokens": ("", "roooot", "mmmmmt"),
    "api_token_new": ("", "rooost", "rooost"),
    "api_token_revoke": (TOKEN, "rnonnt", "rnwnnt"),
    "inbox": ("", "roooot", "mmmmmt"),
    "inbox_read": (ITEM, "mmmmmt", "rnwnnt"),
    "account_login": ("", "owwwww", "owwwww"),
    "mfa_authenticate": ("", "rwwwwt", "rwwwwt"),
    "mfa_login_webauthn": ("", "rwwwwt", "rwwwwt"),
    "account_logout": ("", "rooooo", "rrrrrr"),
    "account_inactive": ("", "ooooot", "mmmmmt"),
    "profile": ("", "roooot", "roooot"),
    "account_security": ("", "roooot", "roooot"),
    "usersessions_list": ("", "roooot", "rnwnnt"),
    "account_change_password": ("", "roooot", "roooot"),
    "account_reset_password": ("", "ooooot", "ooooot"),
    "account_set_password": ("", "wwwwwt", "wwwwwt"),
    "account_reset_password_done": ("", "ooooot", "mmmmmt"),
    "account_reset_password_from_key_done": ("", "oooooo", "mmmmmm"),
    "account_reset_password_from_key": (RESET, "oooooo", "oooooo"),
    "account_reauthenticate": ("", "rsssso", "rsssso"),
    "mfa_reauthenticate": ("", "roooot", "roooot"),
    "mfa_reauthenticate_webauthn": ("", "rsosst", "rsrsst"),
    "mfa_index": ("", "rooooo", "rmmmmm"),
    "mfa_activate_totp": ("", "rwwwss", "rwwwss"),
    "mfa_deactivate_totp": ("", "rooost", "rtttst"),
    "mfa_view_recovery_codes": ("", "rnonnn", "rmmmmm"),
    "mfa_generate_recovery_codes": ("", "rooost", "rwwwst"),
    "mfa_list_webauthn": ("", "tttttt", "tttttt"),
    "mfa_add_webauthn": ("", "roooss", "roooss"),
    "mfa_edit_webauthn": (PASSKEY, "rnonst", "rnonst"),
    "mfa_remove_webauthn": (PASSKEY, "rnonst", "rnwnst"),
    "panel:home": ("", "rddoot", "mmmmmt"),
    "panel:table": ("", "rddoot", "mmmmmt"),
    "panel:table_csv": ("", "rddoot", "mmmmmt"),
    "panel:changes": ("", "rddeet", "mmmmmt"),
    "panel:tenants": ("", "rddoot", "mmmmmt"),
    "panel:tenants_progress": ("", "rddoot", "mmmmmt"),
    "panel:tenants_open": ("", "rddost", "rddwst"),
    "panel:register": ("", "rddoot", "rdduut"),
    "panel:register_preview": (DIGEST, "rddwst", "rddwst"),
    "panel:regulation_template": ("", "rddoot", "mmmmmt"),
    "panel:regulation_template_new": ("", "rddost", "rddust"),
    "panel:tenant": (CODE, "rddoot", "mmmmmt"),
    "panel:tenant_state": (CODE, "rddeet", "mmmmmt"),
    "panel:tenant_open": (CODE, "rddost", "rddust"),
    "panel:tenant_invite": (CODE, "rddost", "rddust"),
    "panel:tenant_suspend": (CODE, "rddost", "rddust"),
    "panel:tenant_reopen": (CODE, "rddwst", "rddwst"),
    "panel:tenant_close": (CODE, "rddost", "rddust"),
    "panel:unit": (CODE, "rddoot", "mmmmmt"),
    "api_reference": ("", "oooooo", "mmmmmm"),
}


@dataclass
class Site:
    """The visitors, and what one of them has that is of nobody else's business."""

    owner: Account
    elsewhere: UserSession
    rows: dict[str, list[Any]]
    clients: dict[str, Client]
    reached: list[tuple[str, str, str]] = field(default_factory=list)  # what another read or did

    def at(self, name: str) -> str:
        return root_reverse(name, *self.rows[ROOT[name][0]])

    def ask(self, method: str, name: str, visitor: str) -> Any:
        """The answer; a form gives every row of the owner by its id."""
        client, before = self.clients[visitor], self.left()
        given = {key: row[0] for key, row in self.rows.items() if row}
        given |= {"session": self.elsewhere.pk, "pk": self.rows[PASSKEY][0], "user": self.owner.pk}
        with _undone(client):
            sent = (given,) if method == "post" else ()
            answer = getattr(client, method)(self.at(name), *sent)
            changed = self.left() != before
        if visitor != "L" and (changed or _tells(answer)):
            self.reached.append((name, method, visitor))
        return answer

    def left(self) -> list[Any]:
        """What the owner has now, and the tenants."""
        of, own = {"account": self.owner}, {"user": self.owner}
        return [
            *Account.objects.filter(pk=self.owner.pk).values_list("email", "full_name", "password"),
            *Authenticator.objects.filter(**own).order_by("pk").values_list("pk", "data"),
            *UserSession.objects.filter(**own).order_by("pk").values_list("pk"),
            *ApiToken.objects.filter(**of).values_list("name", "revoked_at"),
            *InboxItem.objects.filter(**of).values_list("read_at", "done_at"),
            *Access.objects.filter(**of).order_by("pk").values_list("role", "ended_at"),
            *Invitation.objects.order_by("pk").values_list("email", "accepted_at", "withdrawn_at"),
            *Tenant.objects.order_by("pk").values_list("pk", "status"),
        ]


def _tells(answer: Any) -> bool:
    body = b"".join(answer) if answer.streaming else answer.content
    return SECRET in body.decode() or IP in body.decode()


@contextmanager
def _undone(client: Client) -> Iterator[None]:
    """What a visitor does is undone, so that each answer is the first."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic(using="shared"):
        yield
        transaction.set_rollback(True, using="shared")
    client.cookies = cookies


@pytest.fixture
def site(gmina: TenantRef, powiat: TenantRef) -> Site:
    clients = settle(gmina, powiat).clients
    clients["s"] = accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    unready = accounts.account()
    accounts.access(unready, None, Role.ROPS_COORDINATOR)
    clients["q"] = accounts.client_of(unready)
    owner = Account.objects.get(pk=clients["L"].session[SESSION_KEY])
    rows = {"": [], CODE: [gmina.code], RESET: ["0", "x"], DIGEST: ["0" * 64]}
    rows |= {key: [row] for key, row in _owned(clients["L"], owner, gmina).items()}
    elsewhere = UserSession.objects.create(
        user=owner, ip=IP, session_key=accounts.client_of(owner).session.session_key
    )
    return Site(owner, elsewhere, rows, clients)


def _owned(client: Client, owner: Account, tenant: TenantRef) -> dict[str, Any]:
    """One of everything that an account may have."""
    add_key(client, Key(), SECRET)
    until = timezone.now() + timedelta(days=1)
    token, _ = tokens.issue(
        by=owner, name=SECRET, scope="TENANT_READ", expires_at=until, tenant_id=tenant.id
    )
    deliver_to_inbox(account_id=owner.pk, title=SECRET, url="/", code="X", source_id=uuid4())
    role = Role.NETWORK_OFFICER
    place = Tenant.objects.get(pk=tenant.id)
    invite(by=named("Ewa"), email=owner.email, full_name="Jan", tenant=place, role=role)
    text = OutgoingMessage.objects.latest("id").payload["text"]
    return {
        ITEM: InboxItem.objects.get(account=owner).pk,
        TOKEN: token.pk,
        PASSKEY: Authenticator.objects.get(user=owner, type=Authenticator.Type.WEBAUTHN).pk,
        INVITED: text.split("/konto/zaproszenie/")[1].split("/")[0],
    }


def _letter(answer: Any) -> str:
    if answer.status_code != 302:
        return CODES.get(answer.status_code, str(answer.status_code))
    return LEADS.get(answer["Location"].removeprefix("/konto/").split("?")[0], "w")


def _seen(site: Site, method: str, name: str) -> str:
    """A letter a kind of visitors, or all letters in brackets where they differ."""
    seen = ""
    for visitors in KINDS.values():
        letters = [_letter(site.ask(method, name, visitor)) for visitor in visitors]
        seen += letters[0] if len(set(letters)) == 1 else f"[{''.join(letters)}]"
    return seen


def test_no_page_of_the_shared_plane_is_missing_from_the_table() -> None:
    api = [f"v1:{name}" for name in API]
    # The pattern without a name answers every other address under the API.
    named = names_of(get_resolver(settings.ROOT_URLCONF).url_patterns)
    assert sorted(named) == sorted([*ROOT, *api, "v1:^.*$"])


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_visitor_opens_what_it_may_and_nothing_of_another(site: Site, method: str) -> None:
    column = {"get": 1, "post": 2}[method]
    seen = {name: _seen(site, method, name) for name in ROOT}
    assert seen == {name: row[column] for name, row in ROOT.items()}
    assert site.reached == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_reaches_a_row_of_another(site: Site, method: str) -> None:
    for name in (name for name, row in ROOT.items() if row[0] in {ITEM, TOKEN, PASSKEY}):
        seen = _seen(site, method, name)
        assert not set(seen[:2] + seen[3:]) - set("rnmst"), (name, seen)
    assert site.reached == []


def test_the_owner_finds_its_own_on_its_pages(site: Site) -> None:
    """Or nothing would be proven by others not finding it."""
    told = {name for name in ROOT if _tells(site.ask("get", name, "L"))}
    lists = {"places", "inbox", "usersessions_list", "api_tokens", "mfa_index"}
    assert told == lists | {"api_token_revoke", "mfa_edit_webauthn", "mfa_remove_webauthn"}


def test_no_page_of_the_shared_plane_is_served_inside_a_tenant(site: Site) -> None:
    for name in ROOT.keys() - {"front_door", "accessibility"}:
        at = f"/gmina/gogolin{site.at(name)}"
        assert site.clients["L"].get(at).status_code == 404, name
