"""Every payload through the whole site: each address, form, parameter, header, key and file name.

What is attacked is read from the URLconfs and from the pages, so a new one is attacked unasked.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import close_old_connections
from django.test import Client
from django.urls import clear_url_caches
from django.utils import timezone
from psycopg import sql

from api.v1 import throttling
from kooperacja.accounts import tokens
from kooperacja.tenancy.context import inside
from tenants.partnership.models import Organisation, RoleAssignment
from tenants.registry import directory
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts, partnership
from tests.isolation.conftest import OURS, SECRET, Field
from tests.isolation.pages import Form, addresses, forms_of
from tests.isolation.payloads import PAYLOADS
from tests.isolation.test_injection import _seen_by

SHARE = 8
TEXTS = [text for text in PAYLOADS if not text.startswith("@")]
# What the server says about a query: never a visitor's business.
OF_THE_DATABASE = re.compile(
    r"syntax error at|permission denied for|psycopg|Traceback|unterminated quoted|SCRAM-SHA|root:x"
)
# Everything a payload could leave behind in the database besides rows.
STRUCTURE = f"""
    SELECT 'role', rolname || rolsuper || rolinherit || rolcanlogin || rolcreaterole
      || coalesce(rolconfig::text, '') FROM pg_roles WHERE {OURS}
    UNION ALL SELECT 'member', rolname || '<' || member FROM pg_auth_members
      JOIN pg_roles ON pg_roles.oid = roleid WHERE {OURS}
    UNION ALL SELECT 'table', oid::text || relname || coalesce(relacl::text, '') FROM pg_class
      WHERE relnamespace::regnamespace::text !~ '^pg_(toast|temp)'
    UNION ALL SELECT 'schema', nspname || coalesce(nspacl::text, '') FROM pg_namespace
      WHERE nspname !~ '^pg_(toast_)?temp'
    UNION ALL SELECT 'function', oid::text || coalesce(proacl::text, '') FROM pg_proc
    UNION ALL SELECT 'database', datname || coalesce(datacl::text, '') FROM pg_database
      WHERE datname = current_database() OR datname !~ '^koop_'
    UNION ALL SELECT 'extension', extname FROM pg_extension
    UNION ALL SELECT 'object', oid::text FROM pg_largeobject_metadata
    ORDER BY 1, 2
