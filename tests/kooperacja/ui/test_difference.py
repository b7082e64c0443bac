"""The difference of two texts, word by word."""

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.ui.difference import ADDED, REMOVED, Piece, difference

TEXTS = st.lists(st.sampled_from(["spotkanie", "raz", "na", "kwartał", "rok.", "\n"])).map(" ".join)


def without(kind: str, pieces: list[Piece]) -> list[str]:
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
