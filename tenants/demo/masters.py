"""A master card of the demo that two units adopted; one of its services is late (REG §3.2, §3.5.a)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.tenancy.context import inside
from tenants.baskets.actions import adopting
from tenants.masters.actions import rounds, services
from tenants.masters.models import MasterCard, MasterCheck, MasterKeeper, MasterService
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tenants.services.hours import Hours, Interval, kept
from tenants.services.terms import Cost, Group, Way
from tenants.services.visibility import Visibility

REGON = "990000016"  # invented, with its check digit
_HOURS = Hours(((Interval.of("8:00", "16:00"),),) * 5 + ((), ()))
_USUAL: dict[str, Any] = {
    "groups": [Group.FAMILIES],
    "ways": [Way.ON_SITE, Way.REMOTE],
    "cost": Cost.FREE,
    "hours": kept(_HOURS),
    "phone": "77 400 00 10",
    **dict.fromkeys(("sees_service", "sees_contact", "sees_place"), Visibility.PUBLIC),
}
# The days since each was confirmed: the second one is late.
_SERVICES = (
    (
        20,
        {
            "name": "Dyżur dla rodzin w kilku gminach",
            "type_code": "poradnictwo-rodzinne",
            "about": "Rozmowa o kłopotach w rodzinie i o tym, gdzie szukać pomocy.",
            "access": "Zadzwoń albo przyjdź, nie trzeba się zapisywać.",
        },
    ),
    (
        400,
        {
            "name": "Mediacje dla rodzin w kilku gminach",
            "type_code": "mediacje",
            "about": "Bezstronna osoba pomaga skłóconym bliskim dojść do porozumienia.",
            "access": "Zadzwoń i umów się.",
        },
    ),
)


def write(rops: Actor, keeper: Account, units: Sequence[Tenant]) -> None:
    """Write it once; whoever keeps it speaks for the institution in each of these units."""
    if MasterCard.objects.exists():
        return
    names = [_numbered(keeper, unit) for unit in units]
    begun_on = rops.today - timedelta(days=420)
    card = MasterCard.objects.create(
        name=names[0].partition(" – ")[0], regon=REGON, begun_on=begun_on
    )
    MasterKeeper.objects.create(
        card=card,
        account=keeper,
        asked_in=units[0].label[:200],
        let_in_on=begun_on,
        let_in_by=keeper.full_name,
    )
    masters = [_said(keeper, card, rops, days, said) for days, said in _SERVICES]
    for unit in units:
        _adopted(unit, masters)
    rounds.open_rounds(rops.today)
    check = MasterCheck.objects.get(card=card)
    rounds.call(by=rops, check_id=check.pk, key=uuid7(), how=How.PHONE)


def _numbered(keeper: Account, unit: Tenant) -> str:
    """The institution has one REGON in all units; gives its name there."""
    rows = Access.objects.filter(account=keeper, tenant=unit, role=Role.PARTNER_COORDINATOR)
    rows.update(organisation_number=REGON)
    access = rows.get()
    assert access.organisation_id is not None  # a coordinator speaks for an institution
    with inside(unit.ref), transaction.atomic():
        Organisation.objects.filter(pk=access.organisation_id).update(regon=REGON)
    return access.organisation_name


def _said(
    keeper: Account, card: MasterCard, rops: Actor, days: int, said: dict[str, Any]
) -> MasterService:
    day = rops.today - timedelta(days=days)
    by = replace(Actor(keeper.pk, keeper.full_name, via=Via.TASK), day=day)
    service = services.add(by=by, card_id=card.pk, key=uuid7(), values={**_USUAL, **said})
    return services.confirm(by=by, service_id=service.pk)


def _adopted(unit: Tenant, masters: Sequence[MasterService]) -> None:
    with inside(unit.ref), transaction.atomic():
        lead = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).order_by("pk")[0]
        by = Actor(
            None,
            lead.person.full_name,
            role=lead.role,
            via=Via.TASK,
            person_id=lead.person_id,
        )
        for master in masters:
            note = {"note": "U nas we wtorki, w sali pokazowej."}
            adopting.adopt(by=by, master_id=master.pk, key=uuid7(), values=note)
