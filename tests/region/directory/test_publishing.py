"""Services of a basket stand in the directory as far as their owner lets them, and go when it says so."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.directory import tasks
from region.directory.actions import ask_anew, publish_services, withdraw_services
from region.directory.models import Listed, ListedService, PartnersService, TenantListing
from region.directory.outbox import basket_changed
from region.directory.rebuilding import rebuild
from tenants.accession.actions.leaving import end_membership
from tenants.backup.everything import tell_restored
from tenants.baskets.actions import checking, rounds, services
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.partnership.models import EndCause, Membership
from tenants.people.actions.organisations import edit_organisation
from tenants.registry import directory
from tenants.registry.actions import reopen_tenant, suspend_tenant
from tenants.registry.models import Tenant
from tenants.services.confirming import How
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.region.directory.conftest import OPEN, PARTNERS, Basket

BOTH: tuple[type[Listed], ...] = (ListedService, PartnersService)


def _facts(service: Service, model: type[Listed] = ListedService) -> dict[str, object]:
    row = model.objects.filter(pk=service.pk).first()
    return row.facts if row else {}


def _is_listed(service: Service) -> tuple[bool, bool]:
    """For anybody; for partners of the region."""
    public, partners = (
        model.objects.on(timezone.localdate()).filter(pk=service.pk).exists() for model in BOTH
    )
    return public, partners


@pytest.mark.parametrize(
    ("level", "listed"),
    [
        (Visibility.PUBLIC, (True, True)),
        (Visibility.REGION, (False, True)),
        (Visibility.TENANT, (False, False)),
        (Visibility.OFFICE, (False, False)),
    ],
)
def test_a_service_is_listed_as_far_as_its_owner_chose(
    basket: Basket, level: Visibility, listed: tuple[bool, bool]
) -> None:
    assert _is_listed(basket.takes(sees_service=level)) == listed


def test_each_level_has_its_own_facts(basket: Basket) -> None:
    values = {**OPEN, "sees_contact": Visibility.REGION, "contact_name": "Anna Zmyślona"}
    service = basket.takes(**values)
    public, partners = _facts(service), _facts(service, PartnersService)
    assert (public["street"], partners["street"]) == ("ul. Zmyślona 1", "ul. Zmyślona 1")
    assert ("phone" in public, partners["phone"]) == (False, "77 400 00 01")
    assert ("contact_name" in public, partners["contact_name"]) == (False, "Anna Zmyślona")
    assert public["owner_name"] == "Poradnia Zmyślona"
    assert public["owner_number"] == "123456785"


def test_what_waits_for_the_lider_is_listed_nowhere(basket: Basket) -> None:
    with inside(basket.unit):
        waiting = make.filed(basket.by, basket.kooperant, **OPEN)
    basket.settled()
    assert _is_listed(waiting) == (False, False)


def test_a_stricter_level_acts_when_it_is_told_and_not_when_it_is_accepted(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        service.refresh_from_db()
        make.refiled(basket.by, service, sees_service=Visibility.TENANT)
    basket.settled()
    assert _is_listed(service) == (False, False)
    row = ListedService.objects.get(pk=service.pk)
    assert (row.facts, row.withdrawn_at is not None) == ({}, True)


def test_a_place_that_is_protected_from_now_on_is_gone_from_both(basket: Basket) -> None:
    service = basket.takes(**OPEN, contact_name="Anna Zmyślona")
    with inside(basket.unit):
        service.refresh_from_db()
        hidden = {"is_protected": True, "street": "", "postal_code": ""}
        make.refiled(basket.by, service, **OPEN, **hidden)
    basket.settled()
    for model in BOTH:
        said = str(_facts(service, model))
        assert "Zmyślona 1" not in said
        assert "Wymyślonowo" not in said
        assert "Anna" not in said
        assert "123456785" not in said
        assert "77 400 00 01" in said


def test_after_the_region_came_back_from_a_backup_all_of_it_is_harvested_again(
    basket: Basket, client: Client
) -> None:
    stays, gone = basket.takes(**OPEN), basket.takes(**OPEN, name="Grupa")
    with inside(basket.unit):
        services.end(by=basket.by, service_id=gone.pk, ended_on=basket.by.today, why="")
    basket.settled()
    old = timezone.now() - timedelta(days=2)
    for model in BOTH:  # as the backup had them
        model.objects.update(content_changed_at=old)
        model.objects.exclude(withdrawn_at=None).update(withdrawn_at=old)
    since = {"modified_after": (timezone.now() - timedelta(days=1)).isoformat()}

    def harvested() -> tuple[set[str], str]:
        answer = client.get("/api/hsds/services", since)
        assert answer.status_code == 200, answer.content
        return {one["id"] for one in answer.json()["contents"]}, answer.headers["ETag"]

    before, fresh = harvested()
    tell_restored()
    after, now = harvested()
    assert before == set()
    assert after == {str(stays.pk), str(gone.pk)}
    assert fresh != now
    assert ListedService.objects.revision() > 1_000_000_000  # past all that were given since
    assert TenantListing.objects.get(tenant=basket.unit.id).is_due


def test_a_break_and_its_end_are_told(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    day = basket.by.today
    with inside(basket.unit):
        services.stop(by=basket.by, service_id=service.pk, from_on=day, until_on=None, why="remont")
    basket.settled()
    assert _facts(service)["stopped_from"] == day.isoformat()
    with inside(basket.unit):
        services.resume(by=basket.by, service_id=service.pk)
    basket.settled()
    assert "stopped_from" not in _facts(service)


def test_an_ended_service_leaves_a_mark_for_harvesters_and_nothing_else(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    before = ListedService.objects.get(pk=service.pk)
    with inside(basket.unit):
        services.end(by=basket.by, service_id=service.pk, ended_on=basket.by.today, why="")
    basket.settled()
    row = ListedService.objects.get(pk=service.pk)
    assert _is_listed(service) == (False, False)
    assert row.withdrawn_at is not None
    assert row.facts == {}
    assert row.revision > before.revision
    assert row.content_changed_at > before.content_changed_at


def test_one_that_will_end_is_listed_until_its_last_day_though_nobody_looks(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    ends = basket.by.today + timedelta(days=3)
    with inside(basket.unit):
        services.end(by=basket.by, service_id=service.pk, ended_on=ends, why="")
    basket.settled()
    assert _facts(service)["valid_until"] == (ends - timedelta(days=1)).isoformat()
    assert ListedService.objects.on(ends - timedelta(days=1)).exists()
    assert not ListedService.objects.on(ends).exists()


def test_confirming_moves_the_date_that_is_told(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        Service.objects.update(confirmed_on=basket.by.today - timedelta(days=200))
        services.confirm(by=basket.by, service_id=service.pk, how=How.PHONE)
    basket.settled()
    assert _facts(service)["confirmed_on"] == basket.by.today.isoformat()


def test_an_owner_who_can_not_be_reached_is_marked(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        Service.objects.update(due_on=basket.by.today)
        rounds.open_round(by=basket.by, card_id=service.card_id)
        check = CardCheck.objects.get()
        for _ in range(2):
            checking.call(by=basket.by, check_id=check.pk, key=uuid7(), how=How.PHONE)
    basket.settled()
    assert _facts(service)["is_silent"] is True


def test_a_renamed_institution_is_renamed_here(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        edit_organisation(
            by=basket.by,
            organisation_id=basket.kooperant.pk,
            version=basket.kooperant.version,
            values={"name": "Poradnia Przemianowana"},
        )
    basket.settled()
    assert _facts(service)["owner_name"] == "Poradnia Przemianowana"


def test_with_a_membership_its_services_go(basket: Basket) -> None:
    service, of_lead = basket.takes(**OPEN), _of_lead(basket)
    with inside(basket.unit), transaction.atomic():
        membership = Membership.objects.select_for_update().get()
        end_membership(
            by=basket.by, membership=membership, day=basket.by.today, cause=EndCause.RESIGNATION
        )
    basket.settled()
    assert _is_listed(service) == (False, False)
    assert _is_listed(of_lead) == (True, True)


def _of_lead(basket: Basket) -> Service:
    with inside(basket.unit):
        service = make.accepted(basket.by, None, name="Dyżur pracownika socjalnego", **OPEN)
    basket.settled()
    return service


def test_a_suspended_unit_lists_nothing_until_it_is_opened_again(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    tenant = Tenant.objects.get(pk=basket.unit.id)
    suspended = suspend_tenant(by=SYSTEM, tenant=tenant, reason="Próba")
    carried()
    assert _is_listed(service) == (False, False)
    reopen_tenant(by=SYSTEM, tenant=suspended)
    carried()
    _rounds()
    assert _is_listed(service) == (True, True)


def _rounds() -> None:
    """What the clock asks for each minute."""
    for tenant_id in tasks.closed_tenants():
        withdraw_services(tenant_id)
    for tenant_id in tasks.stale_tenants():
        tasks.refresh(str(tenant_id))


def test_what_no_message_told_is_found_by_the_clock(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        Service.objects.update(ended_on=basket.by.today)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        _rounds()
        assert tasks.stale_tenants() == []
    assert _is_listed(service) == (False, False)


def test_a_unit_that_was_closed_past_the_register_lists_nothing_after_a_round(
    basket: Basket,
) -> None:
    service = basket.takes(**OPEN)
    Tenant.objects.filter(pk=basket.unit.id).update(status="CLOSED")
    directory.forget()
    _rounds()
    assert _is_listed(service) == (False, False)
    assert list(tasks.closed_tenants()) == []


def test_messages_that_come_twice_or_late_change_nothing(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        services.end(by=basket.by, service_id=service.pk, ended_on=basket.by.today, why="")
        late = Outgoing.objects.filter(kind="DIRECTORY").order_by("pk")
        first = late[0]
    basket.settled()
    before = ListedService.objects.values().get(pk=service.pk)
    with inside(basket.unit):
        basket_changed(first, basket.unit)
        basket_changed(first, basket.unit)
    assert ListedService.objects.values().get(pk=service.pk) == before


def test_a_revision_rises_with_each_change_and_with_nothing_else(basket: Basket) -> None:
    first = basket.takes(**OPEN)
    second = basket.takes(**PARTNERS, name="Klub rodziców")
    revisions = [
        ListedService.objects.get(pk=first.pk).revision,
        PartnersService.objects.get(pk=second.pk).revision,
    ]
    assert revisions == sorted(set(revisions))
    assert publish_services(basket.unit, today=basket.by.today) is False
    assert PartnersService.objects.revision() == revisions[-1]


def test_a_restored_unit_is_read_anew_and_ids_come_back(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        Service.objects.update(ended_on=basket.by.today)
    publish_services(basket.unit, today=basket.by.today)
    with inside(basket.unit):
        Service.objects.update(ended_on=None)
    ask_anew(basket.unit)
    _rounds()
    row = ListedService.objects.get(pk=service.pk)
    assert (row.withdrawn_at, row.facts["name"]) == (None, "Poradnia dla rodzin")


def test_nobody_writes_over_the_service_of_another_unit(
    basket: Basket, powiat: TenantRef, caplog: pytest.LogCaptureFixture
) -> None:
    service = basket.takes(**OPEN)
    with inside(powiat):
        make_partnership.found(powiat)
        by = make_people.by(make_people.lead())
        stolen = make.drafted(by, None, key=service.pk, name="Podszywająca się", **OPEN)
        make.taken_in(by, make.handed_in(by, stolen, How.OWNER))
    carried(powiat)
    assert ListedService.objects.get(pk=service.pk).tenant_id == basket.unit.id
    assert _facts(service)["name"] == "Poradnia dla rodzin"
    assert "is listed by another tenant" in caplog.text


def test_a_rebuild_goes_on_where_it_was_interrupted(basket: Basket, powiat: TenantRef) -> None:
    service = basket.takes(**OPEN)
    ListedService.objects.update(facts={"name": "Stare", "type_code": "stare"})
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> None:
        told.append((done, of))
        if told == [(1, 3)]:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        rebuild(tell, only_left=False)
    assert TenantListing.objects.filter(is_due=True).count() == 2
    assert rebuild(tell, only_left=True) == 2
    assert told == [(1, 3), (1, 2), (2, 2)]
    assert _facts(service)["name"] == "Poradnia dla rodzin"
    assert rebuild(tell, only_left=True) == 0
