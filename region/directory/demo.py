"""The services that the units of the demo show to others."""

from datetime import date

from kooperacja.tenancy.ref import TenantRef
from region.directory.actions import publish_services


def publish(tenant: TenantRef, today: date) -> None:
    publish_services(tenant, today=today)
