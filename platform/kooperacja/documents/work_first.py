"""Actions that read a file or draw a paper: such work is done before their transaction."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connections, transaction

from kooperacja.outside import Done, Needed, at_hand, undoing
from kooperacja.ui.problems import NOTHING_SAVED, Problem

P = ParamSpec("P")
T = TypeVar("T")
# A file and a paper, the paper once more when what stands in it changed meanwhile, and to spare.
_ROUNDS = 6


def work_first(action: Callable[P, T]) -> Callable[P, T]:
    """An action in one transaction, for which outside work is done before.

    It begins, and where it asks for such work it is rolled back; the work is done, and it begins
    again, so that every rule is asked anew under the locks and with the work at hand.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _in_own_transaction():
            return action(*args, **kwargs)
        done: Done = {}
        for _ in range(_ROUNDS):
            try:
                with at_hand(done), transaction.atomic(), undoing():
                    return action(*args, **kwargs)
            except Needed as needed:
                asked = needed
            done[asked.key] = asked.work()
        raise Problem(
            "Te dane właśnie się zmieniają", "Spróbuj ponownie za chwilę.", kept=NOTHING_SAVED
        )

    return run


def _in_own_transaction() -> bool:
    """Whoever opened one before has its reasons; a test's own does not count."""
    blocks = connections["default"].atomic_blocks
    return any(not getattr(block, "_from_testcase", False) for block in blocks)
