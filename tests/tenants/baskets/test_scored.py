"""The quality of descriptions is for whoever mends them: the owner of a card and the Lider (REG §3.2)."""

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import services
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.terms import Feature, Has
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

BASKET = "/gmina/gogolin/koszyk/"
CARDS = f"{BASKET}karty/"
WORDS = "akość opis"  # "Jakość opisu", "Jakość opisów"


def client_of(tenant: TenantRef, role: str, organisation: Organisation | None = None) -> Client:
    return make_people.signed_in(tenant, role, organisation=organisation)[0]


@pytest.fixture
def other(in_partnership: TenantRef) -> Organisation:
    organisation = make_people.organisation(name="Klub Przykładowy")
    make_partnership.member(organisation)
    return organisation


def test_the_owner_and_the_lider_see_what_to_mend(
    in_partnership: TenantRef, office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    pages = (f"{BASKET}uslugi/{service.pk}/", f"{CARDS}{service.card_id}/", CARDS)
    for role, of in ((Role.PARTNER_COORDINATOR, kooperant), (Role.LEAD, None)):
        client = client_of(in_partnership, role, of)
        first, *others = (text_of(client.get(at)) for at in pages)
        assert "Jakość opisu: 82 na 100" in first
        assert "Napisz w dwóch albo trzech zdaniach, na czym polega pomoc." in first
        assert "Zaznacz, co wiadomo o dostępności miejsca" in first
        assert "Podaj godziny" not in first
        assert all("82" in page and WORDS in page for page in others)


@pytest.mark.parametrize(
    "role", [Role.PARTNER_WORKER, Role.PARTNER_COORDINATOR, Role.SOCIAL_WORKER, Role.DPO]
)
def test_no_other_reader_sees_it(
    in_partnership: TenantRef,
    office: Actor,
    kooperant: Organisation,
    other: Organisation,
    role: str,
) -> None:
    service = make.accepted(office, kooperant, sees_service=Visibility.PUBLIC)
    is_partners = role in (Role.PARTNER_WORKER, Role.PARTNER_COORDINATOR)
    client = client_of(in_partnership, role, other if is_partners else None)
    assert "Poradnia dla rodzin" in text_of(client.get(f"{BASKET}uslugi/{service.pk}/"))
    for at in (f"uslugi/{service.pk}/", f"karty/{service.card_id}/", "karty/", ""):
        assert WORDS not in text_of(client.get(f"{BASKET}{at}")), at


def test_the_weakest_card_comes_first_when_the_lider_asks(
    in_partnership: TenantRef, office: Actor, kooperant: Organisation, other: Organisation
) -> None:
    make.accepted(office, kooperant)
    make.accepted(office, other, about="Spotkania.", hours=None, access="Przyjdź.")
    make.card(office, None)  # with no service
    client = client_of(in_partnership, Role.LEAD)
    owners = ("Klub Przykładowy", "Poradnia Zmyślona", "Lider")
    for sort, expected in (("jakosc", owners), ("-jakosc", (owners[1], owners[0], owners[2]))):
        rows = client.get(f"{CARDS}?sort={sort}").context["table"].page.rows
        assert tuple(card.owner for card in rows) == expected


def test_what_is_mended_is_counted_at_once_and_what_ended_no_more(
    in_partnership: TenantRef, office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    client = client_of(in_partnership, Role.LEAD)
    page = f"{BASKET}uslugi/{service.pk}/"
    features = dict.fromkeys(Feature, Has.NO)
    make.changed(office, service, features=features, about="Rozmowa z psychologiem. " * 4)
    assert "Jakość opisu: 96 na 100" in text_of(client.get(page))

    services.end(
        by=office, service_id=service.pk, ended_on=timezone.localdate(), why="koniec projektu"
    )
    assert WORDS not in text_of(client.get(page))
    assert "na 100" not in text_of(client.get(f"{CARDS}{service.card_id}/"))
