"""The interface describes itself: the file, its snapshot, the page."""

import json
import os
from pathlib import Path

from django.test import Client

from api.reference import operations, schema

SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_the_description_is_the_one_agreed() -> None:
    """After a wanted change: SNAPSHOT=1 python -m pytest tests/api/test_reference.py"""
    made = json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if os.environ.get("SNAPSHOT"):
        SNAPSHOT.write_text(made)
    assert made == SNAPSHOT.read_text()


def test_every_operation_needs_a_key_and_tells_its_errors() -> None:
    document = schema()
    assert document["openapi"].startswith("3.1")
    found = [one for item in document["paths"].values() for one in item.values()]
    assert found
    for operation in found:
        assert operation["security"] == [{"klucz": []}]
        assert {"400", "401", "403", "429", "503"} <= set(operation["responses"])
        assert operation["summary"]


def test_the_file_is_public_and_may_be_kept(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.json() == schema()
    assert response.headers["Cache-Control"] == "public, max-age=3600"


def test_the_page_shows_every_operation(client: Client, db: None) -> None:
    page = client.get("/api/").content.decode()
    for group in operations(schema()).values():
        for operation in group:
            assert f"<code>{operation.path}</code>" in page
    assert "<script>" not in page
    assert " style=" not in page
