"""Units take a service over from the directory: it follows its master, and only some of it is local (REG §3.2–3.6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor, named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import StaleForm
from tenants.baskets.actions import adopting, bringing, entries
from tenants.baskets.actions import services as local_services
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.cards import Card, How
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.reviewing import Use, UsesService, to_review
from tenants.baskets.standing import due_on
from tenants.baskets.today import services_wait
from tenants.baskets.workflow import EntryState
from tenants.masters import following, tasks
from tenants.masters.actions import services
from tenants.masters.models import MasterFollowing, MasterService
from tenants.people.models import Organisation, Person
from tenants.registry import actions as registry
from tenants.registry.models import Tenant, Unit
from tenants.registry.roles import Role
from tenants.services.terms import Cost
from tenants.services.visibility import Visibility
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import masters as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.offering import offer

LOCAL: dict[str, Any] = {"note": "We wtorki w urzędzie gminy.", "phone": "77 400 00 55"}


@dataclass
class Followed:
    """A service of a master card, its keeper, and its copy in a gmina."""

    master: MasterService
    keeper: Account
    tenant: TenantRef
    office: Actor
    service_id: UUID

    @property
    def by(self) -> Actor:
        return accounts.acting(self.keeper)

    @property
    def service(self) -> Service:
        return Service.objects.get(pk=self.service_id)

    @property
    def entry(self) -> ServiceEntry:
        return self.service.entries.get(state=EntryState.ACCEPTED)

    def say(self, action: Callable[..., MasterService], **values: Any) -> None:
        """The keeper says something in the directory, and the workers carry it."""
        action(by=self.by, service_id=self.master.pk, **values)
        carried(self.tenant)

    def edit(self, **values: Any) -> None:
        now = MasterService.objects.get(pk=self.master.pk)
        self.say(services.edit, version=now.version, values=values)

    def refuses(self, act: Callable[..., Any], **values: Any) -> None:
        """The unit may not say it, and nothing of it is said."""
        before = (self.service.version, self.entry)
        with pytest.raises(Problem, match="prowadzi się w katalogu") as refused:
            act(by=self.office, service_id=self.service_id, **values)
        assert refused.value.status == 403
        assert (self.service.version, self.entry) == before

    def waiting(self) -> list[str]:
        """What of services waits for the Lider today."""
        with inside(self.tenant):  # a request before may have left its addresses
            lead = Person.objects.get(pk=self.office.person_id)
            return [one.title for one in services_wait(lead, timezone.localdate())]


def text_of(answer: Any) -> str:
    """A page without the spaces that keep words together."""
    return str(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


@pytest.fixture
def keeper() -> Account:
    return accounts.with_totp(accounts.account())


@pytest.fixture
def master(keeper: Account, powiat: TenantRef) -> MasterService:
    card = make.card(keeper, powiat)
    return make.service(keeper, card, cost=Cost.PARTLY, cost_about="20 zł")


def adopted(office: Actor, master: MasterService, **values: Any) -> Service:
    return adopting.adopt(by=office, master_id=master.pk, key=uuid7(), values=values)


@pytest.fixture
def institution(in_partnership: TenantRef) -> Organisation:
    return make.kooperant(in_partnership)[0]


@pytest.fixture
def followed(
    master: MasterService,
    keeper: Account,
    institution: Organisation,
    in_partnership: TenantRef,
    office: Actor,
) -> Followed:
    service = adopted(office, master, **LOCAL)
    carried(in_partnership)
    return Followed(master, keeper, in_partnership, office, service.pk)


def test_an_adopted_service_stands_in_the_basket_with_what_is_different_here(
    followed: Followed, institution: Organisation
) -> None:
    entry, service = followed.entry, followed.service
    assert service.card == Card.objects.get(organisation=institution)
    assert (entry.name, entry.phone, entry.street) == (
        "Poradnia dla rodzin",
        "77 400 00 55",
        "ul. Zmyślona 1",
    )
    assert entry.access == "Zadzwoń i umów się.\nWe wtorki w urzędzie gminy."
    assert service.confirmed_on is None  # nobody has confirmed it there yet
    assert MasterFollowing.objects.get().tenant_id == followed.tenant.id


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


def test_a_refusal_names_the_fields(followed: Followed) -> None:
    said = {"about": "Inaczej", "cost": Cost.PAID, "name": followed.entry.name}
    with pytest.raises(Problem) as refused:
        entries.edit(
            by=followed.office,
            service_id=followed.service_id,
            version=followed.service.version,
            values=said,
        )
    assert "Nie zmieniono: na czym polega, koszt." in refused.value.explanation


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


def test_adopting_twice_is_refused(followed: Followed) -> None:
    with pytest.raises(Problem, match="jest już w koszyku") as refused:
        adopted(followed.office, followed.master)
    assert refused.value.status == 409
    assert Service.objects.count() == 1


def test_the_database_refuses_a_second_adoption(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once both find that nobody adopted it yet."""
    monkeypatch.setattr(adopting, "require_offered", lambda master, by: None)
    with pytest.raises(Problem, match="jest już w koszyku"):
        adopted(followed.office, followed.master)
    assert (Service.objects.count(), Adoption.objects.count()) == (1, 1)