"""


@dataclass
class Site:
    """The gmina that is attacked, its neighbour with rows alike, and who watches."""

    field: Field
    rows: list[UUID]
    neighbour: Client

    def payloads(self) -> Iterator[str]:
        for text in TEXTS:
            yield self.of(text)

    def of(self, text: str) -> str:
        return text.replace("{f}", self.field.foreign.schema).replace(
            "{r}", self.field.foreign.role
        )

    def state(self) -> tuple[str, ...]:
        """Digests of the structure and of every row of the two tenants that are not attacked."""
        structure = repr(self.field.oracle.execute(STRUCTURE).fetchall())
        parts = [hashlib.sha256(structure.encode()).hexdigest(), repr(self.field.canaries())]
        for schema in (self.field.foreign.schema, "t_166101"):
            tables = self.field.oracle.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema]
            ).fetchall()
            query = sql.SQL(" UNION ALL ").join(
                sql.SQL(
                    "SELECT {}, md5(string_agg(x::text, '|' ORDER BY x::text)) FROM {} x"
                ).format(sql.Literal(table), sql.Identifier(schema, table))
                for (table,) in tables
            )
            parts.append(repr(self.field.oracle.execute(query).fetchall()))
        return tuple(parts)

    def check(self, response: Any, where: object) -> None:
        """What no answer may hold."""
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace")
        assert response.status_code < 500, (where, response.status_code, text[:500])
        assert self.field.foreign_secret not in text, where
        assert not OF_THE_DATABASE.search(text), where

    def check_afterglow(self, where: object) -> None:
        """The neighbour comes next on the same connections, and is itself."""
        close_old_connections()  # as Django does between requests
        page = self.neighbour.get("/powiat/krapkowicki/partnerstwo/instytucje/")
        assert page.status_code == 200, where
        assert self.field.foreign_secret in page.content.decode(), where
        assert SECRET.format(self.field.own.schema) not in page.content.decode(), where
        for ref in (self.field.own, self.field.foreign):
            assert _seen_by(ref) == (ref.role, ref.schema, SECRET.format(ref.schema)), where


def _rows_of(secret: str) -> list[UUID]:
    lead = partnership.lead()
    own = partnership.organisation(name=secret)
    filed = partnership.filed(lead, own)
    draft = partnership.draft(lead, partnership.organisation())
    role = RoleAssignment.objects.get(person=lead)
    return [own.pk, draft.pk, filed.pk, role.pk, filed.file_id]


@pytest.fixture
def site(field: Field, settings: Any, tmp_path: Any, monkeypatch: Any) -> Site:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(throttling, "A_MINUTE", 1_000_000)
    with inside(field.foreign):
        partnership.found(field.foreign)
        _rows_of(field.foreign_secret)
        neighbour, _ = partnership.signed_in(field.foreign, Role.LEAD)
    with inside(field.own):
        partnership.found(field.own)
        rows = _rows_of(SECRET.format(field.own.schema))
    made = Site(field, rows, neighbour)
    made.check_afterglow("before")  # the neighbour's journal notes its first visit
    return made


def _lead(site: Site) -> Client:
    with inside(site.field.own):
        return partnership.signed_in(site.field.own, Role.LEAD)[0]


def _coordinator(site: Site) -> Client:
    who = accounts.member(None, Role.ROPS_COORDINATOR)
    return accounts.with_fresh_factor(accounts.client_of(who))


def _found(client: Client, site: Site, address: Any) -> tuple[str, list[Form]]:
    """The address with the first of our rows that is there, and the forms of its page."""
    parts = [*map(str, site.rows), site.field.own.code] if address.gaps else [""]
    for part in parts:
        at = address.with_parts(part)
        page = client.get(at)
        site.check(page, at)
        if page.status_code != 404:
            break
    html = page.get("Content-Type", "").startswith("text/html")
    return at, forms_of(at, page.content.decode()) if html else []


def _attack(site: Site, urlconf: str, visitor: Callable[[Site], Client], prefix: str = "") -> int:
    """Every payload into every form and gap of every address; how many values were sent."""
    sent, attacked, before = 0, set(), site.state()
    for turn, address in enumerate(addresses(urlconf, prefix)):
        if address.route.startswith("api/"):
            continue
        client = visitor(site)
        at, forms = _found(client, site, address)
        forms = [one for one in forms if one.identity not in attacked]
        attacked |= {one.identity for one in forms}
        for number, payload in enumerate(site.payloads()):
            for form in forms:
                values = form.filled(payload, keeps_hidden=bool(prefix))
                call = client.post if form.is_post else client.get
                target = form.action if form.action.startswith("/") else at
                site.check(call(target, values), (target, payload))
                sent += len(values)
            # Where no text is taken all are refused alike: each gets a share, all come to their turn.
            if address.gaps and (address.takes_text or (turn + number) % SHARE == 0):
                site.check(client.get(address.with_parts(payload)), (address, payload))
                sent += 1
        assert site.state() == before, at
        site.check_afterglow(at)
    return sent


def test_the_pages_of_a_tenant_hold(site: Site) -> None:
    assert len(TEXTS) >= 60
    sent = _attack(site, "gmina.urls", _lead, "gmina/gogolin/")
    assert sent > 50 * len(TEXTS)


def test_the_pages_of_accounts_and_of_the_region_hold(site: Site) -> None:
    assert _attack(site, "kooperacja.urls", _coordinator) > 30 * len(TEXTS)


def test_headers_cookies_and_parameters_nobody_asked_for_hold(site: Site) -> None:
    before, client = site.state(), _lead(site)
    pages = [f"/gmina/gogolin/{path}" for path in ("", "partnerstwo/instytucje/", "dziennik/")]
    for payload in site.payloads():
        headers = dict.fromkeys(
            (
                "X-Request-ID",
                "X-Forwarded-For",
                "User-Agent",
                "Referer",
                "Accept-Language",
                "HX-Request",
                "HX-Current-URL",
                "If-None-Match",
                "Range",
                "Origin",
            ),
            payload,
        )
        for at in [*pages, "/konto/skrzynka/", "/region/"]:
            query = dict.fromkeys(("sort", "page", "szukaj", "next", payload), payload)
            site.check(client.get(at, query, headers=headers), (at, payload))
        stranger = Client()
        for name in ("sessionid", "csrftoken", "messages"):
            stranger.cookies[name] = payload
        site.check(stranger.get(pages[1]), payload)
    assert site.state() == before
    site.check_afterglow("headers")


def _key(site: Site) -> dict[str, str]:
    account = accounts.account()
    with inside(site.field.own):
        person = partnership.person(Role.LEAD, account=account)
    Access.objects.create(
        account=account,
        tenant_id=site.field.own.id,
        role=Role.LEAD,
        person_id=person.pk,
        granted_by="test",
    )
    until = timezone.now() + timedelta(days=1)
    _, key = tokens.issue(
        by=account,
        name="test",
        scope="TENANT_WRITE",
        expires_at=until,
        tenant_id=site.field.own.id,
    )
    return {"Authorization": f"Bearer {key}"}


# Any text is accepted in these, so the payload gets as far as the database.
FREE = ("name", "legal_form", "street", "city")
BODY = ("name", "legal_form", "street", "postal_code", "city", "email", "phone", "website")
BODY += ("sector", "nip", "regon", "krs", "edelivery", "id")
ASKED = ("limit", "offset", "sector", "as_of", "indicator", "tenant", "from", "to", "level")


def test_the_api_holds(site: Site) -> None:
    before, headers, client = site.state(), _key(site), Client()
    organisations = f"/api/v1/tenants/{site.field.own.code}/organisations/"
    least = {"name": "Szkoła", "city": "Gogolin", "sector": "EDUCATION"}
    for payload in site.payloads():
        for address in addresses("kooperacja.urls"):
            if address.route.startswith("api/v1"):
                at = address.with_parts(payload if address.gaps else "")
                site.check(client.get(at, headers=headers), (at, payload))
        for query in (dict.fromkeys(ASKED, payload), {"sector": payload}, {"limit": payload}):
            site.check(client.get(organisations, query, headers=headers), (query, payload))
        for body in (dict.fromkeys(BODY, payload), least | dict.fromkeys(FREE, payload[:100])):
            answer = client.post(
                organisations, body, content_type="application/json", headers=headers
            )
            site.check(answer, (body, payload))
        wrong = {"Authorization": f"Bearer koop_{payload}"}
        site.check(client.get(organisations, headers=wrong), payload)
    assert site.state() == before
    site.check_afterglow("api")


@pytest.fixture
def careless(settings: Any) -> Iterator[None]:
    settings.TENANT_URLCONFS = settings.TENANT_URLCONFS | {"GMINA": "tests.isolation.careless_urls"}
    clear_url_caches()
    directory.forget()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("careless")
def test_a_careless_page_opens_no_way_to_a_neighbour(site: Site) -> None:
    at, client = "/gmina/gogolin/nieostrozne/", _lead(site)
    own = client.get(at, {"szukaj": "' UNION SELECT secret FROM canary -- "})
    assert SECRET.format(site.field.own.schema) in own.content.decode()
    for text in PAYLOADS:
        before = site.state()
        for query in ({}, {"w_transakcji": "1"}):
            answer = client.get(at, {"szukaj": site.of(text), **query})
            said = answer.content.decode()
            assert site.field.foreign_secret not in said, text
            assert "root:x" not in said and "SCRAM-SHA" not in said, text
            site.check_afterglow(text)
        assert site.state() == before, text
    with inside(site.field.own):
        assert Organisation.objects.exists()
