"""Makes the template database of the tests: the shared plane and three living tenants."""

import os
from datetime import date

import django

from tests.growing import states_that_grow

# A gmina, a powiat and a city with county rights.
TENANTS = ("160501", "1605", "166101")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")
    django.setup()
    from django.db import connections

    from kooperacja.audit.actor import named
    from kooperacja.inbox.models import OutgoingMessage
    from tenants.registry.models import Unit
    from tenants.registry.region import Region, RegionEntry
    from tenants.schemas import actions, provisioning

    with states_that_grow():
        provisioning.migrate_shared()
    Region.objects.create(code="16", name="opolskie", rops_name="ROPS w Opolu (dane zmyślone)")
    units = [
        ("16", "VOIVODESHIP", "OPOLSKIE", ""),
        ("1605", "COUNTY", "krapkowicki", ""),
        ("160501", "MUNICIPALITY", "Gogolin", "3"),
        ("1661", "CITY_COUNTY", "Opole", ""),
        ("166101", "MUNICIPALITY", "Opole", "1"),
    ]
    for code, level, name, rodz in units:
        Unit.objects.create(code=code, level=level, name=name, rodz=rodz, as_of=date(2025, 1, 1))
    for code in TENANTS:
        tenant = actions.open_tenant(by=named("test"), code=code)
        assert actions.finish_opening(tenant)
    # A test reads what it did itself.
    RegionEntry.objects.all().delete()
    OutgoingMessage.objects.all().delete()
    connections.close_all()


if __name__ == "__main__":
    main()
