"""Queries that trust a visitor's text are planted on purpose; nothing may cross the wall."""

from typing import Any

import pytest
from django.db import Error, close_old_connections, connection

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.errors import WallError
from kooperacja.tenancy.ref import TenantRef
from tests.isolation.conftest import SECRET, Field
from tests.isolation.payloads import CLASSES, PAYLOADS, REFUSED


def _fallible_search(text: str) -> str:
    """What a careless view would do; the answer or the error, as the visitor would see it."""
    query = (
        text[1:] if text.startswith("@") else f"SELECT secret FROM canary WHERE secret = '{text}'"
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(query.replace("%", "%%"))
            return str(cursor.fetchall() if cursor.description else "")
    except (Error, WallError) as error:
        return f"{error} {error.__cause__!r}"


def _seen_by(tenant: TenantRef) -> tuple[Any, ...]:
    close_old_connections()  # as Django does between requests
    with inside(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_schema()::text, max(secret) FROM canary")
        row = cursor.fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_injected_query_neither_sees_nor_changes_a_neighbour(wall: Field, payload: str) -> None:
    canaries, roles = wall.canaries(), wall.roles()
    text = payload.replace("{f}", wall.foreign.schema).replace("{r}", wall.foreign.role)
    with inside(wall.own):
        answer = _fallible_search(text)
    assert wall.foreign_secret not in answer
    assert "root:" not in answer
    assert "SCRAM-SHA" not in answer
    assert wall.canaries() == canaries
    assert wall.roles() == roles
    # The afterglow: whoever comes next on this connection is who they are, and nobody else.
    for ref in (wall.own, wall.foreign, wall.own):
        assert _seen_by(ref) == (ref.role, ref.schema, SECRET.format(ref.schema))


@pytest.mark.parametrize("payload", [text for name in REFUSED for text in CLASSES[name]])
def test_what_tenants_share_is_refused_by_the_server(wall: Field, payload: str) -> None:
    text = payload.replace("{f}", wall.foreign.schema)
    with inside(wall.own):
        answer = _fallible_search(text)
    assert "InsufficientPrivilege" in answer


# What a session may keep for whoever comes next in it.
_KEPT = (
    ("pg_cursors", "WHERE name <> ''"),
    ("pg_prepared_statements", ""),
    ("pg_listening_channels()", ""),
)


@pytest.mark.parametrize("payload", [text for text in PAYLOADS if text.startswith("@")])
def test_nothing_is_left_in_the_session_for_who_comes_next(wall: Field, payload: str) -> None:
    text = payload.replace("{f}", wall.foreign.schema).replace("{r}", wall.foreign.role)
    with inside(wall.own):
        _fallible_search(text)
    close_old_connections()  # as Django does between requests
    with inside(wall.foreign), connection.cursor() as cursor:
        for place, chosen in _KEPT:
            cursor.execute(f"SELECT count(*) FROM {place} {chosen}")
            assert cursor.fetchone() == (0,), place


def test_the_planted_query_works_so_that_the_attacks_mean_something(wall: Field) -> None:
    with inside(wall.own):
        answer = _fallible_search("' UNION SELECT secret FROM canary -- ")
    assert SECRET.format(wall.own.schema) in answer
