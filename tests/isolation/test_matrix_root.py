"""Every page of the shared plane × visitor, with the answers to GET and POST; one undeclared fails.

Columns: who asks. `-` nobody signed in, `a` anybody of a tenant but the owner (whatever the role, of
this tenant, of another, of none, or of old), `o` the owner of the row the page is about, who is a
Lider, `R` the region's coordinator, `s` one who did not show a second factor lately, `q` one who has
none yet. Codes: o 200, e 204, d 403, n 404, m 405, u 422; redirects: r to sign in, s to prove again
who one is, t to the page of factors, w elsewhere.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.urls import get_resolver

from kooperacja.accounts.models import Account, ApiToken
from kooperacja.inbox.models import InboxItem
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import Role
from tests.declared import VISITORS, Endpoint, SharedPage, apps, apps_with, every, names_of
from tests.factories import accounts
from tests.place import SECRET, Place

LETTERS = {200: "o", 204: "e", 403: "d", 404: "n", 405: "m", 409: "c", 422: "u"}
LEADS = {"zaloguj/": "r", "drugi-skladnik/": "t"}
LEADS |= dict.fromkeys(("potwierdz/kod/", "potwierdz/klucz/", "potwierdz/haslo/"), "s")
KINDS = {"-": "-", "a": VISITORS.strip("-").replace("L", "").replace("R", "")}
KINDS |= {"o": "L", "R": "R", "s": "s", "q": "q"}
OWNED = ("item", "token", "passkey")
KINDS_OF_ROWS = {page.of for page in every(SharedPage) if page.of}
IP = "203.0.113.77"

of_each_app = pytest.mark.parametrize("app", apps_with(SharedPage))


@dataclass
class Site:
    """The visitors, and what one of them has that is of nobody else's business."""

    place: Place
    owner: Account
    elsewhere: UserSession
    before: list[Any] = field(default_factory=list)
    reached: list[tuple[str, str, str]] = field(default_factory=list)  # what another read or did

    def ask(self, method: str, page: SharedPage, visitor: str) -> Any:
        """The answer; a form gives every row of the owner by its id."""
        client = self.place.clients[visitor]
        given = {kind: self.place.shared.args(kind)[0] for kind in KINDS_OF_ROWS}
        given |= {"session": self.elsewhere.pk, "pk": given["passkey"], "user": self.owner.pk}
        with _undone(client), _writes() as written:
            sent = (given,) if method == "post" else ()
            answer = getattr(client, method)(self.place.shared_address(page), *sent)
            changed = bool(written) and self.left() != self.before
        if visitor != "L" and (changed or _tells(answer)):
            self.reached.append((page.name, method, visitor))
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


@contextmanager
def _writes() -> Iterator[list[str]]:
    """Statements that may have changed something in the shared plane."""
    written: list[str] = []

    def note(execute: Callable[..., Any], query: Any, *rest: Any) -> Any:
        if not str(query).lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            written.append(str(query))
        return execute(query, *rest)

    with connections["shared"].execute_wrapper(note):
        yield written


@pytest.fixture
def site(place: Place) -> Site:
    clients = place.clients
    clients["s"] = accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    unready = accounts.account()
    accounts.access(unready, None, Role.ROPS_COORDINATOR)
    clients["q"] = accounts.client_of(unready)
    owner: Account = place.shared["owner"]
    elsewhere = UserSession.objects.create(
        user=owner, ip=IP, session_key=accounts.client_of(owner).session.session_key
    )
    site = Site(place, owner, elsewhere)
    site.before = site.left()
    return site


def _letter(answer: Any) -> str:
    if answer.status_code != 302:
        return LETTERS.get(answer.status_code, str(answer.status_code))
    return LEADS.get(answer["Location"].removeprefix("/konto/").split("?")[0], "w")


def _seen(site: Site, method: str, page: SharedPage, expected: str = "") -> str:
    """A letter a kind of visitors, or all letters in brackets where they differ.

    What is sent is sent by a few of each kind where they are to be answered alike: by others for
    the next page.
    """
    seen = ""
    for visitors in KINDS.values():
        is_by_all = method == "get" or "[" in expected
        asking = visitors if is_by_all else _few(page, visitors)
        letters = [_letter(site.ask(method, page, visitor)) for visitor in asking]
        seen += letters[0] if len(set(letters)) == 1 else f"[{''.join(letters)}]"
    return seen


_NUMBERS = {page.name: number for number, page in enumerate(every(SharedPage))}


def _few(page: SharedPage, visitors: str, count: int = 4) -> str:
    start = _NUMBERS[page.name] * count % len(visitors)
    return (visitors[start:] + visitors[:start])[:count]


def test_every_page_of_the_shared_plane_is_declared_once() -> None:
    declared = [page.name for page in (*every(SharedPage), *every(Endpoint))]
    # The patterns without a name answer every other address under the API.
    named = names_of(get_resolver(settings.ROOT_URLCONF).url_patterns)
    assert sorted(named) == sorted([*declared, "v1:^.*$", "hsds:^.*$"])


@pytest.mark.parametrize("method", ["get", "post"])
@of_each_app
def test_each_visitor_opens_what_it_may_and_nothing_of_another(
    site: Site, app: str, method: str
) -> None:
    pages = apps()[app].of(SharedPage)
    expected = {page.name: getattr(page, method) for page in pages}
    assert {page.name: _seen(site, method, page, expected[page.name]) for page in pages} == expected
    assert site.reached == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_reaches_a_row_of_another(site: Site, method: str) -> None:
    for page in (page for page in every(SharedPage) if page.of in OWNED):
        seen = _seen(site, method, page)
        assert not set(seen[:2] + seen[3:]) - set("rnmst"), (page, seen)
    assert site.reached == []


def test_the_owner_finds_its_own_on_its_pages(site: Site) -> None:
    """Or nothing would be proven by others not finding it."""
    told = {page.name for page in every(SharedPage) if _tells(site.ask("get", page, "L"))}
    lists = {"places", "inbox", "usersessions_list", "api_tokens", "mfa_index"}
    assert told == lists | {"api_token_revoke", "mfa_edit_webauthn", "mfa_remove_webauthn"}


def test_no_page_of_the_shared_plane_is_served_inside_a_tenant(site: Site) -> None:
    for page in every(SharedPage):
        if page.name not in {"front_door", "accessibility"}:
            at = f"{site.place.here.prefix}{site.place.shared_address(page)}"
            assert site.place.clients["L"].get(at).status_code == 404, page
