"""A stranger's file is worked on by a program of its own, a few at a time."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import reader, slots
from kooperacja.documents.errors import Overloaded
from kooperacja.tenancy.context import current_tenant_or_none

logger = logging.getLogger(__name__)

# One of an account and two of a tenant: no account stops its unit, and no two units the site.
AN_ACCOUNT, A_TENANT, A_SITE = 1, 2, 6
# Who only applies takes nothing from those who work here.
OF_STRANGERS_A_TENANT, OF_STRANGERS_A_SITE = 1, 2
# So that a double click is no second person: the same account's next file waits so long, one at a time.
PATIENCE_SECONDS = 3.0


class TooHard(Exception):
    """The program that worked on the file died, or used up its time of the processor or its memory."""


def run(
    module: str, content: bytes, asked: dict[str, Any], *, by: Actor = SYSTEM
) -> tuple[dict[str, Any], bytes]:
    """The answer of the reader `module` about a file, and the file that it made of it.

    Busy when too many are read already, TooHard when it can't be read within the limits of the
    processor and of memory; Overloaded when the clock ran out first, which tells nothing of the file.
    """
    with at_once(by):
        answer, code = _answer(module, json.dumps(asked).encode() + b"\n" + content)
    if code is None:
        logger.warning("%s had too little of the processor", module)
        raise Overloaded
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


@contextmanager
def at_once(by: Actor) -> Iterator[None]:
    """Be one of the few for whom something heavy is done; Busy where there are enough.

    One thread of a process always stays for pages: also who waits holds one. After that the
    narrowest slot comes first, so that one who is refused takes nothing from the others.
    """
    with ExitStack() as stack:
        stack.enter_context(slots.taken(_of_this_process(by)))
        if by.account_id:
            own = f"account.{by.account_id}"
            stack.enter_context(slots.awaited(own, AN_ACCOUNT, seconds=PATIENCE_SECONDS))
        stack.enter_context(slots.taken(_shared(by)))
        yield


def _of_this_process(by: Actor) -> dict[str, int]:
    own, threads = f"process.{os.getpid()}", settings.WEB_THREADS
    strangers = {f"strangers.{own}": max(1, threads // 4)} if by.only_applies else {}
    return strangers | {own: max(1, threads - 1)}


def _shared(by: Actor) -> dict[str, int]:
    tenant = current_tenant_or_none()
    apart = "strangers." if by.only_applies else ""
    a_tenant = OF_STRANGERS_A_TENANT if apart else A_TENANT
    local = {f"{apart}tenant.{tenant.schema}": a_tenant} if tenant else {}
    return local | {f"{apart}site": OF_STRANGERS_A_SITE if apart else A_SITE}


def _answer(module: str, given: bytes) -> tuple[bytes, int | None]:
    """Its answer and code; no code where the clock ran out: the kernel ends what computes by then."""
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
