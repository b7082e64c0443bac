"""Pytest plugin: `--app NAME` keeps the tests of one app, and of its pages.

A test is of an app whose name is a folder or the file of its address (`tests/tenants/meetings/…`,
`test_meetings.py`) or a part of its parameters, as in `[tenants.meetings-meetings:list]`.
"""

import re

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--app", action="append", metavar="NAME", help="only tests of this app")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("app")
    if not wanted:
        return
    kept = [item for item in items if any(is_of(name, item.nodeid) for name in wanted)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def is_of(app: str, address: str) -> bool:
    """Whether a test is of an app, by its folders, its file or its parameters."""
    path, _, rest = address.partition("::")
    given = rest.partition("[")[2].removesuffix("]")
    words = {*re.split(r"[/.]|test_", path), *re.split(r"[-.:]", given)}
    return app in words
