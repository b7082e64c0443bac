"""Traps of the whole run for slips that no test looks for.

Rows that nobody ordered come back shuffled, and nobody may ask for a part of them; a template names
only what it was given, unless `default` follows; a page has a title of its own, and tells what is
wrong in the order of its fields.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import pytest
from django.db.models.query import MAX_GET_RESULTS
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI
from django.db.models.sql.query import Query
from django.template.base import FilterExpression, Template, VariableDoesNotExist
from django.template.context import Context
from django.template.defaultfilters import default, default_if_none
from django.test import Client

Call = Callable[..., Any]

# They only note: what they raised would be swallowed, for one by `{% if %}`.
_noted: set[str] = set()


def take() -> list[str]:
    """What was caught since the last time."""
    caught = sorted(_noted)
    _noted.clear()
    return caught


@pytest.fixture(scope="session", autouse=True)
def slips_are_watched(django_test_environment: None) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, trap in (
            (SQLCompiler, "execute_sql", _in_no_order),
            (VariableDoesNotExist, "__init__", _noting_what_is_unknown),
            (Template, "_render", _kept_of_whole_pages),
            (Client, "request", _well_made),
        ):
            patch.setattr(owner, name, trap(getattr(owner, name)))
        yield


@pytest.fixture(autouse=True)
def no_slip() -> Iterator[None]:
    yield
    if caught := take():
        pytest.fail("\n".join(caught), pytrace=False)


# --- Rows ----------------------------------------------------------------------------------------


def _in_no_order(execute: Call) -> Call:
    def trap(compiler: SQLCompiler, kind: str = MULTI, *args: Any, **kwargs: Any) -> Any:
        chunks = execute(compiler, kind, *args, **kwargs)
        query = compiler.query
        if kind != MULTI or query.explain_info or _is_ordered(query):
            return chunks
        if query.is_sliced and query.high_mark != MAX_GET_RESULTS:
            _noted.add(f"a part of rows without an order: {query}")
        if isinstance(chunks, list):
            return [shuffled(list(chain.from_iterable(chunks)))]
        return map(shuffled, chunks)

    return trap


def _is_ordered(query: Query) -> bool:
    meta = query.get_meta() if query.model else None
    by_model = query.default_ordering and meta and meta.ordering and not query.group_by
    return bool(query.order_by or query.extra_order_by or by_model)


def shuffled(rows: list[Any]) -> list[Any]:
    """The rows in another order than they were in, and the same one in each run."""
    return rows[::-1]


# --- Templates -----------------------------------------------------------------------------------


_RESOLVES = FilterExpression.resolve.__code__


def _noting_what_is_unknown(init: Call) -> Call:
    """Asks only where something is missing who wanted it: a page resolves thousands of names."""

    def trap(error: VariableDoesNotExist, *args: Any, **kwargs: Any) -> None:
        init(error, *args, **kwargs)
        frame = inspect.currentframe()
        while frame and frame.f_code is not _RESOLVES:
            frame = frame.f_back
        if frame:
            _note(frame.f_locals["self"], frame.f_locals["context"])

    return trap


def _note(expression: FilterExpression, context: Any) -> None:
    page, part = context.template, context.render_context.template
    if "site-packages" not in part.origin.name and not _has_default(expression):
        _noted.add(f"{page.name}, in {part.name}: {expression.token} is not given")


def _kept_of_whole_pages(render: Call) -> Call:
    """Of an included or extended template the client keeps no copy of all values."""

    def trap(template: Template, context: Context) -> Any:
        is_whole = context.template is template
        return render(template, context) if is_whole else template.nodelist.render(context)

    return trap


def _has_default(expression: FilterExpression) -> bool:
    return bool(expression.filters) and expression.filters[0][0] in (default, default_if_none)


# --- Pages ---------------------------------------------------------------------------------------

# Not the frame's own words: what went wrong, the name of the site, of the tenant.
_TITLE = re.compile(r"<title>\s*(?:Błąd:\s*)?(?!Błąd:|Kooperacja\s*[<–])[^\s<–]")


_SUMMARY = re.compile(r'class="k-error-summary".*?</ul>', re.DOTALL)
_LEADS_TO = re.compile(r'href="#([^"]+)"')


def _well_made(request: Call) -> Call:
    def trap(client: Client, **asked: Any) -> Any:
        answer = request(client, **asked)
        if not answer.streaming and b"<html" in answer.content:
            for wrong in faults(answer.content.decode()):
                _noted.add(f"{wrong}: {answer.request['PATH_INFO']}")
        return answer

    return trap


def faults(page: str) -> Iterator[str]:
    if not _TITLE.search(page):
        yield "a page without a title"
    if summary := _SUMMARY.search(page):
        places = [page.find(f'id="{one}"') for one in _LEADS_TO.findall(summary[0])]
        if places != sorted(places):
            yield "what is wrong is not told in the order of the fields"
