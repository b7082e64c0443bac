"""Stock django-tenants in a database of its own: opens tenants and migrates them, timed."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout

import django

from infra.bench.region import Region, Worker
from infra.bench.stock.database import ENVIRONMENT, make_database


@contextmanager
def stock_site(region: Region, **environment: str) -> Iterator[Worker]:
    """A process that answers `open N`, `migrate` with the seconds, `count` with its tenants."""
    make_database(region)
    with region.worker("stock_site", **(ENVIRONMENT | environment)) as worker:
        yield worker


def main() -> None:
    django.setup()
    tasks: dict[str, Callable[..., float]] = {"open": open_one, "migrate": migrate, "count": count}
    for line in sys.stdin:
        task, *numbers = line.split()
        with redirect_stdout(sys.stderr):  # its commands tell what they do
            answer = tasks[task](*map(int, numbers))
        print(json.dumps(answer), flush=True)


def open_one(number: int) -> float:
    from infra.bench.stock.models import StockTenant

    began = time.perf_counter()
    StockTenant.objects.create(schema_name=f"stock_{number}", code=str(number))
    return time.perf_counter() - began


def migrate() -> float:
    from django.core.management import call_command

    began = time.perf_counter()
    call_command("migrate_schemas", tenant=True, verbosity=0, interactive=False)
    return time.perf_counter() - began


def count() -> int:
    from infra.bench.stock.models import StockTenant

    return StockTenant.objects.count()


if __name__ == "__main__":
    main()
