"""The difference of two texts, word by word."""

import json
from collections.abc import Iterable

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.ui.difference import (
    ADDED,
    MOST_CHANGES,
    REMOVED,
    Piece,
    compared,
    difference,
    edits,
    key,
)

TEXTS = st.lists(st.sampled_from(["spotkanie", "raz", "na", "kwartał", "rok.", "\n"])).map(" ".join)


def without(kind: str, pieces: Iterable[Piece]) -> list[str]:
    return " ".join(one.text for one in pieces if one.kind != kind).split()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert without(ADDED, pieces) == before.split()
    assert without(REMOVED, pieces) == after.split()


def test_only_what_changed_is_marked_also_for_who_listens() -> None:
    pieces = difference("raz na kwartał lub częściej", "raz na rok lub częściej")
    shown = Template("{% difference pieces %}").render(Context({"pieces": pieces}))
    assert '<del><span class="visually-hidden">[usunięto: </span>kwartał' in shown
    assert '<ins><span class="visually-hidden">[dodano: </span>rok' in shown
    assert "raz na" in shown


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    shown = Template("{% difference pieces %}").render(
        Context({"pieces": difference("", "<script>x</script>")})
    )
    assert "<script>" not in shown


class Counted:
    """A word that counts how often it is compared."""

    compared = 0

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return isinstance(other, Counted) and self.text == other.text

    __hash__ = None  # type: ignore[assignment]


LONGEST = 5000  # words in the longest text that a form takes
ROTATED = [str(number) for number in range(LONGEST)]
HOSTILE = {
    "one word": (["a"] * LONGEST, ["a"] * (LONGEST - 400)),
    "two by turns": (["a", "b"] * (LONGEST // 2), ["b", "a", "a"] * (LONGEST // 3)),
    "backwards": (ROTATED, ROTATED[::-1]),
    "nothing alike": (ROTATED, [f"x{word}" for word in ROTATED]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_two_texts_take_long_to_compare(name: str) -> None:
    """Steps are counted, since seconds depend on the machine."""
    old, new = ([Counted(word) for word in words] for words in HOSTILE[name])
    Counted.compared = 0
    edits(old, new)  # type: ignore[arg-type]
    assert Counted.compared <= 2 * (MOST_CHANGES + 1) ** 2 + 2 * LONGEST


def test_beyond_the_limit_whole_paragraphs_are_marked_then_the_whole_text() -> None:
    rows = [" ".join(f"{row}-{word}" for word in range(80)) for row in range(4)]
    changed = [
        rows[0],
        *(f"{' '.join('inne' for _ in range(80))} {row}" for row in (1, 2)),
        rows[3],
    ]
    pieces = difference("\n".join(rows), "\n".join(changed))
    assert [(one.kind, one.text) for one in pieces] == [
        ("same", rows[0]),
        ("removed", "\n".join(rows[1:3])),
        ("added", "\n".join(changed[1:3])),
        ("same", rows[3]),
    ]
    before, after = " ".join(ROTATED), " ".join(ROTATED[::-1])
    assert difference(before, after) == (Piece(REMOVED, before), Piece(ADDED, after))


@given(TEXTS, TEXTS)
def test_what_was_kept_shows_the_same(before: str, after: str) -> None:
    kept = json.loads(json.dumps({key(before, after): compared(before, after)}))
    assert difference(before, after, kept) == difference(before, after)


def test_two_texts_whose_comparison_was_kept_are_not_compared_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = "raz na kwartał", "raz na rok"
    kept = {key(before, after): compared(before, after)}
    monkeypatch.delattr("kooperacja.ui.difference.compared")
    assert without(ADDED, difference(before, after, kept)) == before.split()
    with pytest.raises(NameError):
        difference(before, "raz na dwa lata", kept)


def test_no_other_two_texts_have_the_same_key() -> None:
    assert len({key("ab", "c"), key("a", "bc"), key("c", "ab"), key("", "abc")}) == 4
