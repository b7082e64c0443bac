"""A permission: its rule, the words of its refusal, and the clause it rests on."""

import inspect
from collections.abc import Callable
from functools import update_wrapper
from typing import Generic, ParamSpec

from kooperacja.ui.problems import Refused

P = ParamSpec("P")


class Permission(Generic[P]):
    """Asked by pages, actions, the API and the navigation alike; what it denies, it explains."""

    def __init__(self, rule: Callable[P, bool], why: str, clause: str) -> None:
        update_wrapper(self, rule)
        self._rule, self.why, self.clause = rule, why, clause
        # Whether it is judged by the person alone, whatever the page is about.
        self.is_of_person = len(inspect.signature(rule).parameters) == 1

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> bool:
        return self._rule(*args, **kwargs)

    def require(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Raise what the person is told when they may not."""
        if not self._rule(*args, **kwargs):
            raise self.refused()

    def refused(self) -> Refused:
        return Refused("Nie możesz tego zrobić", self.why, clause=self.clause)


def permission(why: str, clause: str = "") -> Callable[[Callable[P, bool]], Permission[P]]:
    """Make a permission of a rule `(person, …) -> bool`."""
    return lambda rule: Permission(rule, why, clause)
