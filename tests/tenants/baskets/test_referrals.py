"""One institution asks another to take somebody in: by a number, never closed by silence (REG §3.4)."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CharField, TextField
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.baskets import perms, tasks
from tenants.baskets.actions import referrals, services
from tenants.baskets.indicators import referrals_by_answer
from tenants.baskets.models.referrals import Reason, Referral
from tenants.baskets.models.services import Service
from tenants.baskets.referred import referrals_wait, usually_answers
from tenants.baskets.workflow import ReferralState
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.services.visibility import Visibility
from tenants.teams.sides import LEAD
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

BASKET = "/gmina/gogolin/koszyk/"


@pytest.fixture
def service(office: Actor, coordinator: Actor, kooperant: Organisation) -> Service:
    return make.accepted(office, kooperant)


def asked(by: Actor, service: Service, of: str = LEAD) -> Referral:
    return referrals.ask(by=by, service_id=service.pk, key=uuid7(), of=of)


def answered(by: Actor, referral: Referral, state: str, reason: str = "") -> Referral:
    return referrals.answer(
        by=by, referral_id=referral.pk, version=referral.version, state=state, reason=reason
    )


def person_of(actor: Actor) -> Person:
    return Person.objects.get(pk=actor.person_id)


def mails(code: str) -> list[str]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__code=code).order_by("id")
    return [one.payload["email"] for one in rows]


def test_the_office_asks_and_the_kooperant_takes_them_in(
    office: Actor, coordinator: Actor, service: Service
) -> None:
    referral = asked(office, service)
    (line,) = referrals_wait(person_of(coordinator), office.today)
    assert line.title == "Odpowiedz na zapytanie o przyjęcie: Poradnia dla rodzin"
    assert line.due == office.today + timedelta(days=30)
    assert list(referrals_wait(person_of(office), office.today)) == []
    referral = answered(coordinator, referral, ReferralState.ACCEPTED)
    assert (referral.answered_on, referral.closed_on) == (office.today, None)
    assert list(referrals_wait(person_of(coordinator), office.today)) == []
    referral = referrals.finish(by=coordinator, referral_id=referral.pk)
    assert (referral.state, referral.closed_on) == (ReferralState.DONE, office.today)


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (ReferralState.DECLINED, Reason.NO_PLACES, "odmowa: brak miejsc"),
        (ReferralState.NOT_OURS, "", "to nie ta usługa"),
    ],
)
def test_a_no_has_a_reason_from_a_list(
    office: Actor, coordinator: Actor, service: Service, state: str, reason: str, said: str
) -> None:
    referral = answered(coordinator, asked(office, service), state, reason)
    assert referral.state_said == said
    with pytest.raises(AlreadySaved):
        answered(coordinator, referral, state, reason)
    with pytest.raises(Problem):
        answered(coordinator, referral, ReferralState.ACCEPTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state=ReferralState.DECLINED, reason="")


def test_the_institution_of_the_service_alone_answers(
    office: Actor, coordinator: Actor, service: Service
) -> None:
    referral = asked(office, service)
    with pytest.raises(PermissionDenied):
        answered(office, referral, ReferralState.ACCEPTED)
    with pytest.raises(PermissionDenied):
        referrals.withdraw(by=coordinator, referral_id=referral.pk)
    with pytest.raises(StaleForm):
        referrals.answer(
            by=coordinator,
            referral_id=referral.pk,
            version=7,
            state=ReferralState.ACCEPTED,
            reason="",
        )
    referral.refresh_from_db()
    assert referral.state == ReferralState.ASKED


def test_whoever_asked_withdraws_it(office: Actor, coordinator: Actor, service: Service) -> None:
    referral = referrals.withdraw(by=office, referral_id=asked(office, service).pk)
    assert (referral.state, referral.closed_on) == (ReferralState.WITHDRAWN, office.today)
    assert list(referrals_wait(person_of(coordinator), office.today)) == []
    with pytest.raises(Problem):
        answered(coordinator, referral, ReferralState.ACCEPTED)


def test_one_asks_of_services_of_the_basket_that_one_sees_and_not_of_oneself(
    office: Actor, coordinator: Actor, kooperant: Organisation, service: Service
) -> None:
    with pytest.raises(ValidationError):
        asked(coordinator, make.accepted(office, None), of=str(uuid7()))
    with pytest.raises(PermissionDenied):
        asked(coordinator, service, of=str(kooperant.pk))
    hidden = make.accepted(office, None, sees_service=Visibility.OFFICE)
    with pytest.raises(PermissionDenied):
        asked(coordinator, hidden, of=str(kooperant.pk))
    services.end(by=office, service_id=service.pk, ended_on=office.today, why="")
    with pytest.raises(Problem):
        asked(office, service)
    with pytest.raises(Problem):
        asked(office, make.filed(office, kooperant))
    assert not Referral.objects.exists()


def night(tenant: TenantRef, day: date) -> None:
    with time_machine.travel(day):
        tasks.check_in_one(str(tenant.id))


def test_silence_is_reminded_of_each_ten_days_and_closes_nothing(
    office: Actor, coordinator: Actor, service: Service, in_partnership: TenantRef
) -> None:
    referral, day = asked(office, service), office.today
    for days in range(61):
        night(in_partnership, day + timedelta(days=days))
    assert mails("REFERRAL_WAITS") == [person_of(coordinator).email] * 4
    referral.refresh_from_db()
    assert referral.state == ReferralState.ASKED
    lines = [
        list(referrals_wait(person_of(coordinator), day + timedelta(days=n))) for n in (30, 31)
    ]
    assert [line.is_overdue for (line,) in lines] == [False, True]


def test_an_answer_stops_the_reminders(
    office: Actor, coordinator: Actor, service: Service, in_partnership: TenantRef
) -> None:
    answered(coordinator, asked(office, service), ReferralState.ACCEPTED)
    night(in_partnership, office.today + timedelta(days=40))
    assert mails("REFERRAL_WAITS") == []


def test_how_soon_answers_come_is_told_of_five_of_them(
    office: Actor, coordinator: Actor, service: Service
) -> None:
    for days in (1, 2, 3, 9):
        _answered_after(office, coordinator, service, days)
    assert usually_answers(service) == ""
    _answered_after(office, coordinator, service, 20)
    assert usually_answers(service) == "zwykle w ciągu 3\N{NO-BREAK SPACE}dni"


def _answered_after(by: Actor, other: Actor, service: Service, days: int) -> None:
    referral = answered(other, asked(by, service), ReferralState.ACCEPTED)
    Referral.objects.filter(pk=referral.pk).update(asked_on=by.today - timedelta(days=days))


def test_answers_are_counted_and_withdrawn_ones_left_out(
    office: Actor, coordinator: Actor, service: Service
) -> None:
    first, second, _ = (asked(office, service) for _ in range(3))
    answered(coordinator, first, ReferralState.NOT_OURS)
    referrals.withdraw(by=office, referral_id=second.pk)
    assert referrals_by_answer(office.today) == {"ANSWERED": 1, "WAITING": 1}
    assert referrals_by_answer(office.today - timedelta(days=1)) == {"ANSWERED": 0, "WAITING": 0}


def test_a_request_has_no_room_for_a_person() -> None:
    texts = [
        field.name
        for field in Referral._meta.get_fields()
        if isinstance(field, CharField | TextField) and not field.choices
    ]
    assert texts == []


def test_both_read_it_and_no_third_institution(
    office: Actor, kooperant: Organisation, service: Service
) -> None:
    referral = asked(office, service)
    other = make_people.organisation(name="Klub Zmyślony")
    make_partnership.member(other)
    stranger = make_people.person(Role.PARTNER_COORDINATOR, organisation=other)
    worker = make_people.person(Role.PARTNER_WORKER, organisation=kooperant)
    assert perms.see_referral(person_of(office), referral)
    assert not perms.see_referral(stranger, referral)
    assert not perms.answer_referral(worker, referral)


def test_it_is_asked_and_answered_on_pages(
    office: Actor, kooperant: Organisation, service: Service, in_partnership: TenantRef
) -> None:
    worker = make_people.signed_in(in_partnership, Role.SOCIAL_WORKER)[0]
    voice = make_people.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant)[
        0
    ]
    place, values = f"{BASKET}uslugi/{service.pk}/zapytanie/", {"key": str(uuid7()), "of": LEAD}
    for _ in range(2):
        answer: Any = worker.post(place, values, follow=True)
    assert "czeka na odpowiedź" in text_of(answer)
    with inside(in_partnership):
        referral = Referral.objects.get()
        url = referral.url
    sent = {"version": "0", "answer": "DECLINED:NO_PLACES"}
    assert "odmowa: brak miejsc" in text_of(voice.post(f"{url}odpowiedz/", sent, follow=True))
    assert str(referral.number) in text_of(worker.get(f"{BASKET}zapytania/"))
