"""The framework regulation word for word, and how its clauses are cited and written."""

import pytest

from tenants.exchange.clauses import BLANKS, Clause, framework, unknown_blanks
from tenants.exchange.forms import ClausesForm, name_of


@pytest.mark.parametrize(
    ("ref", "number", "name"),
    [
        ("1", "", "§ 1"),
        ("1.3", "3.", "§ 1 ust. 3"),
        ("3.5.a", "a)", "§ 3 ust. 5 lit. a"),
        ("zał.3", "", "załącznik nr 3"),
    ],
)
def test_a_clause_is_cited_as_an_office_does(ref: str, number: str, name: str) -> None:
    clause = Clause(ref, "…")
    assert (clause.number, clause.name) == (number, name)


def test_a_paragraph_is_headed_as_acts_head_it() -> None:
    assert Clause("1", "Postanowienia ogólne").heading == "§ 1. Postanowienia ogólne"


def test_the_framework_has_every_paragraph_and_blanks_that_a_regulation_fills() -> None:
    refs = [one["ref"] for one in framework()]
    assert [ref for ref in refs if ref.isdigit()] == [str(number) for number in range(1, 11)]
    assert len(refs) == len(set(refs))
    text = "\n".join(one["text"] for one in framework())
    assert unknown_blanks(text) == []
    assert all(f"[[{name}]]" in text for name in BLANKS)


def test_what_is_written_unchanged_is_what_it_was() -> None:
    form = ClausesForm(_sent(), clauses=framework())
    assert form.is_valid(), form.errors
    assert form.clauses() == framework()


def test_an_empty_clause_is_taken_out_and_a_new_one_comes_last_in_its_paragraph() -> None:
    form = ClausesForm(_sent({"2.7": "", "2.12": "Nowy ustęp."}), clauses=framework())
    assert form.is_valid(), form.errors
    refs = [one["ref"] for one in form.clauses()]
    assert "2.7" not in refs
    assert refs[refs.index("2.11") + 1] == "2.12"


def test_a_heading_stays_and_a_blank_that_nobody_fills_is_refused_by_name() -> None:
    form = ClausesForm(_sent({"4": "", "1.1": "W [[gdzie]]."}), clauses=framework())
    assert not form.is_valid()
    assert set(form.errors) == {name_of("4"), name_of("1.1")}
    assert "[[gdzie]]" in form.errors[name_of("1.1")][0]


def _sent(changed: dict[str, str] | None = None) -> dict[str, str]:
    texts = {one["ref"]: one["text"] for one in framework()} | (changed or {})
    return {name_of(ref): text for ref, text in texts.items()}
