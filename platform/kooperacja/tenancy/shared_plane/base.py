"""Connection of the shared plane: accounts, sessions, the register of tenants, published figures."""

from typing import Any

from django.db.backends.postgresql import base as postgresql

from kooperacja.tenancy.cursors import ExtendedCursor


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Plain PostgreSQL, without stacked statements."""

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"cursor_factory": ExtendedCursor}
