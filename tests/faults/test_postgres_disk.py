"""The disk of the database is full: it is said in Polish, and no case is saved by half."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.faults.browser import Answer, Browser
from tests.faults.conftest import PARTNERSHIP, Office, office_of
from tests.faults.site import Faulty, Site
from tests.faults.small_disk import small_disk

NEW = PARTNERSHIP + "instytucje/nowa/"
FULL = "Na serwerze zabrakło miejsca"
Owner = psycopg.Connection[Any]
A_PAGE = 200  # rows of institutions that find room in a page that is there already


@pytest.fixture
def office(tmp_path: Path, broker: Faulty, django_db_blocker: Any) -> Iterator[Office]:
    """A site whose tenant's institutions lie on the small disk, beside a filler."""
    with small_disk("2m") as disk:
        site = Site(tmp_path, database_url=disk.url, broker_url=broker.url)
        try:
            site.web()
            with django_db_blocker.unblock(), office_of(site) as office:
                yield office
        finally:
            site.stop()


@pytest.fixture
def owner(office: Office) -> Iterator[Owner]:
    table = sql.Identifier(office.tenant.schema, "people_organisation")
    with psycopg.connect(office.site.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER TABLE {} SET TABLESPACE small").format(table))
        connection.execute("CREATE TABLE public.filler (x text) TABLESPACE small")
        yield connection


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
    key = uuid7()  # in the name too, so that no institution is like another
    data = {"key": key, "name": f"Szkoła {key}", "sector": "EDUCATION", "city": "Gogolin"}
    return lead.post(NEW, data)


def counted(office: Office) -> tuple[int, int]:
    with inside(office.tenant):
        entries = Entry.objects.filter(verb="ORGANISATION_ADDED").count()
        return Organisation.objects.count(), entries


def test_an_institution_is_entered_whole_or_not_at_all(office: Office, owner: Owner) -> None:
    lead, _ = office.person(Role.LEAD)
    assert add(lead).status == 302
    before = counted(office)
    fill(owner)
    saved = 0
    while (answer := add(lead)).status == 302 and saved < A_PAGE:
        saved += 1
    assert (answer.status, FULL in answer.text) == (503, True)
    assert "Nic nie zostało zapisane" in answer.text
    assert counted(office) == (before[0] + saved, before[1] + saved)
    assert lead.get(PARTNERSHIP + "czlonkowie/").status == 200
    owner.execute("DROP TABLE public.filler")
    assert add(lead).status == 302
