"""An extract without names leaves out people in any case of Polish (REG §2.9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.meetings.nameless import LEFT_OUT, is_name, without_names

NAMES = ["Anna Przykładowa", "Marek Zmyślony", "Ewa Nowak-Wymyślna"]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Przykładowa",
        "Annie Przykładowej",
        "Przykładową Annę",
        "ANNA  PRZYKŁADOWA",
        "Markowi Zmyślonemu",
        "Ewie Nowak-Wymyślnej",
        "panią Przykładową",
        "p. Zmyślonego",
    ],
)
def test_a_person_is_left_out_however_the_name_ends(text: str) -> None:
    assert without_names(f"Wyłączono: {text}, szkoła.", NAMES) == f"Wyłączono: {LEFT_OUT}, szkoła."


@pytest.mark.parametrize(
    "text", ["Szkoła Przykładowa i zmyślony termin.", "Panel o zimie.", "Ewa i Anna", ""]
)
def test_what_is_no_name_stays(text: str) -> None:
    assert without_names(text, NAMES) == text


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=3))
def test_whatever_was_written_nothing_breaks(text: str, names: list[str]) -> None:
    assert isinstance(without_names(text, names), str)


def test_a_role_is_no_name() -> None:
    assert is_name("Zenon Zmyślony")
    assert not is_name("pracownik ds. sieci")
