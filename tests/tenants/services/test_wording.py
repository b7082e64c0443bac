"""What institutions wrote themselves is found inflected, without diacritics, mistyped (REG §3.4)."""

import pytest

from tenants.services.wording import Phrase, words_in

NAMES = [words_in(one) for one in ("Klub Żółta Łódź", "Kawiarenka sąsiedzka", "Świetlica „Promyk”")]


@pytest.mark.parametrize(
    ("phrase", "places"),
    [
        ("klub", [0]),
        ("w klubie", []),  # "w" stands in none of the words
        ("klubie", [0]),
        ("zolta lodz", [0]),
        ("kawiarenki sąsiedzkiej", [1]),
        ("kawairenka", [1]),
        ("swietlicy promyk", [2]),
        ("świetlicy łódź", []),
        ("promyk", [2]),
        ("prom", [2]),
        ("kosmos", []),
        ("", []),
        ("%_\\", []),
    ],
)
def test_each_word_of_a_phrase_is_found_in_some_form(phrase: str, places: list[int]) -> None:
    asked = Phrase(phrase, NAMES)
    assert [place for place, name in enumerate(NAMES) if asked.is_in(name)] == places


def test_a_word_that_is_there_is_not_taken_for_a_mistyped_one() -> None:
    names = [words_in("Dom Seniora"), words_in("Dom Seniory")]
    assert [Phrase("seniora", names).count_in(name) for name in names] == [1, 1]
    names = [words_in("Kolonie"), words_in("Kolonia Letnia")]
    assert Phrase("kalonie", names).count_in(names[0]) == 1
