"""The table of the cache."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            "CREATE TABLE tenancy_cache (cache_key varchar(255) NOT NULL PRIMARY KEY,"
            " value text NOT NULL, expires timestamptz NOT NULL)",
            "DROP TABLE tenancy_cache",
        ),
        migrations.RunSQL(
            "CREATE INDEX tenancy_cache_expires ON tenancy_cache (expires)",
            "DROP INDEX tenancy_cache_expires",
        ),
    ]
