"""A service of a master card has one id in the region and in each unit that took it over (REG §3.2, §5.1.g)."""

import pytest
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import adopting
from tenants.baskets.models.services import Service
from tenants.services.visibility import Visibility
from tests.api.hsds.conftest import HOME, found, get, harvest
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.hsds import must_be
from tests.region.directory.conftest import Adopted


@pytest.fixture(autouse=True)
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.hsds.base.REQUESTS_A_MINUTE", 1_000_000)


def hidden(unit: TenantRef, adopted: Adopted) -> None:
    """The unit shows it to strangers no longer."""
    with inside(unit):
        by, service = make_people.by(make_people.lead()), Service.objects.get()
        values = {"sees_service": Visibility.REGION}
        adopting.set_local(by=by, service_id=service.pk, version=service.version, values=values)
    carried(unit)


def test_the_region_lists_it_once_with_its_place_in_each_unit(adopted: Adopted) -> None:
    everything = harvest()
    (service,) = everything["services"].values()
    assert service["id"] == str(adopted.master.pk)
    places = {one["location"]["name"] for one in service["service_at_locations"]}
    assert places == {f"Rynek {unit.code}, Wymyślonowo" for unit in adopted.ids}
    assert {one["id"] for one in service["service_at_locations"]} == set(
        everything["service_at_locations"]
    )
    codes = {one["kooperacja_teryt"] for one in service["service_areas"]}
    assert codes == {unit.code for unit in adopted.ids}
    assert len({one["id"] for one in service["service_areas"]}) == 3


def test_each_unit_answers_with_the_same_id_and_its_own_place(adopted: Adopted) -> None:
    for unit in adopted.ids:
        (short,) = found(f"{unit.code}/services", minimal="true")
        assert short["id"] == str(adopted.master.pk)
        service = get(f"{unit.code}/services/{adopted.master.pk}")
        must_be("service", service)
        assert service["id"] == str(adopted.master.pk)
        (place,) = service["service_at_locations"]
        assert place["location"]["name"] == f"Rynek {unit.code}, Wymyślonowo"
        assert place["service_id"] == str(adopted.master.pk)
        assert get(f"{unit.code}/service_at_locations/{place['id']}")["id"] == place["id"]


def test_the_own_id_of_a_copy_leads_to_the_same(adopted: Adopted, gmina: TenantRef) -> None:
    whole = get(f"services/{adopted.master.pk}")
    assert get(f"services/{adopted.ids[gmina]}")["id"] == whole["id"]


def test_one_that_a_unit_hides_stays_in_the_region_and_is_said_to_have_changed(
    adopted: Adopted, gmina: TenantRef
) -> None:
    last = get("services", minimal="true")["contents"][0]["last_modified"]
    hidden(gmina, adopted)
    (here,) = found(f"{gmina.code}/services", modified_after=last)
    assert (here["id"], here["status"]) == (str(adopted.master.pk), "defunct")
    gone = Client().get(f"{HOME}{gmina.code}/services/{adopted.master.pk}")
    assert gone.status_code == 410
    (still,) = found("services", modified_after=last, full="true")
    assert (still["id"], still["status"]) == (str(adopted.master.pk), "active")
    assert len(still["service_at_locations"]) == 2


def test_one_that_all_units_hide_leaves_one_tombstone(adopted: Adopted) -> None:
    last = get("services", minimal="true")["contents"][0]["last_modified"]
    for unit in adopted.ids:
        hidden(unit, adopted)
    assert found("services") == []
    (gone,) = found("services", modified_after=last)
    assert (gone["id"], gone["status"]) == (str(adopted.master.pk), "defunct")


def test_a_copy_that_was_detached_has_an_id_of_its_own(adopted: Adopted, city: TenantRef) -> None:
    with inside(city):
        by = make_people.by(make_people.lead())
        adopting.detach(by=by, service_id=adopted.ids[city])
    carried(city)
    ids = {one["id"] for one in found("services", minimal="true")}
    assert ids == {str(adopted.master.pk), str(adopted.ids[city])}
    (own,) = found(f"{city.code}/services")
    assert own["id"] == str(adopted.ids[city])
