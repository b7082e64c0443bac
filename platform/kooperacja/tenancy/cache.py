"""The cache, kept in the shared plane; each tenant's keys begin with its schema.

Django's own keeps pickles, and a row of a table must never be able to become code.
"""

import json
import time
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections
from django.db.backends.utils import CursorWrapper

from kooperacja.tenancy.context import current_tenant_or_none

_FOR_EVER = datetime.max.replace(tzinfo=UTC)
_SET = """
    INSERT INTO tenancy_cache (cache_key, value, expires) VALUES (%s, %s, %s)
    ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""


class TenantCache(BaseCache):
    """Keeps what JSON can say; the same key in two tenants is two entries."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def make_key(self, key: Any, version: int | None = None) -> str:
        tenant = current_tenant_or_none()
        return super().make_key(f"{tenant.schema if tenant else 'shared'}:{key}", version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        cursor = _run(
            "SELECT value FROM tenancy_cache WHERE cache_key = %s AND expires > %s",
            self.make_and_validate_key(key, version),
            _now(),
        )
        row = cursor.fetchone()
        try:
            return default if row is None else json.loads(row[0])
        except ValueError:  # left by an older release
            return default

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._save(_SET, key, value, timeout, version)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        # Those that are over are gone by now.
        return self._save(f"{_SET} WHERE false", key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        cursor = _run(
            "UPDATE tenancy_cache SET expires = %s WHERE cache_key = %s AND expires > %s",
            self._end(timeout),
            self.make_and_validate_key(key, version),
            _now(),
        )
        return bool(cursor.rowcount)

    def delete(self, key: Any, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version)
        return bool(_run("DELETE FROM tenancy_cache WHERE cache_key = %s", name).rowcount)

    def clear(self) -> None:
        _run("DELETE FROM tenancy_cache")

    def _save(self, statement: str, key: Any, value: Any, timeout: Any, version: Any) -> bool:
        _run("DELETE FROM tenancy_cache WHERE expires <= %s", _now())
        name, text = self.make_and_validate_key(key, version), json.dumps(value)
        return bool(_run(statement, name, text, self._end(timeout)).rowcount)

    def _end(self, timeout: Any) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return _FOR_EVER if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _run(statement: str, *values: Any) -> CursorWrapper:
    cursor = connections["shared"].cursor()
    cursor.execute(statement, values)
    return cursor


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
