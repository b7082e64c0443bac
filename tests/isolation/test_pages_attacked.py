"""Payloads through the whole site: each address, form, parameter, header, key and file name.

Forms are read from the pages themselves, so a new one is attacked unasked. Every form meets every
class of payloads in each of its fields, an endless number and a NUL; every payload meets every kind
of field.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches
from django.utils import timezone

from api.v1 import keys
from kooperacja.accounts import tokens
from kooperacja.tenancy.context import inside
from tenants.people.models import Organisation
from tenants.registry import directory, invitations
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.declared import FILE, Endpoint, Page, SharedPage, apps, apps_with, every
from tests.factories import accounts
from tests.factories import people as make
from tests.isolation.attack import AnyPage, Attack, Site, coordinator
from tests.isolation.conftest import SECRET, Field
from tests.isolation.forms import Form, addresses
from tests.isolation.payloads import CLASSES, PAYLOADS, TEXTS
from tests.place import Settled


@pytest.fixture
def template(settled: Settled) -> str:
    """A copy of the place where everybody and every row is; but here commits are real."""
    return settled.database


@pytest.fixture
def site(field: Field, settled: Settled, settings: Any, monkeypatch: Any) -> Site:
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(keys, "REQUESTS_A_MINUTE", 1_000_000)
    monkeypatch.setattr(invitations, "_require_pace", lambda invitation: None)
    for ref in (field.own, field.foreign):
        with inside(ref):
            make.organisation(name=SECRET.format(ref.schema))
    routes = {(SharedPage, one.name): one for one in addresses("kooperacja.urls")}
    routes |= {(Page, one.name): one for one in addresses("kooperacja.city_urls", "gmina/opole/")}
    made = Site(field, settled.anew(), routes)
    made.check_afterglow("before")  # the neighbour's journal notes its first visit
    return made


def _named(app: str) -> list[AnyPage]:
    pages = [*apps()[app].of(Page), *apps()[app].of(SharedPage)]
    return [page for page in pages if page.name != "account_logout"]  # ends the visit


@pytest.mark.parametrize("app", sorted({*apps_with(Page), *apps_with(SharedPage)}))
def test_every_form_of_an_app_holds_against_every_class(site: Site, app: str) -> None:
    attack, before = Attack(site), site.state()
    for page in _named(app):
        attack.page(page)
        site.check_afterglow(page.name)
    assert site.state() == before
    assert attack.met == {
        (form.identity, name, of) for form in attack.forms for name in form.fields for of in CLASSES
    }


def _forms(site: Site) -> list[tuple[Form, Client, str]]:
    """Every form of the site, with who fills it in and where."""
    found = {}
    for page in (page for app in apps() for page in _named(app) if page.seen != FILE):
        visit = site.come(page)
        for form in visit.forms:
            found.setdefault(form.identity, (form, visit.client, visit.at))
    return list(found.values())


def _covering(forms: list[tuple[Form, Client, str]]) -> list[tuple[Form, Client, str]]:
    """The fewest of them, roughly, that have all kinds of fields."""
    chosen, missing = [], {kind for form, *_ in forms for kind in form.fields.values()}
    while missing:
        best = max(forms, key=lambda one: len(missing & {*one[0].fields.values()}))
        missing -= {*best[0].fields.values()}
        chosen.append(best)
    return chosen


def test_every_payload_meets_every_kind_of_field(site: Site) -> None:
    before, forms = site.state(), _forms(site)
    kinds = {kind for form, *_ in forms for kind in form.fields.values()}
    assert kinds >= {"text", "textarea", "select", "radio", "checkbox", "file", "hidden", "date"}
    covering, met = _covering(forms), set[tuple[str, str]]()
    for payload in TEXTS:
        for form, client, at in covering:
            for unseen in (False, True):
                names = [n for n in form.of(unseen=unseen) if (payload, form.fields[n]) not in met]
                if names:
                    values = form.filled(names, site.always(payload))
                    site.check(form.sent(client, at, values), (at, payload))
                    met |= {(payload, form.fields[name]) for name in names}
    assert met == {(payload, kind) for payload in TEXTS for kind in kinds}
    assert site.state() == before
    site.check_afterglow("kinds")


def test_every_payload_meets_addresses_that_take_text(site: Site) -> None:
    before, lead, rops = site.state(), site.lead(), coordinator()
    routes = [route for route in site.routes.values() if route.gaps and route.takes_text]
    for turn, payload in enumerate(TEXTS):
        for route in routes[turn % 12 :: 12]:
            at = route.with_parts(site.of(payload))
            site.check((lead if "gmina/" in at else rops).get(at), at)
    assert site.state() == before


HEADERS = (
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
)
PLACES = [f"/gmina/opole/{path}" for path in ("", "partnerstwo/instytucje/", "dziennik/")]
PLACES += ["/konto/skrzynka/", "/region/"]


def test_headers_cookies_and_parameters_nobody_asked_for_hold(site: Site) -> None:
    before, client, turns = site.state(), site.lead(), cycle(PLACES)
    for text in TEXTS:
        payload, at = site.of(text), next(turns)
        query = dict.fromkeys(("sort", "page", "szukaj", "next", payload), payload)
        site.check(client.get(at, query, headers=dict.fromkeys(HEADERS, payload)), (at, payload))
        stranger = Client()
        for name in ("sessionid", "csrftoken", "messages"):
            stranger.cookies[name] = payload
        site.check(stranger.get(PLACES[1]), payload)
    assert site.state() == before
    site.check_afterglow("headers")


def _key(site: Site) -> dict[str, str]:
    account = accounts.with_totp(accounts.account())
    with inside(site.field.own):
        person = make.person(Role.LEAD, account=account)
    Access.objects.create(
        account=account,
        tenant_id=site.field.own.id,
        role=Role.LEAD,
        person_id=person.pk,
        granted_by="test",
    )
    until = timezone.now() + timedelta(days=1)
    _, key = tokens.issue(
        by=accounts.acting(account),
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
    for payload in map(site.of, TEXTS):
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


def test_every_address_of_the_api_holds_against_every_class(site: Site) -> None:
    before, headers, client = site.state(), _key(site), Client()
    for endpoint in every(Endpoint):
        route = site.routes[SharedPage, endpoint.name]
        for turn, texts in enumerate(CLASSES.values()):
            payload = site.of(texts[(len(route.route) + turn) % len(texts)])
            at = route.with_parts(payload) if route.gaps else f"{route.with_parts('')}?{payload}"
            site.check(client.get(at, headers=headers), at)
    assert site.state() == before
    site.check_afterglow("api")


@pytest.fixture
def careless(settings: Any) -> Iterator[None]:
    settings.TENANT_URLCONFS = settings.TENANT_URLCONFS | {"CITY": "tests.isolation.careless_urls"}
    clear_url_caches()
    directory.forget()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("careless")
def test_a_careless_page_opens_no_way_to_a_neighbour(site: Site) -> None:
    at, client = "/gmina/opole/nieostrozne/", site.lead()
    own = client.get(at, {"szukaj": "' UNION SELECT secret FROM canary -- "})
    assert SECRET.format(site.field.own.schema) in own.content.decode()
    before = site.state()
    for number, text in enumerate(PAYLOADS):
        for query in ({}, {"w_transakcji": "1"}):
            answer = client.get(at, {"szukaj": site.of(text), **query})
            said = answer.content.decode()
            assert site.field.foreign_secret not in said, text
            assert "root:x" not in said and "SCRAM-SHA" not in said, text
            site.check_afterglow(text)
        if number % 10 == 9 or text == PAYLOADS[-1]:
            assert site.state() == before, PAYLOADS[number - 9 : number + 1]
    with inside(site.field.own):
        assert Organisation.objects.exists()
