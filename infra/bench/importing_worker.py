"""Brings in one file after another as the office does: `ROWS`, then a kind on each line.

Each is handed in, judged and written by the code of the worker, and handed in once more.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import django

MEMBERS = 100
_OWNER = "Instytucja {:04d}"


def main() -> None:
    django.setup()
    from kooperacja.tenancy.context import inside
    from tenants.registry import directory
    from tenants.registry.roles import Role
    from tests.factories import people as make_people
    from tests.factories.partnership import many_members

    rows = int(sys.argv[1])
    tenant = next(iter(directory.open_tenants()))
    with inside(tenant):
        many_members(MEMBERS)
        client, officer = make_people.signed_in(tenant, Role.NETWORK_OFFICER)
    for line in sys.stdin:
        kind = line.strip().upper()
        content = "\r\n".join(";".join(cells) for cells in _cells(kind, rows)).encode()
        with inside(tenant):
            found = _brought(kind, content, officer)
        address = f"{tenant.prefix}/koszyk/import/{found.pop('file')}/"
        client.get(address, secure=True, headers={"host": "localhost"})  # draws its templates
        began = time.perf_counter()
        answer = client.get(address, secure=True, headers={"host": "localhost"})
        found["page"] = time.perf_counter() - began
        assert answer.status_code == 200, answer.status_code
        print(json.dumps(found), flush=True)


def _brought(kind: str, content: bytes, officer: Any) -> dict[str, Any]:
    """Seconds of each step, megabytes, messages that were left, and rows that would change again."""
    from kooperacja.notifications.models import Outgoing
    from tenants.baskets.models.imports import WRITTEN

    found: dict[str, Any] = {}
    file, found["read"] = _timed(_uploaded, kind, content, officer)
    _, found["judged"] = _timed(_judged, file)
    before = Outgoing.objects.count()
    _, found["written"] = _timed(_written, file, officer)
    found["messages"] = Outgoing.objects.count() - before
    again = _uploaded(kind, content, officer)
    _judged(again)
    found["changed_again"] = again.rows.filter(verdict__in=WRITTEN).count()
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | {"file": str(file.pk)}


def _timed(act: Any, *args: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    done = act(*args)
    return done, time.perf_counter() - began


def _uploaded(kind: str, content: bytes, officer: Any) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from uuid6 import uuid7

    from kooperacja.audit.actor import Actor
    from tenants.baskets.actions import imports

    by = Actor(officer.account_id, officer.full_name, person_id=officer.pk)
    upload: Any = SimpleUploadedFile("dane.csv", content)
    return imports.upload(by=by, key=uuid7(), kind=kind, file=upload, is_stated=False)


def _judged(file: Any) -> None:
    from tenants.baskets.tasks import check_rows

    for _ in check_rows(file):
        pass


def _written(file: Any, officer: Any) -> None:
    from kooperacja.audit.actor import Actor
    from tenants.baskets.actions import imports
    from tenants.baskets.tasks import write_rows

    by = Actor(officer.account_id, officer.full_name, person_id=officer.pk)
    imports.confirm(by=by, import_id=file.pk)
    for _ in write_rows(file):
        pass


def _cells(kind: str, rows: int) -> Iterator[list[str]]:
    """The headings, then invented rows."""
    from tenants.baskets.columns import OF
    from tenants.services.types import types
    from tests.factories.people import regon

    columns, kinds = OF[kind], types()
    yield [one.heading for one in columns]
    for number in range(rows):
        said = {
            "owner": _OWNER.format(number % MEMBERS),
            "name": f"Pomoc zmyślona {number:05d}",
            "type_code": kinds[number % len(kinds)].name,
            "about": "Rozmowa i pomoc.",
            "groups": "wszyscy",
            "ways": "na miejscu",
            "access": "Zadzwoń.",
            "cost": "bezpłatnie",
            "hours_0": "8:00-16:00",
            "city": "Wymyślonowo",
            "contact_name": f"Osoba Zmyślona {number:05d}",
            "phone": "77 400 00 01",
            "sector": "edukacja",
            "regon": regon(number + 100_000) if number % 2 else "",
        }
        yield [said.get(one.field, "") for one in columns]


if __name__ == "__main__":
    main()
