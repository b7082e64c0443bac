"""The database's disk fills while a tenant is opened: nothing of it is left, and later it opens."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kooperacja.audit.actor import named
from tenants.backup import doctor
from tenants.registry import teryt
from tenants.registry.models import Tenant
from tenants.schemas import actions, spares
from tests.factories import registry as make
from tests.faults.conftest import working_on
from tests.faults.small_disk import SmallDisk, small_disk

CODE = "160502"


@pytest.fixture
def disk(tmp_path: Path, django_db_blocker: Any) -> Iterator[SmallDisk]:
    """All that is made from now on lies where there is no room for another tenant."""
    with small_disk("200k") as disk:
        with psycopg.connect(disk.url, autocommit=True) as connection:
            database = connection.info.dbname
            connection.execute(
                f"ALTER DATABASE {database} SET default_tablespace TO small".encode()
            )
        logging.disable(logging.CRITICAL)
        with django_db_blocker.unblock(), working_on(disk.url, tmp_path):
            yield disk
        logging.disable(logging.NOTSET)


def test_nothing_of_it_is_left_and_with_room_again_it_opens(disk: SmallDisk) -> None:
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    tenant = actions.open_tenant(by=named("test"), code=CODE)
    assert not actions.finish_opening(tenant)
    tenant.refresh_from_db()
    assert tenant.failure == "nie powstała przestrzeń danych (DiskFull)"
    with pytest.raises(psycopg.errors.DiskFull):
        spares.refill()
    (finding,) = doctor.examine()
    assert finding.said == f"otwieranie nie jest skończone: {tenant.failure}"
    assert Tenant.objects.filter(status="ACTIVE").count() == 3
    disk.enlarge()
    assert actions.finish_opening(tenant)
    assert doctor.examine() == []
