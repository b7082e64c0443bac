"""Names of files that people take away: short, whole words, taken by every system."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.ui.files import LONGEST_NAME, as_file_name, file_name, file_response

WORDS = st.lists(st.text(min_size=1, max_size=30), max_size=20).map(" ".join)
ANY = st.text(max_size=300) | WORDS
SUFFIXES = st.sampled_from([".pdf", ".docx", ".xlsx", ".csv"])
UNTAKEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@pytest.mark.parametrize(
    ("title", "detail", "name"),
    [
        ("Regulamin PZK, wersja 1", "wersja 1", "Regulamin PZK, wersja 1.pdf"),
        ("Regulamin PZK, wersja 12", "wersja 1", "Regulamin PZK, wersja 12 – wersja 1.pdf"),
        (
            "Deklaracja przystąpienia: Szkoła nr 3",
            "wersja 2",
            "Deklaracja przystąpienia – Szkoła nr 3 – wersja 2.pdf",
        ),
        ("Zwrot 1/2026, godz. 10:30", "", "Zwrot 1-2026, godz. 10-30.pdf"),
        ("Fundacja „Dom\N{NO-BREAK SPACE}Wzór”", "", "Fundacja „Dom Wzór”.pdf"),
        ("umowa\u202e", "", "umowa.pdf"),
        ("con", "", "_con.pdf"),
        ("...", "", "dokument.pdf"),
    ],
)
def test_a_name_says_each_part_once_in_signs_that_windows_takes(
    title: str, detail: str, name: str
) -> None:
    assert file_name(title, ".pdf", detail=detail) == name


def test_a_long_name_is_cut_at_a_word_and_keeps_its_version() -> None:
    name = file_name("Deklaracja: " + "Niepubliczny Ośrodek " * 10, ".docx", detail="wersja 3")
    assert name.endswith(("Ośrodek – wersja 3.docx", "Niepubliczny – wersja 3.docx"))
    assert 100 < len(name) <= LONGEST_NAME


@given(ANY, SUFFIXES, st.sampled_from(["", "wersja 1", "wersja 27"]))
def test_any_title_makes_a_name_that_every_system_takes(
    title: str, suffix: str, detail: str
) -> None:
    name = file_name(title, suffix, detail=detail)
    stem = name.removesuffix(suffix)

    assert name.endswith(suffix)
    assert stem == stem.strip(" .") != ""
    assert len(name) <= LONGEST_NAME
    assert not UNTAKEN.search(name)
    assert not DEVICES.match(name)
    assert name.isprintable()
    assert detail in stem
    assert as_file_name(name) == name


@given(st.lists(st.sampled_from(["Ośrodek", "w", "Gogolinie", "i", "Krapkowicach"]), min_size=1))
def test_no_word_is_cut(words: list[str]) -> None:
    stem = file_name(" ".join(words), ".pdf").removesuffix(".pdf")
    assert stem.split() == words[: len(stem.split())]


def test_a_file_is_handed_out_under_such_a_name() -> None:
    answer = file_response(b"", name='Umowa: "Dom" 1/2.pdf', content_type="application/pdf")
    assert "Umowa%20%E2%80%93%20Dom%201-2.pdf" in answer.headers["Content-Disposition"]
