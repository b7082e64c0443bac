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
def at_hand(done: Done) -> Iterator[None]:
    """Meanwhile outside work gives what was done before, and is done at no other time."""
    token = _done.set(done)
    try:
        yield
    finally:
        _done.reset(token)
