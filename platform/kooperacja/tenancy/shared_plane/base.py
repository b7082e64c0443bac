"""Connection of the shared plane: accounts, sessions, the register of tenants, published figures."""

from kooperacja.tenancy.plane import Plane


class DatabaseWrapper(Plane):
    """The connection of a login that sees no tenant."""
