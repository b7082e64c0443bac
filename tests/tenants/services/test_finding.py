"""Whoever asks in everyday Polish finds the type of service that they mean (REG §3.4)."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.ui.polish import fold
from tenants.services.finding import MOST, Index, found
from tenants.services.types import ServiceType, areas, types
from tests.tenants.services.asked import ASKED

FIRST = 5
TYPES = st.sampled_from(types())


def codes(phrase: str) -> list[str]:
    return [one.code for one in found(phrase)]


def test_what_people_ask_for_is_among_the_first_five() -> None:
    """Of these words 95 of 100 at least; each query has some answer."""
    answers = {phrase: codes(phrase) for phrase in ASKED}
    missed = {
        phrase: answers[phrase][:FIRST]
        for phrase, code in ASKED.items()
        if code not in answers[phrase][:FIRST]
    }
    recall = 1 - len(missed) / len(ASKED)
    said = f"{len(ASKED)} phrases, recall in the first {FIRST}: {recall:.3f}; missed: {missed}"
    print(f"\n{said}")  # noqa: T201 - to be compared
    assert len(ASKED) >= 60
    assert set(ASKED.values()) <= {one.code for one in types()}
    assert [phrase for phrase, answer in answers.items() if not answer] == []
    assert recall >= 0.95, missed


@given(TYPES, st.data())
def test_a_type_is_found_by_each_of_its_names(one: ServiceType, data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(one.words))
    for phrase in (words, words.upper(), fold(words)):
        assert one.code in codes(phrase)[:FIRST], phrase


@given(TYPES)
def test_a_type_stands_first_where_its_own_name_is_asked_for(one: ServiceType) -> None:
    assert codes(one.name)[0] == one.code


@given(st.text(max_size=60))
def test_any_text_has_an_answer_or_none_and_each_type_stands_in_it_once(text: str) -> None:
    answer = codes(text)
    assert len(answer) == len(set(answer)) <= MOST


@pytest.mark.parametrize("phrase", ["", "  ", "i", "w do na", "!?", "hipopotam", "qwzx"])
def test_words_that_mean_no_service_find_none(phrase: str) -> None:
    assert codes(phrase) == []


def test_letters_with_their_marks_apart_are_the_same() -> None:
    apart = normalize("NFD", "żłobek")
    assert apart != "żłobek"
    assert codes(apart)[0] == "zlobek"


def test_a_word_that_is_another_with_its_marks_is_not_taken_for_it() -> None:
    assert "hospicjum" not in codes("chór")
    assert "hospicjum" in codes("chory")


def test_types_of_a_unit_are_found_like_the_others() -> None:
    own = ServiceType("pszczoly", areas()[0], "pasieka społeczna", ("ule",), "Wspólna pasieka.", ())
    assert Index([*types(), own]).found("w pasiekach")[0] is own
    assert codes("w pasiekach") == []
