"""Tables of records: columns as values, sorted by listed keys only, a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import OrderBy, QuerySet
from django.db.models.expressions import Expression, F
from django.http import HttpRequest

from kooperacja.ui.pagination import PAGE_SIZE, Page, paginate, with_params
from kooperacja.ui.polish import number, pl_date_in_column, pl_datetime, sort_key, unbroken
from kooperacja.ui.text import visible

SORT_PARAM = "sort"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `value` is the name of an attribute or method, or a function of the row.

    `is_link` leads to the row's own page and makes the cell its row's header. `sort` is a field's name or an expression (polish_order("name")); without it one can't sort.
    """

    key: str
    label: str
    value: str | Callable[[Any], object]
    sort: str | Expression | F | None = None
    href: Callable[[Any], str] | None = None
    is_number: bool = False
    is_header: bool = False
    is_link: bool = False
    is_phone: bool = False

    def of(self, row: Any) -> object:
        if not isinstance(self.value, str):
            return self.value(row)
        value = getattr(row, self.value)
        return value() if callable(value) else value

    def href_of(self, row: Any) -> str:
        if self.is_link:
            return str(row.url)
        return self.href(row) if self.href else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading with its way to sort; direction is "", ascending or descending."""

    column: Column
    href: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to show."""

    column: Column
    value: Any
    href: str = ""

    @property
    def shown(self) -> Any:
        """The value as it is read; in Python, since a template pays for each question it asks of a text."""
        if self.value is None or self.value == "":
            return "–"
        if self.column.is_number:
            return number(self.value)
        if isinstance(self.value, datetime):
            return pl_datetime(self.value)
        if isinstance(self.value, date):
            return pl_date_in_column(self.value)
        if type(self.value) is str:
            return visible(unbroken(self.value) if self.column.is_phone else self.value)
        return self.value


@dataclass(frozen=True)
class Table:
    """A table for `{% table table %}`. Rows are a queryset, or a list that Python sorts.

    `default` is a column's key, "-key" for the other direction. Two queries a table of a queryset.
    """

    request: HttpRequest
    rows: QuerySet[Any] | Sequence[Any]
    columns: tuple[Column, ...]
    caption: str
    default: str = ""
    id: str = "tabela"
    size: int = PAGE_SIZE
    sort_param: str = SORT_PARAM
    page_param: str = "strona"
    empty: str = "Nic tu jeszcze nie ma."
    nothing: str = ""  # said instead while nothing was chosen

    @cached_property
    def _sort(self) -> tuple[Column | None, bool]:
        for wanted in (self.request.GET.get(self.sort_param, ""), self.default):
            for column in self.columns:
                if column.sort is not None and column.key == wanted.removeprefix("-"):
                    return column, wanted.startswith("-")
        return None, False

    @property
    def everything(self) -> Any:
        """All rows in the order that was chosen, for a file."""
        column, descending = self._sort
        rows: Any = self.rows
        if column is not None and isinstance(rows, QuerySet):
            rows = rows.order_by(_ordering(column, descending), "pk")
        elif column is not None:
            rows = _sorted(list(rows), column, descending)
        return rows

    @cached_property
    def page(self) -> Page:
        return paginate(self.everything, self.request, size=self.size, param=self.page_param)

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if column.sort is None:
            return Heading(column)
        current, descending = self._sort
        is_current = column is current
        key = f"-{column.key}" if is_current and not descending else column.key
        changes: dict[str, str | None] = {self.sort_param: key, self.page_param: None}
        direction = ("descending" if descending else "ascending") if is_current else ""
        return Heading(column, with_params(self.request.GET, **changes), direction)

    @property
    def why_empty(self) -> str:
        own = (self.sort_param, self.page_param)
        is_narrowed = any(value for key, value in self.request.GET.items() if key not in own)
        return self.empty if is_narrowed or not self.nothing else self.nothing

    @property
    def can_sort(self) -> bool:
        return any(column.sort is not None for column in self.columns)

    @property
    def body(self) -> list[list[Cell]]:
        return [
            [Cell(column, column.of(row), column.href_of(row)) for column in self.columns]
            for row in self.page.rows
        ]

    @property
    def state(self) -> str:
        """The words that a screen reader hears after the table changed."""
        column, descending = self._sort
        words = f"{self.caption}, strona {self.page.number} z {self.page.pages}"
        if column is not None:
            words += f", według: {column.label}, {'malejąco' if descending else 'rosnąco'}"
        return words


def _ordering(column: Column, descending: bool) -> OrderBy:
    by = F(column.sort) if isinstance(column.sort, str) else column.sort
    assert by is not None
    return OrderBy(by, descending=descending, nulls_last=True)


def _sorted(rows: list[Any], column: Column, descending: bool) -> list[Any]:
    def key(row: Any) -> Any:
        value = column.of(row)
        return sort_key(value) if isinstance(value, str) else value

    known = [row for row in rows if column.of(row) is not None]
    unknown = [row for row in rows if column.of(row) is None]
    known.sort(key=key)  # equal ones turn round with the rest: what came later stands above
    return (known[::-1] if descending else known) + unknown
