"""Agreements on "Co dziś": for the people of a party, and for the office (POR)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.agreements import amendments_today, today
from tenants.agreements.models import Agreement, Party
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = localdate


@pytest.fixture
def agreement() -> Agreement:
    return make_force.sent_to_three()


def parties(agreement: Agreement) -> list[Party]:
    return list(agreement.parties.select_related("agreement"))


@pytest.fixture
def office() -> Person:
    return make_people.person(Role.NETWORK_OFFICER)


def titles(rows: Any) -> list[str]:
    return [f"{one.title} | {one.text}".replace("\N{NO-BREAK SPACE}", " ") for one in rows]


def test_the_people_of_a_party_see_until_when_to_sign_and_others_nothing(
    agreement: Agreement,
) -> None:
    first = parties(agreement)[0]
    head, other = first.organisation.heads()[0], make_people.head(make_people.organisation())
    (row,) = today.signatures_wait(head, TODAY())
    until = pl_date(TODAY() + timedelta(days=20))
    assert row.title == f"Podpiszcie porozumienie (wariant A) do {until}"
    assert (row.due, row.href) == (TODAY() + timedelta(days=20), agreement.url)
    assert [*today.signatures_wait(other, TODAY())] == []
    make_force.signed(first)
    assert [*today.signatures_wait(head, TODAY())] == []


@pytest.mark.parametrize(
    ("signed", "way", "becomes"),
    [
        (1, {"force": "DEADLINE"}, "Porozumienie nie wejdzie w życie."),
        (2, {"force": "DEADLINE"}, "Porozumienie wejdzie w życie {today}"),
        (2, {"force": "LAST"}, "Porozumienie nie wejdzie w życie."),
        (2, {"force": "DAY", "force_on": 3}, "Porozumienie wejdzie w życie {later}"),
        (2, {"force": "PUBLISHED"}, "Porozumienie wejdzie w życie z dniem ogłoszenia."),
    ],
)
def test_past_its_last_day_nobody_is_asked_to_sign_and_the_office_reads_what_becomes_of_it(
    agreement: Agreement, office: Person, signed: int, way: dict[str, Any], becomes: str
) -> None:
    yesterday, later_on = TODAY() - timedelta(days=1), TODAY() + timedelta(days=3)
    first, *others = parties(agreement)
    for party in others[:signed]:
        make_force.signed(party, yesterday)
    force_on = later_on if "force_on" in way else None
    Agreement.objects.update(
        force=way["force"], sign_by=yesterday, force_on=force_on, sent_on=life.day(-9)
    )
    assert first.organisation is not None
    assert [*today.signatures_wait(first.organisation.heads()[0], TODAY())] == []
    assert [*today.signatures_awaited(office, TODAY())] == []
    line = titles(today.agreements_wait(office, TODAY()))[0]
    assert line == (
        f"Sprawdź podpisy, minął termin: Porozumienie (wariant A) | Podpisy: {signed} z 3 Stron. "
        f"Ostatni dzień na podpisy: {pl_date(yesterday)} "
        + becomes.format(today=pl_date(TODAY()), later=pl_date(later_on))
    ).replace("\N{NO-BREAK SPACE}", " ")


def test_past_its_last_day_nobody_is_asked_to_sign_an_aneks(office: Person) -> None:
    amendment = make_amendment.lying(make_amendment.of_organisations())
    make_amendment.entered(make_amendment.side(amendment))
    head = make_people.head(make_amendment.side(amendment, 1).party.organisation)
    day = amendment.sign_by + timedelta(days=1)
    assert [*amendments_today.amendment_signatures_wait(head, amendment.sign_by)]
    assert [*amendments_today.amendment_signatures_wait(head, day)] == []
    assert [*amendments_today.amendment_signatures_awaited(office, day)] == []
    (line,) = titles(amendments_today.amendments_wait(office, day))
    assert line.startswith("Sprawdź podpisy, minął termin: Aneks")
    assert line.endswith("Podpisy: 1 z 3 Stron. Aneks nie wejdzie w życie.")


def test_whoever_represents_the_lider_is_asked_to_sign_for_the_office(
    in_partnership: TenantRef,
) -> None:
    lead, draft = make_people.person(Role.LEAD), make.draft("A")
    office = make.party(draft, is_office=True, name="Ośrodek Przykładowy")
    make.party(draft, make_people.organisation())
    make_force.sent(draft)
    (row,) = today.signatures_wait(lead, TODAY())
    assert row.about == office.pk
    assert [*today.signatures_wait(make_people.person(Role.NETWORK_OFFICER), TODAY())] == []


def test_the_office_sees_a_refusal_and_that_the_last_day_is_near(
    agreement: Agreement, office: Person
) -> None:
    first, second, _ = parties(agreement)
    assert [*today.agreements_wait(office, TODAY())] == []
    (row,) = today.signatures_awaited(office, TODAY())
    assert row.text.startswith("Podpisy: 0 z 3 Stron. Ostatni dzień na podpisy: ")
    make_force.signed(first)
    make_force.refused(second)
    near = TODAY() + timedelta(days=13)
    refusal, last = titles(today.agreements_wait(office, near))
    assert refusal.endswith("| Odmowa podpisu: Przychodnia Przykładowa")
    assert last.startswith(
        "Sprawdź podpisy, mija termin: Porozumienie (wariant A) | Podpisy: 1 z 3"
    )
    head = first.organisation.heads()[0]
    assert [*today.agreements_wait(head, near), *today.signatures_awaited(head, near)] == []


def test_the_office_sees_that_it_waits_for_publication_once_two_signed(
    agreement: Agreement, office: Person
) -> None:
    Agreement.objects.update(force="PUBLISHED", sign_by=None)
    first, second, _ = parties(agreement)
    make_force.signed(first)
    assert [*today.agreements_wait(office, TODAY())] == []
    make_force.signed(second)
    (row,) = today.agreements_wait(office, TODAY())
    assert row.href == f"{agreement.url}ogloszenie/"
    assert row.title == "Wpisz dzień ogłoszenia: Porozumienie (wariant A)"


def test_a_leave_and_an_end_to_come_stand_in_the_calendar_and_soon_on_the_offices_today(
    office: Person,
) -> None:
    agreement = life.bound(4)
    first, second, *_ = agreement.parties.select_related("organisation")
    reader = make_people.person(Role.PARTY, organisation=second.organisation)
    stranger = make_people.person(Role.PARTY, organisation=make_people.organisation())
    life.leave(first, 3)
    ending = life.end(agreement, 20)
    (waiting,) = today.ends_wait(office, TODAY())
    assert waiting.title.endswith(f"przed odejściem Strony: {first.name}")
    assert waiting.due == life.day(2)
    assert not list(today.ends_wait(reader, TODAY()))
    for person in (office, reader):
        days = [(one.title, one.due) for one in today.ending_days(person, TODAY())]
        assert days == [
            (f"Odchodzi Strona porozumienia: {first.name}", life.day(3)),
            ("Koniec porozumienia", life.day(20)),
        ]
    assert not list(today.ending_days(stranger, TODAY()))
    life.go_on(ending)
    assert len(list(today.ending_days(reader, TODAY()))) == 1


def test_whoever_acts_for_several_that_accede_has_a_line_for_each() -> None:
    agreement, houses = later.in_force(), (later.hospital(), make_people.organisation())
    accessions = [later.prepared(agreement, of) for of in houses]
    head = make_people.head(houses[0])
    head.role_assignments.create(
        role=Role.PARTNER_HEAD, organisation=houses[1], from_on=TODAY(), granted_by="test"
    )
    waits = list(today.signatures_wait(head, TODAY()))
    assert [(one.href, one.text) for one in waits] == [
        (accession.url, f"Instytucja: {of}")
        for accession, of in zip(accessions, houses, strict=True)
    ]
    later.signed(accessions[0])
    (left,) = today.signatures_wait(head, TODAY())
    assert left.href == accessions[1].url
