"""Two at the same moment, with real commits: nothing is lost, nothing stands still (REG §3.5)."""

from datetime import timedelta

import pytest
from django.db import transaction
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import AlreadySaved
from tenants.baskets.actions import cards, checking, editions, entries, rounds, services
from tenants.baskets.actions.checking import Said
from tenants.baskets.editions import read
from tenants.baskets.models.answers import Answer
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.editions import Edition
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import CheckState, EntryState
from tenants.registry import directory
from tenants.services.confirming import How
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.accession.test_at_once import at_once

YEAR = timedelta(days=365)
TRUE = Said(Answer.TRUE)


class Here:
    """A gmina whose Lider has two services, to be confirmed since yesterday."""

    def __init__(self) -> None:
        gmina = directory.find("gogolin")
        assert gmina
        self.gmina: TenantRef = gmina
        with inside(gmina):
            make_partnership.found(gmina)
            self.by = make_people.by(make_people.lead())
            names = ("Pierwsza", "Druga")
            self.services = [make.accepted(self.by, None, name=name) for name in names]
            self.card = self.services[0].card_id
            yesterday = self.by.today - timedelta(days=1)
            Service.objects.update(due_on=yesterday, confirmed_on=yesterday - YEAR)
            rounds.open_round(by=self.by, card_id=self.card)

    def answer(self) -> Card:
        said = {one.pk: TRUE for one in self.services}
        return checking.answer(by=self.by, card_id=self.card, how=How.OWNER, answers=said)

    def confirm_the_second(self) -> Service:
        return services.confirm(by=self.by, service_id=self.services[1].pk, how=How.OWNER)


@pytest.fixture
def here(fresh_database: str) -> Here:
    return Here()


def test_the_card_and_one_of_its_services_are_confirmed_at_once(here: Here) -> None:
    results = at_once(here.gmina, here.answer, here.confirm_the_second)
    assert all(isinstance(one, Card | Service | AlreadySaved) for one in results), results
    with inside(here.gmina):
        assert CardCheck.objects.get().state == CheckState.DONE
        assert set(Service.objects.values_list("confirmed_on", flat=True)) == {here.by.today}


def test_of_two_reviewers_at_once_one_takes_it_in(here: Here) -> None:
    with inside(here.gmina):
        service = make.filed(here.by, None, name="Trzecia")

    def accept() -> Service:
        return entries.accept(by=here.by, service_id=service.pk, version=service.version)

    results = at_once(here.gmina, accept, accept)
    assert sorted(type(one).__name__ for one in results) == ["AlreadySaved", "Service"]
    with inside(here.gmina):
        states = ServiceEntry.objects.filter(service=service).values_list("state", flat=True)
        assert list(states) == [EntryState.ACCEPTED]


def test_of_two_who_begin_one_card_at_once_both_have_it(here: Here) -> None:
    with inside(here.gmina):
        kooperant = make_people.organisation()
        make_partnership.member(kooperant)

    def begin() -> Card:
        return cards.begin(by=here.by, key=uuid7(), of=str(kooperant.pk))

    results = at_once(here.gmina, begin, begin)
    assert sorted(type(one).__name__ for one in results) == ["AlreadySaved", "Card"]
    with inside(here.gmina):
        assert Card.objects.filter(organisation=kooperant).count() == 1


def test_an_edition_made_while_cards_change_is_of_one_moment(here: Here) -> None:
    """Two descriptions go into the basket in one transaction: an edition has both or neither."""
    with inside(here.gmina):
        filed = [make.refiled(here.by, one, access="Przyjdź.") for one in here.services]

    def accept_both() -> None:
        with transaction.atomic():
            for one in filed:
                entries.accept(by=here.by, service_id=one.pk, version=one.version)

    def issue() -> Edition:
        return editions.issue(by=here.by, key=uuid7())

    results = at_once(here.gmina, accept_both, issue)
    with inside(here.gmina):
        edition = Edition.objects.get()
        said = list(edition.items.values_list("entry__access", flat=True))
    assert results[1] == edition
    assert len(said) == 2
    assert len(set(said)) == 1


def test_what_is_hidden_while_an_edition_is_made_is_hidden_in_it(here: Here) -> None:
    service = here.services[0]
    with inside(here.gmina):
        changed = make.changed(here.by, service, sees_service=Visibility.OFFICE)

    def hide() -> Service:
        return make.handed_in(here.by, changed, "")

    def issue() -> Edition:
        return editions.issue(by=here.by, key=uuid7())

    results = at_once(here.gmina, hide, issue)
    assert not any(isinstance(one, Exception) for one in results), results
    with inside(here.gmina):
        printed = read(Edition.objects.get(), lambda card: Visibility.TENANT)
        assert "Pierwsza" not in [one.name for one in printed]
