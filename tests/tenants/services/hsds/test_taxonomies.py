"""Taxonomies of HSDS say the same as our types, groups and ways."""

import pytest

from tenants.services.hsds.taxonomies import (
    GROUPS,
    TAXONOMIES,
    TYPES,
    WAYS,
    taxonomy_json,
    term_json,
    term_of,
    terms,
)
from tenants.services.terms import Group, Way
from tenants.services.types import areas, types
from tests.hsds import must_be
from tests.tenants.services.hsds.listed import FRAME

pytestmark = pytest.mark.usefixtures("db")  # the types that the region added lie there


def test_every_type_group_and_way_is_a_term_and_no_other() -> None:
    codes = {
        taxonomy: [one.code for one in terms().values() if one.taxonomy == taxonomy]
        for taxonomy in TAXONOMIES
    }
    assert set(codes[TYPES]) == {one.code for one in (*areas(), *types())}
    assert codes[GROUPS] == list(Group)
    assert codes[WAYS] == list(Way)
    assert len(terms()) == len(areas()) + len(types()) + len(Group) + len(Way)


def test_each_is_valid_and_a_type_stands_below_its_area() -> None:
    for taxonomy in TAXONOMIES:
        must_be("taxonomy", taxonomy_json(taxonomy, FRAME))
    known = set()
    for term in terms().values():
        said = term_json(term, FRAME)
        must_be("taxonomy_term", said)
        known.add(said["id"])
        assert said.get("parent_id", said["id"]) in known  # it came before
        assert ("parent_id" in said) == (term.taxonomy == TYPES and not term.is_area)


def test_a_type_brings_its_other_words_and_its_page() -> None:
    term = term_of(TYPES, "wytchnienie")
    assert term
    said = term_json(term, FRAME)
    assert "odpoczynek dla opiekuna" in said["kooperacja_alt_labels"]
    assert said["term_uri"] == "https://katalog.example/typy/wytchnienie/"
    assert term_of(TYPES, "SENIORS") is None
