"""Actions ask for permission after they have waited for a lock: the right may be lost meanwhile."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parent.parent
Function = ast.FunctionDef


def _modules() -> Iterator[Path]:
    for place in ("tenants", "gmina", "powiat", "region"):
        yield from (_ROOT / place).rglob("actions.py")
        yield from (_ROOT / place).rglob("actions/*.py")


@cache
def _functions() -> dict[Path, dict[str, Function]]:
    trees = {path: ast.parse(path.read_text()) for path in _modules()}
    return {
        path: {one.name: one for one in tree.body if isinstance(one, Function)}
        for path, tree in trees.items()
    }


@cache
def _shared() -> dict[str, tuple[Path, Function]]:
    """Functions that other modules may call."""
    return {
        name: (path, function)
        for path, own in _functions().items()
        for name, function in own.items()
        if not name.startswith("_")
    }


@cache
def _calls(function: Function) -> list[str]:
    """Names of what it calls, in the order of the text."""
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            found.append((called.end_lineno, called.end_col_offset, name))
    return [name for *_, name in sorted(found, key=lambda call: call[:2])]


@cache
def _first(
    path: Path, function: Function, wanted: str, above: tuple[Function, ...] = ()
) -> int | None:
    """The place among its calls that first does this, by itself or further down."""
    for place, name in enumerate(_calls(function)):
        if name == wanted:
            return place
        own = _functions()[path].get(name)
        inner = (path, own) if own else _shared().get(name)
        if (
            inner
            and inner[1] not in above
            and _first(*inner, wanted, (*above, function)) is not None
        ):
            return place
    return None


def _asks_too_early(path: Path, function: Function) -> bool:
    asked, locked = _first(path, function, "require"), _first(path, function, "select_for_update")
    return asked is not None and locked is not None and asked < locked


def test_every_action_waits_for_its_lock_before_it_asks_who_may() -> None:
    every = [(path, one) for path, own in _functions().items() for one in own.values()]
    asking = [one for path, one in every if _first(path, one, "require") is not None]
    assert len(asking) > 40

    early = [f"{path.parent}.{one.name}" for path, one in every if _asks_too_early(path, one)]

    assert early == []
