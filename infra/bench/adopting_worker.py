"""A service of a county card that many units take over, confirmed once: `UNITS`, then a line to begin."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

PATIENCE_SECONDS = 120


def main() -> None:
    django.setup()
    for _ in sys.stdin:
        print(json.dumps(_confirmed(int(sys.argv[1]))), flush=True)


def _confirmed(count: int) -> dict[str, Any]:
    """Seconds until every basket shows it confirmed, the messages that asked, the acts that told."""
    from kooperacja.inbox.models import OutgoingMessage
    from tenants.masters import tasks
    from tenants.masters.actions import services
    from tenants.masters.models import MasterFollowing
    from tenants.registry import directory
    from tenants.registry.region import RegionEntry
    from tests.factories import accounts
    from tests.factories import masters as make

    tenants = list(directory.open_tenants())[:count]
    keeper = accounts.with_totp(accounts.account())
    card = make.card(keeper, tenants[0])
    master = make.service(keeper, card)
    copies = {tenant: _adopted(tenant, master) for tenant in tenants}
    followings = MasterFollowing.objects.filter(service=master, delivered=master.version)
    _wait(lambda: followings.count() == len(tenants))
    tasks.ask_keepers()
    began = time.perf_counter()
    services.confirm(by=accounts.acting(keeper), service_id=master.pk)
    _wait(lambda: all(_is_confirmed(tenant, pk) for tenant, pk in copies.items()))
    seconds = time.perf_counter() - began
    due = OutgoingMessage.objects.filter(dedupe__startswith=f"master-due:{keeper.pk}:")
    acts = RegionEntry.objects.filter(verb="MASTER_CONFIRMED", subject_id=card.pk)
    return {"seconds": seconds, "messages": due.count(), "acts": acts.count()}


def _adopted(tenant: Any, master: Any) -> UUID:
    """The copy of a unit in which the institution is a kooperant."""
    from uuid6 import uuid7

    from kooperacja.tenancy.context import inside
    from tenants.baskets.actions import adopting
    from tests.factories import partnership as make_partnership
    from tests.factories import people as make_people

    with inside(tenant):
        make_partnership.member(
            make_people.organisation(name=master.card.name, regon=master.card.regon)
        )
        lead = make_people.by(make_people.lead())
        pk: UUID = adopting.adopt(by=lead, master_id=master.pk, key=uuid7(), values={}).pk
    return pk


def _is_confirmed(tenant: Any, service_id: UUID) -> bool:
    from django.utils import timezone

    from kooperacja.tenancy.context import inside
    from tenants.baskets.models.services import Service

    with inside(tenant):
        here = Service.objects.filter(pk=service_id, confirmed_on=timezone.localdate())
        return here.exists()


def _wait(is_so: Callable[[], bool]) -> None:
    began = time.perf_counter()
    while not is_so():
        assert time.perf_counter() - began < PATIENCE_SECONDS
        time.sleep(0.05)


if __name__ == "__main__":
    main()
