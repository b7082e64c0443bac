"""An attack on the pages of a gmina: what is sent where, and what no answer may hold."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.db import close_old_connections
from django.test import Client
from psycopg import sql

from kooperacja.accounts.models import Account, Attempts
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.urls import root_reverse
from tenants.registry.roles import Role
from tests.declared import FILE, VISITORS, Page, Rows, SharedPage
from tests.factories import accounts
from tests.factories import people as make
from tests.isolation.conftest import OURS, SECRET, Field
from tests.isolation.forms import PATH, Address, Form, forms_of
from tests.isolation.payloads import CLASSES
from tests.isolation.test_injection import _seen_by
from tests.place import Place

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
AnyPage = Page | SharedPage
# A program stumbles over these when it reads a number, or hands a text to the database.
ODD = ("9" * 5000, "a\x00b")


@dataclass(frozen=True)
class Visit:
    """Who came to a page, where it is, and what it answered."""

    client: Client
    at: str
    answer: Any

    @property
    def forms(self) -> list[Form]:
        """Its forms, if it is a page at all."""
        is_page = self.answer.get("Content-Type", "").startswith("text/html")
        return forms_of(self.at, self.answer.content.decode()) if is_page else []


@dataclass
class Site:
    """The gmina that is attacked, its neighbour with rows alike, and who watches."""

    field: Field
    place: Place
    routes: dict[tuple[type, str], Address]

    def of(self, text: str) -> str:
        """The payload as it aims at the neighbour."""
        foreign = self.field.foreign
        return text.replace("{f}", foreign.schema).replace("{r}", foreign.role)

    def always(self, text: str) -> Callable[[str], str]:
        """The same payload for any kind of field."""
        return lambda kind: self.of(text)

    def state(self) -> tuple[str, ...]:
        """Digests of the structure and of every row of the two tenants that are not attacked."""
        structure = repr(self.field.oracle.execute(STRUCTURE).fetchall())
        parts = [hashlib.sha256(structure.encode()).hexdigest(), repr(self.field.canaries())]
        for schema in (self.field.foreign.schema, "t_160501"):
            tables = self.field.oracle.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema]
            ).fetchall()
            query = sql.SQL(" UNION ALL ").join(
                sql.SQL(
                    "SELECT {}, md5(string_agg(x::text, '|' ORDER BY x::text)) FROM {} x"
                ).format(sql.Literal(table), sql.Identifier(schema, table))
                for (table,) in tables
            )
            # Read in parallel, the tables come in any order.
            parts.append(repr(sorted(self.field.oracle.execute(query).fetchall())))
        return tuple(parts)

    def check(self, response: Any, where: object) -> None:
        """What no answer may hold."""
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace")
        assert response.status_code < 500, (where, response.status_code, text[:500])
        assert response.status_code != 429, (where, "the payload was not looked at")
        assert self.field.foreign_secret not in text, where
        assert not OF_THE_DATABASE.search(text), where

    def check_afterglow(self, where: object) -> None:
        """The neighbour comes next on the same connections, and is itself."""
        close_old_connections()  # as Django does between requests
        page = self.place.clients["f"].get("/powiat/krapkowicki/partnerstwo/instytucje/")
        assert page.status_code == 200, where
        assert self.field.foreign_secret in page.content.decode(), where
        assert SECRET.format(self.field.own.schema) not in page.content.decode(), where
        for ref in (self.field.own, self.field.foreign):
            assert _seen_by(ref) == (ref.role, ref.schema, SECRET.format(ref.schema)), where

    def lead(self) -> Client:
        with inside(self.field.own):
            return make.signed_in(self.field.own, Role.LEAD)[0]

    def come(self, page: AnyPage) -> Visit:
        """Somebody reads the page; reader and row are new where an attack before put an end to them."""
        if isinstance(page, SharedPage):
            client, at = self._come_to_shared(page)
            return Visit(client, at, client.get(at))
        readers = [one for one, code in zip(VISITORS, page.answers, strict=True) if code == "o"]
        is_leads, at = "L" in readers or not readers, self.place.address(page)
        client = self.kept_lead if is_leads else self.place.clients[readers[0]]
        visit = Visit(client, at, client.get(at))
        if not readers or visit.answer.status_code == 200:
            return visit
        if is_leads:
            client = self.kept_lead = self.lead()
        if page.of:
            with inside(self.field.own):
                at = self.place.address(page, Rows())
        return Visit(client, at, client.get(at))

    @cached_property
    def kept_lead(self) -> Client:
        """A Lider who comes to one page after another, for as long as attacks let them."""
        return self.lead()

    def _come_to_shared(self, page: SharedPage) -> tuple[Client, str]:
        readers = [who for who, code in zip("-aoRsq", page.get, strict=True) if code == "o"]
        if "o" in readers:
            client, secret = self.lead(), "klucz"
            owner = Account.objects.get(pk=client.session[SESSION_KEY])
            rows = Rows(owner=owner, client=client, tenant=self.field.own, secret=secret)
            return client, root_reverse(page.name, *rows.args(page.of))
        at = self.place.shared_address(page)
        if readers == ["-"]:
            return Client(), at
        if readers == ["q"]:
            return accounts.client_of(accounts.account()), at
        return coordinator(), at


def coordinator() -> Client:
    who = accounts.member(None, Role.ROPS_COORDINATOR)
    return accounts.with_fresh_factor(accounts.client_of(who))


@dataclass
class Attack:
    """What was sent: a payload a field, each of its class in its turn, kind of field by kind."""

    site: Site
    turns: Counter[tuple[str, str]] = field(default_factory=Counter)
    met: set[tuple[object, ...]] = field(default_factory=set)
    forms: list[Form] = field(default_factory=list)

    def payload(self, of: str, kind: str) -> str:
        turn = self.turns[of, kind]
        self.turns[of, kind] += 1
        return self.site.of(CLASSES[of][turn % len(CLASSES[of])])

    def page(self, page: AnyPage) -> None:
        visit = self.site.come(page)
        self.address(page, visit.client)
        if page.seen == FILE:
            return
        self.site.check(visit.answer, visit.at)
        known = {form.identity for form in self.forms}
        for form in (one for one in visit.forms if one.identity not in known):
            self.forms.append(form)
            self.odd(form, visit.client, visit.at)
            Attempts.objects.all().delete()  # or who tries so often would be kept waiting
            self.form(form, visit.client, visit.at)

    def odd(self, form: Form, client: Client, at: str) -> None:
        """All that people fill in at once; then what they don't see, which is read first."""
        seen, unseen = form.of(unseen=False), form.of(unseen=True)
        for odd in ODD:
            together = dict.fromkeys((name for name in seen if form.fields[name] != "file"), odd)
            hidden = [form.given | dict.fromkeys(unseen, odd)] if unseen else []
            for values in (form.given | together, *hidden):
                self.site.check(form.sent_plain(client, at, values), (at, odd[:9], sorted(values)))

    def address(self, page: AnyPage, client: Client) -> None:
        """Where no text is taken all payloads are refused alike: there it is one at a time."""
        route = self.site.routes[type(page), page.name]
        classes = [*CLASSES] if route.takes_text else [[*CLASSES][len(self.turns) % len(CLASSES)]]
        for of in classes if route.gaps else []:
            at = route.with_parts(self.payload(of, PATH))
            self.site.check(client.get(at), at)

    def form(self, form: Form, client: Client, at: str) -> None:
        for of in CLASSES:
            for names in filter(None, (form.of(unseen=False), form.of(unseen=True))):
                values = form.filled(names, partial(self.payload, of))
                self.site.check(form.sent(client, at, values), (at, values))
                self.met |= {(form.identity, name, of) for name in names}
