"""The cache keeps plain values in a table, and nothing in it can become code."""

import base64
import os
import pickle
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.serializers import JSONSerializer
from django.core.cache import cache
from django.core.signing import JSONSerializer as SignedJSON
from django.db import connections

ROOT = Path(__file__).resolve().parents[3]


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


def test_a_pickled_row_is_not_executed(db: None, tmp_path: Path) -> None:
    bomb = tmp_path / "made"
    row = base64.b64encode(pickle.dumps(Bomb(bomb))).decode()
    cache.set("klucz", "x")
    with connections["shared"].cursor() as cursor:
        cursor.execute("UPDATE tenancy_cache SET value = %s", [row])
    assert cache.get("klucz", "nic") == "nic"
    assert not bomb.exists()


def test_only_what_json_can_say_is_kept(db: None) -> None:
    for value in (1, "ą", [1, {"a": None}], True, 0.5):
        cache.set("klucz", value)
        assert cache.get("klucz") == value
    for wrong in (b"bytes", {1, 2}, object()):
        with pytest.raises(TypeError):
            cache.set("klucz", wrong)
    assert cache.get("klucz") == 0.5


def test_an_entry_ends_in_time_and_is_swept_by_the_next(db: None) -> None:
    with time_machine.travel("2025-03-03 08:00 +0000", tick=False) as clock:
        cache.set("a", 1, timeout=60)
        cache.set("zawsze", 1, timeout=None)
        assert cache.add("a", 2, timeout=60) is False
        assert cache.touch("a", timeout=90) is True
        clock.shift(timedelta(seconds=90))
        assert (cache.get("a"), cache.touch("a")) == (None, False)
        assert cache.add("a", 2) is True
        assert (cache.get("a"), cache.get("zawsze")) == (2, 1)
        assert (cache.delete("a"), cache.delete("a")) == (True, False)
        cache.set("b", 1, timeout=1)
        clock.shift(timedelta(days=1))
        cache.set("c", 1)
    with connections["shared"].cursor() as cursor:
        cursor.execute("SELECT cache_key FROM tenancy_cache ORDER BY 1")
        assert [key.rpartition(":")[2] for (key,) in cursor.fetchall()] == ["c", "zawsze"]


def test_a_fourth_hundred_pushes_none_out(db: None) -> None:
    for number in range(400):
        cache.set(number, number)
    assert cache.get(0) == 0


def test_sessions_and_signed_texts_are_json_too(db: None) -> None:
    assert SessionStore().serializer is JSONSerializer
    assert issubclass(JSONSerializer, SignedJSON)
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]


def test_no_code_of_ours_unpickles() -> None:
    words = r"\b(pickle|marshal|shelve|dill|cloudpickle)\b"
    folders = ["platform", "tenants", "gmina", "powiat", "region", "api"]
    found = subprocess.run(
        ["grep", "-rnE", f"import {words}", "--include=*.py", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
