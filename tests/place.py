"""A city and its neighbour with rows alike and everybody who may ask for a page: settled once a run.

A city with county rights has the pages of a gmina and of a powiat.

They live in a database of their own; what a test does there is undone.
"""

import copy
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connections, transaction
from django.test import Client
from django.test.utils import override_script_prefix
from django.urls import reverse
from django.utils import timezone

from gmina.ggk.models import DelegationRequest
from kooperacja.accounts import sessions
from kooperacja.accounts.models import Account
from kooperacja.audit.actor import named
from kooperacja.crypto import keys
from kooperacja.tenancy.context import inside, urlconf_of
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import root_reverse
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.baskets.models.searches import SavedSearch
from tenants.exchange.actions import publish_template
from tenants.exchange.clauses import framework
from tenants.registry import directory
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests import servers
from tests.declared import Endpoint, Page, Rows, SharedPage, apps, every
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import support as make_support

OFFICE = {
    "A": Role.TENANT_ADMIN,
    "L": Role.LEAD,
    "N": Role.NETWORK_OFFICER,
    "S": Role.SOCIAL_WORKER,
    "D": Role.DPO,
}
OF_KOOPERANT = {
    "P": Role.PARTNER_COORDINATOR,
    "H": Role.PARTNER_HEAD,
    "W": Role.PARTNER_WORKER,
}
# Names what is of nobody else's business.
SECRET = "tajemnica-Lidera"
# A run takes no longer, so nobody has to sign in again.
LASTS = 4 * 3600


@dataclass(frozen=True)
class Seen:
    """What somebody got at an address; no text where it is no page."""

    status: int
    html: str


@dataclass
class Place:
    """A city with one row of each kind, its neighbour with rows alike, and the visitors."""

    here: TenantRef
    there: TenantRef
    rows: Rows
    foreign: Rows
    clients: dict[str, Client]
    shared: Rows  # of the Lider's own account
    # What visitors got before anything was changed, of all tests of this process.
    got: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def seen(self, visitor: str, at: str) -> Seen:
        """What a visitor gets there, asked once in a run; for tests that have changed nothing yet."""
        if (visitor, at) not in self.got:
            answer: Any = self.clients[visitor].get(at)
            content = b"" if answer.streaming else answer.content
            html = content.decode() if b"<html" in content else ""
            self.got[visitor, at] = Seen(answer.status_code, html)
        return self.got[visitor, at]

    def address(self, page: Page, rows: Rows | None = None) -> str:
        """Where the page about one of these rows would be in the city."""
        args = (self.rows if rows is None else rows).args(page.of)
        with override_script_prefix(f"{self.here.prefix}/"):
            return reverse(page.name, urlconf=urlconf_of(self.here), args=(*args, *page.more))

    def shared_address(self, page: SharedPage) -> str:
        """Where a page of the shared plane is, about the Lider's row or one that all know."""
        return root_reverse(page.name, *self.shared.args(page.of))


def settle(city: TenantRef, powiat: TenantRef) -> Place:
    publish_template(by=named("ROPS"), clauses=framework()[1:], note="Krócej.", after=0)
    clients = {"-": Client(), "x": _browser(accounts.with_totp(accounts.account()))}
    clients["R"] = _browser(accounts.member(None, Role.ROPS_COORDINATOR))
    with inside(powiat):
        make_partnership.found(powiat)
        foreign = _rows_of_pages()
        foreign.update(dict.fromkeys(Rows.known_by_name(), "NIE_MA"))
        clients["f"], _ = make.signed_in(powiat, Role.LEAD)
    with inside(city):
        make_partnership.found(city)
        rows = _rows_of_pages()
        clients |= _people(city, rows)
    owner = Account.objects.get(pk=clients["L"].session[SESSION_KEY])
    with inside(city):
        SavedSearch.objects.update(account_id=owner.pk)  # what a reader keeps is theirs alone
    shared = Rows(owner=owner, client=clients["L"], tenant=city, secret=SECRET)
    for page in every(SharedPage):
        shared.args(page.of)
    for client in clients.values():
        client.handler = clients["-"].handler
        _keep(client)
    return Place(city, powiat, rows, foreign, clients, shared)


def _browser(account: Account) -> Client:
    return accounts.with_fresh_factor(accounts.client_of(account))


def _rows_of_pages() -> Rows:
    rows = Rows()
    for page in (*every(Page), *every(Endpoint)):
        rows.args(page.of)
    return rows


