"""The database's disk fills while a tenant is opened: nothing of it is left, and later it opens."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tenants.registry import actions, doctor, spares, teryt
from tenants.registry.models import Tenant
from tests.factories import registry as make
from tests.faults.conftest import working_on
from tests.faults.site import own_postgres

CODE = "160502"


def _mount(*arguments: str) -> bool:
    return not subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


@pytest.fixture
def small_disk(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A server whose disk has no room for another tenant; the tests work on its database."""
    server = own_postgres(tmp_path / "postgres")
    disk = server.directory / "disk"
    disk.mkdir(mode=0o755)
    owner = (server.directory / "data").stat().st_uid
    if not _mount("-t", "tmpfs", "-o", f"size=200k,uid={owner},mode=0700", "tmpfs", str(disk)):
        server.stop()
        pytest.skip("no small disk can be mounted here")
    url = urlsplit(server.url)._replace(path="/koop_small").geturl()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE koop_small")
    environment = os.environ | {"DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "tests.template"], check=True, env=environment)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{disk}'".encode())
        connection.execute("ALTER DATABASE koop_small SET default_tablespace TO small")
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), working_on(url, tmp_path):
        yield disk
    logging.disable(logging.NOTSET)
    server.stop()
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_nothing_of_it_is_left_and_with_room_again_it_opens(small_disk: Path) -> None:
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    tenant = actions.open_tenant(by="test", code=CODE)
    assert not actions.finish_opening(tenant)
    tenant.refresh_from_db()
    assert tenant.failure == "nie powstała przestrzeń danych (DiskFull)"
    with pytest.raises(psycopg.errors.DiskFull):
        spares.refill()
    (finding,) = doctor.examine()
    assert finding.said == f"otwieranie nie jest skończone: {tenant.failure}"
    assert Tenant.objects.filter(status="ACTIVE").count() == 3
    assert _mount("-o", "remount,size=64m", str(small_disk))
    assert actions.finish_opening(tenant)
    assert doctor.examine() == []
