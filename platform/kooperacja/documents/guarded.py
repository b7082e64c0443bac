"""A stranger's file is worked on by a program of its own, a few at a time."""

import json
import logging
import subprocess
import sys
from typing import Any
from uuid import UUID

from kooperacja.documents import reader, slots
from kooperacja.tenancy.context import current_tenant_or_none

logger = logging.getLogger(__name__)

# Two of an account, so that a double click is no second person.
A_SITE, A_TENANT, AN_ACCOUNT = 4, 2, 2


class TooHard(Exception):
    """The program that worked on the file died, or took too long."""


def run(
    module: str, content: bytes, asked: dict[str, Any], *, account: UUID | None = None
) -> tuple[dict[str, Any], bytes]:
    """The answer of the reader `module` about a file, and the file that it made of it.

    Busy when too many are read already, TooHard when it can't be read within the limits.
    """
    with slots.taken(_groups(account)):
        answer, code = _answer(module, json.dumps(asked).encode() + b"\n" + content)
    line, _, made = answer.partition(b"\n")
    facts = _facts(line) if code == 0 else {"failed": "died"}
    if why := facts.get("failed"):
        logger.warning("%s gave up: %s %s", module, code, why)
        raise TooHard
    return facts, made


def _facts(line: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(line)
    except ValueError:
        facts = None
    return facts if isinstance(facts, dict) else {"failed": "nonsense"}


def _groups(account: UUID | None) -> dict[str, int]:
    """The narrowest first, so that one who is refused takes nothing from the others."""
    tenant = current_tenant_or_none()
    own = {f"account.{account}": AN_ACCOUNT} if account else {}
    local = {f"tenant.{tenant.schema}": A_TENANT} if tenant else {}
    return own | local | {"site": A_SITE}


def _answer(module: str, given: bytes) -> tuple[bytes, int | None]:
    try:
        # Run and never imported: what it reads with would stay in every process.
        done = subprocess.run(
            [sys.executable, "-I", reader.__file__, module],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=reader.WALL_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b"", None
    return done.stdout, done.returncode
