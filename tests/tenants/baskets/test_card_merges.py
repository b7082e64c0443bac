"""Two cards of one institution become one; what was said of its services, and asked, goes along (REG §3.2–3.3)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from region.directory.models import ListedService
from tenants.baskets.actions import adopting, card_merges, cards, entries, referrals, shortlists
from tenants.baskets.clashes import of_organisations
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.merges import CardMerge
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import ShortlistItem
from tenants.baskets.standing import entries_on
from tenants.baskets.two_cards import ENDED, MOVED, SAME, Fate, TwoCards
from tenants.baskets.workflow import CheckState
from tenants.people.models import Organisation
from tenants.registry import directory
from tenants.registry.roles import Role
from tenants.teams.sides import LEAD
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.region.directory.conftest import OPEN
from tests.tenants.accession.test_at_once import at_once
from tests.tenants.baskets.adopted import Followed, followed, institution, keeper, master
from tests.tenants.reading import text_of

__all__ = ["followed", "institution", "keeper", "master"]
BASKET = "/gmina/gogolin/koszyk/"
REASON = "Wpisana dwa razy."


@dataclass
class Two:
    """A kooperant, and the entry of it that was made by mistake, each with a card."""

    by: Actor
    stays: Organisation
    goes: Organisation

    @property
    def seen(self) -> TwoCards:
        kept, other = (Card.objects.get(organisation=one) for one in (self.stays, self.goes))
        return TwoCards(kept, other)

    def merge(self, seen: TwoCards | None = None, **fates: Fate) -> CardMerge:
        """Services by their names; all others move."""
        two = seen or self.seen
        said = {one.pk: fates.get(entry.name, Fate(MOVED)) for one, entry in two.to_settle}
        return merged(self.by, two, said)


def merged(by: Actor, two: TwoCards, fates: dict[Any, Fate], **values: Any) -> CardMerge:
    given = {"key": uuid7(), "version": two.version, "reason": REASON, **values}
    ids = {"stays_id": two.stays.pk, "goes_id": two.goes.pk}
    return card_merges.merge(by=by, fates=fates, **ids, **given)


@pytest.fixture
def two(office: Actor, kooperant: Organisation) -> Two:
    other = make_people.organisation(name="Poradnia Zmyslona", regon="")
    make.card(office, kooperant)
    cards.begin_community(by=office, key=uuid7(), organisation_id=other.pk)
    return Two(office, kooperant, other)


def test_every_service_comes_along_and_keeps_its_dates(two: Two) -> None:
    moved = make.accepted(two.by, two.goes, name="Klub")
    make.drafted(two.by, two.goes, name="Szkic")
    day = two.by.today - timedelta(days=100)
    Service.objects.filter(pk=moved.pk).update(confirmed_on=day, due_on=day + timedelta(days=365))
    cards.edit(
        by=two.by,
        card_id=Card.objects.get(organisation=two.goes).pk,
        version=0,
        values={"competences": "Psycholog: mediacje", "resources": "Sala"},
    )
    found = two.merge()
    card = Card.objects.get(organisation=two.stays)
    assert {one.name for one in card.services.all()} == {"Klub", "Szkic"}
    assert card.services.get(name="Klub").confirmed_on == day
    assert (card.competences, card.resources) == ("Psycholog: mediacje", "Sala")
    assert [move.service.name for move in found.moves.order_by("service__name")] == [
        "Klub",
        "Szkic",
    ]
    journal = Entry.objects.filter(object_id=moved.pk, verb="SERVICE_MOVED")
    assert [one.why for one in journal] == ["Poradnia Zmyslona"]
    assert Entry.objects.get(verb="CARDS_MERGED").why == REASON


def test_what_was_asked_of_the_same_service_is_asked_of_the_one_that_stays(two: Two) -> None:
    target = make.accepted(two.by, two.stays, name="Poradnia")
    source = make.accepted(two.by, two.goes, name="Poradnia dla rodzin")
    referral = referrals.ask(by=two.by, service_id=source.pk, key=uuid7(), of=LEAD)
    both = [str(source.pk), str(target.pk)]
    lists = [
        shortlists.begin(by=two.by, key=uuid7(), services=picked) for picked in (both[:1], both)
    ]
    two.merge(**{"Poradnia dla rodzin": Fate(SAME, target.pk)})
    assert Referral.objects.get(pk=referral.pk).service_id == target.pk
    for one in lists:
        services = ShortlistItem.objects.filter(shortlist=one).values_list("service", flat=True)
        assert list(services) == [target.pk]
    assert [one.service_id for one in entries_on(two.by.today)] == [target.pk]
    assert Service.objects.get(pk=source.pk).ended_on == two.by.today


def test_of_two_that_are_the_same_the_one_of_the_directory_stays(followed: Followed) -> None:
    """The dead end: the institution is in the directory, and an older entry has a card of its own."""
    by = followed.office
    other = make_people.organisation(name="Poradnia bez numeru", regon="")
    make_partnership.member(other)
    own = make.accepted(by, other, name="Poradnia")
    goes = followed.service.card
    seen = TwoCards(own.card, goes)
    merged(by, seen, {followed.service_id: Fate(SAME, own.pk)})
    service = followed.service
    assert (service.card_id, service.ended_on) == (own.card_id, None)
    assert service.followed.origin == "Poradnia Powiatowa Zmyślona"
    own.refresh_from_db()
    assert own.ended_on == by.today
    followed.edit(about="Druga treść")
    assert followed.entry.about == "Druga treść"


def test_one_of_the_directory_that_ends_is_let_go_and_its_origin_kept(followed: Followed) -> None:
    by, goes = followed.office, followed.service.card
    other = make_people.organisation(name="Poradnia bez numeru", regon="")
    make_partnership.member(other)
    merged(by, TwoCards(make.card(by, other), goes), {followed.service_id: Fate(ENDED)})
    assert followed.service.ended_on == by.today
    adoption = Adoption.objects.get()
    assert (adoption.detached_on, adoption.origin) == (by.today, "Poradnia Powiatowa Zmyślona")


def test_whoever_comes_second_is_told_and_changes_nothing(two: Two) -> None:
    service = make.accepted(two.by, two.goes, name="Klub")
    seen = two.seen
    assert seen.version
    key = uuid7()
    merged(two.by, seen, {service.pk: Fate(MOVED)}, key=key)
    with pytest.raises(StaleForm):
        merged(two.by, seen, {service.pk: Fate(ENDED)})
    with pytest.raises(AlreadySaved):
        merged(two.by, seen, {service.pk: Fate(MOVED)}, key=key)
    assert Service.objects.get().ended_on is None
    assert CardMerge.objects.count() == 1


def test_a_service_that_changed_meanwhile_is_looked_at_again(two: Two) -> None:
    service = make.accepted(two.by, two.goes, name="Klub")
    seen = two.seen
    assert seen.version
    make.changed(two.by, service, about="Inaczej")
    with pytest.raises(StaleForm):
        merged(two.by, seen, {service.pk: Fate(ENDED)})
    service.refresh_from_db()
    assert (service.ended_on, service.card.organisation) == (None, two.goes)


def test_the_card_of_the_kooperant_stays(two: Two) -> None:
    with pytest.raises(Problem, match="Zostać musi karta kooperanta"):
        merged(two.by, TwoCards(two.seen.goes, two.seen.stays), {})
    assert not CardMerge.objects.exists()


def test_two_numbers_are_two_institutions(two: Two) -> None:
    for one, number in ((two.stays, "123456785"), (two.goes, make_people.regon(4711))):
        Organisation.objects.filter(pk=one.pk).update(regon=number)
    with pytest.raises(Problem, match="różnych instytucji"):
        two.merge()
    assert not CardMerge.objects.exists()


def test_nobody_but_the_lider_makes_them_one(two: Two, coordinator: Actor) -> None:
    with pytest.raises(Refused):
        merged(coordinator, two.seen, {})
    assert not CardMerge.objects.exists()


def test_a_retired_card_takes_nothing_more_and_is_asked_about_nothing(two: Two) -> None:
    card = Card.objects.get(organisation=two.goes)
    check = CardCheck.objects.create(card=card, opened_on=two.by.today)
    two.merge()
    check.refresh_from_db()
    assert check.state == CheckState.DONE
    with pytest.raises(Problem, match="połączono z inną"):
        entries.add(by=two.by, card_id=card.pk, key=uuid7(), values=make.said())
    with pytest.raises(Problem, match="połączono z inną"):
        cards.edit(by=two.by, card_id=card.pk, version=0, values={"resources": "Sala"})
    assert not Service.objects.exists()


def test_what_moved_is_listed_under_the_other_and_what_ended_leaves_a_tombstone(
    two: Two, in_partnership: TenantRef
) -> None:
    moved = make.accepted(two.by, two.goes, name="Klub", **OPEN)
    ended = make.accepted(two.by, two.goes, name="Grupa", **OPEN)
    carried(in_partnership)
    before = {row.pk: row for row in ListedService.objects.all()}
    assert {row.facts["owner_id"] for row in before.values()} == {str(two.goes.pk)}
    two.merge(Grupa=Fate(ENDED))
    carried(in_partnership)
    row = ListedService.objects.get(pk=moved.pk)
    assert row.facts["owner_id"] == str(two.stays.pk)
    assert row.revision > before[moved.pk].revision
    assert row.content_changed_at > before[moved.pk].content_changed_at
    gone = ListedService.objects.get(pk=ended.pk)
    assert (gone.facts, gone.withdrawn_at is not None) == ({}, True)
    assert not ListedService.objects.filter(facts__owner_id=str(two.goes.pk)).exists()


def test_the_way_out_of_two_cards_leads_on_to_one_entry(
    two: Two, in_partnership: TenantRef
) -> None:
    service = make.accepted(two.by, two.goes, name="Klub")
    kept, gone = two.seen.both
    officer: Client = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]
    at = f"{BASKET}karty/{kept.pk}/polaczenie/{gone.pk}/"
    with inside(in_partnership):
        assert [clash.href for clash in of_organisations(two.goes, two.stays)] == [at]
    page = officer.get(at)
    assert "Przechodzi na kartę" in text_of(page)
    form = page.context["form"]
    sent = {
        "key": form["key"].value(),
        "version": form["version"].value(),
        "reason": REASON,
        f"service_{service.pk.hex}": "",
    }
    assert officer.post(at, sent).status_code == 422
    sent[f"service_{service.pk.hex}"] = MOVED
    answer = officer.post(at, sent)
    into = f"/gmina/gogolin/partnerstwo/instytucje/{two.goes.pk}/polaczenie/{two.stays.pk}/"
    assert answer.headers["Location"] == into
    assert officer.post(at, {**sent, "key": str(uuid7())}).status_code == 409
    with inside(in_partnership):
        assert list(of_organisations(two.goes, two.stays)) == []
        assert len(list(of_organisations(two.stays, two.goes))) == 1  # the other way round
    old = officer.get(f"{BASKET}karty/{gone.pk}/")
    assert old.headers["Location"] == f"{BASKET}karty/{kept.pk}/"
    shown = text_of(officer.get(old.headers["Location"]))
    assert "Połączone karty" in shown
    assert REASON in shown
    assert f"karty/{gone.pk}/" not in officer.get(f"{BASKET}karty/").content.decode()


def test_what_is_adopted_later_goes_to_the_card_that_stays(followed: Followed) -> None:
    by, goes = followed.office, followed.service.card
    other = make_people.organisation(name="Poradnia bez numeru", regon="")
    make_partnership.member(other)
    kept = make.card(by, other)
    merged(by, TwoCards(kept, goes), {followed.service_id: Fate(ENDED)})
    again = adopting.adopt(by=by, master_id=followed.master.pk, key=uuid7(), values={})
    assert again.card == kept


def test_of_two_at_once_one_makes_them_one(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina
    with inside(gmina):
        make_partnership.found(gmina)
        by = make_people.by(make_people.lead())
        stays, goes = (make_people.organisation(name=name, regon="") for name in ("Jedna", "Druga"))
        for one in (stays, goes):
            make_partnership.member(one)
        service = make.accepted(by, goes)
        make.card(by, stays)
        seen = Two(by, stays, goes).seen
        assert seen.version

    def merge(fate: str) -> CardMerge:
        return merged(by, seen, {service.pk: Fate(fate)})

    results = at_once(gmina, lambda: merge(MOVED), lambda: merge(ENDED))
    assert sorted(type(one).__name__ for one in results) == ["CardMerge", "StaleForm"]
    with inside(gmina):
        assert CardMerge.objects.count() == 1
