"""Draws a page of the region, then asks the same figures by bare SQL: "path count" on each line."""

import json
import sys
import time
from typing import Any

import psycopg

from infra.bench.prepare import read
from infra.bench.request_worker import request


def main() -> None:
    from kooperacja.wsgi import application

    cookie = read("region-cookie")
    with psycopg.connect(**login()) as bare:
        for line in sys.stdin:
            path, count = line.split()
            queries = queries_of("monitoring_figure", application, path, cookie)
            times = [both(application, path, cookie, bare, queries) for _ in range(int(count))]
            print(json.dumps(times), flush=True)


def both(
    application: Any, path: str, cookie: str, bare: Any, queries: list[str]
) -> tuple[float, float, float]:
    """Seconds of the page, of its SQL alone, and of this process's work on the page."""
    began, work_before = time.perf_counter(), time.process_time()
    status, _ = request(application, path, cookie)
    drawn, work = time.perf_counter(), time.process_time() - work_before
    for query in queries:
        bare.execute(query).fetchall()
    assert status == "200 OK", (path, status)
    return drawn - began, time.perf_counter() - drawn, work


def queries_of(table: str, application: Any, path: str, cookie: str) -> list[str]:
    """The statement that the page sends about a table, with all values in place."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    request(application, path, cookie)
    with CaptureQueriesContext(connections["shared"]) as captured:
        request(application, path, cookie)
    return [one["sql"] for one in captured if table in one["sql"]]


def login() -> dict[str, Any]:
    from django.conf import settings

    given = settings.DATABASES["shared"]
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    return {to: given[name] for to, name in names.items()} | {
        "port": given["PORT"],
        "options": given["OPTIONS"]["options"],
        "autocommit": True,
    }


if __name__ == "__main__":
    main()
