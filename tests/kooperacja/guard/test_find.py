"""Personal data are found wherever they stand, and what offices write every day is not taken for them."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.pl import pesel

from kooperacja.guard import numbers
from kooperacja.guard.kinds import Kind
from kooperacja.guard.known import Known
from kooperacja.guard.look import find
from tests.budget import cases
from tests.kooperacja.guard.planted import PLANTED
from tests.kooperacja.guard.sentences import CARRIERS, ORDINARY

NOBODY = Known()
PLACES = [(kind, words) for kind in PLANTED for words in PLANTED[kind]]
KNOWN = Known.of(
    phones=["77 466 65 00 wew. 12", "+48 600 100 200"],
    emails=["Biuro@OPS.example"],
    addresses=[("ul. Krapkowicka 12", "99-320"), ("Rynek 1", "99-300"), ("ul. 3 Maja 8a", "")],
    people=["Anna Nowak", "Jan Brzęczyszczykiewicz", "Ewa Kowalska-Wzorowa"],
    institutions=["Szkoła Jana Wzorowskiego w Gogolinie"],
)


def kinds(text: str, known: Known = NOBODY) -> set[Kind]:
    return {one.kind for one in find(text, known)}


@given(st.sampled_from(PLACES), st.sampled_from(CARRIERS), st.sampled_from(ORDINARY))
@settings(max_examples=cases(300), deadline=None)
def test_what_is_planted_is_found_where_it_stands(
    planted: tuple[Kind, str], carrier: str, beside: str
) -> None:
    kind, words = planted
    text = f"{beside}\n{carrier.format(words)}\n{beside}"
    start = text.index(words, len(beside))
    found = find(text, NOBODY)
    # "Pani Anna Kowalska" is found by the full name.
    as_found = {kind, Kind.NAME} if kind == Kind.SURNAME else {kind}
    assert found and {one.kind for one in found} <= as_found
    assert [one for one in found if one.start < start or one.end > start + len(words)] == []


@pytest.mark.parametrize(("kind", "words"), PLACES)
def test_each_is_found_alone(kind: Kind, words: str) -> None:
    assert kinds(words) & {kind, *({Kind.NAME} if kind == Kind.SURNAME else ())}


@pytest.mark.parametrize("sentence", ORDINARY)
def test_an_office_writes_it_every_day(sentence: str) -> None:
    assert find(sentence, NOBODY) == []


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2039, 12, 31)), st.integers(0, 9999))
@settings(max_examples=cases(100), deadline=None)
def test_every_pesel_is_found_and_a_slip_too(day: datetime.date, serial: int) -> None:
    month = day.month + (20 if day.year > 1999 else 0)
    digits = f"{day.year % 100:02}{month:02}{day.day:02}{serial:04}"
    number = digits + pesel.calc_check_digit(digits)
    assert numbers.is_checked(number)
    slip = digits + str((int(number[-1]) + 1) % 10)
    for written in (number, f"{number[:6]} {number[6:]}", slip):
        assert Kind.PESEL in kinds(f"Numer: {written}.")


@pytest.mark.parametrize(
    "text",
    [
        *("NIP 5260001246", "REGON 12345678512347", "26114020040000300201355387", "99139901359"),
        *("4405140135", "440514013591", "OPS.0719.7.2026", "12.05.2026", "123 456 789,50 zł"),
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert kinds(text) & {Kind.PESEL, Kind.PHONE} == set()


@pytest.mark.parametrize(
    "text",
    [
        *("tel. 77 466 65 00", "(77) 466-65-00 wew. 12", "+48 77 466 65 00", "600100200"),
        *("biuro@ops.example", "BIURO (at) ops.example"),
        *(
            "ul. Krapkowicka 12",
            "ul. Krapkowickiej 12, 99-320 Gogolin",
            "ul. 3 Maja 8A",
            "99-300 Wzorów",
        ),
        *("Anna Nowak", "Annie Nowak", "NOWAK ANNA", "panią Nowak", "p. Nowak", "A. Nowak"),
        *("Jana Brzęczyszczykiewicza", "panu Brzęczyszczykiewiczowi"),
        *("Ewie Kowalskiej-Wzorowej", "pani Kowalska-Wzorowa"),
        "w Szkole Jana Wzorowskiego",
    ],
)
def test_what_is_public_passes(text: str) -> None:
    assert find(f"Kontakt: {text}.", KNOWN) == []


@pytest.mark.parametrize(
    "text",
    [
        *("77 466 65 01", "biuro2@ops.example", "ul. Krapkowicka 12/4", "ul. Krapkowicka 13"),
        *("ul. Krapkowicka 12, 99-321 Wzorów", "Anna Nowakowska", "Jan Nowak", "Anna Kowalska"),
        *("rodzina Nowak", "państwo Nowakowie", "pan Wzorowski"),
    ],
)
def test_what_is_near_to_it_does_not(text: str) -> None:
    assert len(find(f"Kontakt: {text}.", KNOWN)) == 1


def test_a_finding_says_where_and_in_which_words() -> None:
    text = "Rozmowa z panią\nKowalską, tel.\u00a0501\u00a0234\u00a0567."
    name, phone = find(text, NOBODY)
    assert (name.kind, name.words) == (Kind.SURNAME, "panią Kowalską")
    assert (phone.kind, phone.words) == (Kind.PHONE, "501 234 567")
    assert text[name.start : name.end] == "panią\nKowalską"


def test_digits_of_other_scripts_are_digits() -> None:
    assert kinds("PESEL ٤٤٠٥١٤٠١٣٥٩") == {Kind.PESEL}
