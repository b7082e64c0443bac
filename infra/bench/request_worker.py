"""Serves requests in its own process for the benchmark: `prepare`, `walled` or `plain`."""

import json
import os
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

PAGE = "/gmina/gogolin/partnerstwo/instytucje/"
CODE = "160501"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")
    if sys.argv[1] == "prepare":
        prepare()
    else:
        serve()


def prepare() -> None:
    """A database with one living tenant, and a session of one of its partners."""
    import psycopg

    with psycopg.connect(os.environ["SERVER_URL"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE kooperacja")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from kooperacja.accounts.models import Account
    from kooperacja.tenancy.context import inside
    from tenants.demo import build, history
    from tenants.demo.places import PLACES
    from tenants.registry import actions, provisioning, teryt
    from tenants.registry.models import Access
    from tenants.registry.roles import Role

    call_command("collectstatic", interactive=False, verbosity=0)
    provisioning.migrate_shared()
    actions.found_region(by="bench", code="16", rops_name="ROPS")
    teryt.import_terc(build.TERC, voivodeship="16")
    tenant = actions.open_tenant(by="bench", code=CODE)
    actions.finish_opening(tenant)
    tenant.refresh_from_db()
    place = next(place for place in PLACES if place.code == CODE)
    with inside(tenant.ref):
        history.fill(place, name="Gogolin", today=timezone.localdate(), paper=history.scan())
    account = Account.objects.create_user(email="bench@pokaz.example", full_name="Bench")
    known = build.in_tenant(tenant, account, Role.PARTNER_COORDINATOR)
    Access.objects.create(
        account=account, tenant=tenant, role=Role.PARTNER_COORDINATOR, granted_by="bench", **known
    )
    client = Client()
    client.force_login(account)
    assert client.get(PAGE, HTTP_HOST="localhost").status_code == 200
    _cookie_file().write_text(client.cookies["sessionid"].value)


def serve() -> None:
    """A number on each line of input; the seconds for as many requests on each line of output."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    cookie = _cookie_file().read_text()
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            _request(application, cookie)
        print(json.dumps(time.perf_counter() - began), flush=True)


def _request(application: Any, cookie: str) -> None:
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": PAGE,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": f"sessionid={cookie}",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    response = application(environ, lambda status, headers: said.append(status))
    body = b"".join(response)
    response.close()
    assert said == ["200 OK"], said
    assert b"Przychodnia" in body


def _cookie_file() -> Path:
    return Path(os.environ["VAR_DIR"]) / "bench-cookie"


class PlainMount:
    """What a plain site would have anyway: whose page it is, and by whom it is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from django.db import connection
        from django.urls import set_script_prefix

        from tenants.registry import directory

        made: Any = request
        made.tenant = connection.tenant = directory.find_by_code(CODE)  # type: ignore[attr-defined]
        made.urlconf = "gmina.urls"
        made.path_info = PAGE.removeprefix(made.tenant.prefix)
        made.account, made.access = request.user, ()
        set_script_prefix(made.tenant.prefix + "/")
        return self.get_response(request)


if __name__ == "__main__":
    main()
