"""No table keeps where a protected place is, whatever the program says (REG §3.4)."""

import pytest
from django.db import IntegrityError, transaction

from kooperacja.accounts.models import Account
from kooperacja.tenancy.context import inside
from region.directory.models import ListedService, PartnersService
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.services import ServiceEntry
from tenants.masters.models import MasterService
from tests.factories import baskets as make
from tests.region.directory.conftest import OPEN, Basket, basket
from tests.tenants.baskets.adopted import Followed, followed, institution, keeper, master
from tests.tenants.baskets.conftest import office

__all__ = ["basket", "followed", "institution", "keeper", "master", "office"]
HIDDEN = {"is_protected": True, "street": "", "postal_code": ""}
SEAT = {"160501": "Gogolin"}


def test_a_seat_of_a_protected_place_is_refused_in_the_basket(basket: Basket) -> None:
    basket.takes(**OPEN, **HIDDEN)
    with (
        inside(basket.unit),
        pytest.raises(IntegrityError, match="entry_protected_has_no_seat"),
        transaction.atomic(),
    ):
        ServiceEntry.objects.update(seat=SEAT)


def test_a_seat_of_a_protected_place_is_refused_on_a_master_card(
    keeper: Account, master: MasterService
) -> None:
    with (
        pytest.raises(IntegrityError, match="master_protected_has_no_seat"),
        transaction.atomic(using="shared"),
    ):
        MasterService.objects.update(seat=SEAT, **HIDDEN)


@pytest.mark.parametrize("model", [ListedService, PartnersService])
@pytest.mark.parametrize("leads", ["seat", "city", "street", "owner_number", "features"])
def test_what_leads_to_a_protected_place_is_refused_in_the_directory(
    basket: Basket, model: type[ListedService], leads: str
) -> None:
    service = basket.takes(**OPEN, **HIDDEN)
    row = model.objects.get(pk=service.pk)
    assert row.facts["is_protected"]
    row.facts[leads] = "Wymyślonowo"
    with (
        pytest.raises(IntegrityError, match="protected_has_no_place"),
        transaction.atomic(using="publish"),
    ):
        row.save(using="publish")


def test_a_place_that_is_protected_from_now_on_loses_the_address_of_the_unit(
    followed: Followed,
) -> None:
    Adoption.objects.update(street="ul. Zmyślona 9", postal_code="47-320", city="Gogolin")
    followed.edit(is_protected=True, street="", postal_code="", seat={})
    adoption = Adoption.objects.get()
    assert (adoption.street, adoption.postal_code, adoption.city) == ("", "", "")
    assert make.said()["street"] not in str(vars(followed.entry))
