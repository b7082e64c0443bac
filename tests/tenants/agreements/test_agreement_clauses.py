"""The texts of the three variants: each clause has one, and each reference points at what it names."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.agreements.blanks import BLANK, BLANKS
from tenants.agreements.clauses import REFERENCE, TEXTS
from tenants.agreements.numbering import Added, Filling, Line, lists_of, numbered, places_of
from tests.budget import cases
from tests.test_clauses import IDS, refs_of

VARIANTS = pytest.mark.parametrize("variant", TEXTS)
# What the lines of docs/clauses.md call the texts that stand outside the paragraphs.
NAMED = {"title", "preamble", "support", "annex", "signatures"}
# A further duty is one of a list, a person one of a party's.
IN_LISTS = {"2.3.7": "2.3.6"}


def _wanted(variant: str) -> set[str]:
    """Every clause that docs/clauses.md names of the variant."""
    document = f"POR-{variant}"
    refs = {ref.lstrip("§") for line in IDS for ref in refs_of(line, document)}
    words = {line.partition(" ")[2] for line in IDS if line.partition(" ")[0] in {"POR", document}}
    return refs | (words & NAMED)


@VARIANTS
def test_every_clause_of_the_matrix_has_its_text(variant: str) -> None:
    """B has the channels in § 3.1 and the people in § 3.2; C has no card and no support."""
    has = {one.ref for one in TEXTS[variant]}
    apart = {"B": {"3.3", "3.3.1"}, "C": {"support", "2.3.4"}}.get(variant, set())
    missing = {ref for ref in _wanted(variant) - apart if IN_LISTS.get(ref, ref) not in has}
    assert missing == set()
    assert len(_wanted(variant)) > 15


@VARIANTS
def test_every_blank_is_known_and_every_reference_has_its_clause(variant: str) -> None:
    refs = {one.ref for one in TEXTS[variant]}
    for one in TEXTS[variant]:
        assert set(BLANK.findall(one.text + one.rotating)) <= set(BLANKS)
        assert set(REFERENCE.findall(one.text)) <= refs
        assert "…" not in one.text


# What was mended of the founding wording, beside what other tests show.
_MODELS_COMMA = "przed „a podmiotami”"
MENDS = {
    "A": {
        "title": (_MODELS_COMMA,),
        "1.1": (_MODELS_COMMA, "„Województwa”"),
        "1.2": ("przed „z terenu”",),
        "2.2": ("„Partnera”",),
        "2.3": ("przed „do obowiązków”",),
        "2.3.3": ("„Partnerskich”",),
        "2.4": ("„Porozumienia”",),
        "support": ("„Samorządu Województwa”",),
    },
    "B": {
        "1.1": (_MODELS_COMMA, "„Województwa”"),
        "1.2": (_MODELS_COMMA, "„Stron”"),
        "2.3": ("przed „do obowiązków”",),
        "2.3.3": ("„Partnerskich”",),
        "2.4": ("„Porozumienia”",),
        "support": ("„Samorządu Województwa”",),
    },
    "C": {
        "title": (_MODELS_COMMA,),
        "1.1": (_MODELS_COMMA, "z przecinkiem przed nim", "„Województwa”"),
        "1.2": ("przed „służącego”", "„jej mieszkańcom”"),
        "1.4": (_MODELS_COMMA, "„Stron”"),
        "2.1": ("przed „składającego”",),
        "2.3": ("średnikiem",),
        "2.4": ("przed „do obowiązków”",),
        "2.4.5": ("„Partnerskich”",),
        "2.6": ("„Porozumienia”",),
        "3.1": ("bez przecinka",),
        "3.5": (_MODELS_COMMA,),
        "3.7": ("przed „w których”",),
        "4.3": ("przed „jeżeli”", "„takiej instytucji”"),
    },
}


@pytest.mark.parametrize(
    ("variant", "ref"), [(variant, ref) for variant, refs in MENDS.items() for ref in refs]
)
def test_a_clause_says_what_of_its_founding_wording_was_mended(variant: str, ref: str) -> None:
    mended = {one.key: one.mended for one in numbered(variant)}
    (clause,) = (one for one in TEXTS[variant] if one.ref == ref)
    assert [words for words in MENDS[variant][ref] if words not in clause.mended] == []
    assert mended.get(ref, clause.mended) == clause.mended


@VARIANTS
def test_abbreviations_and_dashes_that_were_mended_are_named_at_their_clause(variant: str) -> None:
    for one in TEXTS[variant]:
        assert ("m.in." in one.text) == ("„M. in.”" in one.mended), one.ref
        assert (" – " in one.text) == ("Łącznik" in one.mended), one.ref


def test_c_refers_rightly_where_its_founding_text_does_not() -> None:
    lines = {one.key: one for one in numbered("C")}
    assert "wymienionych w § 2 ust. 4 oraz" in lines["1.5"].text
    assert "o których mowa w § 1 ust. 5, do" in lines["2.4"].text
    assert "wymienionych w ust. 4 i" in lines["2.5"].text


PLACES = {variant: places_of(variant) for variant in TEXTS}
ADDED = st.sampled_from(sorted(TEXTS)).flatmap(
    lambda variant: st.tuples(
        st.just(variant),
        st.lists(
            st.tuples(
                st.sampled_from(PLACES[variant]), st.sampled_from(["a", "((2.3))", "[[units]]"])
            ),
            max_size=12,
        ),
    )
)


def _cited(text: str, by: Line) -> list[str]:
    """The full names that a founding text cites; "ust. 3" alone is of the same paragraph."""
    found = re.findall(r"(?:§ \d+ )?ust\. \d+", text)
    here = " ".join(by.name.split()[:2])
    return [one if one.startswith("§") else f"{here} {one}" for one in found]


@settings(max_examples=cases(60), deadline=None)
@given(ADDED)
def test_every_reference_points_at_what_it_names_whatever_is_added_anywhere(
    drawn: tuple[str, list[tuple[str, str]]],
) -> None:
    variant, rows = drawn
    added = [Added(str(number), *row) for number, row in enumerate(rows)]
    lines = numbered(variant, added)
    names = {one.key: one.name for one in lines}
    for clause in TEXTS[variant]:
        wanted = [names[ref] for ref in REFERENCE.findall(clause.text)]
        if wanted:
            line = next(one for one in lines if one.key == clause.ref)
            assert _cited(line.text, line) == wanted
    # What somebody added is taken as it is written, and nothing of it is lost.
    own = [one for one in lines if one.is_own and not one.key.endswith(":heading")]
    assert sorted(one.text.rstrip(";.") for one in own) == sorted(text for _, text in rows)


@settings(max_examples=cases(60), deadline=None)
@given(ADDED)
def test_numbers_run_from_one_without_gaps(drawn: tuple[str, list[tuple[str, str]]]) -> None:
    variant, rows = drawn
    lines = numbered(variant, [Added(str(n), *row) for n, row in enumerate(rows)])
    names = [one.name for one in lines if one.name]
    sections = [one.name for one in lines if one.depth == 0]
    assert sections == [f"§ {number}" for number in range(1, len(sections) + 1)]
    for section in sections:
        inside = [one for one in lines if one.name.startswith(f"{section} ") and one.depth == 1]
        assert [one.number for one in inside] == [f"{n}." for n in range(1, len(inside) + 1)]
    # A paragraph of one clause and its heading are cited alike.
    own = sum(place == "end" for place, _ in rows)
    assert len(set(names)) == len(names) - own


@VARIANTS
def test_the_last_point_of_a_list_ends_with_a_stop(variant: str) -> None:
    ref = lists_of(variant)[0]
    added = [Added("1", f"duty:{ref}", "wspólne szkolenia;"), Added("2", f"duty:{ref}", "festyn.")]
    lines = numbered(variant, added)
    before, after = (next(one for one in lines if one.key == f"own:{key}") for key in "12")
    assert (before.text, after.text) == ("wspólne szkolenia;", "festyn.")


def test_words_that_end_with_a_stop_get_no_second_one() -> None:
    values = {"regional_support": "Fundacja Przykład sp. z o.o."}
    text = next(one.text for one in numbered("A", (), Filling(values)) if one.key == "support")
    assert text.endswith("zapewni: Fundacja Przykład sp. z o.o.")
