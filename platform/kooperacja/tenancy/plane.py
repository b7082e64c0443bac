"""The connection of either plane."""

import select
from typing import Any

from django.db import Error
from django.db.backends.postgresql import base as postgresql
from psycopg.pq import TransactionStatus

from kooperacja.tenancy.cursors import ExtendedCursor


class Plane(postgresql.DatabaseWrapper):
    """PostgreSQL without stacked statements, asked only when there is a doubt."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        return params | {"cursor_factory": ExtendedCursor}

    def is_usable(self) -> bool:
        """Django asks before each request; of a connection that was cut the kernel knows already."""
        if self.connection is None or self.connection.closed:
            return False
        if not self.in_atomic_block and not self._is_idle():
            return False
        return not self._has_news() or self.answers()

    def answers(self) -> bool:
        """The server does it now, not only the network."""
        return super().is_usable()

    def _is_idle(self) -> bool:
        # In a COPY that a query began, no other statement comes through.
        return bool(self.connection.info.transaction_status == TransactionStatus.IDLE)

    def _has_news(self) -> bool:
        # An idle session is told nothing but its end, or a notice.
        poll = select.poll()
        poll.register(self.connection.fileno())
        return any(event & ~select.POLLOUT for _, event in poll.poll(0))

    def _commit(self) -> None:
        # Lost before its answer, a COMMIT may have been carried out: whoever tells of it must know.
        try:
            super()._commit()  # type: ignore[misc]
        except Error as failure:
            failure.at_commit = True  # type: ignore[attr-defined]
            raise
