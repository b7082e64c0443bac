"""The disk of the database is full: it is said in Polish, and no case is saved by half."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.embedded import osuser
from kooperacja.tenancy.context import inside
from tenants.partnership.models import Organisation
from tenants.registry.roles import Role
from tests.faults.browser import Answer, Browser
from tests.faults.conftest import PARTNERSHIP, Office
from tests.faults.site import Faulty, until

NEW = PARTNERSHIP + "instytucje/nowa/"
FULL = "Na serwerze zabrakło miejsca"
Owner = psycopg.Connection[Any]
A_PAGE = 200  # rows of institutions that find room in a page that is there already


@pytest.fixture
def small_disk(postgres: Faulty) -> Iterator[Path]:
    """A place of two megabytes where the server may write."""
    place = postgres.directory / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        user = osuser.server_user()
        osuser.let_through(place, user)
        shutil.chown(place, user)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def owner(exposed: Office, small_disk: Path) -> Iterator[Owner]:
    """The tenant's institutions lie on the small disk, beside a filler."""
    table = sql.Identifier(exposed.tenant.schema, "partnership_organisation")
    database = exposed.site.environment["DATABASE_URL"]
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE TABLESPACE small LOCATION {}").format(sql.Literal(str(small_disk)))
        )
        connection.execute(sql.SQL("ALTER TABLE {} SET TABLESPACE small").format(table))
        connection.execute("CREATE TABLE public.filler (x text) TABLESPACE small")
        yield connection
        connection.execute("DROP TABLE IF EXISTS public.filler")
        connection.execute(sql.SQL("ALTER TABLE {} SET TABLESPACE pg_default").format(table))
        until(lambda: _is_dropped(connection))


def _is_dropped(connection: Owner) -> bool:
    """Files of what was dropped stay for as long as another process has them open."""
    with suppress(psycopg.errors.ObjectNotInPrerequisiteState):
        connection.execute("DROP TABLESPACE small")
        return True
    return False


def fill(connection: Owner) -> None:
    """To the last page."""
    for rows in (1000, 100, 1):
        with suppress(psycopg.errors.DiskFull):
            while True:
                connection.execute(
                    "INSERT INTO public.filler SELECT repeat('x', 1000) FROM generate_series(1, %s)",
                    [rows],
                )


def add(lead: Browser) -> Answer:
    data = {"klucz": uuid7(), "name": "Szkoła", "sector": "EDUCATION", "city": "Gogolin"}
    return lead.post(NEW, data)


def counted(office: Office) -> tuple[int, int]:
    with inside(office.tenant):
        entries = Entry.objects.filter(verb="ORGANISATION_ADDED").count()
        return Organisation.objects.count(), entries


def test_an_institution_is_entered_whole_or_not_at_all(exposed: Office, owner: Owner) -> None:
    lead, _ = exposed.person(Role.LEAD)
    assert add(lead).status == 302
    before = counted(exposed)
    fill(owner)
    saved = 0
    while (answer := add(lead)).status == 302 and saved < A_PAGE:
        saved += 1
    assert (answer.status, FULL in answer.text) == (503, True)
    assert "Nic nie zostało zapisane" in answer.text
    assert counted(exposed) == (before[0] + saved, before[1] + saved)
    assert lead.get(PARTNERSHIP + "czlonkowie/").status == 200
    owner.execute("DROP TABLE public.filler")
    assert add(lead).status == 302
