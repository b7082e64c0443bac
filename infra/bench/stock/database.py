"""A database of its own for stock django-tenants, where it opens and migrates in its own way."""

import sys

import psycopg

from infra.bench.region import SITE_DATABASE, STOCK_DATABASE, Region

# Of a process that is to be such a site; `StockTenant(schema_name=…).save()` opens a tenant there.
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "infra.bench.stock_settings",
    "STOCK_DATABASE": STOCK_DATABASE,
    # It looks for its extensions while Django starts.
    "PYTHONWARNINGS": "ignore:Accessing the database during app initialization:RuntimeWarning",
}
# The same over the region's own database, whose schemas it can serve as they are.
OVER_REGION = ENVIRONMENT | {"STOCK_DATABASE": SITE_DATABASE}


def make_database(region: Region) -> None:
    """Harmless to repeat; a run has one."""
    with psycopg.connect(region.server_url, autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [STOCK_DATABASE]
        ).fetchone()
        if known:
            return
        connection.execute(f"CREATE DATABASE {STOCK_DATABASE}")
    url = f"{region.server_url.rsplit('/', 1)[0]}/{STOCK_DATABASE}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA ext")
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(f"CREATE EXTENSION {extension} SCHEMA ext")
    command = [sys.executable, "-m", "django", "migrate_schemas", "--shared", "-v0", "--noinput"]
    process = region.start(command, **ENVIRONMENT)
    process.communicate()
    assert process.returncode == 0
