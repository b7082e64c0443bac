"""Names of tenants in addresses: short, unlike each other, made of plain letters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel
from tenants.registry.slugs import MAX_LENGTH, slug_for
from tenants.registry.terc import parse
from tests.factories import registry as make

POLISH = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźżAŁŻ -"


def gmina(code: str, name: str, rodz: str = "2") -> Unit:
    return Unit(code=code, level=UnitLevel.MUNICIPALITY, name=name, rodz=rodz)


def powiat(code: str, name: str) -> Unit:
    return Unit(code=code, level=UnitLevel.COUNTY, name=name)


def all_slugs(units: list[Unit]) -> list[str]:
    taken: list[str] = []
    for unit in units:
        taken.append(slug_for(unit, units=units, taken=taken))
    return taken


@pytest.mark.parametrize(
    ("unit", "slug"),
    [
        (gmina("160501", "Gogolin", "3"), "gogolin"),
        (gmina("166101", "Opole", "1"), "opole"),
        (powiat("1605", "krapkowicki"), "krapkowicki"),
        (gmina("160301", "Kędzierzyn-Koźle", "1"), "kedzierzyn-kozle"),
        (gmina("160704", "Łambinowice"), "lambinowice"),
        (gmina("160802", "Gorzów Śląski", "3"), "gorzow-slaski"),
    ],
)
def test_a_name_that_is_alone_is_its_slug(unit: Unit, slug: str) -> None:
    assert slug_for(unit, units=[unit], taken=[]) == slug


def test_a_repeated_name_carries_its_kind_whoever_comes_first() -> None:
    town, village = gmina("020101", "Bolesławiec", "1"), gmina("020102", "Bolesławiec", "2")
    both = [town, village]
    assert all_slugs(both) == ["boleslawiec-gmina-miejska", "boleslawiec-gmina-wiejska"]
    assert all_slugs(both[::-1]) == ["boleslawiec-gmina-wiejska", "boleslawiec-gmina-miejska"]


def test_a_repeated_name_and_kind_carry_the_code() -> None:
    both = [gmina("061511", "Wilków"), gmina("061209", "Wilków")]
    assert all_slugs(both) == ["wilkow-061511", "wilkow-061209"]


def test_a_powiat_named_as_a_gmina_says_that_it_is_one() -> None:
    units = [powiat("1605", "brzeski"), gmina("160501", "Brzeski")]
    assert all_slugs(units) == ["powiat-brzeski", "brzeski-gmina-wiejska"]


def test_a_taken_name_is_never_given_again() -> None:
    unit = gmina("160501", "Gogolin", "3")
    taken = ["gogolin", "gogolin-gmina-miejsko-wiejska"]
    assert slug_for(unit, units=[unit], taken=taken) == "gogolin-160501"


def test_the_units_of_the_demo_region_have_short_slugs() -> None:
    rows = [row for row in parse(make.OWN_FILE.read_bytes()) if len(row.code) > 2]
    units = [
        gmina(row.code, row.name, row.rodz) if row.rodz else powiat(row.code, row.name)
        for row in rows
        if row.code != "1661"
    ]
    slugs = all_slugs(units)
    assert len(set(slugs)) == 82
    assert {"gogolin", "opole", "krapkowicki", "opolski", "brzeg"} <= set(slugs)
    assert not [slug for slug in slugs if "gmina" in slug]


named = st.tuples(st.text(POLISH, max_size=90), st.sampled_from("0123"))


@given(names=st.lists(named, max_size=12))
def test_any_names_give_slugs_that_are_plain_and_all_different(
    names: list[tuple[str, str]],
) -> None:
    units = [
        gmina(f"1601{place:02}", name, rodz) if rodz != "0" else powiat(f"16{place:02}", name)
        for place, (name, rodz) in enumerate(names, 1)
    ]
    slugs = all_slugs(units)
    assert len(set(slugs)) == len(units)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)
    assert all(len(slug) <= MAX_LENGTH for slug in slugs)
