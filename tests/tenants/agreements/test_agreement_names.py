"""A party by the name of today, beside it the one that it signed with (POR)."""

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.models import Agreement
from tenants.registry.roles import Role
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """Signed by both and in force, so that there are copies of it."""
    sent = make.sent(make.whole("C"))
    for party in sent.parties.all():
        make.entered(party)
    return Agreement.objects.get(pk=sent.pk)


@pytest.fixture
def keeper(in_partnership: TenantRef) -> Client:
    return make_people.signed_in(in_partnership, Role.LEAD)[0]


def test_every_page_shows_the_new_name_beside_the_one_of_the_text(
    keeper: Client, agreement: Agreement
) -> None:
    party = agreement.parties.all()[0]
    life.rename(party, "Szpital Połączony Przykładowy")
    shown = f"Szpital Połączony Przykładowy (dawniej: {party.name})"
    make.handed(agreement, party=party)
    amendment = make_amendment.begun(agreement, signers="NAMED", named=[str(party.pk)])
    at = f"{AT}/{agreement.pk}/"
    page = text_of(keeper.get(at))
    assert page.count(shown) >= 2  # its heading, and between whom it is in force
    for address in ("upublicznienie/", "egzemplarze/", "egzemplarze/przekazanie/"):
        assert shown in text_of(keeper.get(f"{at}{address}")), address
    for address in ("", "pola/", "zmiana/nowe/"):
        assert shown in text_of(keeper.get(f"{AT}/aneksy/{amendment.pk}/{address}")), address
