"""Every address of the API × method × key × tenant × row, with the expected status.

Keys: `-` none, `x` one that was never given, `R` of the region, `r` and `w` of a Lider of this
tenant, for reading and for writing too, `n` of the neighbour's Lider, `e` of one whose access
ended. Codes: o 200, c 201, b 400, u 401, d 403, n 404, m 405, t 415.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from api.v1.urls import urlpatterns
from kooperacja.accounts import tokens
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Organisation
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.api.pages import NO_FIELDS, NO_JSON, NOT_INVITED, TENANT
from tests.declared import Endpoint, Rows, every
from tests.factories import accounts
from tests.factories import people as make
from tests.place import Place

KEYS = "-xRrwne"
LETTERS = {200: "o", 201: "c", 415: "t", 400: "b", 401: "u", 403: "d", 404: "n", 405: "m"}
METHODS = ("get", "post", "put", "patch", "delete")
ROUTES = {f"v1:{one.name}": str(one.pattern) for one in urlpatterns if isinstance(one, URLPattern)}


@dataclass
class Programs:
    """One for every key, and the gmina and its neighbour whose addresses they ask for."""

    place: Place
    keys: dict[str, dict[str, str]]

    def seen(self, method: str, at: str) -> str:
        """The statuses of all keys, as letters."""
        call = getattr(self.place.clients["-"], method)
        statuses = [call(at, headers=self.keys[key]).status_code for key in KEYS]
        return "".join(LETTERS.get(status, "?") for status in statuses)


def _key(tenant: TenantRef | None, role: str, scope: str) -> dict[str, str]:
    account = accounts.with_totp(accounts.account())
    given = accounts.access(account, tenant, role)
    if tenant:
        with inside(tenant):
            make.person(role, account=account)
    _, key = tokens.issue(
        by=accounts.acting(account),
        name="test",
        scope=scope,
        expires_at=timezone.now() + timedelta(days=1),
        tenant_id=given.tenant_id,
    )
    return {"Authorization": f"Bearer {key}"}


def _no_rows() -> Rows:
    return Rows({endpoint.of: uuid4() for endpoint in every(Endpoint)})


def _saved() -> list[Any]:
    tables = (Organisation, AccessionDeclaration, RegulationVersion)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.fixture
def programs(place: Place) -> Programs:
    gmina, powiat = place.here, place.there
    keys = {
        "-": {},
        "x": {"Authorization": "Bearer koop_nigdy-nie-wydany"},
        "R": _key(None, Role.ROPS_COORDINATOR, "REGION_READ"),
        "r": _key(gmina, Role.LEAD, "TENANT_READ"),
        "w": _key(gmina, Role.LEAD, "TENANT_WRITE"),
        "n": _key(powiat, Role.LEAD, "TENANT_WRITE"),
        "e": _key(gmina, Role.NETWORK_OFFICER, "TENANT_WRITE"),
    }
    ended = Access.objects.filter(tenant_id=gmina.id, role=Role.NETWORK_OFFICER)
    ended.update(ended_at=timezone.now())
    return Programs(place, keys)


def _at(endpoint: Endpoint, code: str, rows: Rows) -> str:
    route = ROUTES[endpoint.name].replace("<str:code>", code)
    for (row,) in filter(None, [rows.args(endpoint.of)]):
        route = re.sub(r"<uuid:\w+>", str(row), route)
    return "/api/v1/" + route


def _of_tenants() -> list[Endpoint]:
    return [one for one in every(Endpoint) if ROUTES[one.name].startswith("tenants/")]


def test_every_address_of_the_api_is_declared() -> None:
    named = {f"v1:{one.name}" for one in urlpatterns if isinstance(one, URLPattern) and one.name}
    declared = [endpoint.name for endpoint in every(Endpoint)]
    assert sorted(named) == sorted(declared)
    assert get_resolver("api.v1.urls").url_patterns == urlpatterns


@pytest.mark.parametrize("method", METHODS)
def test_each_key_opens_what_it_may_and_nothing_else(programs: Programs, method: str) -> None:
    place = programs.place
    with inside(place.here):
        before = _saved()
    seen = {
        one.name: programs.seen(method, _at(one, place.here.code, place.rows))
        for one in every(Endpoint)
    }
    assert seen == {one.name: one.answers(method) for one in every(Endpoint)}
    with inside(place.here):
        assert _saved() == before


def test_a_neighbours_and_an_unknown_row_do_not_exist(programs: Programs) -> None:
    place = programs.place
    gone = "uuddndd"
    answers = {TENANT: "uudnndd", NO_FIELDS: gone, NO_JSON: gone, NOT_INVITED: gone}
    for rows in (place.foreign, _no_rows()):
        for endpoint in (one for one in every(Endpoint) if one.of):
            for method in METHODS[:4]:
                at, seen = _at(endpoint, place.here.code, rows), endpoint.answers(method)
                assert programs.seen(method, at) == answers.get(seen, seen), (endpoint, method)


def test_a_neighbours_tenant_opens_to_its_own_key_alone(programs: Programs) -> None:
    place = programs.place
    for endpoint in _of_tenants():
        at = _at(endpoint, place.there.code, place.foreign)
        assert programs.seen("get", at) == f"uuddd{endpoint.get[4]}d", endpoint
        assert "o" not in programs.seen("get", _at(endpoint, "160599", place.rows)), endpoint
        for method in ("post", "put"):
            assert set(programs.seen(method, at)) <= set("udmtb"), endpoint


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
def test_a_tenant_that_is_not_open_answers_no_key(programs: Programs, status: str) -> None:
    place = programs.place
    tenants: models.QuerySet[Tenant] = Tenant.objects.filter(pk=place.here.id)
    tenants.update(status=status)
    all_rows = cycle((place.rows, place.foreign, _no_rows()))
    for endpoint in _of_tenants():
        # Four over three kinds of rows, so that each method meets each kind.
        for method in ("get", "post", "put", "get"):
            seen = programs.seen(method, _at(endpoint, place.here.code, next(all_rows)))
            assert not set(seen) & {"o", "c", "b", "t"}, (endpoint, method, seen)
