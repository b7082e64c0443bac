"""So many signatures were enough for its force, and the others sign up to the last day (POR signatures)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localdate

from kooperacja.audit.actor import SYSTEM
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.agreements.actions import force, reminding, signing
from tenants.agreements.models import Agreement, Party
from tenants.agreements.standing import Standing
from tenants.agreements.today import agreements_wait, signatures_wait
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.factories import agreement_later as make_later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people

TODAY = localdate
OWN = "szpital@example.pl"


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """Two of four signed, which was enough; ten days are left for the others."""
    agreement = make.whole("C", 3, force="ENOUGH", enough=2, sign_by=TODAY() + timedelta(days=10))
    make.party(agreement, make_people.organisation(name="Szpital Przykładowy", email=OWN))
    make.before_parties(agreement)
    for party in agreement.parties.all()[:2]:
        make.entered(party)
    return Agreement.objects.get(pk=agreement.pk)


def hospital(agreement: Agreement) -> Party:
    return agreement.parties.get(organisation__isnull=False)


def mails(code: str) -> list[Any]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__code=code).order_by("id")
    return [one.payload for one in rows]


def test_it_is_in_force_and_the_others_hear_until_when_they_may_sign(agreement: Agreement) -> None:
    assert (agreement.state, agreement.in_force_from) == ("IN_FORCE", TODAY())
    [told] = mails("AGREEMENT_IN_FORCE")
    assert told["email"] == OWN
    assert "Mogą jeszcze podpisać do" in told["text"]


def test_a_later_party_is_bound_from_its_signature_and_all_are_told(agreement: Agreement) -> None:
    later = TODAY() + timedelta(days=3)
    with time_machine.travel(later, tick=False):
        make.entered(hospital(agreement), signed_on=later)
        standing = Standing(agreement)
        assert [one.position for one in standing.bound(later)] == [1, 2, 4]
        seat = Seat.objects.get(organisation__isnull=False)
    assert (seat.organisation, seat.from_on) == (hospital(agreement).organisation, later)
    assert Agreement.objects.get().in_force_from == TODAY()
    [told] = mails("AGREEMENT_JOINED")
    assert (told["email"], "Partner nr 4: Szpital Przykładowy" in told["text"]) == (OWN, True)


def test_after_the_last_day_nobody_signs_and_nobody_is_asked(agreement: Agreement) -> None:
    with time_machine.travel(agreement.sign_by, tick=False):
        make.turned_down(hospital(agreement))
        signing.come_back(by=make.by(), party_id=hospital(agreement).pk, version=1)
    with time_machine.travel(TODAY() + timedelta(days=11), tick=False):
        with pytest.raises(Problem, match="nie czeka na podpisy"):
            make.entered(hospital(agreement), signed_on=agreement.sign_by)
        assert reminding.to_remind(TODAY()) == []
    assert hospital(agreement).state == "WAITING"
    assert Agreement.objects.get().state == "IN_FORCE"


def test_the_night_after_the_last_day_takes_the_question_back(agreement: Agreement) -> None:
    head = make_people.head(hospital(agreement).organisation)
    for days in (0, 10):
        assert [*signatures_wait(head, TODAY())]
        force.look_at(
            by=replace(SYSTEM, day=TODAY() + timedelta(days=days)), agreement_id=agreement.pk
        )
    assert agreement.pk in force.to_look()
    with time_machine.travel(TODAY() + timedelta(days=11), tick=False):
        assert not [*signatures_wait(head, TODAY())]


def test_the_silent_are_reminded_and_the_office_decides_nothing_of_a_refusal(
    agreement: Agreement,
) -> None:
    office = make_people.person(Role.NETWORK_OFFICER)
    day = TODAY() + timedelta(days=8)
    assert hospital(agreement).pk in reminding.to_remind(day)
    for _ in range(2):
        reminding.remind(party_id=hospital(agreement).pk, day=day)
    assert len(mails("AGREEMENT_SIGN_REMINDER")) == 1
    make.turned_down(hospital(agreement))
    assert not [one for one in agreements_wait(office, TODAY()) if "odmow" in one.title]
    assert Agreement.objects.get().state == "IN_FORCE"


def test_its_page_lets_only_the_others_sign(agreement: Agreement, keeper: Client) -> None:
    at = f"/gmina/gogolin/porozumienia/{agreement.pk}/"
    page = " ".join(keeper.get(at).content.decode().split())
    assert page.count("Wpisz podpis<") == 2
    assert "Mogą jeszcze podpisać do" in page
    assert "Do podpisu elektronicznego" in page
    with time_machine.travel(TODAY() + timedelta(days=11), tick=False):
        page = keeper.get(at).content.decode()
    assert "Mogą jeszcze podpisać" not in page


@pytest.mark.parametrize("way", ["LAST", "DAY", "DEADLINE", "PUBLISHED"])
def test_otherwise_nobody_signs_what_is_in_force(agreement: Agreement, way: str) -> None:
    Agreement.objects.update(force=way)
    with pytest.raises(Problem, match="nie czeka na podpisy"):
        make.entered(hospital(agreement))
    assert hospital(agreement).state == "WAITING"


def test_a_successor_is_bound_and_asked_for_no_signature(agreement: Agreement) -> None:
    office = make_people.person(Role.NETWORK_OFFICER, email="biuro@example.pl")
    new = life.merge(agreement.parties.all()[0], make_people.organisation()).successor
    assert new is not None and new.organisation is not None
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert [one.position for one in Standing(agreement).waiting] == [3, 4]
    assert not [*signatures_wait(make_people.head(new.organisation), TODAY())]
    assert new.pk not in reminding.to_remind(TODAY() + timedelta(days=8))
    for act in (make.entered, make.turned_down):
        with pytest.raises(Problem, match="nie podpisuje tego porozumienia"):
            act(new)
    assert Party.objects.get(pk=new.pk).state == "WAITING"
    make.entered(agreement.parties.get(organisation__email=OWN))
    told = [one for one in mails("AGREEMENT_SIGNED") if one["email"] == office.email][-1]
    assert "1\u00a0Strona" in told["text"]


def test_neither_who_left_nor_who_joins_hears_of_one_more_signature(agreement: Agreement) -> None:
    make_later.prepared(agreement, make_people.organisation(email="przystapi@example.pl"))
    gone = agreement.parties.all()[2]
    of = make_people.organisation(email="odeszla@example.pl")
    Party.objects.filter(pk=gone.pk).update(organisation=of)
    make.entered(gone)
    life.leave(gone)
    heard = len(mails("AGREEMENT_JOINED"))
    make.entered(agreement.parties.get(organisation__email=OWN))
    assert [one["email"] for one in mails("AGREEMENT_JOINED")[heard:]] == [OWN]
