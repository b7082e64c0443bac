"""What a Word form may print, compare and go through; anything else is refused in words."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kooperacja.documents import guarded, wordreader
from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.office_templates import check_form, filled
from kooperacja.documents.wordcheck import check_template
from tenants.accession.papers import ANNOTATED_DECLARATION as PAPER
from tests.kooperacja.documents.test_wordcheck import EXAMPLE, word

EXPECTED = "Tego szablonu nie można użyć"
NAMES = (
    "place", "organisation", "organisation.name", "acceptance", "acceptance.date", "coordinators",
    "representatives", "publish_consent", "one", "one.name", "one.nazwa", "loop", "loop.index",
    "loop.first", "self", "none", "true", "1", "2.5", "'a'", "''", "'\\x00'", "'{{'", "9" * 5000,
)  # fmt: skip
ATOMS = st.sampled_from(NAMES)
OPERATORS = st.sampled_from(
    ["and", "or", "==", "!=", "<", ">=", "in", "not in", "+", "~", "**", "%", "if"]
)
AFTER = st.sampled_from(
    ["|length", "|join", "|join(', ')", "|join(', ', 'name')", "|join(1)", "|default('—')",
     "|default(one)", "|default", "|default('', true, 1)", "|upper", " is none", " is defined",
     " is defined(1)", "()", "[0]", ".name", " is string"]
)  # fmt: skip


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, OPERATORS, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("{}{}".format, inner, AFTER),
        st.builds("({}){}".format, inner, AFTER),
    )


EXPRESSIONS = st.recursive(ATOMS, _wider, max_leaves=5)
TARGETS = st.sampled_from(["one", "one", "one", "place", "loop", "self", "coordinators", "a, b"])
LISTS = st.one_of(st.sampled_from(["coordinators", "representatives"]), EXPRESSIONS)


def _lines(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    loop: Callable[..., list[str]] = lambda mark, target, each, inside, ask: [  # noqa: E731
        f"{{%{mark} for {target} in {each}{ask} %}}", *inside, f"{{%{mark} endfor %}}",
    ]  # fmt: skip
    choice: Callable[..., list[str]] = lambda mark, test, inside, other: [  # noqa: E731
        f"{{%{mark} if {test} %}}", *inside, f"{{%{mark} else %}}", *other, f"{{%{mark} endif %}}",
    ]  # fmt: skip
    marks = st.sampled_from(["p", "p", ""])
    ask = st.one_of(st.just(""), st.builds(" if {}".format, EXPRESSIONS))
    return st.one_of(
        st.builds(loop, marks, TARGETS, LISTS, inner, ask),
        st.builds(choice, marks, EXPRESSIONS, inner, inner),
        st.builds(list.__add__, inner, inner),
    )


FORMS = st.recursive(
    st.builds(lambda text: [f"{{{{ {text} }}}}"], EXPRESSIONS), _lines, max_leaves=4
)
CASES = [("nic nie ma", {**EXAMPLE, "acceptance": None, "coordinators": []})]


def answer(lines: list[str]) -> dict[str, Any]:
    facts, _ = wordreader.read(word(*lines), {"example": EXAMPLE, "trials": CASES})
    return facts


@given(FORMS)
@example(["{%p for p in representatives if loop.index %}", "{{ p.name }}", "{%p endfor %}"])
@example(["{%p for p in representatives and organisation %}", "{{ p.name }}", "{%p endfor %}"])
@example(["{% for one in coordinators %}{% if place > 1 %}x{% endif %}{% endfor %}"])
@example(["{{ (place if acceptance) > place }}"])
def test_a_form_written_at_random_is_taken_or_refused_in_words(lines: list[str]) -> None:
    facts = answer(lines)
    if "fields" not in facts:
        title, explanation, _ = facts["refused"]
        assert title == EXPECTED
        assert explanation.endswith((".", "!"))
        return
    for _, values in [("", EXAMPLE), *CASES]:  # what is taken can be filled
        facts, made = wordreader.read(word(*lines), {"context": values})
        assert facts == {}
        texts = " ".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)
        assert not any(sign in texts for sign in ("{'", "[{", "None", "True", "False", "<"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ organisation }}", "organisation to grupa pól: wpisz np. {{ organisation.name }}"),
        ("{{ coordinators }}", "{% for one in coordinators %}{{ one.name }}{% endfor %}"),
        ("{% for one in coordinators %}{{ one }}{% endfor %}", "one to grupa pól"),
        ("{{ coordinators|join(', ') }}", "coordinators to lista"),
        ("{{ publish_consent }}", "{% if publish_consent %}tak{% else %}nie{% endif %}"),
        ("{{ acceptance and acceptance.date }}", "nie zawsze jest tekstem"),
        ("{{ place or none }}", "nie zawsze jest tekstem"),
        ("{% if organisation.name > 1 %}x{% endif %}", "organisation.name (tekst) i 1 (liczba)"),
        ("{% for p in coordinators if loop.index %}x{% endfor %}", "działa tylko wewnątrz pętli"),
        ("{% for p in coordinators and organisation %}x{% endfor %}", "tylko nazwę listy"),
        ("{% for p in coordinators if p %}x{% else %}{{ p.name }}{% endfor %}", "pola p "),
        ("{% for p in (coordinators if place) %}x{% endfor %}", "tylko nazwę listy"),
        ("{% for loop in coordinators %}x{% endfor %}", "nie można nazwać „loop”"),
        ("{{ (acceptance or organisation).name }}", "takiego polecenia"),
        ("{{ place|length('x') }}", "polecenia „length” nie można tak użyć"),
        ("{{ '\\x00' }}", "niedozwolony znak"),
        ("{% if coordinators|length > " + "9" * 5000 + " %}x{% endif %}", "źle zapisane"),
    ],
)
def test_what_is_no_single_value_is_refused_with_what_to_write(text: str, why: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        check_template(word("Deklaracja", text), EXAMPLE)
    assert why in refused.value.explanation


@pytest.mark.parametrize(
    "text",
    [
        "{{ coordinators|join(', ', 'name') }}",
        "{{ coordinators|length }} {% if coordinators|length >= 2 %}x{% endif %}",
        "{% if organisation.sector == 'Policja' or 'Gogolin' in place %}x{% endif %}",
        "{% for p in coordinators if p.name != place %}{{ loop.index or '—' }}{% endfor %}",
        "{{ acceptance.date if acceptance else '—' }} {{ organisation.krs or place }}",
        "{% if acceptance == none and not publish_consent %}x{% endif %}",
    ],
)
def test_what_can_be_printed_and_compared_is_taken(text: str) -> None:
    assert "fields" in answer([text])


@pytest.mark.parametrize(
    "facts",
    [{}, {"misfit": True}, {"fields": None}, {"refused": ["x"]}, {"refused": "x"}, {"x": 1}],
)
def test_an_answer_that_is_none_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, facts: dict[str, Any]
) -> None:
    monkeypatch.setattr(guarded, "run", lambda *_, **__: (facts, b""))
    with pytest.raises(BadTemplate, match="nie można użyć") as refused:
        check_form(b"", PAPER)
    assert "przykładowymi danymi" in refused.value.explanation
    with pytest.raises(BadTemplate, match="nie pasuje do dokumentu"):
        filled(b"", PAPER, PAPER.example)


def test_whatever_can_not_be_filled_has_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for failure in (TypeError("x"), KeyError("x"), ValueError("x")):

        def fail(*_: Any, failure: Exception = failure) -> int:
            raise failure

        monkeypatch.setattr(wordreader, "check_template", fail)
        asked = {"example": EXAMPLE, "trials": []}
        assert wordreader.read(b"", asked) == ({"misfit": type(failure).__name__}, b"")


def test_a_form_must_say_what_its_paper_is_not_yet() -> None:
    said = "{% if acceptance %}DO PODPISU,  nie obowiązuje{% endif %}"
    paper = replace(PAPER, marked={"acceptance": "Do podpisu, nie obowiązuje"})
    assert check_form(word(said, "{{ place }}"), paper) == 3
    for text in ("{{ place }}", "{% if not acceptance %}Do podpisu, nie obowiązuje{% endif %}"):
        with pytest.raises(BadTemplate) as refused:
            check_form(word(text), paper)
        assert "{% if acceptance %}Do podpisu, nie obowiązuje{% endif %}" in (
            refused.value.explanation
        )
