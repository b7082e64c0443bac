"""Serves pages of tenants in its own process: `one` tenant again and again, or `rotating`."""

import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import django

from infra.bench.prepare import read

PAGE = "/partnerstwo/instytucje/"
Page = tuple[str, str, str]  # host, path, cookie


def main() -> None:
    if sys.argv[1] == "register":
        django.setup()
        register()
    else:
        serve(sys.argv[1])


def register() -> None:
    """Tell stock django-tenants of the region's schemas, each under a host name."""
    from django.db import connection

    from infra.bench.stock.models import StockDomain, StockTenant
    from tenants.registry.models import Tenant

    with connection.schema_editor() as editor:
        editor.create_model(StockTenant)
        editor.create_model(StockDomain)
    for tenant in Tenant.objects.select_related("unit"):
        made = StockTenant(schema_name=tenant.schema_name, code=tenant.unit.code)
        made.auto_create_schema = False
        made.save()
        StockDomain.objects.create(domain=_host(tenant.ref.prefix), tenant=made)


def _host(prefix: str) -> str:
    return f"{prefix.rsplit('/', 1)[1]}.localhost"


def serve(how: str) -> None:
    """A number on each line of input; the seconds for as many requests on each line of output."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    by_host = os.environ["DJANGO_SETTINGS_MODULE"].endswith("stock_settings")
    pages: list[Page] = [
        (_host(prefix) if by_host else "localhost", prefix + PAGE, cookie)
        for prefix, cookie in read("cookies").items()
    ]
    turn = itertools.cycle(pages if how == "rotating" else pages[:1])
    for line in sys.stdin:
        began = time.perf_counter()
        _serve(application, turn, int(line))
        print(json.dumps(time.perf_counter() - began), flush=True)


def _serve(application: Any, turn: Iterator[Page], count: int) -> None:
    for host, path, cookie in itertools.islice(turn, count):
        status, body = request(application, path, cookie, host=host)
        assert status == "200 OK", (path, status)
        assert b"Przychodnia" in body


def request(
    application: Any, path: str, cookie: str, *, host: str = "localhost"
) -> tuple[str, bytes]:
    """One GET through the whole of WSGI: its status and its body."""
    said: list[str] = []
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": f"sessionid={cookie}",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    response = application(environ, lambda status, headers: said.append(status))
    body = b"".join(response)
    response.close()
    return said[0], body


if __name__ == "__main__":
    main()
