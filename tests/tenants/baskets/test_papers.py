"""The Karta usług on paper (REG zał. 2)."""

from kooperacja.audit.actor import Actor
from kooperacja.documents.models import DOCX, PDF
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import cards, services
from tenants.baskets.models import Card
from tenants.baskets.papers import card_context
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import baskets as make
from tests.factories import people as make_people


def test_the_card_on_paper_says_all_that_is_on_it(office: Actor, kooperant: Organisation) -> None:
    changed = make.accepted(office, kooperant)
    make.refiled(office, changed, access="Przyjdź.")
    ended = make.accepted(office, kooperant, name="Dawna")
    services.end(by=office, service_id=ended.pk, ended_on=office.today, why="")
    card = Card.objects.get()
    values = {"competences": "Psycholog", "resources": "Sala"}
    cards.edit(by=office, card_id=card.pk, version=0, values=values)

    context = card_context(Card.objects.get(), office.today)

    (one,) = context["services"]
    assert (one["name"], one["access"]) == ("Poradnia dla rodzin", "Przyjdź.")
    assert (one["phone"], one["state"]) == ("77 400 00 01", "czeka na Lidera")
    assert context["card"]["resources"] == "Sala"


def test_its_owner_and_the_office_take_it_and_nobody_else(
    office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    card = make.accepted(office, kooperant).card
    owner, _ = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
    )
    other, _ = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=make_people.organisation()
    )
    at = f"/gmina/gogolin/koszyk/karty/{card.pk}/druk"
    for kind, content_type in (("pdf", PDF), ("docx", DOCX)):
        assert owner.get(f"{at}.{kind}").headers["Content-Type"] == content_type
        assert other.get(f"{at}.{kind}").status_code == 404
