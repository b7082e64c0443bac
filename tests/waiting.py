"""Waiting for what another process does, without sleeping longer than it takes."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def until(check: Callable[[], Found], seconds: float = 20.0, what: str = "") -> Found:
    """What `check` gives as soon as it is true; fails at the deadline."""
    deadline = time.monotonic() + seconds
    while not (found := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what or check}")
        time.sleep(0.02)
    return found
