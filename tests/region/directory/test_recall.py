"""Whoever asks in everyday Polish finds the service that they mean among the first of the region's (REG §3.4)."""

from datetime import datetime

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from region.directory.columns import columns_of
from region.directory.finding import Found, Wanted
from region.directory.models import ListedService
from tenants.services.listed import ListedFacts
from tests.tenants.services.recalled import FIRST, invented, judge

NOW = datetime(2026, 11, 30, 10, 0)


def _list_some_of_each_type(unit: TenantRef) -> None:
    now = timezone.now()
    rows = []
    for number, said in enumerate(invented(of_each=4)):
        facts = ListedFacts(owner_name=f"Instytucja Zmyślona {number}", **said)
        columns = columns_of(facts, unit.code)
        common = {"tenant_id": unit.id, "revision": 1, "content_changed_at": now}
        rows.append(ListedService(id=uuid7(), **common, **columns))
    ListedService.objects.bulk_create(rows)


def test_what_people_ask_for_is_among_the_first_services(gmina: TenantRef) -> None:
    """Though there are several of each type: the first ones are not all of the likeliest alone."""
    _list_some_of_each_type(gmina)
    rows = ListedService.objects.all()
    judge(lambda asked: [one.type_code for one in Found(rows, Wanted(szukaj=asked), NOW, FIRST)])
