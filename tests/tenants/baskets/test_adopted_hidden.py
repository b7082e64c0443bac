"""A service of a master card that is hidden, or protected, is so in editions and rows of every unit (REG §3.4)."""

from typing import Any

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import adopting
from tenants.baskets.editions import REMOVED, Printed, read
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.editions import Edition
from tenants.baskets.models.services import ServiceEntry
from tenants.masters.actions import services
from tenants.masters.models import MasterService
from tenants.people.models import Organisation
from tenants.services.visibility import Visibility
from tests.factories import accounts
from tests.factories.editions import issued
from tests.factories.exchange import carried
from tests.tenants.baskets.adopted import (
    Followed,
    adopted,
    followed,
    institution,
    keeper,
    master,
)

__all__ = ["followed", "institution", "keeper", "master"]
PROTECTED: dict[str, Any] = {"is_protected": True, "street": "", "postal_code": ""}


def printed(reach: Visibility) -> Printed:
    """The only service of the only edition."""
    (one,) = read(Edition.objects.get(), lambda card: reach)
    return one


@pytest.mark.parametrize("reach", [Visibility.TENANT, Visibility.OFFICE])
def test_what_its_keeper_protects_is_withheld_in_older_editions(
    followed: Followed, reach: Visibility
) -> None:
    issued(followed.office)
    assert "Zmyślona 1" in printed(reach).address
    followed.edit(**PROTECTED)
    assert printed(reach).address == REMOVED
    assert "Zmyślona 1" not in repr(list(ServiceEntry.objects.values()))


def test_what_its_keeper_hides_is_withheld_in_older_editions(followed: Followed) -> None:
    issued(followed.office)
    followed.edit(sees_contact=Visibility.OFFICE)
    assert printed(Visibility.TENANT).phone == REMOVED
    assert printed(Visibility.OFFICE).phone == "77 400 00 55"


def test_what_the_lider_hides_here_is_withheld_in_older_editions(followed: Followed) -> None:
    issued(followed.office)
    adopting.set_local(
        by=followed.office,
        service_id=followed.service_id,
        version=followed.service.version,
        values={"sees_service": Visibility.OFFICE},
    )
    assert printed(Visibility.TENANT).is_hole
    assert not printed(Visibility.OFFICE).is_hole


def test_a_place_of_its_own_in_a_unit_is_forgotten_once_the_master_is_protected(
    master: MasterService, institution: Organisation, in_partnership: TenantRef, office: Actor
) -> None:
    adopted(office, master, street="ul. Tajna 7", postal_code="00-001", city="Zmyślin")
    carried(in_partnership)
    keeper = master.card.keepers.get().account
    services.edit(
        by=accounts.acting(keeper),
        service_id=master.pk,
        version=master.version,
        values=PROTECTED,
    )
    carried(in_partnership)
    kept = repr([*Adoption.objects.values(), *ServiceEntry.objects.values()])
    assert "Tajna 7" not in kept
    assert "00-001" not in kept
