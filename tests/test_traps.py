"""The traps of the run catch what they are for."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from kooperacja.tenancy.context import writing
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tests.traps import SAFE, TRAP, GetWrote, changed_table

PAGE = "/gmina/gogolin/"
PLANES = {"tenant": "default", "shared": "shared"}


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ('SELECT "a"."updated_at" FROM "a" WHERE "a"."is_deleted" ORDER BY 1', None),
        ("WITH x AS (SELECT 1) SELECT * FROM x", None),
        ('SAVEPOINT "s1"', None),
        ('(SELECT 1 FROM "a") UNION (SELECT 2 FROM "b")', None),
        ('INSERT INTO "a" ("x") VALUES (%s) RETURNING "a"."id"', "a"),
        ('UPDATE "a" SET "x" = (SELECT 1 FROM "b")', "a"),
        ('DELETE FROM "a" WHERE "id" IN (%s)', "a"),
        ('  SELECT 1 FROM "a" WHERE "id" = %s FOR UPDATE OF "a"', "a"),
        ('SELECT 1 FROM "a" FOR NO KEY UPDATE', "a"),
        ('SELECT 1 FROM "a" FOR SHARE SKIP LOCKED', "a"),
        ('WITH x AS (DELETE FROM "a" RETURNING 1) SELECT * FROM x', "a"),
        ("MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE", "a"),
        ("SELECT nextval('a_seq')", "a_seq"),
        ("TRUNCATE a", "TRUNCATE"),
        ("LOCK TABLE a", "LOCK"),
    ],
)
def test_a_statement_that_writes_is_told_from_one_that_reads(
    statement: str, table: str | None
) -> None:
    assert changed_table(statement) == table


def _write(plane: str) -> None:
    table = {"tenant": "people_organisation", "shared": "registry_unit"}[plane]
    with connections[PLANES[plane]].cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id WHERE false")


def _log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_entry SELECT * FROM audit_entry WHERE false")


@public
def _writes(request: HttpRequest) -> HttpResponse:
    _write(request.GET["w"])
    return HttpResponse()


@public
@writing()
def _says_so(request: HttpRequest) -> HttpResponse:
    return _writes(request)


@public
def _logs(request: HttpRequest) -> HttpResponse:
    with writing() if "jawnie" in request.GET else nullcontext():
        _log()
    return HttpResponse()


@public
def _hides_it(request: HttpRequest) -> HttpResponse:
    try:
        with transaction.atomic():
            return _writes(request)
    except AssertionError:
        return HttpResponse()


urlpatterns = [
    path("", _writes),
    path("jawnie/", _says_so),
    path("dziennik/", _logs),
    path("skrycie/", _hides_it),
]


@pytest.fixture
def browser(gmina: TenantRef, settings: Any) -> Iterator[Client]:
    settings.TENANT_URLCONFS = settings.TENANT_URLCONFS | {"GMINA": __name__}
    clear_url_caches()
    directory.forget()
    yield Client()
    clear_url_caches()


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("method", SAFE)
def test_a_request_that_only_reads_is_caught_writing(
    browser: Client, plane: str, method: str
) -> None:
    with pytest.raises(GetWrote, match=f"{method} {PAGE}: {PLANES[plane]}: UPDATE"):
        browser.generic(method, f"{PAGE}?w={plane}")
    assert len(TRAP.take()) == 1


@pytest.mark.parametrize("plane", PLANES)
def test_it_is_caught_though_the_page_hides_it(browser: Client, plane: str) -> None:
    assert browser.get(f"{PAGE}skrycie/?w={plane}").status_code == 200
    assert len(TRAP.take()) == 1


def test_what_is_listed_is_written_by_who_says_so(browser: Client) -> None:
    assert browser.get(f"{PAGE}dziennik/?jawnie=1").status_code == 200
    with pytest.raises(GetWrote, match="INSERT INTO audit_entry"):
        browser.get(f"{PAGE}dziennik/")
    assert len(TRAP.take()) == 1


@pytest.mark.parametrize("plane", PLANES)
def test_saying_so_is_no_leave_for_what_is_not_listed(browser: Client, plane: str) -> None:
    with pytest.raises(GetWrote):
        browser.get(f"{PAGE}jawnie/?w={plane}")
    assert len(TRAP.take()) == 1


@pytest.mark.parametrize("plane", PLANES)
def test_one_that_is_sent_something_may_write(browser: Client, plane: str) -> None:
    assert browser.post(f"{PAGE}?w={plane}").status_code == 200


def test_a_test_itself_may_write_before_and_after(browser: Client, in_gmina: TenantRef) -> None:
    _write("tenant")
    assert browser.get(f"{PAGE}dziennik/?jawnie=1").status_code == 200
    _write("tenant")
    _write("shared")
