"""A cursor that speaks PostgreSQL's extended protocol only, so that no statement can be stacked."""

from typing import Any, Self

from django.db.backends.postgresql.base import Cursor as DjangoCursor
from psycopg import ClientCursor

from kooperacja.tenancy.errors import SettingChanged

# What the server answers to a statement that changes who or where the session is, or whether it
# may write: a transaction begun by a query could say so. Ours are begun by the driver.
_CHANGES = {"SET", "RESET", "DISCARD ALL", "BEGIN", "START TRANSACTION"}
# Those that leave something in the session for whoever comes next, or in the server.
_LEAVINGS = {"DECLARE CURSOR", "PREPARE", "LISTEN", "NOTIFY", "LOAD", "PREPARE TRANSACTION"}
_ENDS_THE_SESSION = frozenset(_CHANGES | _LEAVINGS)


class ExtendedCursor(DjangoCursor, ClientCursor[Any]):
    """Refuses `…; SET ROLE …` by protocol: the server takes one statement a message."""

    def _execute_send(self, query: Any, **kwargs: Any) -> None:
        super()._execute_send(query, **(kwargs | {"force_extended": True}))

    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Self:
        super().execute(query, params, **kwargs)
        # The last lock, for whoever could write a whole statement: the session dies with it.
        if self.statusmessage in _ENDS_THE_SESSION:
            self.connection.close()
            raise SettingChanged(self.statusmessage)
        return self
