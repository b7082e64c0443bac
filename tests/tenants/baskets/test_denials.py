"""An institution that won't answer is left alone for a year, and may still change its mind (REG §3.5.a)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.baskets.actions import checking, rounds
from tenants.baskets.actions.checking import Said
from tenants.baskets.calls import to_call
from tenants.baskets.models.answers import Answer, CheckAnswer
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import CheckState
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.baskets.test_rounds import letters, night

YEAR = timedelta(days=365)


@pytest.fixture
def service(office: Actor, coordinator: Actor, kooperant: Organisation) -> Service:
    return make.accepted(office, kooperant, name="Poradnia")


@pytest.fixture
def due(service: Service) -> Iterator[date]:
    """The day on which it is to be confirmed again."""
    assert service.due_on is not None
    with time_machine.travel(service.due_on):
        yield service.due_on


@pytest.fixture
def check(due: date, service: Service) -> CardCheck:
    rounds.open_round(by=SYSTEM, card_id=service.card_id)
    return CardCheck.objects.get()


def denied(by: Actor, check: CardCheck) -> CardCheck:
    return checking.deny(by=by, check_id=check.pk, how=How.PHONE)


def test_it_stands_with_its_day_and_nobody_asks_for_a_year(
    check: CardCheck, service: Service, due: date, office: Actor, in_partnership: TenantRef
) -> None:
    night(in_partnership, due)
    with time_machine.travel(due + timedelta(days=5)):
        assert denied(office, check).state == CheckState.DENIED
        assert to_call(due + timedelta(days=5)) == []
        with pytest.raises(AlreadySaved):
            denied(office, check)
    noted = CheckAnswer.objects.get()
    assert (noted.answer, noted.how) == (Answer.DENIED, How.PHONE)
    assert noted.answered_on == due + timedelta(days=5)
    assert Service.objects.get(pk=service.pk).confirmed_on == due - YEAR
    for days in (14, 28, 56, 200):
        night(in_partnership, due + timedelta(days=days))
    assert len(letters()) == 1
    again = due + timedelta(days=5) + YEAR
    for days in (-1, 0, 14, 28, 42, 56):
        night(in_partnership, again + timedelta(days=days))
    assert len(letters()) == 5
    former, latest = CardCheck.objects.order_by("opened_on")
    assert (former.state, latest.opened_on, latest.state) == ("DONE", again, "SILENT")


def test_whoever_refused_may_still_answer(
    check: CardCheck, service: Service, due: date, office: Actor
) -> None:
    denied(office, check)
    said = {service.pk: Said(Answer.TRUE)}
    checking.answer(by=office, card_id=service.card_id, how=How.VISIT, answers=said)
    assert Service.objects.get(pk=service.pk).confirmed_on == due
    assert CardCheck.objects.get().state == CheckState.DONE
    with pytest.raises(Problem, match="już odpowiedziała"):
        denied(office, check)


def test_the_office_alone_notes_it_and_no_owner_chooses_it(
    check: CardCheck,
    service: Service,
    coordinator: Actor,
    kooperant: Organisation,
    in_partnership: TenantRef,
) -> None:
    with pytest.raises(Refused):
        denied(coordinator, check)
    voice, _ = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
    )
    lead, _ = make_people.signed_in(in_partnership, Role.LEAD)
    at = f"/gmina/gogolin/koszyk/karty/{service.card_id}/potwierdzanie/"
    assert voice.post(at, {"how": "OWNER", str(service.pk): "DENIED"}).status_code == 422
    own = f"/gmina/gogolin/koszyk/potwierdzanie/{check.pk}/odmowa/"
    assert voice.post(own, {"how": "PHONE"}).status_code == 403
    assert lead.post(own, {"how": "OWNER"}).status_code == 422
    with inside(in_partnership):
        assert CardCheck.objects.get().state == CheckState.OPEN
        assert not CheckAnswer.objects.exists()
    assert lead.post(own, {"how": "VISIT"}).status_code == 302
    assert "odmowa" in lead.get("/gmina/gogolin/koszyk/potwierdzanie/").content.decode()
    assert lead.get(own).status_code == 409
