"""Every address of the API × method × key × tenant × row, with the expected status.

Keys: `-` none, `x` one that was never given, `R` of the region, `r` and `w` of a Lider of this
tenant, for reading and for writing too, `n` of the neighbour's Lider, `e` of one whose access
ended. A letter as in the table of pages, and `u` 401, `c` 201, `b` 400, `t` 415.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from api.v1.urls import urlpatterns
from kooperacja.accounts import tokens
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import AccessionDeclaration, Organisation, RegulationVersion
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tests.factories import accounts, partnership

KEYS = "-xRrwne"
CODES = {"o": 200, "c": 201, "t": 415, "b": 400, "u": 401, "d": 403, "n": 404, "m": 405}
_OPEN, _REGION, _LIST = "ooooooo", "uuodddd", "uudoodd"
# Whether the key may write here is asked before whether there is anything to write.
_REGION_NO, _TENANT_NO = "uumdddd", "uuddmdd"
# Addresses that take something: what was sent is no JSON, or lacks every field.
_NO_READ, _NO_JSON, _NO_FIELDS = "uudmmdd", "uuddtdd", "uuddbdd"

# Name: what it takes, then the answers to GET, POST, PUT, and to PATCH and DELETE.
API: dict[str, tuple[str, str, str, str, str]] = {
    "openapi": ("", _OPEN, "mmmmmmm", "mmmmmmm", "mmmmmmm"),
    "units": ("", _REGION, _REGION_NO, _REGION_NO, _REGION_NO),
    "unit": ("code", _REGION, _REGION_NO, _REGION_NO, _REGION_NO),
    "indicators": ("", _REGION, _REGION_NO, _REGION_NO, _REGION_NO),
    "figures": ("", _REGION, _REGION_NO, _REGION_NO, _REGION_NO),
    "organisations": ("tenant", _LIST, _NO_JSON, _TENANT_NO, _TENANT_NO),
    "organisation": ("row", _LIST, _TENANT_NO, _TENANT_NO, _TENANT_NO),
    "members": ("tenant", _LIST, _TENANT_NO, _TENANT_NO, _TENANT_NO),
    "declarations": ("tenant", _LIST, _NO_JSON, _TENANT_NO, _TENANT_NO),
    "declaration": ("row", _LIST, _TENANT_NO, _TENANT_NO, _TENANT_NO),
    "declaration_signatory": ("row", _NO_READ, _TENANT_NO, _NO_FIELDS, _TENANT_NO),
    "declaration_coordinator": ("row", _NO_READ, _TENANT_NO, _NO_FIELDS, _TENANT_NO),
    "declaration_statements": ("row", _NO_READ, _TENANT_NO, _NO_FIELDS, _TENANT_NO),
    "declaration_file": ("row", _NO_READ, _NO_FIELDS, _TENANT_NO, _TENANT_NO),
    # Only whom the office invited hands in their own.
    "declaration_own_file": ("row", _NO_READ, "uuddddd", _TENANT_NO, _TENANT_NO),
    "regulations": ("tenant", _LIST, _TENANT_NO, _TENANT_NO, _TENANT_NO),
    "regulation": ("row", _LIST, _TENANT_NO, _TENANT_NO, _TENANT_NO),
}


Rows = dict[str, UUID]
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass
class Place:
    """A gmina and its neighbour with a row of each kind, and a program for every key."""

    here: TenantRef
    there: TenantRef
    rows: Rows
    foreign_rows: Rows
    programs: dict[str, dict[str, str]]

    def seen(self, method: str, at: str) -> str:
        """The statuses of all keys, as letters."""
        letters = {status: letter for letter, status in CODES.items()}
        call = getattr(Client(), method)
        return "".join(
            letters.get(call(at, headers=self.programs[key]).status_code, "?") for key in KEYS
        )


def _key(tenant: TenantRef | None, role: str, scope: str) -> dict[str, str]:
    account = accounts.account()
    given = accounts.access(account, tenant, role)
    if tenant:
        with inside(tenant):
            partnership.person(role, account=account)
    _, key = tokens.issue(
        by=account,
        name="test",
        scope=scope,
        expires_at=timezone.now() + timedelta(days=1),
        tenant_id=given.tenant_id,
    )
    return {"Authorization": f"Bearer {key}"}


def _rows() -> Rows:
    drafted = partnership.draft(partnership.lead())
    return {
        "organisation_id": drafted.organisation_id,
        "declaration_id": drafted.pk,
        "regulation_id": partnership.amendment().pk,
    }


def _no_rows() -> Rows:
    return {kind: uuid4() for kind in ("organisation_id", "declaration_id", "regulation_id")}


def _saved() -> list[Any]:
    tables = (Organisation, AccessionDeclaration, RegulationVersion)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.fixture
def place(gmina: TenantRef, powiat: TenantRef) -> Place:
    rows = []
    for ref in (gmina, powiat):
        with inside(ref):
            partnership.found(ref)
            rows.append(_rows())
    programs = {
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
    return Place(gmina, powiat, *rows, programs)


def _at(name: str, code: str, rows: Rows) -> str:
    route = next(str(one.pattern) for one in urlpatterns if getattr(one, "name", "") == name)
    for kind, row in rows.items():
        route = route.replace(f"<uuid:{kind}>", str(row))
    return "/api/v1/" + route.replace("<str:code>", code)


def test_no_address_of_the_api_is_missing_from_the_table() -> None:
    named = {one.name for one in urlpatterns if isinstance(one, URLPattern) and one.name}
    assert named == set(API)
    assert get_resolver("api.v1.urls").url_patterns == urlpatterns


@pytest.mark.parametrize("method", METHODS)
def test_each_key_opens_what_it_may_and_nothing_else(place: Place, method: str) -> None:
    column = {"get": 1, "post": 2, "put": 3}.get(method, 4)
    with inside(place.here):
        before = _saved()
    seen = {name: place.seen(method, _at(name, place.here.code, place.rows)) for name in API}
    assert seen == {name: row[column] for name, row in API.items()}
    with inside(place.here):
        assert _saved() == before


def test_a_neighbours_and_an_unknown_row_do_not_exist(place: Place) -> None:
    answers = {_LIST: "uudnndd", _NO_FIELDS: "uuddndd", "uuddddd": "uuddndd"}
    of_rows = {name: row for name, row in API.items() if row[0] == "row"}
    for rows in (place.foreign_rows, _no_rows()):
        for name, (_, *columns) in of_rows.items():
            for method, seen in zip(METHODS, columns, strict=False):
                at = _at(name, place.here.code, rows)
                assert place.seen(method, at) == answers.get(seen, seen), (name, method)


def test_a_neighbours_tenant_opens_to_its_own_key_alone(place: Place) -> None:
    of_tenants = {name: row for name, row in API.items() if row[0] in {"tenant", "row"}}
    for name, row in of_tenants.items():
        at = _at(name, place.there.code, place.foreign_rows)
        assert place.seen("get", at) == f"uuddd{row[1][4]}d", name
        assert "o" not in place.seen("get", _at(name, "160599", place.rows)), name
        for method in ("post", "put"):
            assert set(place.seen(method, at)) <= set("udmtb"), name


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
def test_a_tenant_that_is_not_open_answers_no_key(place: Place, status: str) -> None:
    tenants: models.QuerySet[Tenant] = Tenant.objects.filter(pk=place.here.id)
    tenants.update(status=status)
    for name in (name for name, row in API.items() if row[0] in {"tenant", "row"}):
        for rows in (place.rows, place.foreign_rows, _no_rows()):
            for method in ("get", "post", "put"):
                seen = place.seen(method, _at(name, place.here.code, rows))
                assert not set(seen) & {"o", "c", "b", "t"}, (name, method, seen)
