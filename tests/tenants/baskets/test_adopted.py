"""Services that follow their master: its changes, breaks and end come into every unit (REG §3.5–3.6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor, named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import adopting, bringing, entries
from tenants.baskets.actions import masters as taking_in
from tenants.baskets.actions import services as local_services
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.services import Service
from tenants.baskets.reviewing import Use, UsesService, to_review
from tenants.baskets.standing import due_on
from tenants.baskets.workflow import EntryState
from tenants.masters import following, tasks
from tenants.masters.actions import services
from tenants.masters.models import MasterFollowing, MasterService
from tenants.registry import actions as registry
from tenants.registry.models import Tenant
from tenants.services.confirming import How
from tenants.services.terms import Cost
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import masters as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.offering import offer
from tests.tenants.baskets.adopted import (
    Followed,
    adopted,
    followed,
    institution,
    keeper,
    master,
)

__all__ = ["followed", "institution", "keeper", "master"]


def test_what_its_keeper_changes_comes_into_every_unit(followed: Followed) -> None:
    followed.edit(about="Rozmowa z psychologiem i terapeutą.")
    assert followed.entry.about == "Rozmowa z psychologiem i terapeutą."
    assert followed.entry.phone == "77 400 00 55"
    assert followed.service.changed_on == timezone.localdate()
    states = followed.service.entries.order_by("number").values_list("state", flat=True)
    assert list(states) == [EntryState.REPLACED, EntryState.ACCEPTED]


def test_one_confirmation_confirms_it_here_and_asks_nobody_here_again(followed: Followed) -> None:
    followed.say(services.confirm)
    service = followed.service
    assert (service.confirmed_on, service.confirmed_how, service.confirmed_by_name) == (
        timezone.localdate(),
        How.OWNER,
        followed.keeper.full_name,
    )
    next_year = timezone.localdate() + timedelta(days=400)
    assert not due_on(next_year).filter(pk=service.pk).exists()
    assert service.entries.count() == 1


def test_a_break_comes_and_goes(followed: Followed) -> None:
    today = timezone.localdate()
    followed.say(services.stop, from_on=today, until_on=None, why="remont")
    assert followed.service.is_stopped(today)
    followed.say(services.resume)
    assert not followed.service.is_stopped(today)


@pytest.mark.parametrize("act", ["edit", "confirm", "stop", "end"])
def test_a_unit_may_not_say_what_is_the_masters(followed: Followed, act: str) -> None:
    today = timezone.localdate()
    version = followed.service.version
    said = make_baskets.said(about="Inaczej")
    acts: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
        "edit": (entries.edit, {"version": version, "values": said}),
        "confirm": (local_services.confirm, {"how": How.PHONE}),
        "stop": (local_services.stop, {"from_on": today, "until_on": None, "why": ""}),
        "end": (local_services.end, {"ended_on": today, "why": ""}),
    }
    action, values = acts[act]
    followed.refuses(action, **values)


def test_brought_again_and_late_it_changes_nothing(followed: Followed) -> None:
    old = MasterService.objects.select_related("card").get(pk=followed.master.pk)
    followed.edit(about="Druga treść")
    version = followed.service.version
    bringing.keep_up(old)  # the first version comes after the second
    bringing.keep_up(MasterService.objects.select_related("card").get(pk=old.pk))
    assert (followed.service.version, followed.entry.about) == (version, "Druga treść")


def test_a_change_of_conditions_is_to_be_looked_at_and_hides_nothing(followed: Followed) -> None:
    followed.edit(cost=Cost.FREE, cost_about="")
    assert followed.entry.cost == Cost.FREE
    assert followed.waiting() == ["Przejrzyj zmianę usługi z katalogu: Poradnia dla rodzin"]
    service = followed.service
    found = to_review(service, service.entries.all(), timezone.localdate())
    assert found is not None
    (line,) = found.lines
    assert (line.label, line.before, line.after) == (
        "Koszt",
        "częściowo odpłatnie: 20 zł",
        "bezpłatnie",
    )
    adopting.look_at(by=followed.office, service_id=service.pk, version=service.version)
    assert followed.waiting() == []
    assert followed.service.reviewed_on == timezone.localdate()


def test_a_typing_error_mended_at_the_master_is_nothing_to_look_at(followed: Followed) -> None:
    followed.edit(about="Rozmowa z psychologiem, gdy w domu jest trudno!")
    assert followed.waiting() == []


def test_an_ended_master_ends_it_here_and_names_what_rests_on_it(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(
        monkeypatch,
        UsesService(lambda pk: [Use(f"Plan pomocy nr 7 ({pk == followed.service_id})")]),
    )
    today = timezone.localdate()
    followed.say(services.end, ended_on=today, why="koniec projektu")
    service = followed.service
    assert (service.ended_on, service.ended_why) == (today, "koniec projektu")
    assert followed.waiting() == ["Przejrzyj zmianę usługi z katalogu: Poradnia dla rodzin"]
    found = to_review(service, service.entries.all(), today)
    assert found is not None
    assert [use.label for use in found.users] == ["Plan pomocy nr 7 (True)"]
    assert [line.label for line in found.lines] == ["Nie działa od"]


def test_a_detached_one_lives_on_and_keeps_its_origin(followed: Followed) -> None:
    adopting.detach(by=followed.office, service_id=followed.service_id)
    carried(followed.tenant)
    followed.edit(about="Tego tu już nikt nie zobaczy")
    assert followed.entry.about == "Rozmowa z psychologiem, gdy w domu jest trudno."
    adoption = Adoption.objects.get()
    assert (adoption.origin, adoption.detached_on) == (make.COUNTY_HELP, timezone.localdate())
    assert MasterFollowing.objects.get().is_over
    local_services.confirm(by=followed.office, service_id=followed.service_id, how=How.PHONE)
    again = adopted(followed.office, followed.master)
    assert again.followed is not None


def change(action: Callable[..., Any], tenant: TenantRef) -> None:
    action(by=named("Anna"), tenant=Tenant.objects.get(pk=tenant.id), reason="brak umowy")


@pytest.mark.parametrize("shut", [registry.suspend_tenant, registry.close_tenant])
def test_a_unit_that_was_shut_catches_up_when_it_opens_again(
    followed: Followed, shut: Callable[..., Any]
) -> None:
    change(shut, followed.tenant)
    followed.edit(about="Nowa treść")
    assert followed.entry.about != "Nowa treść"
    tasks.catch_up()
    carried()
    assert followed.entry.about != "Nowa treść"
    change(registry.reopen_tenant, followed.tenant)
    tasks.catch_up()
    carried()
    assert followed.entry.about == "Nowa treść"


def test_a_unit_back_from_an_older_backup_catches_up(followed: Followed) -> None:
    followed.edit(about="Nowa treść")
    # The rows as they were before: the second entry is gone, the first stands again.
    followed.service.entries.filter(number=2).delete()
    followed.service.entries.filter(number=1).update(state=EntryState.ACCEPTED)
    Adoption.objects.update(revision=1)
    following.forget(followed.tenant)
    adopting.say_again(followed.tenant)
    carried(followed.tenant)
    assert followed.entry.about == "Nowa treść"


def test_an_older_word_of_a_unit_does_not_undo_a_newer_one(followed: Followed) -> None:
    row = MasterFollowing.objects.get()
    late = {"service_id": str(followed.master.pk), "version": 1, "follows": False}
    following.take_in(late, followed.tenant, row.said_at - timedelta(seconds=1))
    assert not MasterFollowing.objects.get().is_over


def test_the_unit_of_which_a_card_came_follows_it_too(
    in_partnership: TenantRef, office: Actor
) -> None:
    institution, person, account = make.kooperant(in_partnership)
    service = make_baskets.accepted(office, institution)
    make.begun(in_partnership, person, institution)
    assert Service.objects.get(pk=service.pk).followed is not None
    master = MasterService.objects.get()
    services.edit(
        by=accounts.acting(account),
        service_id=master.pk,
        version=master.version,
        values={"phone": "77 400 00 99"},
    )
    carried(in_partnership)
    assert service.entries.get(state=EntryState.ACCEPTED).phone == "77 400 00 99"


def test_one_act_confirms_it_in_every_unit_and_one_mail_asks_for_it(
    followed: Followed, powiat: TenantRef, city: TenantRef
) -> None:
    ids = {followed.tenant: followed.service_id}
    for unit in (powiat, city):
        with inside(unit):
            make_partnership.found(unit)
        make.kooperant(unit)
        with inside(unit):
            office = make_people.by(make_people.lead())
            ids[unit] = adopted(office, followed.master).pk
        carried(unit)
    services.confirm(by=followed.by, service_id=followed.master.pk)
    carried()
    for unit, service_id in ids.items():
        with inside(unit):
            service = Service.objects.get(pk=service_id)
            assert service.confirmed_on == timezone.localdate()
            assert service.confirmed_by_name == followed.keeper.full_name
    due = timezone.localdate() + timedelta(days=366)
    with time_machine.travel(due):
        tasks.ask_keepers()
    assert OutgoingMessage.objects.filter(dedupe__startswith="master-due:").count() == 1


def test_a_confirmation_that_comes_late_moves_no_date_back(
    in_partnership: TenantRef, office: Actor
) -> None:
    institution, person, _ = make.kooperant(in_partnership)
    month = timedelta(days=30)
    with time_machine.travel(timezone.now() - month):
        earlier = replace(office, day=timezone.localdate())
        service = make_baskets.accepted(earlier, institution)
    taking_in.begin(by=make.by(person), card_id=service.card_id, key=uuid7())
    local_services.confirm(by=office, service_id=service.pk, how=How.PHONE)
    carried(in_partnership)
    service.refresh_from_db()
    assert service.followed is not None
    assert (service.confirmed_on, service.confirmed_how) == (timezone.localdate(), How.PHONE)
