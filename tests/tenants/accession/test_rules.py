"""Rules of the partnership, by properties."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tenants.accession import rules as accession_rules
from tenants.people import rules as people_rules
from tests.factories.people import regon

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
NIPS = ("5260250995", "7740001454")


@given(DAYS, DAYS, st.none() | DAYS)
def test_what_ended_on_a_day_no_longer_holds_on_it(
    day: date, from_on: date, ended_on: date | None
) -> None:
    assume(ended_on is None or ended_on >= from_on)
    is_begun, is_ended = from_on <= day, ended_on is not None and ended_on <= day
    assert people_rules.holds_on(day, from_on, ended_on) == (is_begun and not is_ended)


@given(DAYS)
def test_the_annotation_names_its_day(day: date) -> None:
    text = accession_rules.annotation(day).replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith(f"przyjęto do Partnerstwa w dniu {day.day} ")
    assert text.endswith(f" {day.year} r.")


def test_the_annotation_reads_as_in_the_regulation() -> None:
    text = accession_rules.annotation(date(2026, 3, 3)).replace("\N{NO-BREAK SPACE}", " ")
    assert text == "przyjęto do Partnerstwa w dniu 3 marca 2026 r."


NEAR = st.dates(date(2026, 1, 1), date(2026, 1, 12))


@st.composite
def versions(draw: st.DrawFn) -> accession_rules.Accepted:
    """A version adopted, then in force, then perhaps replaced."""
    adopted_on, from_on = sorted([draw(NEAR), draw(NEAR)])
    replaced_on = draw(st.none() | st.dates(from_on, date(2026, 1, 14)))
    return accession_rules.Accepted(2, adopted_on, from_on, replaced_on)


@given(NEAR, NEAR, versions(), NEAR)
def test_dates_of_a_declaration_are_fine_only_in_order(
    signed_on: date, received_on: date, accepted: accession_rules.Accepted, today: date
) -> None:
    wrong = accession_rules.declaration_dates_error(signed_on, received_on, accepted, today)
    assert (wrong is None) == (accepted.adopted_on <= signed_on <= received_on <= today)


@given(NEAR, NEAR, NEAR, versions(), st.none() | NEAR, NEAR)
def test_a_decision_is_dated_after_all_that_it_rests_on(
    decided_on: date,
    signed_on: date,
    received_on: date,
    accepted: accession_rules.Accepted,
    last_ended_on: date | None,
    today: date,
) -> None:
    declared = accession_rules.Declared(accepted, signed_on, received_on, last_ended_on)
    is_in_order = accepted.adopted_on <= signed_on and received_on <= decided_on <= today
    is_in_force = accepted.from_on <= decided_on and decided_on < (accepted.replaced_on or date.max)
    is_after_last = last_ended_on is None or last_ended_on <= decided_on
    fits = is_in_order and is_in_force and is_after_last
    assert (declared.decision_error(decided_on, today) == "") == fits


@given(NEAR, NEAR, versions(), st.none() | NEAR, NEAR)
def test_a_declaration_goes_back_when_no_day_is_left_for_the_decision(
    signed_on: date,
    received_on: date,
    accepted: accession_rules.Accepted,
    last_ended_on: date | None,
    today: date,
) -> None:
    declared = accession_rules.Declared(accepted, signed_on, received_on, last_ended_on)
    days = [date(2026, 1, day) for day in range(1, 15)]
    right = [day for day in days if not declared.decision_error(day, today)]
    assert declared.last_day(today) == (right[-1] if right else None)


@given(DAYS, st.integers(0, 365))
def test_the_decision_is_due_so_many_days_after_the_receipt(day: date, days: int) -> None:
    assert accession_rules.decision_due(day, days) - day == timedelta(days=days)


@given(st.integers(0, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_regon_is_named(number: int, place: int, change: int) -> None:
    right = regon(number)
    digits = list(right)
    digits[place] = str((int(digits[place]) + change) % 10)
    wrong = "".join(digits)
    assert people_rules.regon_error(right) == ""
    # The check digit is taken modulo 11 and then 10, so some errors can't be seen by anybody.
    if error := people_rules.regon_error(wrong):
        assert error.startswith(f"Numer REGON „{wrong}” jest nieprawidłowy")


@pytest.mark.parametrize("number", NIPS)
@given(place=st.integers(0, 9), change=st.integers(1, 9))
def test_one_wrong_digit_of_nip_is_found(number: str, place: int, change: int) -> None:
    digits = list(number)
    digits[place] = str((int(digits[place]) + change) % 10)
    assert people_rules.nip_error(number) == ""
    assert "Numer NIP" in people_rules.nip_error("".join(digits))


@pytest.mark.parametrize(
    ("check", "number", "said"),
    [
        (people_rules.nip_error, "123", "10 cyfr"),
        (people_rules.regon_error, "12345", "9 albo 14 cyfr"),
        (people_rules.krs_error, "123", "10 cyfr"),
        (people_rules.krs_error, "0000000000", "10 cyfr"),
        (people_rules.krs_error, "００００１２３４５６", "10 cyfr"),
        (people_rules.nip_error, "５２６０２５０９９５", "10 cyfr"),
    ],
)
def test_a_wrong_number_is_said_with_its_name(check: object, number: str, said: str) -> None:
    assert said in check(number)  # type: ignore[operator]


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_a_declaration_is_complete_when_nothing_is_missing(
    a: bool, b: bool, c: bool, d: bool, e: bool
) -> None:
    checks = accession_rules.completeness(
        has_coordinator=a,
        has_signatory=b,
        has_signatory_function=e,
        accepts_regulation_in_force=c,
        has_signed_file=d,
    )
    assert all(check.is_met for check in checks) == (a and b and c and d and e)
    assert all(check.clause for check in checks)
