"""A request that only reads can't write to a tenant: the database itself refuses."""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import product
from typing import Any

import pytest
from django.db import DataError, Error, InternalError, connection, transaction
from django.test import Client
from django.urls import clear_url_caches
from psycopg.errors import ReadOnlySqlTransaction

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside, reading, writing
from kooperacja.tenancy.errors import SwitchInTransaction, WallError
from tenants.people.models import Person
from tenants.registry import directory
from tests.factories import accounts
from tests.isolation.conftest import SECRET, Field
from tests.isolation.payloads import ENDINGS

PAGE = "/gmina/opole/pisze/"
READS = ("GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND")
WAYS = ("", "?w_transakcji=1")
WAYS_OUT = (
    "SET default_transaction_read_only TO off",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "SET transaction_read_only TO off",
    "SET TRANSACTION READ WRITE",
    "RESET default_transaction_read_only",
    "RESET ALL",
    "DISCARD ALL",
    "BEGIN READ WRITE",
    "START TRANSACTION READ WRITE",
    "COMMIT AND CHAIN",
    "DO $$ BEGIN SET default_transaction_read_only TO off; END $$",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
)


def _write() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO canary VALUES ('dopisano')")


def _is_refused() -> bool:
    """Whether the database itself refuses to write, and for no other reason."""
    try:
        _write()
    except InternalError as refused:
        return isinstance(refused.__cause__, ReadOnlySqlTransaction)
    return False


def _written(field: Field) -> int:
    return field.canaries()[field.own.schema].count("dopisano")


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.fixture
def browser(field: Field, settings: Any) -> Iterator[Client]:
    """Of somebody of the gmina, among whose pages is one that writes."""
    settings.TENANT_URLCONFS = settings.TENANT_URLCONFS | {"CITY": "tests.isolation.careless_urls"}
    clear_url_caches()
    directory.forget()
    client = accounts.client_of(accounts.member(field.own))
    client.raise_request_exception = False
    yield client
    clear_url_caches()


@transaction.atomic
def _fail_midway() -> None:
    _write()
    connection.cursor().execute("SELECT 1 / 0")


# --- Requests --------------------------------------------------------------------------------


def test_a_page_that_writes_when_read_is_our_fault_and_logged(
    field: Field, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for method, query in product(READS, WAYS):
        caplog.clear()
        answer = browser.generic(method, PAGE + query)
        assert answer.status_code == 500, method
        assert method == "HEAD" or "Coś się u nas zepsuło" in answer.content.decode()
        logged = [record.exc_info[1] for record in caplog.records if record.exc_info]
        assert [type(error.__cause__) for error in logged] == [ReadOnlySqlTransaction], method
    assert _written(field) == 0


def test_one_that_is_sent_something_writes(field: Field, browser: Client) -> None:
    for method, query in product(("POST", "PUT", "PATCH", "DELETE"), WAYS):
        before = _written(field)
        assert browser.generic(method, PAGE + query).status_code == 200
        assert _written(field) == before + 1, method


def test_a_page_that_says_that_it_writes_does(field: Field, browser: Client) -> None:
    assert browser.get(PAGE + "?otwarcie=1").status_code == 200
    assert browser.get(PAGE + "?otwarcie=1&w_transakcji=1").status_code == 200
    assert browser.get(PAGE).status_code == 500
    assert _written(field) == 2


def test_nothing_of_one_request_stays_for_the_next(field: Field, browser: Client) -> None:
    with inside(field.own):
        before = _backend()
    turns = [browser.get, browser.post, browser.get, browser.get, browser.post, browser.post]
    answers = [turn(PAGE).status_code for turn in turns]
    assert answers == [500, 200, 500, 500, 200, 200]
    assert _written(field) == 3
    with inside(field.own):
        assert _backend() == before
        assert not _is_refused()


def test_the_first_entry_is_noted_though_the_page_only_reads(field: Field, browser: Client) -> None:
    assert browser.get(PAGE).status_code == 500
    with inside(field.own):
        entry = Entry.objects.get(verb="ENTERED")
        assert Person.objects.get().account_id == entry.account_id


# --- What a page may have done before --------------------------------------------------------


def test_reading_refuses_in_every_tenant_and_leaves_nothing_behind(field: Field) -> None:
    with reading(), inside(field.own):
        assert _is_refused()
        with inside(field.foreign):
            assert _is_refused()
        assert _is_refused()
    for ref in (field.own, field.foreign):
        with inside(ref):
            assert not _is_refused()


def test_writing_ends_with_its_block_however_it_ends(field: Field) -> None:
    with reading(), inside(field.own):
        with writing():
            assert not _is_refused()
        assert _is_refused()
        with pytest.raises(DataError), writing():
            _fail_midway()
        assert _is_refused()
        with inside(field.foreign), writing():
            assert not _is_refused()
        assert _is_refused()


def test_a_transaction_keeps_what_it_began_with(field: Field) -> None:
    with reading(), inside(field.own), transaction.atomic():
        with pytest.raises(SwitchInTransaction), writing():
            pass
        with pytest.raises(InternalError), transaction.atomic():
            _write()
        # Rolled back to the savepoint, the session is told anew whose it is.
        with pytest.raises(InternalError), transaction.atomic():
            _write()
    with inside(field.own), transaction.atomic():
        with pytest.raises(SwitchInTransaction), reading():
            pass
        with writing():  # as it is anyway
            _write()


def test_a_rolled_back_savepoint_opens_nothing(field: Field) -> None:
    with reading(), inside(field.own):
        with transaction.atomic():
            with pytest.raises(DataError), transaction.atomic():
                connection.cursor().execute("SELECT 1 / 0")
            with pytest.raises(InternalError), transaction.atomic():
                _write()
        assert _is_refused()
    with inside(field.own):
        with transaction.atomic():
            with pytest.raises(DataError), transaction.atomic():
                connection.cursor().execute("SELECT 1 / 0")
            _write()
        with reading():
            assert _is_refused()
        with transaction.atomic(), pytest.raises(DataError):
            connection.cursor().execute("SELECT 1 / 0")
        assert not _is_refused()


def _try(statement: str, *, is_in_transaction: bool) -> None:
    """Read-only, ask for a way out, and write."""
    try:
        with (
            transaction.atomic() if is_in_transaction else nullcontext(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            _write()
    except (Error, WallError):
        connection.close()


def test_no_query_finds_a_way_out_of_reading(field: Field) -> None:
    for statement, is_in_transaction in product([*WAYS_OUT, *ENDINGS], (False, True)):
        with reading(), inside(field.own):
            _try(statement, is_in_transaction=is_in_transaction)
            assert _is_refused(), statement
    assert _written(field) == 0


def test_a_new_session_is_told_that_it_only_reads(field: Field, settings: Any) -> None:
    settings.TENANTS_PER_CONNECTION = 1
    with reading(), inside(field.own):
        assert _is_refused()
        before = _backend()
        connection.close()
        assert _is_refused()
        with inside(field.foreign):
            assert _is_refused()
        assert _backend() != before


def test_what_is_read_is_the_tenants_own(field: Field) -> None:
    for ref in (field.own, field.foreign, field.own):
        with reading(), inside(ref), connection.cursor() as cursor:
            cursor.execute("SELECT current_user::text, max(secret) FROM canary")
            assert cursor.fetchone() == (ref.role, SECRET.format(ref.schema))
