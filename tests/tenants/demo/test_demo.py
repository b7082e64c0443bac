"""The demo region is invented, and the same at every start."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.demo import build, history, words
from tenants.demo.places import PLACES
from tenants.partnership.indicators import members_by_sector
from tenants.partnership.models import AccessionDeclaration, Membership, Organisation, Person
from tenants.registry import teryt
from tests.factories import partnership

TODAY = date(2026, 11, 2)
PLACE = next(place for place in PLACES if place.code == "160501")


@pytest.fixture
def filled(in_gmina: TenantRef) -> TenantRef:
    partnership.opened(in_gmina)
    history.fill(PLACE, name="Gogolin", today=TODAY, paper=partnership.pdf_bytes())
    return in_gmina


def _story() -> list[tuple[str, date, date | None]]:
    rows = Membership.objects.order_by("organisation__name")
    return list(rows.values_list("organisation__name", "from_on", "ended_on"))


def test_a_place_has_the_health_that_is_written_of_it(filled: TenantRef) -> None:
    assert Membership.objects.count() == PLACE.members
    assert Membership.objects.exclude(ended_on=None).count() == PLACE.resigned
    states = AccessionDeclaration.objects.values_list("state", flat=True)
    assert list(states).count("FILED") == PLACE.waiting
    assert list(states).count("DRAFT") == PLACE.drafts
    assert sum(members_by_sector(TODAY).values()) == PLACE.members - PLACE.resigned


def test_a_history_is_the_same_however_often_it_is_written(
    filled: TenantRef, powiat: TenantRef
) -> None:
    assert history.is_filled()
    people = sorted(Person.objects.values_list("full_name", flat=True))
    told = _story()
    with inside(powiat):
        partnership.opened(powiat)
        history.fill(PLACE, name="Gogolin", today=TODAY, paper=partnership.pdf_bytes())
        assert _story() == told
        assert sorted(Person.objects.values_list("full_name", flat=True)) == people


def test_nobody_could_take_an_institution_for_a_real_one(filled: TenantRef) -> None:
    for organisation in Organisation.objects.all():
        assert organisation.nip == organisation.regon == organisation.krs == ""
        assert organisation.street.startswith("ul. Przykładowa")


@given(st.integers())
def test_a_name_is_nobodys_and_its_address_leads_nowhere(seed: int) -> None:
    name = words.person(Random(seed))
    assert any(name.split()[1].startswith(stem) for stem in words.SURNAMES)
    address = words.email(name, 7)
    assert address.endswith("@pokaz.example")
    assert address.isascii()


def test_a_dozen_places_live_among_the_units_of_the_register(db: None) -> None:
    teryt.import_terc(build.TERC, voivodeship="16")
    codes = {unit.code for unit in teryt.candidates("16")}
    assert len(PLACES) == len({place.code for place in PLACES}) == 12
    assert {place.code for place in PLACES} <= codes
    assert len(codes) == 82