def _people(city: TenantRef, rows: Rows) -> dict[str, Client]:
    """Everybody who works in the city, or did."""
    clients: dict[str, Client] = {}
    clients["e"], gone = make.signed_in(city, Role.TENANT_ADMIN)
    Access.objects.filter(person_id=gone.pk).update(ended_at=timezone.now())
    clients["l"], gone = make.signed_in(city, Role.PARTNER_HEAD, organisation=rows["member"])
    Access.objects.filter(person_id=gone.pk).update(ended_at=timezone.now())
    for letter, role in OFFICE.items():
        clients[letter], _ = make.signed_in(city, role)
    for letter, role in OF_KOOPERANT.items():
        clients[letter], _ = make.signed_in(city, role, organisation=rows["member"])
    clients["O"], _ = make.signed_in(
        city, Role.PARTNER_COORDINATOR, organisation=make.organisation()
    )
    clients["Z"], applicant = make.signed_in(
        city, Role.APPLICANT, organisation=rows["draft"].organisation
    )
    AccessionDeclaration.objects.filter(pk=rows["draft"].pk).update(applicant=applicant)
    clients["T"], _ = make.signed_in(
        city, Role.PARTY, organisation=rows["agreement_party"].organisation
    )
    clients["V"], _ = make_support.signed_in(city, rows["adviser_support"])
    delegation = rows["delegation"]
    clients["G"], delegate = make.signed_in(
        city, Role.DELEGATE, organisation=delegation.organisation
    )
    DelegationRequest.objects.filter(pk=delegation.pk).update(person=delegate)
    return clients


def _keep(client: Client) -> None:
    """Let the browser stay signed in, its second factor fresh, for the whole run."""
    session = client.session
    if SESSION_KEY in session:
        session[sessions.SEEN] += LASTS
        session.save()
        accounts.with_fresh_factor(client, lasts=LASTS)


@contextmanager
def at(database: str) -> Iterator[None]:
    """Each plane works in another database meanwhile."""
    before = connections.settings["default"]["NAME"]
    try:
        _turn_to(database)
        yield
    finally:
        _turn_to(before)


def _turn_to(database: str) -> None:
    for alias in settings.DATABASES:
        connections[alias].close()
        connections.settings[alias]["NAME"] = database
    directory.forget()
    keys.forget()


@contextmanager
def undone() -> Iterator[None]:
    """What is done in it is undone; as in Django's own TestCase, tenants may be entered in it."""
    with ExitStack() as stack:
        for alias in ("default", "shared"):
            block: Any = transaction.atomic(using=alias)
            block._from_testcase = True
            stack.enter_context(block)
            stack.callback(transaction.set_rollback, True, using=alias)
        yield


@dataclass
class Settled:
    """A place and the database in which it is."""

    database: str
    place: Place

    @contextmanager
    def visited(self, blocker: Any) -> Iterator[Place]:
        """What is done there is undone, so that the next test finds it as it was."""
        with blocker.unblock(), at(self.database), undone():
            yield self.anew()

    def anew(self) -> Place:
        """The place with browsers of its own, whatever another test does with theirs."""
        clients = {visitor: _again(one) for visitor, one in self.place.clients.items()}
        return replace(self.place, rows=copy.copy(self.place.rows), clients=clients)


def _again(browser: Client) -> Client:
    again = Client()
    again.handler = browser.handler  # one site is loaded for all
    again.cookies = copy.deepcopy(browser.cookies)
    return again


@pytest.fixture(scope="session")
def settled(django_db_setup: None, django_db_blocker: Any) -> Iterator[Settled]:
    name = f"koop_{servers.WORKER}_place"
    servers.copy_template(name)
    with django_db_blocker.unblock(), at(name):
        city, powiat = directory.find("opole"), directory.find("krapkowicki")
        assert city and powiat
        place = settle(city, powiat)
    yield Settled(name, place)
    servers.drop(name)


@pytest.fixture(scope="session")
def settled_more(settled: Settled, django_db_blocker: Any) -> Iterator[Settled]:
    """The same place, where there is more of everything that a page lists."""
    name = f"{settled.database}_grown"
    servers.copy_template(name, settled.database)
    place = replace(settled.place, shared=copy.copy(settled.place.shared), got={})
    with django_db_blocker.unblock(), at(name):
        grow(place)
    yield Settled(name, place)
    servers.drop(name)


def grow(place: Place) -> None:
    rows = copy.copy(place.rows)
    for app in apps().values():
        if app.more and app.of(SharedPage):
            app.more(place.shared)
        elif app.more:
            with inside(place.here):
                app.more(rows)


@pytest.fixture
def place(settled: Settled, django_db_blocker: Any) -> Iterator[Place]:
    with settled.visited(django_db_blocker) as place:
        yield place


@pytest.fixture
def grown(settled_more: Settled, django_db_blocker: Any) -> Iterator[Place]:
    with settled_more.visited(django_db_blocker) as place:
        yield place
