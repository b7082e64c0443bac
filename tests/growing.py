"""Models of migrations, rendered once: Django renders most of them again for each new table.

A new table gets its class and nothing else is touched, until something other than a new table comes:
then all are rendered anew. What the server is told stays the same.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.migrations.state import ModelState, ProjectState

Call = Callable[..., Any]


@contextmanager
def states_that_grow() -> Iterator[None]:
    """A new table is rendered alone meanwhile, also in processes that are forked meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "is_grown", False, raising=False)
        for name, trap in (
            ("add_model", _adding_one),
            ("reload_model", _all_anew),
            ("reload_models", _all_anew),
            ("clear_delayed_apps_cache", _all_anew),
            ("clone", _kept),
        ):
            patch.setattr(ProjectState, name, trap(getattr(ProjectState, name)))
        yield


def _adding_one(add: Call) -> Call:
    def added(state: Any, model: ModelState) -> None:
        rendered = vars(state).pop("apps", None)
        add(state, model)
        if rendered is not None:
            rendered.render_multiple([model])
            state.apps, state.is_grown = rendered, True

    return added


def _all_anew(reload: Call) -> Call:
    def anew(state: Any, *args: Any, **kwargs: Any) -> None:
        if state.is_grown:
            vars(state).pop("apps", None)
            state.is_grown = False
        reload(state, *args, **kwargs)

    return anew


def _kept(clone: Call) -> Call:
    def cloned(state: Any) -> Any:
        copy = clone(state)
        copy.is_grown = state.is_grown
        return copy

    return cloned


@pytest.fixture(scope="session", autouse=True)
def migrations_grow() -> Iterator[None]:
    with states_that_grow():
        yield
