"""Binds django-allauth to the shared plane: it opens its transactions on `default`.

`default` is the plane of tenants and refuses to be used outside one, while the tables of accounts
and factors lie in `shared`, so both the transactions and the row locks must be there.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import transaction

# Modules that open transactions, and those of their functions that were decorated at import.
MODULES: dict[str, tuple[str, ...]] = {
    "allauth.account.managers": (),
    "allauth.mfa.totp.internal.flows": ("activate_totp",),
    "allauth.mfa.recovery_codes.internal.flows": ("generate_recovery_codes",),
    "allauth.mfa.recovery_codes.internal.auth": ("RecoveryCodes.validate_code",),
    "allauth.usersessions.models": (),
}


class _SharedTransactions:
    """Stands in for `django.db.transaction` in those modules."""

    @staticmethod
    def atomic(using: Any = None) -> Any:
        if callable(using):
            return transaction.atomic(using="shared")(using)
        return transaction.atomic(using="shared")

    @staticmethod
    def on_commit(function: Callable[[], Any]) -> None:
        transaction.on_commit(function, using="shared")


def bind_allauth() -> None:
    """Harmless to repeat."""
    for path, decorated in MODULES.items():
        module: Any = import_module(path)
        module.transaction = _SharedTransactions
        for name in decorated:
            _rebind(module, name)


def _rebind(holder: Any, name: str) -> None:
    *outer, name = name.split(".")
    for part in outer:
        holder = getattr(holder, part)
    function = getattr(holder, name)
    plain = getattr(function, "__wrapped__", function)
    setattr(holder, name, transaction.atomic(using="shared")(plain))
