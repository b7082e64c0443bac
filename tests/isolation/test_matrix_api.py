"""Every address of the API × method × key × tenant × row, with the expected status.

Keys: `-` none, `x` one that was never given, `R` of the region, `r` and `w` of a Lider of this
tenant, for reading and for writing too, `n` of the neighbour's Lider, `e` of one whose access
ended. A letter as in the table of pages, and `u` 401, `c` 201, `b` 400, `t` 415.
"""

from dataclasses import dataclass
from datetime import timedelta
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
from tenants.partnership.models import Organisation
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tests.factories import accounts, partnership

KEYS = "-xRrwne"
CODES = {"o": 200, "c": 201, "t": 415, "b": 400, "u": 401, "d": 403, "n": 404, "m": 405}
_OPEN, _REGION, _LIST = "ooooooo", "uuodddd", "uudoodd"
# Whether the key may write here is asked before whether there is anything to write.
_REGION_NO, _TENANT_NO = "uumdddd", "uuddmdd"

# Name: what it takes, then the answers to GET, POST and to PUT, PATCH and DELETE.
API: dict[str, tuple[str, str, str, str]] = {
    "openapi": ("", _OPEN, "mmmmmmm", "mmmmmmm"),
    "units": ("", _REGION, _REGION_NO, _REGION_NO),
    "unit": ("code", _REGION, _REGION_NO, _REGION_NO),
    "indicators": ("", _REGION, _REGION_NO, _REGION_NO),
    "figures": ("", _REGION, _REGION_NO, _REGION_NO),
    "organisations": ("tenant", _LIST, "uuddtdd", _TENANT_NO),
    "organisation": ("row", _LIST, _TENANT_NO, _TENANT_NO),
    "members": ("tenant", _LIST, _TENANT_NO, _TENANT_NO),
}


@dataclass
class Place:
    """A gmina and its neighbour with a row each, and a program for every key."""

    here: TenantRef
    there: TenantRef
    row: UUID
    foreign_row: UUID
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


@pytest.fixture
def place(gmina: TenantRef, powiat: TenantRef) -> Place:
    rows = []
    for ref in (gmina, powiat):
        with inside(ref):
            partnership.found(ref)
            rows.append(partnership.organisation().pk)
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


def _at(name: str, code: str, row: UUID) -> str:
    route = next(str(one.pattern) for one in urlpatterns if getattr(one, "name", "") == name)
    return "/api/v1/" + route.replace("<str:code>", code).replace(
        "<uuid:organisation_id>", str(row)
    )


def test_no_address_of_the_api_is_missing_from_the_table() -> None:
    named = {one.name for one in urlpatterns if isinstance(one, URLPattern) and one.name}
    assert named == set(API)
    assert get_resolver("api.v1.urls").url_patterns == urlpatterns


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_each_key_opens_what_it_may_and_nothing_else(place: Place, method: str) -> None:
    column = {"get": 1, "post": 2}.get(method, 3)
    with inside(place.here):
        before = list(Organisation.objects.values())
    seen = {name: place.seen(method, _at(name, place.here.code, place.row)) for name in API}
    assert seen == {name: row[column] for name, row in API.items()}
    with inside(place.here):
        assert list(Organisation.objects.values()) == before


def test_a_neighbours_and_an_unknown_row_do_not_exist(place: Place) -> None:
    for row in (place.foreign_row, uuid4()):
        assert place.seen("get", _at("organisation", place.here.code, row)) == "uudnndd"


def test_a_neighbours_tenant_opens_to_its_own_key_alone(place: Place) -> None:
    for name in (name for name, row in API.items() if row[0] in {"tenant", "row"}):
        at = _at(name, place.there.code, place.foreign_row)
        assert place.seen("get", at) == "uudddod", name
        assert "o" not in place.seen("get", _at(name, "160599", place.row)), name
        assert "c" not in place.seen("post", at), name


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
def test_a_tenant_that_is_not_open_answers_no_key(place: Place, status: str) -> None:
    tenants: models.QuerySet[Tenant] = Tenant.objects.filter(pk=place.here.id)
    tenants.update(status=status)
    for name in (name for name, row in API.items() if row[0] in {"tenant", "row"}):
        for row in (place.row, place.foreign_row, uuid4()):
            for method in ("get", "post"):
                seen = place.seen(method, _at(name, place.here.code, row))
                assert not set(seen) & {"o", "c", "b"}, (name, method, seen)
