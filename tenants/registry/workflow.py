"""The states of a tenant and the changes allowed between them."""

from django.db import models

from kooperacja.workflow import Change, Table


class TenantStatus(models.TextChoices):
    """The state of a tenant; people work in an active one."""

    OPENING = "OPENING", "w przygotowaniu"
    ACTIVE = "ACTIVE", "otwarta"
    SUSPENDED = "SUSPENDED", "zawieszona"
    CLOSED = "CLOSED", "zamknięta"


_SUSPENDED, _CLOSED = Change("", "TENANT_SUSPENDED"), Change("", "TENANT_CLOSED")
_REOPENED = Change("", "TENANT_REOPENED")

# No clause says so: it is the region that runs the site.
TENANT = Table(
    TenantStatus,
    {
        TenantStatus.OPENING: {TenantStatus.ACTIVE: Change("", "TENANT_OPENED")},
        TenantStatus.ACTIVE: {TenantStatus.SUSPENDED: _SUSPENDED, TenantStatus.CLOSED: _CLOSED},
        TenantStatus.SUSPENDED: {TenantStatus.ACTIVE: _REOPENED, TenantStatus.CLOSED: _CLOSED},
        # Data are kept, so a closed tenant can be opened again.
        TenantStatus.CLOSED: {TenantStatus.ACTIVE: _REOPENED},
    },
    field="status",
)
