"""The Karta usług on paper (REG zał. 2)."""

import pypdfium2
import pytest

from kooperacja.audit.actor import Actor
from kooperacja.documents.models import DOCX, PDF, PreparedFile
from kooperacja.documents.pdf import render_pdf
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import cards, services
from tenants.baskets.models.cards import Card
from tenants.baskets.papers import SERVICE_CARD, card_context
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
    values = {"competences": "Psycholog: terapia\nPedagog: lekcje", "resources": "Sala"}
    cards.edit(by=office, card_id=card.pk, version=0, values=values)

    context = card_context(Card.objects.get(), office.today)

    (one,) = context["services"]
    assert (one["name"], one["access"]) == ("Poradnia dla rodzin", "Przyjdź.")
    assert (one["phone"], one["state"]) == ("77 400 00 01", "czeka na Lidera")
    assert context["card"]["resources"] == "Sala"
    assert context["card"]["functions"] == [
        {"name": "Psycholog", "about": "terapia"},
        {"name": "Pedagog", "about": "lekcje"},
    ]
    rows = {fact["label"]: fact["value"] for fact in one["facts"]}
    rows |= {pair["label"]: pair["value"] for pair in one["pairs"]}
    rows |= {pair["other"]: pair["other_value"] for pair in one["pairs"]}
    assert (rows["Kontakt"], rows["Koszt"]) == ("77 400 00 01", "bezpłatnie")
    assert "Wolne miejsca" not in rows  # what nobody said is left out
    assert all(rows.values())


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


def test_one_that_is_long_is_made_in_the_background(
    office: Actor,
    kooperant: Organisation,
    in_partnership: TenantRef,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = make.accepted(office, kooperant)
    card = service.card
    owner, voice = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
    )
    monkeypatch.setattr("tenants.baskets.views.cards.is_long", lambda *_: True)
    at = f"/gmina/gogolin/koszyk/karty/{card.pk}/druk"
    answer = owner.get(f"{at}.docx")
    assert answer.headers["Location"] == f"{at}/?plik=docx"
    assert owner.post(f"{at}/?plik=docx").status_code == 302
    with inside(in_partnership):
        asked = PreparedFile.objects.get()
        assert (asked.kind, asked.name) == ("SERVICE_CARD", "Karta usług – Poradnia Zmyślona.docx")
        others = make_people.person(
            Role.PARTNER_COORDINATOR, organisation=make_people.organisation()
        )
        assert SERVICE_CARD.may_take is not None
        assert not SERVICE_CARD.may_take(others, asked)
        assert SERVICE_CARD.may_take(voice, asked)
        # The file has an address that nobody is told any more.
        make.refiled(office, service, is_protected=True, street="")
        assert not SERVICE_CARD.may_take(voice, asked)


def test_services_stand_three_to_a_page_and_none_is_cut_in_two(
    office: Actor, kooperant: Organisation
) -> None:
    for number in range(1, 6):
        make.accepted(
            office, kooperant, name=f"Poradnia numer {number}.", street=f"Zmyślona {number}"
        )
    card = Card.objects.get()
    content = render_pdf(SERVICE_CARD, card_context(card, office.today))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    assert len(pages) == 3
    for number in range(1, 6):
        (page,) = (text for text in pages if f"Poradnia numer {number}." in text)
        assert f"Zmyślona {number}," in page
