"""Opens tenants in its own process: `spare`, `script` or `psql`; answers with the seconds."""

import json
import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from unittest import mock

import django

UNITS = (f"1440{number:02}" for number in count(1))  # a powiat that does not exist


def main() -> None:
    django.setup()
    for line in sys.stdin:
        print(
            json.dumps({"spare": spare, "script": script, "psql": psql}[line.strip()]()), flush=True
        )


def spare() -> tuple[float, float]:
    """Seconds for schema, role and rights, and for the whole."""
    from django.utils import timezone

    from kooperacja.audit.actor import named
    from tenants.registry.models import Spare, Tenant, Unit
    from tenants.registry.rules import UnitLevel
    from tenants.schemas import actions, provisioning, spares

    if not Spare.objects.exists():
        spares.refill()
    code = next(UNITS)
    Unit.objects.create(
        code=code,
        name=f"Pomiar {code}",
        level=UnitLevel.MUNICIPALITY,
        rodz="2",
        as_of=timezone.localdate(),
    )
    tenant = actions.open_tenant(by=named("bench"), code=code)
    build, parts = provisioning.build, []

    def timed(tenant: Tenant) -> str:
        began = time.perf_counter()
        digest = build(tenant)
        parts.append(time.perf_counter() - began)
        return digest

    began = time.perf_counter()
    with mock.patch.object(provisioning, "build", timed):
        assert actions.finish_opening(tenant)
    return parts[0], time.perf_counter() - began


def script() -> float:
    from kooperacja.tenancy.ref import role_of
    from tenants.schemas import ddl, provisioning

    version, name = ddl.current(), "b_script"
    began = time.perf_counter()
    with provisioning.owner() as connection:
        provisioning.make_schema(connection, name, role_of(name), version)
    seconds = time.perf_counter() - began
    _remove(name)
    return seconds


def psql() -> float:
    from kooperacja.embedded.postgres import binaries

    name = "b_psql"
    path = Path(os.environ["VAR_DIR"]) / "schema.sql"
    path.write_text(_script(name))
    command = [binaries() / "psql", "-qX1", "-v", "ON_ERROR_STOP=1", "-f", path]
    began = time.perf_counter()
    subprocess.run([*command, os.environ["DATABASE_URL"]], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    _remove(name)
    return seconds


def _script(name: str) -> str:
    from tenants.schemas import ddl

    head = [f"CREATE SCHEMA {name}", f"SET LOCAL search_path TO {name}, ext"]
    return ";\n".join([*head, *ddl.current().statements]) + ";\n"


def _remove(name: str) -> None:
    from kooperacja.tenancy.ref import role_of
    from tenants.schemas import spares

    spares.remove(name, role_of(name))


if __name__ == "__main__":
    main()
