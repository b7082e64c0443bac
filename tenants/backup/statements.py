"""The statements that a package may hold: those of this release, and plain structure."""

import re
from collections.abc import Iterable
from itertools import pairwise

from tenants.registry.rules import Impossible
from tenants.schemas import ddl

# Strings, names, words, numbers and operators; no comment, no dot, no dollar, no semicolon.
_TOKEN = re.compile(
    r"""[ \t\r\n]+|E'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|"[^"]+"|[A-Za-z_]+[0-9]*|[0-9]+(?:\.[0-9]+)?"""
    r"|::|<=|>=|<>|!=|[=<>~(),\[\]]"
)
_HEAD = re.compile(r'(CREATE TABLE|CREATE( UNIQUE)? INDEX|ALTER TABLE|UPDATE) "')
_MARK = re.compile(
    r"INSERT INTO django_migrations \(app, name, applied\)"
    r" VALUES \('[a-z_]+', '[0-9a-z_]+', now\(\)\)"
)
# Words of tables, columns, keys, checks and indexes; none that runs, reads, grants or copies.
_STRUCTURE = """
    ADD ALTER AND ANY ARRAY AS ASC BETWEEN BY CASCADE CHECK COLLATE COLUMN CONSTRAINT CREATE DEFAULT
    DEFERRABLE DEFERRED DELETE DESC DISTINCT DROP FALSE FIRST FOREIGN GENERATED IDENTITY IMMEDIATE
    IN INCLUDE INDEX INITIALLY IS KEY LAST LIKE NOT NULL NULLS ON OR PRIMARY REFERENCES RENAME
    RESTRICT SET STORED TABLE TO TRUE TYPE UNIQUE UPDATE USING WHERE
    BIGINT BOOLEAN BYTEA DATE DOUBLE INET INTEGER INTERVAL JSONB NUMERIC PRECISION SMALLINT TEXT
    TIME TIMESTAMP TIMESTAMPTZ UUID VARCHAR WITH ZONE
    BTREE GIN GIN_TRGM_OPS TEXT_PATTERN_OPS VARCHAR_PATTERN_OPS
    COALESCE LENGTH LOWER NOW STATEMENT_TIMESTAMP UPPER
"""
_WORDS = frozenset(_STRUCTURE.split())
# A name between quotation marks and a bracket is else the call of a function.
_BEFORE_A_LIST = {"TABLE", "REFERENCES", "ON"}


def require_known(name: str, statements: Iterable[str]) -> None:
    """Refuse a package before anything of it runs, if it says what no release says."""
    own = ddl.own()
    for statement in statements:
        if not isinstance(statement, str) or not (statement in own or is_structure(statement)):
            said = " ".join(str(statement).split())[:80]
            raise Impossible(
                f"W kopii {name} jest polecenie, którego program nie zna, więc niczego z niej nie "
                f"uruchomiono: {said}"
            )


def is_structure(statement: str) -> bool:
    """One statement that makes or changes a table or an index, and calls nothing of its own."""
    if _MARK.fullmatch(statement):
        return True
    tokens = _tokens(statement)
    words = [token for token in tokens if token[0].isalpha() and not token.startswith("E'")]
    return (
        _HEAD.match(statement) is not None
        and bool(tokens)
        and all(word.upper() in _WORDS for word in words)
        and not _calls(tokens)
    )


def _tokens(statement: str) -> list[str]:
    """All tokens, or none if there is anything else between them."""
    found, at = [], 0
    while at < len(statement):
        match = _TOKEN.match(statement, at)
        if match is None:
            return []
        at = match.end()
        found.append(match.group())
    return [token for token in found if not token.isspace()]


def _calls(tokens: list[str]) -> bool:
    return any(
        name.startswith('"') and after == "(" and before.upper() not in _BEFORE_A_LIST
        for (before, name), (_, after) in pairwise(pairwise(["", *tokens]))
    )
