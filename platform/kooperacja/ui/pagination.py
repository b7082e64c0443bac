"""Pages of a list: few links even among a thousand pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict

PAGE_SIZE = 25
PARAM = "strona"
JUMP_FROM = 10  # pages from which one may type the number


def with_params(query: QueryDict, **changes: str | int | None) -> str:
    """The same address with some parameters changed; None takes one out."""
    copy = query.copy()
    for name, value in changes.items():
        copy.pop(name, None)
        if value is not None:
            copy[name] = str(value)
    return f"?{copy.urlencode()}"


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of the row; number 0 is the gap between far pages."""

    number: int
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Page:
    """One page of rows and the way to the others."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int
    query: QueryDict
    param: str = PARAM

    def _href(self, number: int) -> str:
        return with_params(self.query, **{self.param: number if number > 1 else None})

    @property
    def links(self) -> list[PageLink]:
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        links: list[PageLink] = []
        for number in shown:
            if links and number - links[-1].number > 1:
                links.append(PageLink(0, ""))
            links.append(PageLink(number, self._href(number), number == self.number))
        return links

    @property
    def previous(self) -> str:
        return self._href(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self._href(self.number + 1) if self.number < self.pages else ""

    @property
    def can_jump(self) -> bool:
        return self.pages >= JUMP_FROM

    @property
    def other_params(self) -> list[tuple[str, str]]:
        """The parameters that a GET form must repeat so that the filters stay."""
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if name != self.param
        ]


def paginate(rows: Any, request: HttpRequest, *, size: int = PAGE_SIZE, param: str = PARAM) -> Page:
    """The page the request asks for; a number out of range gives the nearest page, never an error.

    Two queries: the count and the rows.
    """
    page = Paginator(rows, size).get_page(request.GET.get(param))
    return Page(
        rows=list(page.object_list),
        number=page.number,
        pages=page.paginator.num_pages,
        total=page.paginator.count,
        query=request.GET,
        param=param,
    )