def test_an_area_beyond_the_borders_is_refused(
    master: MasterService, institution: Organisation, office: Actor, powiat: TenantRef
) -> None:
    elsewhere = Unit.objects.exclude(code__startswith="160501").filter(level="MUNICIPALITY")[0]
    for code in (elsewhere.code, "999999", powiat.code):
        with pytest.raises(ValidationError, match="w granicach tej jednostki"):
            adopted(office, master, units=[code])
    assert not Service.objects.exists()


def test_an_area_within_them_is_named(
    master: MasterService,
    institution: Organisation,
    office: Actor,
    in_partnership: TenantRef,
) -> None:
    service = adopted(office, master, units=[in_partnership.code])
    assert "Gogolin" in service.latest.area


def test_the_address_of_a_protected_place_can_not_be_given_here(
    keeper: Account,
    master: MasterService,
    institution: Organisation,
    office: Actor,
) -> None:
    hidden = make.service(
        keeper, master.card, name="Schronienie", is_protected=True, street="", postal_code=""
    )
    with pytest.raises(ValidationError, match="chroniony"):
        adopted(office, hidden, street="ul. Zmyślona 9", city="Wymyślonowo")
    assert not Service.objects.exists()


def test_a_unit_may_narrow_who_sees_it_and_never_widen(
    keeper: Account, master: MasterService, institution: Organisation, office: Actor
) -> None:
    narrow = make.service(keeper, master.card, name="Tylko dla OPS", sees_contact="OFFICE")
    entry = adopted(office, narrow, sees_contact="PUBLIC", sees_place="OFFICE").latest
    assert (entry.sees_contact, entry.sees_place) == (Visibility.OFFICE, Visibility.OFFICE)


def test_of_an_institution_that_is_no_kooperant_nothing_is_adopted(
    master: MasterService, office: Actor
) -> None:
    with pytest.raises(Problem, match="nie należy do Partnerstwa"):
        adopted(office, master)


def test_a_kooperant_adopts_nothing_itself(
    master: MasterService, institution: Organisation
) -> None:
    voice = make_people.person(Role.PARTNER_HEAD, organisation=institution)
    with pytest.raises(Refused):
        adopted(make_people.by(voice), master)


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


def test_a_master_withdrawn_while_a_unit_edits_shows_both_texts(
    followed: Followed, in_partnership: TenantRef
) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    at = f"{in_partnership.prefix}/koszyk/uslugi/{followed.service_id}/u-nas/"
    version = followed.service.version
    followed.say(services.withdraw, why="koniec umowy")
    sent = {
        "version": version,
        "note": "Przyjmujemy w środy.",
        "phone": "77 400 00 66",
        "sees_service": "PUBLIC",
        "sees_contact": "PUBLIC",
        "sees_place": "PUBLIC",
    }
    answer = client.post(at, sent)
    html = text_of(answer)
    assert answer.status_code == 409
    assert "We wtorki w urzędzie gminy." in html
    assert "Przyjmujemy w środy." in html
    assert followed.entry.phone == "77 400 00 55"
    assert followed.waiting() == ["Przejrzyj zmianę usługi z katalogu: Poradnia dla rodzin"]
    assert Adoption.objects.get().withdrawn_on == timezone.localdate()


def test_a_local_change_on_a_version_not_seen_is_refused(followed: Followed) -> None:
    version = followed.service.version
    followed.say(services.confirm)
    with pytest.raises(StaleForm):
        adopting.set_local(
            by=followed.office,
            service_id=followed.service_id,
            version=version,
            values={"phone": "77 400 00 66"},
        )
    assert followed.entry.phone == "77 400 00 55"


def test_what_is_withdrawn_or_ended_is_not_adopted(
    master: MasterService, keeper: Account, institution: Organisation, office: Actor
) -> None:
    services.withdraw(by=accounts.acting(keeper), service_id=master.pk, why="")
    with pytest.raises(Problem, match="nie prowadzi się już w katalogu"):
        adopted(office, master)


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


def test_keepers_get_one_mail_for_a_card_however_many_units_follow(followed: Followed) -> None:
    followed.say(services.confirm)
    due = MasterService.objects.get(pk=followed.master.pk).due_on
    assert due is not None
    for late in (-1, 0, 1, 14, 15, 28, 42, 56, 70):
        with time_machine.travel(due + timedelta(days=late)):
            tasks.ask_keepers()
    mails = OutgoingMessage.objects.filter(dedupe__startswith="master-due:")
    assert [one.payload["email"] for one in mails] == [followed.keeper.email] * 4


def test_adopting_and_looking_through_pages(
    master: MasterService, institution: Organisation, in_partnership: TenantRef
) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    base = f"{in_partnership.prefix}/koszyk/z-katalogu/"
    assert "Poradnia dla rodzin" in text_of(client.get(base))
    assert "Zadzwoń i umów się." in text_of(client.get(f"{base}{master.pk}/"))
    sent = {"key": uuid7(), "note": "U nas w środy."} | dict.fromkeys(
        ("sees_service", "sees_contact", "sees_place"), "PUBLIC"
    )
    answer = client.post(f"{base}{master.pk}/przyjecie/", sent)
    assert answer.status_code == 302
    shown = text_of(client.get(answer["Location"]))
    assert "Opis prowadzi instytucja w katalogu" in shown
    assert "U nas w środy." in shown
    assert "Zmień opis" not in shown
    assert "Poradnia dla rodzin" not in text_of(client.get(base)).split("<main", 1)[1]


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
