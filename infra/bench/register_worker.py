"""Fills a tenant with members, then draws its pages and asks their SQL bare: "path count" a line."""

import json
import os
import sys
import time
from typing import Any

import psycopg
from psycopg import sql

from infra.bench.prepare import read
from infra.bench.request_worker import request


def main() -> None:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    prefix, cookie = list(read("cookies").items())[-1]
    schema = fill(prefix, int(sys.argv[1]))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare:
        bare.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))
        for line in sys.stdin:
            path, count = line.split()
            at = f"{prefix}/partnerstwo/{path}"
            queries = _queries(application, at, cookie)
            times = [_both(application, at, cookie, bare, queries) for _ in range(int(count))]
            print(json.dumps(times), flush=True)


def fill(prefix: str, members: int) -> str:
    """Make so many members in one tenant; the name of its schema."""
    from kooperacja.tenancy.context import inside
    from tenants.registry import directory
    from tenants.schemas import provisioning
    from tests.factories.partnership import many_members

    tenant = next(one for one in directory.open_tenants() if one.prefix == prefix)
    with inside(tenant):
        many_members(members)
    with provisioning.owner() as owner:
        owner.autocommit = True
        owner.execute("VACUUM (ANALYZE)")
    return tenant.schema


def _both(
    application: Any, path: str, cookie: str, bare: Any, queries: list[str]
) -> tuple[float, float, float]:
    """Seconds of the page, of its SQL alone, and of this process's work on the page."""
    began, work_before = time.perf_counter(), time.process_time()
    status, body = request(application, path, cookie)
    drawn, work = time.perf_counter(), time.process_time() - work_before
    for query in queries:
        bare.execute(query).fetchall()
    assert status == "200 OK", (path, status)
    assert b"Instytucja 0" in body
    return drawn - began, time.perf_counter() - drawn, work


def _queries(application: Any, path: str, cookie: str) -> list[str]:
    """What the page asks of its tenant, with all values in place."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    request(application, path, cookie)
    with CaptureQueriesContext(connections["default"]) as captured:
        request(application, path, cookie)
    asked = (one["sql"] for one in captured)
    return [query for query in asked if "partnership_" in query or "people_" in query]


if __name__ == "__main__":
    main()
