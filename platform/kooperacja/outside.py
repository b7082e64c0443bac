"""Work outside the database, done while no transaction is open: a file read, a paper drawn, a mail sent.

Such work takes seconds, and whoever waits for a row that a transaction has locked would wait as long.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
Done = dict[Hashable, Any]

_done: ContextVar[Done | None] = ContextVar("done", default=None)
_undo: ContextVar[list[Callable[[], object]] | None] = ContextVar("undo", default=None)


class Needed(Exception):
    """Stops what goes on in a transaction until its outside work is done."""

    def __init__(self, key: Hashable, work: Callable[[], Any]) -> None:
        super().__init__(key)
        self.key, self.work = key, work


def outside(key: Hashable, work: Callable[[], T]) -> T:
    """The result of the work; raises Needed where it must be done first, and gives it then."""
    done = _done.get()
    if done is None:
        return work()
    if key not in done:
        raise Needed(key, work)
    result: T = done[key]
    return result


@contextmanager
def undoing() -> Iterator[None]:
    """Around what a transaction does: where it fails, what it left outside is taken back.

    Not around the transaction itself: whether a commit that fails took place, nobody knows.
    """
    undo: list[Callable[[], object]] = []
    token = _undo.set(undo)
    try:
        yield
    except BaseException:
        for one in reversed(undo):
            one()
        raise
    finally:
        _undo.reset(token)


def if_undone(undo: Callable[[], object]) -> None:
    """Name what takes back something just done outside, should the transaction fail after it."""
    if (known := _undo.get()) is not None:
        known.append(undo)


@contextmanager
def at_hand(done: Done) -> Iterator[None]:
    """Meanwhile outside work gives what was done before, and is done at no other time."""
    token = _done.set(done)
    try:
        yield
    finally:
        _done.reset(token)
