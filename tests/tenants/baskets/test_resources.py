"""Members read what others can lend and what people of each function can do (REG §1.9, §3.2)."""

import pytest
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import cards
from tenants.baskets.models.cards import Card
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

RESOURCES = "/gmina/gogolin/koszyk/zasoby/"
SAID = {
    "competences": "psycholog (2 osoby): terapia rodzin\npedagog: zajęcia dla dzieci",
    "resources": "Sala na 20 osób, po godzinie 16:00.",
}


@pytest.fixture
def card(office: Actor, kooperant: Organisation) -> Card:
    made = make.card(office, kooperant)
    return cards.edit(by=office, card_id=made.pk, version=made.version, values=SAID)


@pytest.fixture
def reader(in_partnership: TenantRef, office: Actor) -> Client:
    """Of the Lider's office, and no keeper of that card."""
    return make_people.signed_in(in_partnership, Role.SOCIAL_WORKER)[0]


def test_another_member_finds_a_room_to_borrow(card: Card, reader: Client) -> None:
    for phrase in ("", "?szukaj=salę", "?szukaj=psychologa", "?szukaj=zmyslona"):
        said = text_of(reader.get(f"{RESOURCES}{phrase}"))
        assert "Poradnia Zmyślona" in said, phrase
        assert "Sala na 20 osób" in said
    assert "Poradnia Zmyślona" not in text_of(reader.get(f"{RESOURCES}?szukaj=autobus"))


def test_what_whoever_left_could_lend_is_read_no_longer(
    office: Actor, card: Card, kooperant: Organisation, reader: Client, in_partnership: TenantRef
) -> None:
    with inside(in_partnership):
        Membership.objects.get(organisation=kooperant).end(office.today)
    assert "Sala na 20 osób" not in text_of(reader.get(RESOURCES))


def test_a_card_shows_each_function_with_what_it_can_do(card: Card) -> None:
    assert card.competences_by_function == [
        ("psycholog (2 osoby)", "terapia rodzin"),
        ("pedagog", "zajęcia dla dzieci"),
    ]
    assert Card(competences="Dawny opis bez funkcji").competences_by_function == [
        ("", "Dawny opis bez funkcji")
    ]


@pytest.mark.parametrize("line", ["terapia rodzin", ": terapia", "psycholog:"])
def test_a_competence_of_no_function_is_refused(
    card: Card, kooperant: Organisation, in_partnership: TenantRef, line: str
) -> None:
    keeper, _ = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
    )
    sent = {"competences": f"pedagog: zajęcia\n{line}", "resources": "", "version": card.version}
    answer = keeper.post(f"/gmina/gogolin/koszyk/karty/{card.pk}/kompetencje/", sent)
    assert answer.status_code == 422
    assert "nie ma funkcji i dwukropka" in text_of(answer)
    with inside(in_partnership):
        assert Card.objects.get(pk=card.pk).competences == SAID["competences"]
