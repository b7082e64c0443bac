"""Whoever asks in everyday Polish finds the type of service that they mean (REG §3.4)."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.guard import lexicon
from kooperacja.ui.polish import fold
from tenants.services.everyday import everyday
from tenants.services.finding import MOST, Index, found, get_ready
from tenants.services.types import ServiceType, areas, types
from tests.tenants.services.asked import ASKED, HELD_OUT

pytestmark = pytest.mark.usefixtures("db")  # the types that the region added lie there

FIRST = 5
TYPES = st.sampled_from(types())
KNOWN = [one.code for one in types()]


def codes(phrase: str) -> list[str]:
    return [one.code for one in found(phrase)]


@pytest.mark.parametrize(("asked", "least"), [(ASKED, 0.95), (HELD_OUT, 0.95)])
def test_what_people_ask_for_is_among_the_first_five(asked: dict[str, str], least: float) -> None:
    """95 of 100 at least, also of words that nobody mended anything for; each query has some answer."""
    answers = {phrase: codes(phrase) for phrase in asked}
    missed = {
        phrase: answers[phrase][:FIRST]
        for phrase, meant in asked.items()
        if not set(meant.split()) & set(answers[phrase][:FIRST])
    }
    recall = 1 - len(missed) / len(asked)
    said = f"{len(asked)} phrases, recall in the first {FIRST}: {recall:.3f}; missed: {missed}"
    print(f"\n{said}")  # noqa: T201 - to be compared
    assert {code for meant in asked.values() for code in meant.split()} <= set(KNOWN)
    assert [phrase for phrase, answer in answers.items() if not answer] == []
    assert recall >= least, missed


def test_there_are_enough_words_of_either_sort() -> None:
    assert len(ASKED) >= 60
    assert len(HELD_OUT) >= 120
    assert ASKED.keys().isdisjoint(HELD_OUT)


def test_everyday_words_stand_for_words_of_the_types() -> None:
    texts = [text for one in types() for text in (*one.words, one.about)]
    known = {base for text in texts for base in bases_of(text.split())}
    for word, means in everyday().items():
        assert word not in means
        assert len(means) == len(set(means)), word
        for meant in means:
            assert bases_of([meant]) & known, meant


def bases_of(words: list[str]) -> set[str]:
    plain = [word.lower().strip(".,:") for word in words]
    readings = lexicon.read(plain)
    return set(plain).union(*(readings[word].common for word in plain if word in readings))


def test_the_first_reader_does_not_wait_for_the_dictionary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    get_ready()
    monkeypatch.setattr(Index, "__init__", None)
    assert codes("logopeda")[0] == "logopeda"


def test_words_that_say_nothing_leave_room_for_the_others() -> None:
    phrase = "proszę o radę bo synek ma dwa i pół roku a jeszcze nic nie gada"
    assert codes(phrase)[0] == "logopeda"


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
