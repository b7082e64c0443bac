"""Copies and restores tenants in its own process: answers a number with the seconds of each."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django


def main() -> None:
    django.setup()
    task = {"copy": _copy, "restore": _restore, "all": _all}[sys.argv[1]]
    for line in sys.stdin:
        with tempfile.TemporaryDirectory() as place:
            print(json.dumps(task(Path(place), int(line))), flush=True)


def _copy(place: Path, count: int) -> list[float]:
    from tenants.backup.tenant import backup_tenant
    from tenants.registry.models import Tenant

    tenants = Tenant.objects.select_related("unit")[:count]
    return [_timed(lambda one=one: backup_tenant(tenant=one, to=place)) for one in tenants]


def _restore(place: Path, count: int) -> list[float]:
    from kooperacja.audit.actor import SYSTEM
    from tenants.backup.copies import copies, drop_copy
    from tenants.backup.package import Package
    from tenants.backup.restoring import restore_tenant

    _copy(place, count)
    packages = [Package.opened(path) for path in sorted(place.iterdir())]
    seconds = [_timed(lambda one=one: restore_tenant(by=SYSTEM, package=one)) for one in packages]
    for left in copies():
        drop_copy(by=SYSTEM, name=left.schema)
    return seconds


def _all(place: Path, count: int) -> list[float]:
    from tenants.backup.everything import backup_all

    return [_timed(lambda: backup_all(to=place)) for _ in range(count)]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
