"""A gmina that works: institutions, a declaration with its files, people with doors open."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from kooperacja.__main__ import cli
from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup.package import CHECKSUM, MANIFEST, VERSION, Package
from tenants.backup.tenant import backup_tenant
from tenants.registry import directory
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make

OPERATOR = Actor(account_id=None, name="operator (wiersz poleceń)", via=Via.CLI)
CODE = "160501"


def rewrite(directory: Path, statement: str) -> None:
    """As whoever may write where backups lie would do it: with sums that fit."""
    version = json.loads((directory / VERSION).read_text())
    version["statements"].append(statement)
    content = json.dumps(version).encode()
    (directory / VERSION).write_bytes(content)
    manifest = json.loads((directory / MANIFEST).read_text())
    manifest["files"][VERSION] = {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    text = json.dumps(manifest).encode()
    (directory / MANIFEST).write_bytes(text)
    (directory / CHECKSUM).write_text(f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n")


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_DIR = tmp_path / "backup"


@pytest.fixture
def gmina(fresh_database: str) -> TenantRef:
    ref = directory.find("gogolin")
    assert ref is not None
    with inside(ref):
        make_partnership.found(ref)
        make_accession.filed(make.lead())
    return ref


@pytest.fixture
def lead(gmina: TenantRef) -> Client:
    with inside(gmina):
        return make.signed_in(gmina, Role.LEAD)[0]


@pytest.fixture
def backup(gmina: TenantRef, tmp_path: Path) -> Callable[[], Package]:
    def now() -> Package:
        tenant = Tenant.objects.select_related("unit").get(unit__code=CODE)
        return backup_tenant(tenant=tenant, to=tmp_path / "backup")

    return now


def run(*arguments: str, answer: str = "") -> Result:
    """A command of the operator."""
    return CliRunner().invoke(cli, [*arguments], input=answer)
