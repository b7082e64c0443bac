"""Which tests one process of pytest-xdist runs one after another, and which come first.

By address, not by mark: xdist 3.8 adds a mark's group to a name that pytest 9.2 no longer reads.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# One browser and its site; a second PostgreSQL that takes long to fill.
OF_ONE_SERVER = ("tests/e2e/", "tests/faults/test_postgres")
# Servers of a file, a history or all functions of the project, once.
OF_A_FILE = (
    "tests/faults/",
    "tests/kooperacja/embedded/test_servers",
    "tests/tenants/demo/test_demo",
    "tests/test_consistency",
    "tests/test_rights",
)
# All that ask for the settled place, which takes a minute to make, and copies of it; they look at
# the same pages, each of which answers each visitor once.
OF_THE_PLACE = (
    "tests/isolation/test_matrix",
    "tests/isolation/test_navigation",
    "tests/isolation/test_pages_attacked",
    "tests/kooperacja/accounts/test_pace",
    "tests/tenants/dialogue/test_guarded.py",
    "tests/tenants/partnership/test_documentation.py",
    "tests/tenants/people/test_everywhere",
    "tests/test_no_dead_ends",
    "tests/test_one_name",
    "tests/test_page_costs",
    "tests/test_reached",
    "tests/test_said_everywhere",
    "tests/test_search",
    "tests/test_second_look",
)
# Of ten seconds and more, taken first: a run that ends with one leaves the other processes idle.
LONG = (
    "tests/test_where_things_go",
    "tests/kooperacja/documents/test_wordtags",
    "tests/kooperacja/documents/test_mutated",
    "tests/tenants/backup/test_everything",
)


def together(address: str) -> str:
    """Tests for which this is the same run in one process."""
    for beginning in OF_ONE_SERVER:
        if address.startswith(beginning):
            return beginning
    if address.startswith(OF_THE_PLACE):
        return "the settled place"
    return address.partition("::")[0] if address.startswith(OF_A_FILE) else address


def ask_for_the_place_together(items: list[pytest.Item]) -> None:
    """Else a second process would settle it too."""
    for item in items:
        asks = "settled" in getattr(item, "fixturenames", ())
        if asks and not item.nodeid.startswith(OF_THE_PLACE):
            raise pytest.UsageError(
                f"name it in OF_THE_PLACE of tests/scheduling.py: {item.nodeid}"
            )


def take_long_ones_first(items: list[pytest.Item]) -> None:
    """Else they stay in their order, which is random."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


class Scheduling(LoadScopeScheduling):
    """Keeps together what shares servers, and spreads the rest."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)
