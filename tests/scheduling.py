"""Which tests one process of pytest-xdist runs one after another, because they share servers.

By address, not by mark: xdist 3.8 adds a mark's group to a name that pytest 9.2 no longer reads.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# One browser and its site; a second PostgreSQL that takes long to fill.
OF_ONE_SERVER = ("tests/e2e/", "tests/faults/test_postgres")
SERVERS_OF_A_FILE = "tests/faults/"


def together(address: str) -> str:
    """Tests for which this is the same run in one process."""
    for beginning in OF_ONE_SERVER:
        if address.startswith(beginning):
            return beginning
    return address.partition("::")[0] if address.startswith(SERVERS_OF_A_FILE) else address


class Scheduling(LoadScopeScheduling):
    """Keeps together what shares servers, and spreads the rest."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)
