"""Makes and changes the schemas of tenants: DDL of a release, rights, spares, migrations."""
