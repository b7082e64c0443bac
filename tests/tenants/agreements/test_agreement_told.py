"""Everybody concerned hears how far an agreement is, once, and whoever is silent is reminded (POR)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from kooperacja.notifications.models import Outgoing
from kooperacja.workflow import move
from tenants.agreements.actions import force, reminding, telling
from tenants.agreements.models import Agreement, Party
from tenants.people.models import Person, Post
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = localdate


def told(code: str, kind: str = "MAIL") -> list[dict[str, Any]]:
    """What went out, as its payloads."""
    rows = Outgoing.objects.filter(kind=kind, payload__code=code).order_by("id")
    return list(rows.values_list("payload", flat=True))


def to(code: str) -> set[str]:
    return {one["email"] or "account" for one in told(code)}


@pytest.fixture
def agreement() -> Agreement:
    return make_force.sent_to_three()


def parties(agreement: Agreement) -> list[Party]:
    return list(agreement.parties.select_related("agreement"))


OFFICE, SCHOOL, CLINIC = "biuro@example.pl", "szkola@example.pl", "przychodnia@example.pl"


@pytest.fixture
def office() -> Person:
    return make_people.person(Role.NETWORK_OFFICER, email=OFFICE)


def test_each_party_hears_once_that_the_text_waits_for_it(agreement: Agreement) -> None:
    for _ in range(2):
        telling.tell_sent(by=make.by(), agreement=agreement)
    first, second = told("AGREEMENT_TO_SIGN")
    assert (first["email"], second["email"]) == (SCHOOL, CLINIC)
    assert first["subject"].startswith(
        "Porozumienie (wariant A) czeka na podpis: Szkoła Przykładowa"
    )
    assert "Ta Strona jest pierwsza" in first["text"]
    assert "Gdy przyjdzie kolej tej Strony" in second["text"]


def test_coordinators_with_an_account_hear_in_their_inbox_and_it_is_settled(
    agreement: Agreement,
) -> None:
    first = parties(agreement)[0]
    account = accounts.account()
    make_people.person(Role.PARTNER_COORDINATOR, organisation=first.organisation, account=account)
    telling.tell_sent(by=make.by(), agreement=agreement)
    (line,) = told("AGREEMENT_TO_SIGN", "INBOX")
    assert line["account_id"] == str(account.pk)
    assert line["url"].endswith(f"/porozumienia/{agreement.pk}/")
    telling.tell_signed(by=make.by(), party=make_force.signed(first))
    assert Outgoing.objects.filter(kind="INBOX_DONE").count() == 1


def test_the_head_by_the_register_hears_though_no_role_was_given(agreement: Agreement) -> None:
    clinic = parties(agreement)[1].organisation
    doctor = make_people.person(email="kierowniczka@example.pl")
    past = TODAY() - timedelta(days=300)
    Post.objects.create(
        person=doctor, organisation=clinic, function="kierownik", is_head=True, from_on=past
    )
    telling.tell_sent(by=make.by(), agreement=agreement)
    assert to("AGREEMENT_TO_SIGN") == {SCHOOL, doctor.email}


@pytest.mark.parametrize(
    ("mode", "words"), [("QUALIFIED", "złożyły już podpisy"), ("PAPER_SCAN", "Nikt nie podpisał")]
)
def test_after_a_signature_the_next_party_has_its_turn(
    agreement: Agreement, office: Person, mode: str, words: str
) -> None:
    party = make_force.signed(parties(agreement)[0], mode=mode)
    telling.tell_signed(by=make.by(), party=party)
    assert to("AGREEMENT_SIGNED") == {OFFICE}
    assert (
        "Bez podpisu pozostaje jeszcze: 2\N{NO-BREAK SPACE}Strony."
        in told("AGREEMENT_SIGNED")[0]["text"]
    )
    assert to("AGREEMENT_TURN") == {CLINIC}
    assert words in told("AGREEMENT_TURN")[0]["text"]


def test_the_turn_passes_over_a_refusal_and_is_told_once(
    agreement: Agreement, office: Person
) -> None:
    first, _, third = parties(agreement)
    telling.tell_signed(by=make.by(), party=make_force.signed(third))
    assert not told("AGREEMENT_TURN")
    for _ in range(2):
        telling.tell_refused(by=make.by(), party=make_force.refused(first), reason="Nie")
        assert to("AGREEMENT_TURN") == {CLINIC}
        move(Party.objects.get(pk=first.pk), "WAITING", by=make.by(), on=TODAY())
    assert len(told("AGREEMENT_TURN")) == 1


def test_a_refusal_with_its_reason_is_told_to_the_office_and_those_who_signed(
    agreement: Agreement, office: Person
) -> None:
    first, second, _ = parties(agreement)
    make_force.signed(second)
    party = make_force.refused(first, "Rada nie zgadza się na koszty")
    telling.tell_refused(by=make.by(), party=party, reason="Rada nie zgadza się na koszty")
    assert to("AGREEMENT_REFUSED") == {OFFICE, CLINIC}
    assert "Powód: Rada nie zgadza się na koszty" in told("AGREEMENT_REFUSED")[0]["text"]
    move(party, "WAITING", by=make.by(), on=TODAY())
    telling.tell_returned(by=make.by(), party=party)
    assert to("AGREEMENT_REFUSAL_WITHDRAWN") == {OFFICE, CLINIC}
    move(party, "REFUSED", by=make.by(), on=TODAY())
    telling.tell_refused(by=make.by(), party=party, reason="Jednak nie")
    assert len(told("AGREEMENT_REFUSED")) == 4


def test_all_parties_hear_that_it_was_taken_back_and_why(agreement: Agreement) -> None:
    make_force.signed(parties(agreement)[0])
    move(agreement, "DRAFT", by=make.by(), on=TODAY(), why="Zła nazwa powiatu")
    for _ in range(2):
        telling.tell_taken_back(by=make.by(), agreement=agreement, reason="Zła nazwa powiatu")
    assert to("AGREEMENT_TAKEN_BACK") == {SCHOOL, CLINIC}
    first, _ = told("AGREEMENT_TAKEN_BACK")
    assert "Powód: Zła nazwa powiatu" in first["text"]
    assert "podpisy są nieważne" in first["text"]


def test_all_parties_hear_from_when_it_is_in_force_and_between_whom(
    agreement: Agreement, office: Person
) -> None:
    first, _, third = parties(agreement)
    Agreement.objects.update(force="ENOUGH", enough=2)
    make_force.signed(first)
    make_force.signed(third)
    force.look_at(by=make.by(), agreement_id=agreement.pk)
    assert to("AGREEMENT_IN_FORCE") == {OFFICE, SCHOOL, CLINIC}
    text = told("AGREEMENT_IN_FORCE")[0]["text"]
    bound, _, apart = text.partition("Poza porozumieniem")
    assert "Partner nr 1: Szkoła Przykładowa\nPartner nr 3: Stowarzyszenie Przykładowe\n" in bound
    assert "Partner nr 2: Przychodnia Przykładowa" in apart


def test_all_parties_hear_that_it_failed_and_why(agreement: Agreement, office: Person) -> None:
    make_force.signed(parties(agreement)[0])
    Agreement.objects.update(sign_by=TODAY() - timedelta(days=1))
    force.look_at(by=make.by(), agreement_id=agreement.pk)
    assert to("AGREEMENT_FAILED") == {OFFICE, SCHOOL, CLINIC}
    text = told("AGREEMENT_FAILED")[0]["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert "nie podpisała żadna Strona, a potrzebne były podpisy co najmniej 2 Stron." in text


def reminded(*days_left: int) -> list[str]:
    """Whom the nights so many days before the last one remind."""
    sent_before = len(told("AGREEMENT_SIGN_REMINDER"))
    for left in days_left:
        day = Agreement.objects.get().sign_by - timedelta(days=left)
        for key in reminding.to_remind(day):
            reminding.remind(party_id=key, day=day)
    return [one["email"] for one in told("AGREEMENT_SIGN_REMINDER")[sent_before:]]


def test_whoever_is_silent_is_reminded_seven_and_two_days_before(agreement: Agreement) -> None:
    assert reminded(20, 8) == []
    assert reminded(7, 7, 6) == [SCHOOL, CLINIC]
    make_force.signed(parties(agreement)[0])
    assert reminded(3) == []
    assert reminded(2, 1, 0) == [CLINIC]
    assert reminded(-1) == []


def test_nobody_is_reminded_who_refused_or_once_it_was_taken_back(agreement: Agreement) -> None:
    make_force.refused(parties(agreement)[0])
    assert reminded(7) == [CLINIC]
    day = TODAY() + timedelta(days=18)
    keys = reminding.to_remind(day)
    move(agreement, "DRAFT", by=make.by(), on=TODAY())
    for key in keys:
        reminding.remind(party_id=key, day=day)
    assert len(told("AGREEMENT_SIGN_REMINDER")) == 1
    make_force.sent(agreement)
    assert reminded(7) == [CLINIC]


def test_one_sent_a_few_days_before_is_not_reminded_the_next_night(agreement: Agreement) -> None:
    Agreement.objects.update(sign_by=TODAY() + timedelta(days=4))
    assert reminded(3) == []
    assert reminded(2) == [SCHOOL, CLINIC]
