"""The list of types of services is whole, and no word in it misleads (REG §3.2)."""

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from kooperacja.ui.polish import fold
from tenants.services.types import ServiceType, areas, types
from tenants.services.vocabulary import type_of

BY_CODE = {one.code: one for one in types()}


def bare(words: str) -> str:
    """Words as a search compares them."""
    return " ".join(fold(words).split())


def meanings() -> dict[str, list[ServiceType]]:
    """Each name and synonym with the types that it means."""
    found: dict[str, list[ServiceType]] = defaultdict(list)
    for one in types():
        for words in one.words:
            found[bare(words)].append(one)
    return found


def test_there_are_the_fourteen_areas_of_the_act_each_with_three_types_at_least() -> None:
    counted = Counter(one.area for one in types())
    assert len(areas()) == 14
    assert [area.name for area in areas() if counted[area] < 3] == []
    assert 110 <= len(types()) <= 140


def test_types_stand_area_by_area_in_the_order_of_the_act() -> None:
    order = [areas().index(one.area) for one in types()]
    assert order == sorted(order)


def test_codes_are_short_readable_and_each_means_one_type() -> None:
    codes = [one.code for one in types()]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []
    assert [code for code in codes if len(code) > 25] == []
    assert set(codes).isdisjoint(area.code for area in areas())


@pytest.mark.usefixtures("db")
def test_a_code_leads_to_its_type_and_another_to_none() -> None:
    found = type_of("wytchnienie")
    assert found is not None
    assert found.name == "opieka wytchnieniowa"
    assert found.area.name == "wspieranie osób niepełnosprawnych"
    assert type_of("nie-ma-takiej") is None


def test_each_type_has_two_to_six_synonyms_and_a_sentence() -> None:
    assert [one.code for one in types() if not 2 <= len(one.synonyms) <= 6] == []
    sentence = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ].{15,118}\.")
    assert [one.about for one in types() if not sentence.fullmatch(one.about)] == []


def test_words_are_written_clean() -> None:
    written = [words for one in types() for words in (*one.words, one.about)]
    assert [words for words in written if words != " ".join(words.split())] == []


def test_names_and_synonyms_of_a_type_differ_beyond_case_and_diacritics() -> None:
    for one in types():
        bared = [bare(words) for words in one.words]
        assert len(bared) == len(set(bared)), one.code


def test_each_type_has_a_name_of_its_own() -> None:
    names = [bare(one.name) for one in types()]
    assert len(names) == len(set(names))


def test_words_that_mean_two_types_lead_from_each_to_the_other() -> None:
    shared = {words: found for words, found in meanings().items() if len(found) > 1}
    assert set(shared) >= {"opiekunka", "swietlica"}
    for words, found in shared.items():
        for one, other in combinations(found, 2):
            assert other.code in one.see_also, words
            assert one.code in other.see_also, words


def test_a_see_also_leads_to_another_type_and_back() -> None:
    for one in types():
        assert len(one.see_also) == len(set(one.see_also)), one.code
        assert one.code not in one.see_also
        for code in one.see_also:
            assert one.code in BY_CODE[code].see_also, (one.code, code)
