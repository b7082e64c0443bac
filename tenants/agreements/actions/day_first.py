"""A day decides by itself: that is entered before anybody acts on what lay before the parties."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from kooperacja.audit.actor import SYSTEM

P = ParamSpec("P")
T = TypeVar("T")


def day_first(look: Callable[..., None], key: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """An action on the row of this argument, before which `look` enters what its day decided.

    That is a transaction of its own, so that it stays entered where the action is refused by it.
    """

    def decorated(action: Callable[P, T]) -> Callable[P, T]:
        @wraps(action)
        def act(*args: P.args, **kwargs: P.kwargs) -> T:
            by: Any = kwargs["by"]
            row: Any = kwargs[key]
            look(**{"by": replace(SYSTEM, day=by.today), key: row})
            return action(*args, **kwargs)

        return act

    return decorated
