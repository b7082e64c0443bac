"""The states of a tenant and the changes allowed between them."""

from django.db import models


class TenantStatus(models.TextChoices):
    """Whether anybody may work in a tenant."""

    OPENING = "OPENING", "w przygotowaniu"
    ACTIVE = "ACTIVE", "otwarta"
    SUSPENDED = "SUSPENDED", "zawieszona"
    CLOSED = "CLOSED", "zamknięta"


ALLOWED: dict[TenantStatus, frozenset[TenantStatus]] = {
    TenantStatus.OPENING: frozenset({TenantStatus.ACTIVE}),
    TenantStatus.ACTIVE: frozenset({TenantStatus.SUSPENDED, TenantStatus.CLOSED}),
    TenantStatus.SUSPENDED: frozenset({TenantStatus.ACTIVE, TenantStatus.CLOSED}),
    # Data are kept, so a closed tenant can be opened again.
    TenantStatus.CLOSED: frozenset({TenantStatus.ACTIVE}),
}


def may_become(now: str, then: str) -> bool:
    return TenantStatus(then) in ALLOWED[TenantStatus(now)]
