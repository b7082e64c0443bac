"""Polish in numbers, dates and type, and one order in Python and in PostgreSQL."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connections
from django.db.models import Expression
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.ui.polish import (
    ALPHABET,
    NBSP,
    Fold,
    counted,
    fold,
    genitive_of_unit,
    in_narrow,
    locative_of_unit,
    number,
    pl_date,
    pl_date_in_column,
    pl_datetime,
    pl_month,
    plural_pl,
    polish_order,
    quoted,
    sort_key,
    stopped,
    typo,
)
from tests.budget import cases

WORDS = st.text(
    st.one_of(
        st.sampled_from(ALPHABET + ALPHABET.upper() + " -–„”'0129éÜøßĳŁż\u0301\xa0"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    ),
    max_size=12,
)
in_one_transaction = settings(max_examples=cases(20))


def _ask(text: list[str], expression: Expression, tail: str) -> list[str]:
    connection = connections["shared"]
    query = Query(None)
    sql, params = query.get_compiler(connection=connection).compile(
        expression.resolve_expression(query)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {tail.format(sql)}", [*params, text])
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("n", "word"),
    [
        *((n, "gmina") for n in (1, -1)),
        *((n, "gminy") for n in (2, 3, 4, 22, 24, 104)),
        *((n, "gmin") for n in (0, 5, 12, 13, 14, 21, 112, 1.5, Decimal("2.5"))),
    ],
)
def test_a_noun_takes_the_form_of_its_number(n: float, word: str) -> None:
    assert plural_pl(n, "gmina", "gminy", "gmin") == word


def test_numbers_have_polish_separators() -> None:
    assert number(12480) == f"12{NBSP}480"
    assert number(Decimal("3.5")) == "3,5"
    assert counted(82, "jednostka", "jednostki", "jednostek") == f"82{NBSP}jednostki"


def test_dates_are_written_as_an_office_writes_them() -> None:
    assert pl_date(date(2026, 3, 3)) == f"3{NBSP}marca{NBSP}2026{NBSP}r."
    assert pl_date(None) == ""
    assert pl_date_in_column(date(2026, 3, 3)) == f"3{NBSP}marca 2026{NBSP}r."
    assert pl_date_in_column(None) == ""


def test_a_moment_is_shown_in_polish_time() -> None:
    night = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert pl_datetime(night) == f"1{NBSP}lipca{NBSP}2026{NBSP}r., godz.{NBSP}00:30"
    assert pl_date(night) == f"1{NBSP}lipca{NBSP}2026{NBSP}r."


@pytest.mark.parametrize(
    ("unit", "where", "of_what"),
    [
        (
            "Gmina miejsko-wiejska Gogolin",
            "gminie miejsko-wiejskiej Gogolin",
            "gminy miejsko-wiejskiej Gogolin",
        ),
        ("Gmina wiejska Nowa Ruda", "gminie wiejskiej Nowa Ruda", "gminy wiejskiej Nowa Ruda"),
        ("Gmina miejska Brzeg", "gminie miejskiej Brzeg", "gminy miejskiej Brzeg"),
        ("gmina Strzeleczki", "gminie Strzeleczki", "gminy Strzeleczki"),
        ("Gmina Zielona Wola", "gminie Zielona Wola", "gminy Zielona Wola"),
        ("Powiat krapkowicki", "powiecie krapkowickim", "powiatu krapkowickiego"),
        (
            "Powiat warszawski zachodni",
            "powiecie warszawskim zachodnim",
            "powiatu warszawskiego zachodniego",
        ),
        ("Powiat próbny", "powiecie próbnym", "powiatu próbnego"),
        ("Opole, miasto na prawach powiatu", "mieście Opole", "miasta Opole"),
        ("Miasto Opole", "mieście Opole", "miasta Opole"),
    ],
)
def test_a_unit_is_named_as_grammar_asks(unit: str, where: str, of_what: str) -> None:
    assert (locative_of_unit(unit), genitive_of_unit(unit)) == (where, of_what)


def test_single_letters_and_signs_do_not_hang() -> None:
    assert typo("wniosek i w domu") == f"wniosek i{NBSP}w{NBSP}domu"
    assert typo("(§ 1 ust. 5 z 2026 r.)") == f"(§{NBSP}1{NBSP}ust.{NBSP}5 z{NBSP}2026{NBSP}r.)"
    for unit in ("dni", "dnia", "MB", "%", "zł", "godziny", "minut", "miesiące", "miesiąca", "lat"):
        assert typo(f"przez 7 {unit} stąd") == f"przez 7{NBSP}{unit} stąd"
    assert typo("od 28 listopada 2026 r.") == f"od 28{NBSP}listopada{NBSP}2026{NBSP}r."
    assert typo("w 7 gminach") == f"w{NBSP}7 gminach"
    assert pl_month(date(2026, 9, 1)) == f"wrzesień{NBSP}2026"
    assert typo('<a href="x">a</a>') == '<a href="x">a</a>'


def test_names_stand_in_the_order_of_the_polish_alphabet() -> None:
    names = ["Żory", "zebra", "Źródła", "Łódź", "Lublin", "Ćma", "Cis", "„Dom”", "Ąkowo", "Azot"]
    expected = ["Azot", "Ąkowo", "Cis", "Ćma", "„Dom”", "Lublin", "Łódź", "zebra", "Źródła", "Żory"]
    assert sorted(names, key=sort_key) == expected


def test_search_text_loses_case_diacritics_and_quotes() -> None:
    assert fold("Żłobek „Źrebię–Ćma”") == "zlobek zrebie-cma"
    assert fold("Lo\u0301dz") == "lodz"


@in_one_transaction
@given(st.lists(WORDS, max_size=12))
def test_postgresql_sorts_as_python_does(db: None, words: list[str]) -> None:
    key = polish_order(RawSQL("v", ()))
    connection_order = _ask_ordered(words, key)
    assert connection_order == sorted(words, key=sort_key)


def _ask_ordered(words: list[str], key: Expression) -> list[str]:
    rows = "v FROM (SELECT v, {} AS k FROM unnest(%s::text[]) AS v) AS words ORDER BY k"
    return _ask(words, key, rows)


@in_one_transaction
@given(st.lists(WORDS, max_size=12))
def test_postgresql_folds_as_python_does(db: None, words: list[str]) -> None:
    rows = "{} FROM unnest(%s::text[]) WITH ORDINALITY AS words(v, n) ORDER BY n"
    assert _ask(words, Fold(RawSQL("v", ())), rows) == [fold(word) for word in words]


def test_the_order_does_not_lean_on_the_locale_of_the_server(db: None) -> None:
    query = Query(None)
    compiler = query.get_compiler(connection=connections["shared"])
    sql, _ = compiler.compile(polish_order(RawSQL("v", ())).resolve_expression(query))
    assert sql.endswith('COLLATE "C"')


def test_a_sentence_stops_once_and_a_quoted_name_keeps_its_own_quotes_apart() -> None:
    assert stopped("Przyjęto 28 listopada 2026 r.") == "Przyjęto 28 listopada 2026 r."
    assert stopped("Zapisano głos: Szkoła nr 3") == "Zapisano głos: Szkoła nr 3."
    assert quoted("Dom „Wzór” nr 1") == "„Dom «Wzór» nr 1”"


def test_no_number_of_a_clause_parts_from_what_it_counts() -> None:
    assert typo("§ 5 ust. 1 lit. a") == "§ 5 ust. 1 lit. a".replace(" ", NBSP)


def test_a_narrow_place_breaks_a_date_but_not_before_its_last_letter() -> None:
    units = counted(12, "jednostka", "jednostki", "jednostek")
    said = in_narrow(f"Z tych {pl_date(date(2026, 11, 29))} ({units})")
    assert said == "Z\u00a0tych 29\u00a0listopada 2026\u00a0r. (12 jednostek)"
