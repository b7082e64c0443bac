"""An answer is told from what its program quotes, in the ways of many programs."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kooperacja.incoming.quotes import own_words
from kooperacja.letters import ANSWER_ABOVE
from tests.budget import cases

LETTER = f"=== {ANSWER_ABOVE} ===\n\nGmina Gogolin\n\nKorespondencja nr 3/2026\n\nSpotkanie o 10."
PLAIN = "Szanowni Państwo,\n\nproszę o listę dyżurów.\n\nAnna Przykładowa"


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


BEGINNINGS = [
    "W dniu 12.03.2026 o 10:15, Gmina Gogolin pisze:",
    "W dniu 2026-03-12 10:15:30 użytkownik Kooperacja <a@example.pl> napisał:",
    "W dniu czwartek, 12 marca 2026 Gmina Gogolin\n<a@example.pl> napisał(a):",
    "czw., 12 mar 2026 o 10:15 Gmina Gogolin <a@example.pl>\nnapisał(a):",
    "Dnia 12 marca 2026 10:15 Gmina Gogolin <a@example.pl> napisał(a):",
    "On Thu, Mar 12, 2026 at 10:15 AM Gmina Gogolin <a@example.pl> wrote:",
    "On Thu, Mar 12, 2026 at 10:15 AM Gmina Gogolin\n<bardzo.dlugi.adres@poczta.example.pl>\nwrote:",
]
HEADERS = [
    "-----Original Message-----\nFrom: a@example.pl\nSent: Thursday\nTo: b@example.pl\nSubject: X",
    "-----Wiadomość oryginalna-----\nOd: a@example.pl\nData: 12.03.2026\nDo: b\nTemat: X",
    "________________________________\nOd: Gmina <a@example.pl>\nWysłano: 12 marca 2026\nDo: b\nTemat: X",
    "*Od:* Gmina <a@example.pl>\n*Wysłano:* 12 marca 2026\n*Do:* b\n*Temat:* X",
    "From: Gmina <a@example.pl>\nDate: 12.03.2026\nTo: b\nSubject: X",
]
QUOTATIONS = [
    *[f"{begin}\n\n{quoted(text)}" for begin in BEGINNINGS for text in (LETTER, PLAIN)],
    *[f"{begin}\n{LETTER}" for begin in BEGINNINGS],
    *[f"{headers}\n\n{text}" for headers in HEADERS for text in (LETTER, PLAIN)],
    quoted(PLAIN),
    LETTER,
]
# Words of people, without the few lines that mean a quotation.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=">-_=:*"),
    min_size=1,
    max_size=12,
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4)


@pytest.mark.parametrize("quotation", QUOTATIONS)
def test_the_answer_above_stays_and_the_quotation_goes(quotation: str) -> None:
    answer = "Dzień dobry,\n\nprzyjdę o 10: z listą.\n\nJan Zmyślony"
    assert own_words(f"{answer}\n\n{quotation}\n") == answer


@pytest.mark.parametrize("begin", ["", *BEGINNINGS])
@pytest.mark.parametrize("text", [PLAIN, LETTER])
def test_the_answer_below_and_between_stays(begin: str, text: str) -> None:
    first, second = text.split("\n\n", 1)
    told = f"{begin}\n{quoted(first)}\nZgoda.\n{quoted(second)}\nJan Zmyślony"
    assert own_words(told) == "Zgoda.\nJan Zmyślony"


def test_a_signature_is_no_answer() -> None:
    assert own_words(f"Zgoda.\n-- \nJan Zmyślony\ntel. 123\n\n{LETTER}") == "Zgoda."


@pytest.mark.parametrize("quotation", QUOTATIONS)
def test_a_quotation_alone_says_nothing(quotation: str) -> None:
    assert own_words(quotation) == ""


@settings(max_examples=cases(40))
@given(LINES, st.sampled_from(QUOTATIONS))
@example(["W dniu dyżuru ktoś pisze do Państwa"], QUOTATIONS[0])
def test_no_word_of_an_answer_is_lost(lines: list[str], quotation: str) -> None:
    answer = "\n".join(lines)
    assert own_words(answer) == answer
    assert own_words(f"{answer}\n\n{quotation}") == answer


@settings(max_examples=cases(40))
@given(st.text(max_size=400))
def test_nothing_is_made_up_and_twice_is_once(text: str) -> None:
    own = own_words(text)
    assert set(own.split()) <= set(text.split())
    assert own_words(own) == own
