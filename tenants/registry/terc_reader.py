"""Reads the official register's file; a reader of `guarded`."""

from typing import Any

from tenants.registry.terc import parse, to_plain
from tenants.registry.terc_file import FileRefused


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Either the rows, or the lines that are wrong with the reasons."""
    try:
        rows = parse(content)
    except FileRefused as refused:
        return {"mistakes": [[mistake.line, mistake.reason] for mistake in refused.mistakes]}, b""
    return {"rows": to_plain(rows)}, b""
