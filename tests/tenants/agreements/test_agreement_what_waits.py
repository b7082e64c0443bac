"""What the pages say of a text that waits: too few can sign, all have, whose turn it is (POR signatures)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate as today

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.agreements import amendments_today, coming
from tenants.agreements import today as waits
from tenants.agreements.models import Agreement, Amendment
from tenants.people.models import Person
from tenants.people.today import Waiting
from tenants.registry.roles import Role
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.tenants.reading import text_of

pytestmark = pytest.mark.usefixtures("in_partnership")
TOO_FEW = "Nie wejdzie w życie: za mało Stron może podpisać"


def told(source: Any, person: Person) -> list[Waiting]:
    """What waits for somebody; a page that was asked for leaves the unit's addresses behind."""
    with inside(current_tenant()):
        return list(source(person, today()))


def page_of(browser: Client, row: Agreement | Amendment) -> str:
    kind = "aneksy/" if isinstance(row, Amendment) else ""
    return text_of(browser.get(f"/gmina/gogolin/porozumienia/{kind}{row.pk}/"))


def on(day: date) -> str:
    """The day as the text of a page has it."""
    return pl_date(day).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def office() -> Person:
    return make_people.person(Role.NETWORK_OFFICER)


def before_three(**way: Any) -> Agreement:
    return make.before_parties(make.whole("C", 3, **way))


@pytest.mark.parametrize(
    ("way", "refusals"),
    [({"force": "LAST"}, 1), ({"force": "ENOUGH", "enough": 2}, 2), ({"force": "PUBLISHED"}, 2)],
)
def test_once_too_few_can_sign_the_page_says_so_and_what_to_do(
    keeper: Client, way: Any, refusals: int
) -> None:
    agreement = before_three(**way)
    first, *others = agreement.parties.all()
    make.entered(first)
    for party in others[: refusals - 1]:
        make.turned_down(party)
    page = page_of(keeper, agreement)
    assert (TOO_FEW in page, "Wejdzie w życie" in page) == (False, True)
    make.turned_down(others[refusals - 1])
    page = page_of(keeper, agreement)
    assert (TOO_FEW in page, "Wejdzie w życie" in page) == (True, False)
    assert "cofnij je do projektu" in page
    (row,) = make.before_parties(make.whole("A", 2)).parties.all()[:1]
    make.turned_down(row)
    assert TOO_FEW in page_of(keeper, row.agreement)


def test_a_refusal_of_an_aneks_says_that_it_can_not_come_into_force(keeper: Client) -> None:
    amendment = make_amendment.lying(make_amendment.agreement())
    assert "Nie wejdzie w życie bez podpisu" not in page_of(keeper, amendment)
    make_amendment.turned_down(make_amendment.side(amendment))
    page = page_of(keeper, amendment)
    assert "Nie wejdzie w życie bez podpisu" in page
    assert "cofnij aneks do projektu" in page


def all_signed(**way: Any) -> Agreement:
    agreement = before_three(**way)
    for party in agreement.parties.all():
        make.entered(party)
    return Agreement.objects.get(pk=agreement.pk)


@pytest.mark.parametrize("force", ["DEADLINE", "DAY"])
def test_when_all_have_signed_it_waits_for_its_day_and_offers_no_file_to_sign(
    keeper: Client, office: Person, force: str
) -> None:
    last, comes = life.day(12), life.day(13)
    way = {"sign_by": last} if force == "DEADLINE" else {"force_on": comes}
    agreement = all_signed(force=force, **way)
    assert agreement.state == "SIGNING"
    page = page_of(keeper, agreement)
    assert f"Podpisały wszystkie Strony. Porozumienie wejdzie w życie {on(comes)}" in page
    assert "Do podpisu elektronicznego" not in page
    assert "Do podpisu na papierze" not in page
    (row,) = told(coming.force_waits, office)
    assert (row.due, row.about) == (comes, agreement.pk)
    assert f"wejdzie w życie {pl_date(comes)}" in row.title
    assert told(waits.agreements_wait, office) == []
    head = make_people.head(make_people.organisation())
    assert [*coming.force_waits(head, today())] == []


