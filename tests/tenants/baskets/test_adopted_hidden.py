"""A service of a master card that is hidden, or protected, is so in editions and rows of every unit (REG §3.4)."""

from typing import Any

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.baskets.actions import adopting, entries
from tenants.baskets.actions.hidden_places import settle_place
from tenants.baskets.editions import REMOVED, Printed, read
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.editions import Edition
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.masters import tasks
from tenants.masters.actions import services
from tenants.masters.models import MasterService
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tenants.services.visibility import Visibility
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import people as make_people
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


STREET = "Zmyślona 1"


def detached_and_protected(followed: Followed) -> None:
    """Let go of by the unit, and a protected place at its institution since."""
    adopting.detach(by=followed.office, service_id=followed.service_id)
    carried(followed.tenant)
    followed.edit(**PROTECTED)


def test_a_detached_copy_of_a_place_that_is_protected_since_is_hidden_until_the_lider_looks(
    followed: Followed,
) -> None:
    issued(followed.office)
    adopting.detach(by=followed.office, service_id=followed.service_id)
    carried(followed.tenant)
    assert STREET in printed(Visibility.TENANT).address
    followed.edit(**PROTECTED)
    assert printed(Visibility.TENANT).address == REMOVED
    assert followed.entry.sees_place == Visibility.OFFICE
    assert followed.waiting() == ["Przejrzyj adres usługi: Poradnia dla rodzin"]
    version = followed.service.version
    tasks.catch_up()
    carried(followed.tenant)
    assert followed.service.version == version  # it was told once


@pytest.mark.parametrize(
    ("said", "level", "street"),
    [("tak", Visibility.OFFICE, ""), ("nie", Visibility.TENANT, "ul. Zmyślona 1")],
)
def test_the_lider_says_whether_it_is_the_protected_place(
    followed: Followed, said: str, level: str, street: str
) -> None:
    detached_and_protected(followed)
    with inside(followed.tenant):
        client, _ = make_people.signed_in(followed.tenant, Role.LEAD)
    at = f"{followed.tenant.prefix}/koszyk/uslugi/{followed.service_id}/"
    assert "Do przejrzenia" in client.get(at).content.decode()
    sent = {"version": followed.service.version, "is_protected": said}
    assert client.post(f"{at}adres/", sent).status_code == 302
    with inside(followed.tenant):
        entry = followed.entry
        assert (entry.is_protected, entry.street) == (said == "tak", street)
        assert entry.sees_place == level
        assert followed.waiting() == []


def test_the_name_of_a_detached_copy_tells_the_hidden_street_no_longer(followed: Followed) -> None:
    adopting.detach(by=followed.office, service_id=followed.service_id)
    carried(followed.tenant)
    told = "Poradnia dla rodzin (Wymyślonowo, ul. Zmyślona 1)"
    ServiceEntry.objects.filter(pk=followed.entry.pk).update(name=told)
    Service.objects.filter(pk=followed.service_id).update(name=told)
    followed.edit(**PROTECTED)
    hidden = "Poradnia dla rodzin (Wymyślonowo)"
    assert (followed.entry.name, followed.service.name) == (hidden, hidden)


def test_a_text_that_is_being_written_shows_the_address_to_nobody_more(followed: Followed) -> None:
    detached_and_protected(followed)
    said = make_baskets.said(name="Poradnia dla rodzin", sees_place=Visibility.OFFICE)
    by, key = followed.office, followed.service_id
    service = entries.edit(by=by, service_id=key, version=followed.service.version, values=said)
    settle_place(by=by, service_id=key, version=service.version, is_protected=False)
    assert followed.entry.sees_place == Visibility.TENANT
    assert followed.service.latest.sees_place == Visibility.OFFICE


def test_no_other_text_is_accepted_while_nobody_has_looked(followed: Followed) -> None:
    detached_and_protected(followed)
    said = make_baskets.said(name="Poradnia dla rodzin")
    by, key = followed.office, followed.service_id
    service = entries.edit(by=by, service_id=key, version=followed.service.version, values=said)
    service = entries.file(by=by, service_id=key, version=service.version, how=How.PHONE)
    with pytest.raises(Problem, match="przejrzyj adres"):
        entries.accept(by=by, service_id=key, version=service.version)
    assert followed.entry.number == 1


def test_a_copy_that_was_let_go_after_the_place_was_protected_waits_for_nobody(
    followed: Followed,
) -> None:
    followed.edit(**PROTECTED)
    adopting.detach(by=followed.office, service_id=followed.service_id)
    carried(followed.tenant)
    assert followed.waiting() == []
    assert Adoption.objects.get().hidden_since is None
