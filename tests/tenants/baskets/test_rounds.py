"""Owners are asked to confirm what they offer: four letters at most, one a card, none after the deed (REG §3.5.a)."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.baskets import tasks
from tenants.baskets.actions import checking, rounds, services
from tenants.baskets.actions.checking import Said
from tenants.baskets.basket import seen_by
from tenants.baskets.models.answers import Answer
from tenants.baskets.models.checks import CardCheck, CheckCall
from tenants.baskets.models.services import Service
from tenants.baskets.today import services_wait
from tenants.baskets.workflow import CheckState
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people

YEAR = timedelta(days=365)
TRUE, ENDED = Said(Answer.TRUE), Said(Answer.ENDED)
CHANGED = Said(Answer.CHANGED)


def letters() -> list[str]:
    """Mails to owners, each with its address."""
    rows = Outgoing.objects.filter(kind="MAIL", payload__code="CARDS_TO_CONFIRM").order_by("id")
    return [one.payload["email"] for one in rows]


def night(tenant: TenantRef, day: date) -> None:
    with time_machine.travel(day):
        tasks.check_in_one(str(tenant.id))


@pytest.fixture
def card(office: Actor, coordinator: Actor, kooperant: Organisation) -> list[Service]:
    """Two services of one kooperant, confirmed today."""
    return [make.accepted(office, kooperant, name=name) for name in ("Poradnia", "Świetlica")]


def test_of_a_year_nobody_gets_more_than_four_letters_for_all_of_a_card(
    card: list[Service], in_partnership: TenantRef, coordinator: Actor, office: Actor
) -> None:
    due = card[0].due_on
    assert due is not None
    for day in (due - timedelta(days=1), *(due + timedelta(days=n) for n in range(90))):
        night(in_partnership, day)
    voice = Person.objects.get(pk=coordinator.person_id)
    assert letters() == [voice.email] * 4
    with time_machine.travel(due + timedelta(days=90)):
        (line,) = services_wait(Person.objects.get(pk=office.person_id), due + timedelta(days=90))
    assert line.title == "Zadzwoń w sprawie usług: Poradnia Zmyślona"


def test_once_all_is_answered_nobody_writes_any_more(
    card: list[Service], in_partnership: TenantRef, coordinator: Actor
) -> None:
    due = card[0].due_on
    assert due is not None
    night(in_partnership, due)
    with time_machine.travel(due + timedelta(days=3)):
        said = {card[0].pk: TRUE, card[1].pk: ENDED}
        checking.answer(by=coordinator, card_id=card[0].card_id, how=How.OWNER, answers=said)
    assert CardCheck.objects.get().state == CheckState.DONE
    for days in (14, 28, 42):
        night(in_partnership, due + timedelta(days=days))
    assert len(letters()) == 1
    first, second = (Service.objects.get(pk=one.pk) for one in card)
    assert first.due_on == due + timedelta(days=3) + YEAR
    assert second.ended_on == due + timedelta(days=3)


def test_what_has_changed_waits_until_its_text_is_mended(
    card: list[Service], in_partnership: TenantRef, coordinator: Actor, office: Actor
) -> None:
    due = card[0].due_on
    assert due is not None
    night(in_partnership, due)
    with time_machine.travel(due):
        said = {card[0].pk: TRUE, card[1].pk: CHANGED}
        checking.answer(by=coordinator, card_id=card[0].card_id, how=How.OWNER, answers=said)
        assert CardCheck.objects.get().state == CheckState.OPEN
        voice = Person.objects.get(pk=coordinator.person_id)
        (line,) = services_wait(voice, due)
        assert line.title == "Potwierdź opisy usług: Poradnia Zmyślona"
        service = make.changed(coordinator, Service.objects.get(pk=card[1].pk), access="Przyjdź.")
        service = make.handed_in(coordinator, service, How.OWNER)
        make.taken_in(office, service)
    assert CardCheck.objects.get().state == CheckState.DONE


def test_the_night_twice_is_as_once(card: list[Service], in_partnership: TenantRef) -> None:
    due = card[0].due_on
    assert due is not None
    for _ in range(2):
        night(in_partnership, due)
    assert (CardCheck.objects.count(), len(letters())) == (1, 1)


def test_nobody_is_asked_who_has_left(
    card: list[Service], in_partnership: TenantRef, kooperant: Organisation, office: Actor
) -> None:
    Membership.objects.get(organisation=kooperant).end(office.today)
    due = card[0].due_on
    assert due is not None
    night(in_partnership, due)
    assert not CardCheck.objects.exists()


def test_whoever_leaves_while_they_are_asked_is_asked_no_more(
    card: list[Service], in_partnership: TenantRef, kooperant: Organisation, office: Actor
) -> None:
    due = card[0].due_on
    assert due is not None
    night(in_partnership, due)
    with time_machine.travel(due):
        make.refiled(office, Service.objects.get(pk=card[0].pk), access="Przyjdź.")
        Membership.objects.get(organisation=kooperant).end(due)
        with pytest.raises(Problem, match="nie należy"):
            make.taken_in(office, Service.objects.get(pk=card[0].pk))
    for days in (14, 28, 42, 56):
        night(in_partnership, due + timedelta(days=days))
    assert len(letters()) == 1
    with time_machine.travel(due + timedelta(days=56)):
        lead = Person.objects.get(pk=office.person_id)
        assert not list(services_wait(lead, due + timedelta(days=56)))


def test_whoever_comes_back_is_written_to_before_they_are_out_of_reach(
    card: list[Service], in_partnership: TenantRef, kooperant: Organisation
) -> None:
    due = card[0].due_on
    assert due is not None
    night(in_partnership, due)
    member = Membership.objects.filter(organisation=kooperant)
    member.update(ended_on=due + timedelta(days=5))
    night(in_partnership, due + timedelta(days=56))
    member.update(ended_on=None)
    back = due + timedelta(days=200)
    night(in_partnership, back)
    assert (len(letters()), CardCheck.objects.get().state) == (2, CheckState.OPEN)
    for days in (14, 28, 42, 56):
        night(in_partnership, back + timedelta(days=days))
    assert (len(letters()), CardCheck.objects.get().state) == (4, CheckState.SILENT)


def test_what_is_due_after_a_late_answer_is_asked_anew(
    card: list[Service], in_partnership: TenantRef, coordinator: Actor
) -> None:
    due = card[0].due_on
    assert due is not None
    later = due + timedelta(days=170)
    Service.objects.filter(pk=card[1].pk).update(due_on=later)
    for days in (0, 14, 28, 42, 56):
        night(in_partnership, due + timedelta(days=days))
    with time_machine.travel(due + timedelta(days=70)):
        said = {card[0].pk: CHANGED}
        checking.answer(by=coordinator, card_id=card[0].card_id, how=How.PHONE, answers=said)
    night(in_partnership, due + timedelta(days=71))
    assert len(letters()) == 4
    for days in (0, 14, 28, 42):
        night(in_partnership, later + timedelta(days=days))
    assert len(letters()) == 8
    asked = CardCheck.objects.exclude(state=CheckState.DONE)
    assert [(one.opened_on, one.state) for one in asked] == [(later, CheckState.OPEN)]


def test_after_two_vain_calls_everybody_reads_that_there_is_no_contact(
    card: list[Service], coordinator: Actor, office: Actor
) -> None:
    due = card[0].due_on
    assert due is not None
    with time_machine.travel(due):
        rounds.open_round(by=SYSTEM, card_id=card[0].card_id)
        check = CardCheck.objects.get()
        for state in (CheckState.OPEN, CheckState.SILENT):
            checking.call(by=office, check_id=check.pk, key=uuid7(), how=How.PHONE)
            assert CardCheck.objects.get().state == state
        seen = list(seen_by(lambda _: Visibility.TENANT, due))
        assert all("Brak kontaktu" in one.remarks for one in seen)
        assert len(seen) == 2
        said = {one.pk: TRUE for one in card}
        checking.answer(by=coordinator, card_id=check.card_id, how=How.OWNER, answers=said)
        assert not any(one.remarks for one in seen_by(lambda _: Visibility.TENANT, due))
        with pytest.raises(Problem, match="już odpowiedziała"):
            checking.call(by=office, check_id=check.pk, key=uuid7(), how=How.PHONE)
    assert CheckCall.objects.count() == 2


def test_another_kooperant_answers_nothing_here(card: list[Service], office: Actor) -> None:
    stranger = make_people.by(
        make_people.person(Role.PARTNER_COORDINATOR, organisation=make_people.organisation())
    )
    before = list(Service.objects.order_by("pk").values())
    acts: list[Any] = [
        lambda: checking.answer(
            by=stranger, card_id=card[0].card_id, how=How.OWNER, answers={card[0].pk: ENDED}
        ),
        lambda: services.confirm(by=stranger, service_id=card[0].pk, how=How.OWNER),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    # And whoever answers for a card of theirs answers for nothing of another one.
    own = make.card(office, None)
    checking.answer(by=office, card_id=own.pk, how=How.OWNER, answers={card[0].pk: ENDED})
    assert list(Service.objects.order_by("pk").values()) == before


def test_looking_at_the_page_confirms_nothing(
    card: list[Service], in_partnership: TenantRef, kooperant: Organisation
) -> None:
    due = card[0].due_on
    assert due is not None
    with time_machine.travel(due):
        voice, _ = make_people.signed_in(
            in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
        )
        at = f"/gmina/gogolin/koszyk/karty/{card[0].card_id}/potwierdzanie/"
        for _ in range(3):
            assert voice.get(at).status_code == 200
            assert voice.head(at).status_code == 200
        assert voice.post(at, {"how": "OWNER"}).status_code == 422
        with inside(in_partnership):
            assert set(Service.objects.values_list("confirmed_on", flat=True)) == {due - YEAR}
        answered = {"how": "OWNER", str(card[0].pk): "TRUE", str(card[1].pk): "TRUE"}
        assert voice.post(at, answered).status_code == 302
        with inside(in_partnership):
            assert set(Service.objects.values_list("confirmed_on", flat=True)) == {due}
        assert voice.get(at).status_code == 409
