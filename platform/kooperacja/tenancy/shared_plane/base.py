"""Connection of the shared plane: accounts, sessions, the register of tenants, published figures."""

from typing import Any

from django.db import Error
from django.db.backends.postgresql import base as postgresql

from kooperacja.tenancy.cursors import ExtendedCursor


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """Plain PostgreSQL, without stacked statements."""

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"cursor_factory": ExtendedCursor}

    def _commit(self) -> None:
        # Lost before its answer, a COMMIT may have been carried out: whoever tells of it must know.
        try:
            super()._commit()  # type: ignore[misc]
        except Error as failure:
            failure.at_commit = True  # type: ignore[attr-defined]
            raise