def test_as_long_as_one_signature_is_missing_the_file_to_sign_is_offered(
    keeper: Client, office: Person
) -> None:
    agreement = before_three(force="DEADLINE", sign_by=life.day(12))
    for party in agreement.parties.all()[:2]:
        make.entered(party)
    page = page_of(keeper, agreement)
    assert "Do podpisu elektronicznego" in page
    assert "Do podpisu na papierze" in page
    assert "Podpisały wszystkie" not in page
    assert told(coming.force_waits, office) == []


def test_an_aneks_that_all_have_signed_waits_for_its_day(keeper: Client, office: Person) -> None:
    day = life.day(25)
    amendment = make_amendment.lying(make_amendment.agreement(), force="DAY", force_on=day)
    assert told(coming.force_waits, office) == []
    make_amendment.all_signed(amendment)
    page = page_of(keeper, amendment)
    assert f"Aneks wejdzie w życie {on(day)}" in page
    assert "Do podpisu elektronicznego" not in page
    (row,) = told(coming.force_waits, office)
    assert (row.due, row.about) == (day, amendment.pk)


def turns() -> int:
    return Outgoing.objects.filter(payload__code__in=["AGREEMENT_TURN", "AMENDMENT_TURN"]).count()


def of_three(copies: str) -> Agreement:
    draft = make.draft("C", **make.BLANKS, force="LAST")
    for number in range(3):
        of = make_people.organisation(name=f"Instytucja nr {number}")
        make_people.head(of, email=f"glowa{number}@example.pl")
        make.party(draft, of)
    agreement = make.before_parties(draft)
    return make.going_round(agreement) if copies == "ROUND" else agreement


@pytest.mark.parametrize(("copies", "count"), [("COUNTERPARTS", 0), ("ROUND", 1)])
def test_where_each_party_signs_its_own_copy_nobody_has_a_turn(
    keeper: Client, copies: str, count: int
) -> None:
    agreement = of_three(copies)
    assert page_of(keeper, agreement).count("Kolej tej Strony") == count
    make.entered(agreement.parties.all()[0])
    assert page_of(keeper, agreement).count("Kolej tej Strony") == count
    assert turns() == count


def test_once_one_of_them_signs_electronically_the_next_one_has_its_turn(keeper: Client) -> None:
    agreement = of_three("COUNTERPARTS")
    make.entered(agreement.parties.all()[0], pdf.upload(pdf.signed("Jan")), mode="TRUSTED")
    assert page_of(keeper, agreement).count("Kolej tej Strony") == 1
    assert turns() == 1


def test_a_party_that_left_is_not_counted_under_an_aneks(keeper: Client, office: Person) -> None:
    amendment = make_amendment.lying(make_amendment.agreement("C", 4))
    signed, gone = make_amendment.side(amendment), make_amendment.side(amendment, 1)
    make_amendment.entered(signed)
    assert "1 z 4</strong>" in page_of(keeper, amendment)
    life.leave(gone.party)
    page = page_of(keeper, amendment)
    assert f"nie jest już Stroną od {on(today())}" in page
    assert "1 z 3</strong>" in page
    (row,) = told(amendments_today.amendment_signatures_awaited, office)
    assert row.text.startswith("Podpisy: 1 z 3 Stron")
    # Whoever had signed before stays counted.
    life.leave(signed.party)
    assert "1 z 3</strong>" in page_of(keeper, amendment)
    (row,) = told(amendments_today.amendment_signatures_awaited, office)
    assert row.text.startswith("Podpisy: 1 z 3 Stron")


def test_an_aneks_of_a_day_to_come_is_not_sent_yet(keeper: Client) -> None:
    amendment = make_amendment.begun(
        make_amendment.agreement(), dated_on=today() + timedelta(days=1)
    )
    make_amendment.reworded(amendment)
    with pytest.raises(Problem) as told:
        make_amendment.sent(amendment)
    assert "data aneksu, która już nadeszła" in told.value.explanation
    assert "data aneksu, która już nadeszła" in page_of(keeper, amendment)
    assert Amendment.objects.get().state == "DRAFT"
    Amendment.objects.update(dated_on=today())
    make_amendment.sent(amendment)
    assert Amendment.objects.get().state == "SIGNING"
