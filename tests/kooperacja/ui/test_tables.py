"""Tables and pages of lists: sorted by listed keys only, sane at any size."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from kooperacja.ui.pagination import Page, paginate
from kooperacja.ui.polish import NBSP, polish_order
from kooperacja.ui.tables import Cell, Column, Table


@dataclass
class Row:
    name: str
    people: int | None


ROWS = [Row("Żory", 3), Row("Łódź", None), Row("Lublin", 20)]
COLUMNS = (
    Column("name", "Nazwa", "name", sort="name", is_header=True),
    Column("people", "Osoby", "people", sort="people", is_number=True),
    Column("secret", "Tajne", "name"),
)


def _table(**params: Any) -> Table:
    return Table(RequestFactory().get("/", params), ROWS, COLUMNS, "Miasta", default="name")


def _names(table: Table) -> list[str]:
    return [row.name for row in table.page.rows]


def test_rows_stand_in_polish_order_by_default() -> None:
    assert _names(_table()) == ["Lublin", "Łódź", "Żory"]


def test_a_column_sorts_both_ways() -> None:
    assert _names(_table(sort="-name")) == ["Żory", "Łódź", "Lublin"]
    assert _names(_table(sort="people")) == ["Żory", "Lublin", "Łódź"]


def test_rows_without_a_value_stand_last_both_ways() -> None:
    assert _names(_table(sort="-people")) == ["Lublin", "Żory", "Łódź"]


@pytest.mark.parametrize("sort", ["secret", "password", "name__x", "--name", "-", "\x00"])
def test_a_key_that_is_not_listed_changes_nothing(sort: str) -> None:
    assert _names(_table(sort=sort)) == _names(_table())


def test_headings_keep_filters_and_forget_the_page() -> None:
    name, people, secret = _table(szukaj="ł", strona="2").headings
    assert (name.href, name.direction) == ("?szukaj=%C5%82&sort=-name", "ascending")
    assert (people.href, people.direction) == ("?szukaj=%C5%82&sort=people", "")
    assert secret.href == ""


def test_a_queryset_costs_two_queries_whatever_its_size(db: None) -> None:
    rows = ContentType.objects.using("shared").all()
    columns = (Column("model", "Model", "model", sort=polish_order("model")),)
    for size in (1, 50):
        request = RequestFactory().get("/", {"sort": "-model"})
        with CaptureQueriesContext(connections["shared"]) as queries:
            table = Table(request, rows, columns, "Modele", size=size)
            assert table.body
            assert table.headings
            assert table.state
        assert len(queries) == 2


def _page(number: int, pages: int, **params: str) -> Page:
    return Page([], number, pages, pages * 25, RequestFactory().get("/", params).GET)


def test_a_thousand_pages_need_seven_places() -> None:
    assert [link.number for link in _page(500, 1000).links] == [1, 0, 499, 500, 501, 0, 1000]
    assert [link.number for link in _page(1, 1000).links] == [1, 2, 0, 1000]
    assert [link.number for link in _page(1, 1).links] == [1]


def test_the_first_page_has_one_address() -> None:
    page = _page(2, 3, sort="name", strona="2")
    assert (page.previous, page.next) == ("?sort=name", "?sort=name&strona=3")


@pytest.mark.parametrize(("asked", "given"), [("9", 3), ("0", 3), ("-4", 3), ("x", 1), ("", 1)])
def test_a_number_out_of_range_gives_a_page_all_the_same(asked: str, given: int) -> None:
    page = paginate(range(60), RequestFactory().get("/", {"strona": asked}))
    assert (page.number, page.pages, page.total) == (given, 3, 60)


def test_a_telephone_stays_on_one_line_and_several_do_not() -> None:
    cell = Cell(Column("phone", "Telefon", "phone", is_phone=True), "77 400 00 00, 112 w nocy")
    assert cell.shown == f"77{NBSP}400{NBSP}00{NBSP}00, 112 w nocy"
    assert cell.value == "77 400 00 00, 112 w nocy"
