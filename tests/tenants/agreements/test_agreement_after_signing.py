"""Whoever enters a signature reads what it did, and what comes next (POR signatures)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from kooperacja.ui.polish import pl_date
from tenants.agreements.after_signing import said_after
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment

pytestmark = pytest.mark.usefixtures("in_partnership")
LATER = timedelta(days=5)


def said(signature: Any) -> str:
    return said_after(signature, today=localdate()).replace("\N{NO-BREAK SPACE}", " ")


def day(after: timedelta = timedelta()) -> str:
    return str(pl_date(localdate() + after)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("way", "last"),
    [
        ({"force": "LAST"}, "Porozumienie obowiązuje od {today}"),
        ({"force": "ENOUGH", "enough": 2}, "Porozumienie obowiązuje od {today}"),
        (
            {"force": "DAY", "force_on": LATER},
            "Podpisały wszystkie Strony. Porozumienie wejdzie w życie {later}",
        ),
        (
            {"force": "PUBLISHED"},
            "Podpisały wszystkie Strony. Porozumienie wejdzie w życie w dniu ogłoszenia",
        ),
    ],
)
def test_the_last_signature_says_what_became_of_the_agreement(
    way: dict[str, Any], last: str
) -> None:
    if "force_on" in way:
        way = way | {"force_on": localdate() + LATER}
    agreement = make.before_parties(make.whole("C", 2, sign_by=localdate() + LATER, **way))
    first, second = agreement.parties.all()
    words = f"Zapisano podpis. Podpisy: 1 z 2. Teraz podpisują pozostałe Strony do {day(LATER)}"
    assert said(make.entered(first)) == words
    assert last.format(today=day(), later=day(LATER)) in said(make.entered(second))


def test_where_nobody_is_waited_for_it_says_when_it_will_be_in_force() -> None:
    until = localdate() + LATER
    agreement = make.before_parties(make.whole("C", 3, force="DEADLINE", sign_by=until))
    first, second, third = agreement.parties.all()
    make.turned_down(third)
    make.entered(first)
    words = said(make.entered(second))
    assert "Podpisy: 2 z 3. Wejdzie w życie, gdy minie ostatni dzień na podpisy" in words


def test_a_later_signature_says_from_when_it_binds_that_party() -> None:
    agreement = make.before_parties(
        make.whole("C", 3, force="ENOUGH", enough=2, sign_by=localdate() + LATER)
    )
    first, second, third = agreement.parties.all()
    before = localdate() - timedelta(days=2)
    type(agreement).objects.filter(pk=agreement.pk).update(sent_on=before)
    for party in (first, second):
        make.entered(party, signed_on=before)
    assert f"Porozumienie obowiązuje tę Stronę od {day()}" in said(make.entered(third))


@pytest.mark.parametrize(
    ("way", "last"),
    [
        ({}, "Aneks obowiązuje od {today}"),
        ({"force": "DAY"}, "Podpisały wszystkie Strony. Aneks wejdzie w życie {later}"),
    ],
)
def test_the_last_signature_under_an_aneks_says_what_became_of_it(
    way: dict[str, Any], last: str
) -> None:
    if way:
        way = way | {"force_on": localdate() + LATER, "sign_by": localdate() + LATER}
    amendment = make_amendment.lying(**way)
    first, *others = amendment.sides.all()
    assert f"Podpisy: 1 z {len(others) + 1}. Teraz podpisują" in said(make_amendment.entered(first))
    for side in others:
        message = said(make_amendment.entered(side))
    assert last.format(today=day(), later=day(LATER)) in message


def test_an_aneks_that_somebody_refused_waits_for_the_refusal_to_be_taken_back() -> None:
    amendment = make_amendment.lying()
    first, *others = amendment.sides.all()
    make_amendment.turned_down(first)
    for side in others:
        message = said(make_amendment.entered(side))
    assert "Aneks nie wejdzie w życie, dopóki odmowa podpisu nie zostanie cofnięta." in message
