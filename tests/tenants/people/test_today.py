"""Titles of what waits begin with the verb that its button says."""

import ast
import inspect
import sys
from collections.abc import Iterator
from datetime import date

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from kooperacja import offers
from tenants.people.calendar import DaySource
from tenants.people.today import TodaySource, Waiting

VERBS = {
    *("Nadaj", "Odpowiedz", "Podaj", "Popraw", "Porównaj", "Przeczytaj", "Przejrzyj"),
    "Przekaż",
    *("Rozstrzygnij", "Sprawdź", "Uzupełnij", "Wpisz", "Wypełnij", "Zagłosuj", "Zamknij"),
    *(
        "Dokończ",
        "Napisz",
        "Potwierdź",
        "Rozpatrz",
        "Zadzwoń",
        "Zapisz",
        "Znajdź",
        "Wybierz",
        "Zatwierdź",
        "Zwołaj",
        "Przyjmij",
    ),
    *(
        "Złóż",
        "Zajmij",
        "Zapoznaj",
        "Zawrzyj",
        "Zdecyduj",
        "Zobacz",
        "Wskaż",
        "Wykonaj",
        "Podpiszcie",
    ),
}


def beginnings() -> Iterator[str]:
    """The first words of all titles that the apps write in code, except those of a calendar."""
    days = {source.find.__name__ for source in offers.of(DaySource)}
    for module in {source.find.__module__ for source in offers.of(TodaySource)}:
        for part in ast.parse(inspect.getsource(sys.modules[module])).body:
            if getattr(part, "name", "") not in days:
                yield from _of_calls(part)


def _of_calls(part: ast.stmt) -> Iterator[str]:
    for call in ast.walk(part):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Waiting":
            titles = [word.value for word in call.keywords if word.arg == "title"]
            yield from _first_words(titles[0] if titles else call.args[0])


def _first_words(title: ast.expr) -> Iterator[str]:
    if isinstance(title, ast.IfExp):
        yield from (*_first_words(title.body), *_first_words(title.orelse))
    first = title.values[0] if isinstance(title, ast.JoinedStr) else title
    if isinstance(first, ast.Constant):
        yield str(first.value).split()[0].rstrip(",")


def test_every_title_begins_with_the_verb_of_its_button() -> None:
    found = list(beginnings())
    assert len(found) >= 14
    assert set(found) <= VERBS


def test_what_waits_since_a_day_ends_its_first_sentence() -> None:
    def said(text: str) -> str:
        one = Waiting("Odpowiedz na prośbę", "/", "", text, since=date(2026, 11, 30))
        page = render_to_string("people/_facts.html", {"one": one})
        return " ".join(strip_tags(page).split())

    assert said("1 propozycja") == "1 propozycja. Czeka od 30 listopada 2026 r."
    assert said("") == "Czeka od 30 listopada 2026 r."
