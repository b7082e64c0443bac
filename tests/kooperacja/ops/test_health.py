"""Liveness leans on nothing; readiness says which part is missing, and comes back by itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from kooperacja.embedded.broker import start_broker
from kooperacja.embedded.problems import free_port
from kooperacja.ops import health


@pytest.fixture
def broker(tmp_path: Path, settings: Any) -> Iterator[None]:
    with start_broker(tmp_path / "broker", fast=True) as server:
        settings.BROKER_URL = server.url
        yield


def test_everything_up_is_ready(fresh_database: str, broker: None) -> None:
    answer = Client().get("/health/ready")
    parts = dict.fromkeys(
        ("shared_plane", "tenant_plane", "sessions", "migrations", "broker"), "ok"
    )
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "parts": parts})


def test_without_postgres_live_but_not_ready_and_ready_again_after(
    fresh_database: str, broker: None
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for alias in ("default", "shared"):
            connections[alias].close()
            patch.setitem(connections[alias].settings_dict, "PORT", str(free_port()))
        patch.setattr(health, "_migrated", False)
        patch.setattr(health, "_has_sessions", False)
        answer = Client().get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["parts"] == {
            "shared_plane": "down",
            "tenant_plane": "down",
            "sessions": "down",
            "migrations": "down",
            "broker": "ok",
        }
        assert Client().get("/health/live").status_code == 200
    assert Client().get("/health/ready").status_code == 200


def test_without_a_broker_the_site_serves_on_and_says_so(
    fresh_database: str, settings: Any
) -> None:
    settings.BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    answer = Client().get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["parts"]["broker"] == "down"


def test_a_migration_that_waits_makes_not_ready(
    fresh_database: str, broker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == "behind"


def test_health_tells_no_address_nor_password(fresh_database: str) -> None:
    text = Client().get("/health/ready").content.decode()
    password = connections["shared"].settings_dict["PASSWORD"]
    assert password not in text
    assert "127.0.0.1" not in text
