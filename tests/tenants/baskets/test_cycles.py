"""Services are confirmed as often as their keepers say (REG §3.5.a)."""

from datetime import timedelta

import pytest
import time_machine

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from kooperacja.writes import AlreadySaved
from tenants.baskets.actions import rounds, services
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.standing import due_on
from tenants.baskets.workflow import CheckState
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import baskets as make
from tests.factories import people as make_people


def cycle_of(by: Actor, service: Service, days: int) -> Service:
    version = Service.objects.get(pk=service.pk).version
    return services.set_cycle(by=by, service_id=service.pk, version=version, cycle=days)


def test_a_card_is_asked_about_what_is_due_by_its_own_cycle(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    quick = make.accepted(office, kooperant, name="Świetlica")
    make.accepted(office, kooperant, name="Poradnia")
    confirmed = Service.objects.get(pk=quick.pk).confirmed_on
    cycle_of(coordinator, quick, 30)
    saved = Service.objects.get(pk=quick.pk)
    assert saved.confirmed_on == confirmed == office.today
    assert saved.due_on == office.today + timedelta(days=30)
    day = office.today + timedelta(days=30)
    assert [one.name for one in due_on(day)] == ["Świetlica"]
    assert not due_on(day - timedelta(days=1)).exists()
    with pytest.raises(AlreadySaved):
        cycle_of(coordinator, quick, 30)


def test_a_longer_cycle_closes_a_round_that_asks_for_nothing_any_more(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    cycle_of(office, service, 90)
    with time_machine.travel(office.today + timedelta(days=90)):
        rounds.open_round(by=SYSTEM, card_id=service.card_id)
        cycle_of(office, service, 365)
        assert CardCheck.objects.get().state == CheckState.DONE


def test_another_kooperant_sets_no_cycle(office: Actor, kooperant: Organisation) -> None:
    service = make.accepted(office, kooperant)
    other = make_people.person(Role.PARTNER_COORDINATOR, organisation=make_people.organisation())
    before = list(Service.objects.values())
    with pytest.raises(Refused):
        cycle_of(make_people.by(other), service, 30)
    assert list(Service.objects.values()) == before


def test_the_page_offers_the_cycles_and_no_other(
    in_partnership: TenantRef, office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    voice, _ = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
    )
    at = f"/gmina/gogolin/koszyk/uslugi/{service.pk}/cykl/"
    assert voice.post(at, {"version": service.version, "cycle": "31"}).status_code == 422
    assert voice.post(at, {"version": service.version, "cycle": "180"}).status_code == 302
    with inside(in_partnership):
        assert Service.objects.get(pk=service.pk).cycle == 180
