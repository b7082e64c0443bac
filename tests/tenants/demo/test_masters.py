"""The demo shows a master card that two units adopted, one service of which is late (REG §3.2, §3.5.a)."""

from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.models.services import Service
from tenants.demo import build, history, masters
from tenants.demo.places import PLACES
from tenants.masters.models import MasterCall, MasterCard, MasterCheck, MasterService
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import types as make
from tests.factories.exchange import carried

_PLACES = {place.code: place for place in PLACES}


def test_it_is_written_once_and_both_units_know_what_is_late(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    today = timezone.localdate()
    for ref, code in ((gmina, "160504"), (powiat, "1605")):
        with inside(ref):
            place = _PLACES[code]
            history.fill(place, name="Gogolin", today=today, paper=history.scan())
    units = tuple(Tenant.objects.select_related("unit").get(pk=one.id) for one in (gmina, powiat))
    email = "partner@pokaz.example"
    build._account(email, "Patryk Pokazowy", [(one, Role.PARTNER_COORDINATOR) for one in units])
    keeper = build.Account.objects.get(email=email)
    for _ in range(2):
        masters.write(make.coordinator(), keeper, units)
    carried(gmina, powiat)
    card = MasterCard.objects.get()
    assert (MasterCheck.objects.get().card, MasterCall.objects.count()) == (card, 1)
    assert [one.is_due(today) for one in MasterService.objects.order_by("name")] == [False, True]
    for ref in (gmina, powiat):
        with inside(ref):
            here = Service.objects.filter(adoption__isnull=False).order_by("name")
            assert [one.is_due(today) for one in here] == [False, True]
