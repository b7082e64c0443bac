"""Resources of the community that are no kooperanci: the Lider keeps their lighter cards (REG §3.1)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.baskets.actions import cards, checking, referrals, rounds
from tenants.baskets.actions.checking import Said
from tenants.baskets.indicators import cards_of_members
from tenants.baskets.models.answers import Answer
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.referred import referrals_wait
from tenants.baskets.standing import entries_on
from tenants.baskets.today import services_wait
from tenants.baskets.workflow import ReferralState
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.baskets.test_pages import BASKET, KEY, sent
from tests.tenants.baskets.test_referrals import answered
from tests.tenants.reading import text_of


@pytest.fixture
def circle(in_partnership: TenantRef) -> Organisation:
    return make_people.organisation(name="Koło Gospodyń Zmyślonych")


@pytest.fixture
def officer(in_partnership: TenantRef) -> Client:
    return make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]


def in_the_basket(office: Actor, circle: Organisation) -> Service:
    card = cards.begin_community(by=office, key=uuid7(), organisation_id=circle.pk)
    return make.accepted(office, card.organisation, How.PHONE, name="Wspólne gotowanie")


def test_the_office_puts_a_circle_into_the_basket_by_two_forms(
    officer: Client, circle: Organisation, in_partnership: TenantRef
) -> None:
    officer.post(f"{BASKET}karty/spolecznosc/", {"key": KEY, "organisation": str(circle.pk)})
    with inside(in_partnership):
        card = Card.objects.get()
    at = f"{BASKET}karty/{card.pk}/usluga/"
    form = text_of(officer.get(at))
    assert "Jak skorzystać" in form
    assert "Podstawa prawna" not in form
    officer.post(at, sent(name="Wspólne gotowanie"))
    with inside(in_partnership):
        service = Service.objects.get()
    add = f"{BASKET}uslugi/{service.pk}/przekazanie/"
    assert "Dodaj do koszyka" in text_of(officer.get(f"{BASKET}uslugi/{service.pk}/"))

    officer.post(add, {"version": "0", "how": How.VISIT})

    assert "Koło Gospodyń Zmyślonych (zasób społeczności)" in text_of(officer.get(BASKET))
    with inside(in_partnership):
        assert Service.objects.get().confirmed_how == How.VISIT
    again = officer.post(add, {"version": "0", "how": How.VISIT}, follow=True)
    assert "Usługa jest w koszyku" not in text_of(again)
    with inside(in_partnership):
        assert service.entries.count() == 1


def test_a_kooperant_has_no_card_of_the_community_and_nobody_two(
    office: Actor, kooperant: Organisation, circle: Organisation, officer: Client
) -> None:
    with pytest.raises(ValidationError):
        cards.begin_community(by=office, key=uuid7(), organisation_id=kooperant.pk)
    in_the_basket(office, circle)
    answer = officer.get(f"{BASKET}karty/spolecznosc/")
    assert kooperant.name not in text_of(answer)
    assert circle.name not in text_of(answer)
    assert Card.objects.count() == 1


def test_nobody_but_the_office_keeps_it(
    office: Actor, coordinator: Actor, circle: Organisation
) -> None:
    with pytest.raises(Refused):
        cards.begin_community(by=coordinator, key=uuid7(), organisation_id=circle.pk)
    assert not Card.objects.exists()
    card = cards.begin_community(by=office, key=uuid7(), organisation_id=circle.pk)
    with pytest.raises(Refused):
        make.drafted(coordinator, card.organisation)
    assert not Service.objects.exists()


def test_the_office_is_asked_once_a_year_and_answers_after_a_call(
    office: Actor, circle: Organisation
) -> None:
    service = in_the_basket(office, circle)
    due = office.today
    Service.objects.update(confirmed_on=due - timedelta(days=365), due_on=due)
    rounds.open_round(by=SYSTEM, card_id=service.card_id)
    rounds.remind(day=due)

    asked = Person.objects.get(pk=office.person_id)
    mails = Outgoing.objects.filter(kind="MAIL", payload__code="CARDS_TO_CONFIRM")
    assert [one.payload["email"] for one in mails] == [asked.email]
    (line,) = services_wait(asked, due)
    assert line.title == "Potwierdź opisy usług: Koło Gospodyń Zmyślonych"
    said = {service.pk: Said(Answer.TRUE)}
    checking.answer(by=office, card_id=service.card_id, how=How.PHONE, answers=said)
    assert Service.objects.get().due_on == due + timedelta(days=365)


def test_a_circle_that_joins_keeps_its_card_and_counts_as_a_kooperant(
    office: Actor, circle: Organisation
) -> None:
    service = in_the_basket(office, circle)
    assert cards_of_members(office.today)["WITH"] == 0

    make_partnership.member(circle)

    voice = make_people.person(Role.PARTNER_COORDINATOR, organisation=circle)
    assert [one.service for one in entries_on(office.today)] == [service]
    assert cards_of_members(office.today)["WITH"] == 1
    assert not list(services_wait(Person.objects.get(pk=office.person_id), office.today))
    make.filed(make_people.by(voice), circle, name="Festyn")
    (line,) = services_wait(Person.objects.get(pk=office.person_id), office.today)
    assert line.title == "Rozpatrz opis usługi: Festyn"


def test_the_office_answers_for_it_whoever_asks(
    office: Actor, coordinator: Actor, kooperant: Organisation, circle: Organisation
) -> None:
    service = in_the_basket(office, circle)
    referral = referrals.ask(
        by=coordinator, service_id=service.pk, key=uuid7(), of=str(kooperant.pk)
    )
    lead = Person.objects.get(pk=office.person_id)
    asked = Outgoing.objects.filter(kind="MAIL", payload__code="REFERRAL_ASKED")
    assert [one.payload["email"] for one in asked] == [lead.email]
    (line,) = referrals_wait(lead, office.today)
    assert line.title == "Odpowiedz na zapytanie o przyjęcie: Wspólne gotowanie"
    with pytest.raises(Refused):
        answered(coordinator, referral, ReferralState.ACCEPTED)
    referral = answered(office, referral, ReferralState.ACCEPTED)
    assert referrals.finish(by=office, referral_id=referral.pk).state == ReferralState.DONE
