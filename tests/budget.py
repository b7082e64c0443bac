"""How many cases a random test tries: what fits into `make test`, or the hours of `make soak`."""

import os

from hypothesis import HealthCheck, settings

IS_SOAK = bool(os.environ.get("SOAK"))
_TIMES = 100


def cases(usual: int) -> int:
    """So many in `make test`, a hundred times as many in `make soak`."""
    return usual * _TIMES if IS_SOAK else usual


# A busy machine is no fault, and what a fixture gives is the same in all cases of a test.
# `make test` tries the same cases each time; new ones are looked for in `make soak`.
settings.register_profile(
    "suite",
    max_examples=cases(50),
    deadline=None,
    derandomize=not IS_SOAK,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("suite")
