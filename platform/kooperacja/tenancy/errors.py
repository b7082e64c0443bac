"""Errors of code that tries to walk through the wall."""


class WallError(RuntimeError):
    """Code tried what the wall between tenants forbids; always a defect, never a user's fault."""


class OutsideTenant(WallError):
    """Tenant data was asked for while in no tenant."""


class SwitchInTransaction(WallError):
    """A transaction began in one tenant, or read-only, and was to go on otherwise."""


class ForeignObject(WallError):
    """An object made in one tenant was about to be written in another."""


class SettingChanged(WallError):
    """A query changed the role, the path or another setting of its session."""
