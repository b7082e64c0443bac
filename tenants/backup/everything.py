"""A copy of the whole site at one moment, and a site made of it."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import sql

from kooperacja import offers
from kooperacja.tenancy.ref import role_of
from tenants.backup import media
from tenants.backup.copying import copy_out, one, reading, tables_in
from tenants.backup.loading import fill, load, require_loadable
from tenants.backup.package import Package, Writer, new_place, writing
from tenants.backup.statements import require_known
from tenants.backup.tenant import Source, Versions, write
from tenants.registry import directory
from tenants.registry.models import SchemaVersion, Tenant
from tenants.registry.rules import Impossible
from tenants.schemas import ddl, provisioning
from tenants.schemas.owner import Connection, owner, run, undisturbed

JOBS = 2
NAME = "all"
# What ends by itself or is made by the release: nobody misses it, and sessions are doors.
_PASSING = frozenset(
    {
        "accounts_attempts",
        "crypto_familykey",  # has a backup of its own, which is soon forgotten
        "django_migrations",
        "django_session",
        "registry_spare",
        "tenancy_cache",
        "usersessions_usersession",
    }
)

Progress = Callable[[int, int], None]
Work = tuple[Source, SchemaVersion]


def nothing(done: int, total: int) -> None:
    """A progress that nobody watches."""


def backup_all(
    *, to: Path, jobs: int = JOBS, keep: int = 0, progress: Progress = nothing
) -> Package:
    """Every tenant and the shared plane, all of one moment; then the oldest beyond `keep` go."""
    place = new_place(to, NAME)
    with undisturbed(), writing(place) as writer, reading() as leader:
        snapshot = one(leader, "SELECT pg_export_snapshot()")
        work = _work(leader)
        _write_shared(leader, writer)
        (writer.directory / "tenants").mkdir(mode=0o700)
        sums = _write_tenants(writer.directory / "tenants", snapshot, work, jobs, progress)
        writer.finish(
            kind=NAME,
            moment=one(leader, "SELECT now()").isoformat(),
            migrations=_shared_migrations(leader),
            tenants=sums,
        )
    if keep:
        _forget_older(to, keep)
    return Package.opened(place)


def _work(leader: Connection) -> list[Work]:
    """The tenants of this moment that have data, and what their schemas are made of."""
    here = {name for (name,) in leader.execute("SELECT nspname FROM pg_namespace").fetchall()}
    moment = {pk for (pk,) in leader.execute("SELECT id FROM public.registry_tenant").fetchall()}
    tenants = Tenant.objects.select_related("unit").filter(pk__in=moment, schema_name__in=here)
    versions = Versions()
    return [(Source.of(tenant), versions.of(leader, tenant)) for tenant in tenants]


def _write_shared(leader: Connection, writer: Writer) -> None:
    for table in tables_in(leader, "public"):
        if table.name not in _PASSING:
            copy_out(leader, writer, "shared", table)


def _write_tenants(
    to: Path, snapshot: str, work: list[Work], jobs: int, progress: Progress
) -> dict[str, str]:
    sums: dict[str, str] = {}

    def run_one(item: Work) -> None:
        source, version = item
        with reading(snapshot) as connection:
            package = write(connection, Writer(to / source.code), source, version)
        sums[source.code] = package.checksum
        progress(len(sums), len(work))

    with ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(run_one, item) for item in work]:
            done.result()
    return sums


def _shared_migrations(connection: Connection) -> list[list[str]]:
    rows = connection.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name")
    return [list(row) for row in rows.fetchall()]


def backups(directory: Path) -> list[Path]:
    """Whole copies of the site, the oldest first."""
    return sorted(
        path for path in directory.glob(f"{NAME}-*") if path.is_dir() and path.suffix != ".partial"
    )


def _forget_older(directory: Path, keep: int) -> None:
    for path in backups(directory)[:-keep]:
        shutil.rmtree(path)


def verify(package: Package) -> None:
    """The whole of a copy: every file of every tenant."""
    package.verify()
    for part in _parts(package):
        part.verify()


def _parts(package: Package) -> Iterator[Package]:
    for part in package.tenants() if package.kind == NAME else []:
        if part.checksum != package.manifest["tenants"].get(part.code):
            raise Impossible(
                f"Kopia {package.directory.name} jest uszkodzona: jednostka {part.code} "
                "pochodzi z innej kopii."
            )
        yield part


def restore_all(*, package: Package, progress: Progress = nothing) -> int:
    """Into a database that was only prepared; how many tenants came back."""
    if package.kind != NAME:
        raise Impossible(f"{package.directory.name} nie jest kopią całości.")
    verify(package)
    for part in _parts(package):
        require_loadable(part)
    with undisturbed(changing=True):
        with owner() as connection:
            _require_empty(connection, package)
            _fill_shared(connection, package)
        parts = list(_parts(package))
        for done, part in enumerate(parts, start=1):
            _bring_back(part)
            progress(done, len(parts))
    directory.forget()
    ddl.forget()
    provisioning.sync_roles()
    return len(parts)


def tell_restored() -> None:
    """Let the apps know, once work goes on with what came back; a rehearsal tells nobody."""
    for restored in offers.of(offers.RegionRestored):
        restored.run()


def _require_empty(connection: Connection, package: Package) -> None:
    if one(connection, "SELECT count(*) FROM public.registry_tenant"):
        raise Impossible("W tej bazie są już jednostki; całość odtwarza się tylko w pustej.")
    if one(connection, "SELECT count(*) FROM public.accounts_account"):
        raise Impossible("W tej bazie są już konta; całość odtwarza się tylko w pustej.")
    if _shared_migrations(connection) != package.manifest["migrations"]:
        raise Impossible(
            f"Kopię zrobiło wydanie {package.manifest['release']} o innych migracjach; "
            "odtwórz ją tamtym wydaniem, a potem zaktualizuj program."
        )


def _fill_shared(connection: Connection, package: Package) -> None:
    given: dict[str, Any] = package.tables("shared")
    fill(
        connection,
        tables_in(connection, "public"),
        {name: (of["columns"], of["path"]) for name, of in given.items()},
    )
    # By these the owner makes tenants to come.
    versions = connection.execute("SELECT statements FROM public.registry_schemaversion").fetchall()
    for (statements,) in versions:
        require_known(package.directory.name, statements)
    # Roles carry the name of the site they are of, and this may be another.
    run(
        connection,
        "UPDATE public.registry_tenant SET role_name = {} || schema_name",
        sql.Literal(role_of("")),
    )


def _bring_back(part: Package) -> None:
    tenant = Tenant.objects.get(pk=UUID(part.manifest["tenant"]["id"]))
    media.forget(tenant.schema_name)
    with media.laid_out(part, tenant.schema_name), owner() as connection:
        load(connection, part, tenant.schema_name)
        provisioning.grant_tenant(connection, tenant.schema_name, tenant.role_name)
