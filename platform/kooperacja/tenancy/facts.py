"""Facts of a tenant that many ask for in one request: asked of the database once (adr/0020)."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from kooperacja.tenancy.context import facts_known

P = ParamSpec("P")
T = TypeVar("T")


def fact(ask: Callable[P, T]) -> Callable[P, T]:
    """Let a question to the tenant's tables be asked once, while nothing can be written.

    In a session that only reads the answer holds until it ends, for the same arguments; anywhere
    else each question is asked anew, so that an action sees the rows as they are. All who ask
    share the answer: it is a tuple, a frozenset or a row, and nobody changes it.
    """

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        known = facts_known()
        if known is None:
            return ask(*args, **kwargs)
        key = (ask, args, *sorted(kwargs.items()))
        if key not in known:
            known[key] = ask(*args, **kwargs)
        answer: T = known[key]
        return answer

    return asked
