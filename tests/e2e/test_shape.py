"""A page is new by what it is built of, not by its words."""

import pytest

from tests.e2e.shape import Shape

ROW = '<li class="k-row"><a href="/{0}/" class="link">{1}</a></li>'
PAGE = f"<main><h1>Lista</h1><ul>{ROW.format(1, 'Szkoła')}</ul></main>"


def test_other_words_and_a_longer_list_are_nothing_new() -> None:
    longer = f"<main><h1>Inna</h1><ul>{ROW.format(2, 'Dom')}{ROW.format(3, 'Klub')}</ul></main>"
    assert Shape(longer).parts == Shape(PAGE).parts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('class="k-row"', 'class="k-row is-new"'),
        ('class="link"', 'class="link" role="button"'),
        ("Szkoła", ""),
        ("<a ", '<a tabindex="2" '),
        ("<ul>", "<h3>Rozdział</h3><ul>"),
        ("<ul>", '<ul aria-hidden="true">'),
        ("<main>", '<nav></nav><main aria-labelledby="x">'),
        ("</ul>", '</ul><img src="/znak.svg">'),
        ('<ul><li class="k-row">', '<ul><li class="k-row"><p>'),
    ],
)
def test_what_may_break_a_page_is_new(before: str, after: str) -> None:
    assert Shape(PAGE.replace(before, after)).parts - Shape(PAGE).parts


def test_an_id_that_is_there_twice_is_told() -> None:
    assert Shape('<p id="a"></p><p id="b"></p>').repeated_ids == []
    assert Shape('<p id="a"></p><p id="a"></p>').repeated_ids == ["a"]
