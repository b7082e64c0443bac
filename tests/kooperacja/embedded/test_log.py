"""The server's log holds nothing of what was asked of it, nor of the rows it was asked of."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DataError, IntegrityError, connection, transaction
from uuid6 import uuid7

from kooperacja import writes
from kooperacja.embedded.postgres import QUIET
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import AlreadySaved, Taken, found_or_new, insert_once
from tenants.people.models import Organisation
from tests import servers

PESEL = "44051401359"


def log() -> str:
    return (servers.directory_of_server() / "log").read_text(errors="replace")


def test_a_form_sent_twice_leaves_nothing_of_it_in_the_log(in_gmina: TenantRef) -> None:
    key = uuid7()
    insert_once(Organisation(pk=key, name=f"Szkoła {PESEL}", sector="EDUCATION", city="Gogolin"))
    with pytest.raises(AlreadySaved):
        insert_once(Organisation(pk=key, name=f"Szkoła {PESEL}", sector="EDUCATION", city="x"))
    assert "database system is ready" in log()  # it is this server's
    assert PESEL not in log()


ORDINARY = {
    "log_min_messages": "warning",
    "log_min_error_statement": "error",
    "log_error_verbosity": "default",
}
NUMBER = "90090515836"


@pytest.fixture
def ordinary_log(in_gmina: TenantRef) -> Iterator[None]:
    """This session logs as a server does that was told nothing; nobody else's does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_user)")
        role = cursor.fetchone()[0]
    names = ", ".join(ORDINARY)
    with psycopg.connect(servers.url_of("postgres"), autocommit=True) as owner:
        owner.execute(f"GRANT SET ON PARAMETER {names} TO {role}".encode())
        try:
            bare = psycopg.Cursor(connection.connection)  # a tenant's own lets no setting change
            for name, value in ORDINARY.items():
                bare.execute(f"SET LOCAL {name} = {value}".encode())
            yield
        finally:
            owner.execute(f"REVOKE SET ON PARAMETER {names} FROM {role}".encode())


def school(name: str, **more: object) -> Organisation:
    return Organisation(name=f"Szkoła {name}", sector="EDUCATION", city="Gogolin", **more)


def test_an_ordinary_log_would_hold_a_caught_error(ordinary_log: None) -> None:
    key, mark = uuid7(), f"widać {uuid7()}"
    school(mark, pk=key).save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        school(mark, pk=key).save(force_insert=True)
    assert mark in log()


def test_a_form_sent_twice_is_no_error_to_a_server_with_an_ordinary_log(
    ordinary_log: None,
) -> None:
    key = uuid7()
    insert_once(school(NUMBER, pk=key, regon="123456785"))
    with pytest.raises(AlreadySaved):
        insert_once(school(NUMBER, pk=key))
    with pytest.raises(Taken):
        insert_once(school(NUMBER, pk=uuid7(), regon="123456785"))
    assert NUMBER not in log()
    assert str(key) not in log()


def test_two_who_find_nothing_and_insert_at_once_are_no_error_either(
    ordinary_log: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, town = f"Szkoła {NUMBER}", {"sector": "EDUCATION", "city": "Gogolin"}
    same = {"regon": "123456785"}
    row, is_new = found_or_new(Organisation, defaults={"name": name, **town}, **same)
    assert (is_new, row.name) == (True, name)
    looked: list[object] = []

    def found(model: type[Organisation], given: dict[str, object]) -> Organisation | None:
        looked.append(given)
        return None if len(looked) == 1 else model.objects.get(**given)

    monkeypatch.setattr(writes, "_found", found)
    assert found_or_new(Organisation, defaults={"name": "inna", **town}, **same) == (row, False)
    assert looked == [same, same]
    assert NUMBER not in log()
    monkeypatch.setattr(writes, "_found", lambda *of: None)
    with pytest.raises(Taken):
        found_or_new(Organisation, defaults={"name": name, **town}, **same)


def test_a_value_that_is_refused_is_not_in_the_log(in_gmina: TenantRef) -> None:
    with pytest.raises(DataError, match=PESEL), transaction.atomic():
        connection.cursor().execute("SELECT %s::date", [f"{PESEL}-x"])
    assert PESEL not in log()


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT '{PESEL}-x'::text::integer",
        f"INSERT INTO person VALUES ('{PESEL}'), ('{PESEL}')",
    ],
)
def test_the_owner_too_leaves_nothing_in_the_log_of_the_embedded_server(statement: str) -> None:
    with psycopg.connect(servers.url_of("postgres"), autocommit=True) as owner:
        owner.execute("CREATE TEMP TABLE person (pesel text PRIMARY KEY)")
        with pytest.raises(psycopg.errors.Error, match=PESEL):
            owner.execute(statement)
    assert PESEL not in log()


def test_the_logins_keep_the_log_quiet_on_any_server(in_gmina: TenantRef) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting, source FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)]
        )
        found = {name: (setting, source) for name, setting, source in cursor.fetchall()}
    assert found == {name: (value, "user") for name, value in QUIET.items()}
