"""Long papers that are asked for at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.db import connections

from kooperacja.documents import preparing
from kooperacja.documents.models import PreparedFile
from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Problem
from tenants.registry import directory
from tests.kooperacja.documents.asked import ROWS, ask
from tests.offering import offer


def test_of_many_that_one_asks_for_at_once_no_more_wait_than_a_person_may_have(
    fresh_database: str, monkeypatch: Any, tmp_path: Path, settings: Any
) -> None:
    offer(monkeypatch, ROWS)
    settings.VAR_DIR = tmp_path
    office = directory.find("gogolin")
    assert office is not None
    start = threading.Barrier(8)

    def is_taken(rows: int) -> bool:
        start.wait()
        try:
            with inside(office):
                ask(rows)
        except Problem:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(is_taken, range(1, 9)))
    with inside(office):
        assert PreparedFile.objects.count() == taken.count(True) == preparing.A_PERSON
