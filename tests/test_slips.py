"""The traps for slips catch a planted fault, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template, Variable, VariableDoesNotExist
from django.test import Client
from django.urls import path

from kooperacja.tenancy.middleware import public
from tenants.registry.models import Unit
from tests import slips


@public
def _titled(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<html><head><title>{request.GET['t']}</title></head></html>")


@public
def _untitled(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<html><body>Bez tytułu</body></html>")


urlpatterns = [path("tytul/", _titled), path("bez/", _untitled)]


def _units() -> list[str]:
    return list(Unit.objects.order_by("code").values_list("code", flat=True))


def test_rows_that_nobody_ordered_come_in_another_order(db: None) -> None:
    with connections["shared"].cursor() as cursor:
        cursor.execute("SELECT code FROM registry_unit")
        stored = [code for (code,) in cursor.fetchall()]
    for query in (Unit.objects.order_by(), Unit.objects.order_by("code").order_by()):
        unordered = list(query.values_list("code", flat=True))
        assert unordered != stored
        assert sorted(unordered) == sorted(stored)
    streamed = Unit.objects.order_by().values_list("code", flat=True).iterator()
    assert list(streamed) != stored
    rows = [(1,), (2,)]
    assert slips.shuffled(rows.copy()) == rows[::-1]


def test_rows_in_an_order_stay_in_it(db: None) -> None:
    assert _units() == sorted(_units())
    assert slips.take() == []


def test_a_part_of_rows_in_no_order_is_caught(db: None) -> None:
    list(Unit.objects.order_by()[:2])
    assert [caught[:32] for caught in slips.take()] == ["a part of rows without an order:"]


def test_one_row_by_its_key_is_no_part(db: None) -> None:
    assert Unit.objects.order_by().get(code="1605").name == "krapkowicki"
    assert slips.take() == []


@pytest.mark.parametrize(
    "source", ["{{ nie_ma }}", "{% if nie_ma %}{% endif %}", "{% for x in nie_ma %}{% endfor %}"]
)
def test_a_template_that_names_what_it_was_not_given_is_caught(source: str) -> None:
    Template(source).render(Context())
    (caught,) = slips.take()
    assert caught.endswith("nie_ma is not given")


@pytest.mark.parametrize(
    "source", ['{{ nie_ma|default:"" }}', "{{ jest }}", "{% if jest %}{% endif %}"]
)
def test_what_may_be_missing_says_so(source: str) -> None:
    Template(source).render(Context({"jest": None}))
    assert slips.take() == []


def test_what_another_thread_misses_is_its_own(db: None) -> None:
    def meanwhile() -> str:
        with ThreadPoolExecutor(1) as other:
            missed = other.submit(Variable("nie_ma").resolve, Context()).exception()
        assert isinstance(missed, VariableDoesNotExist)
        return "jest"

    Template("{{ jest }}").render(Context({"jest": meanwhile}))
    assert slips.take() == []


@pytest.fixture
def browser(db: None, settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client()


@pytest.mark.parametrize(
    "address",
    ["bez/", "tytul/?t=", "tytul/?t= – Gogolin", "tytul/?t=Błąd: ", "tytul/?t=Kooperacja"],
)
def test_a_page_without_a_title_of_its_own_is_caught(browser: Client, address: str) -> None:
    browser.get(f"/{address}")
    assert slips.take() == ["a page without a title: /" + address.partition("?")[0]]


def test_a_page_with_a_title_is_not(browser: Client) -> None:
    browser.get("/tytul/?t=Błąd: Rejestr – Gogolin")
    assert slips.take() == []


@pytest.mark.parametrize(("fields", "are_in_order"), [("ab", True), ("ba", False)])
def test_a_summary_in_another_order_than_its_fields_is_caught(
    fields: str, are_in_order: bool
) -> None:
    links = "".join(f'<li><a href="#id_{one}">Błąd</a></li>' for one in "ab")
    summary = f'<div class="k-error-summary"><ul>{links}</ul></div>'
    page = "<title>Rejestr</title>" + summary + "".join(f'<input id="id_{one}">' for one in fields)
    assert (list(slips.faults(page)) == []) is are_in_order
