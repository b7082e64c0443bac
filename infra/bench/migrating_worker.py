"""Deploys in its own process: `migrate` as the command does it; `statements` and `schemas` of it."""

import json
import sys
import time
from typing import Any

import django


def main() -> None:
    django.setup()
    tasks = {"migrate": migrate, "statements": statements, "schemas": schemas}
    for line in sys.stdin:
        print(json.dumps(tasks[line.strip()]()), flush=True)


def migrate() -> dict[str, Any]:
    from tenants.schemas import provisioning
    from tenants.schemas.upgrade import upgrade

    began = time.perf_counter()
    provisioning.migrate_shared()
    outcome = upgrade()
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "done": len(outcome.done), "failed": len(outcome.failed)}


def statements() -> list[str]:
    """What is said to each tenant that is behind."""
    from tenants.schemas import ddl

    (last,) = [step for step in ddl.steps() if step.name.startswith("9000_")]
    return [*last.statements, ddl.mark(last.app, last.name)]


def schemas() -> list[str]:
    from tenants.schemas.upgrade import behind

    return [tenant.schema_name for tenant in behind()]


if __name__ == "__main__":
    main()
