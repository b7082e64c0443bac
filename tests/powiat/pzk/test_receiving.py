"""Gminas ask for delegates by letters, which come again, late, and out of order (POR-C §2.4.2)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.actions import receiving
from powiat.pzk.actions.receiving import NotYet
from powiat.pzk.models import AskedDelegation
from powiat.pzk.today import answers_wait
from tenants.exchange import delegations
from tenants.exchange.models import Letter
from tenants.people.models import Person, RoleAssignment
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import county, exchange
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.powiat.pzk.conftest import County, settled

TODAY = timezone.localdate()


def state_of(asked: AskedDelegation) -> tuple[str, int]:
    asked.refresh_from_db()
    return asked.state, asked.version


def test_a_request_waits_for_its_institution_which_is_told(school: County) -> None:
    asked = school.asked()
    assert (asked.state, asked.party, asked.source_name) == (
        "ASKED",
        school.party,
        school.gmina.name,
    )
    assert len(school.told("PZK_DELEGATE_ASKED")) == 1
    assert school.posted() == []


def test_requests_for_two_functions_wait_under_two_titles(school: County) -> None:
    for function in ("pedagog", "psycholog"):
        school.asked(function=function)
    head = Person.objects.get(pk=school.head.pk)
    titles = [one.title for one in answers_wait(head, TODAY)]
    assert len(titles) == len(set(titles)) == 2


def test_the_same_letter_three_times_is_one_request(school: County) -> None:
    payload = county.said(school.party)
    for _ in range(3):
        county.read(school.gmina, delegations.ASKED, payload)
    assert AskedDelegation.objects.count() == 1
    assert Entry.objects.filter(verb="PZK_DELEGATE_ASKED").count() == 1
    assert len(school.told("PZK_DELEGATE_ASKED")) == 1


def test_a_withdrawal_that_overtook_its_request_waits_for_it(school: County) -> None:
    payload = county.said(school.party)
    gone = {"request_id": payload["request_id"], "on": TODAY.isoformat()}
    with pytest.raises(NotYet):
        county.read(school.gmina, delegations.WITHDRAWN, gone)
    county.read(school.gmina, delegations.ASKED, payload)
    for _ in range(2):
        county.read(school.gmina, delegations.WITHDRAWN, gone)
    county.read(school.gmina, delegations.ASKED, payload)
    asked = AskedDelegation.objects.get()
    assert (asked.state, asked.version, asked.became_on) == ("WITHDRAWN", 1, TODAY)


def test_a_letter_about_nothing_is_let_go_after_a_day(
    school: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = {"request_id": str(uuid4()), "on": TODAY.isoformat()}
    letter = exchange.letter(school.gmina, school.tenant, delegations.WITHDRAWN, uuid7(), **gone)
    monkeypatch.setattr(receiving, "WAITS", timedelta(0))
    receiving.read_withdrawn(letter)
    assert AskedDelegation.objects.count() == 0


def test_another_tenant_can_not_speak_of_anothers_request(
    school: County, city: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = school.asked()
    monkeypatch.setattr(receiving, "WAITS", timedelta(0))
    county.withdrawn(asked, city)
    county.became(asked, city, "EXPIRED")
    assert state_of(asked) == ("ASKED", 0)


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        (["SEATED"], "SEATED"),
        (["SEATED", "SEATED", "DECLINED"], "SEATED"),
        (["ENDED", "SEATED"], "ENDED"),
        (["SEATED", "ENDED", "TOO_LATE"], "ENDED"),
        (["DECLINED", "SEATED"], "DECLINED"),
        (["TOO_LATE", "WITHDRAWN"], "TOO_LATE"),
        (["EXPIRED"], "TOO_LATE"),
    ],
)
def test_what_became_of_a_delegate_is_as_the_gmina_says(
    school: County, path: list[str], ends: str
) -> None:
    asked = county.named(school.asked(), school.by_head)
    for state in path:
        county.became(asked, school.gmina, state)
    assert state_of(asked)[0] == ends
    assert (asked.ended_on is not None) == (ends == "ENDED")


def test_before_an_answer_nobody_can_be_seated(school: County) -> None:
    asked = school.asked()
    for state in ("SEATED", "DECLINED", "TOO_LATE", "ENDED"):
        county.became(asked, school.gmina, state)
    assert state_of(asked) == ("ASKED", 0)
    county.became(asked, school.gmina, "EXPIRED")
    assert state_of(asked) == ("EXPIRED", 1)


def refused_with(school: County, payload: dict[str, Any], source: TenantRef) -> str:
    """The reason in the answer that went back at once."""
    county.read(source, delegations.ASKED, payload)
    ((kind, answer),) = school.posted()
    assert (kind, answer["answer"]) == (delegations.ANSWERED, "NOT_OURS")
    assert AskedDelegation.objects.get().state == "NOT_OURS"
    assert school.told("PZK_DELEGATE_ASKED") == []
    return str(answer["reason"])


def test_a_party_of_another_tenant_can_not_be_asked(school: County, city: TenantRef) -> None:
    payload = county.said(school.party, party_id=str(uuid4()))
    assert "nie ma takiej Strony" in refused_with(school, payload, school.gmina)


def test_a_party_that_did_not_sign_can_not_be_asked(school: County) -> None:
    draft = make.draft("C", units=[{"code": school.gmina.code, "name": "gmina"}])
    payload = county.said(make.party(draft, make_people.organisation()))
    assert "nie obowiązuje" in refused_with(school, payload, school.gmina)


def test_a_request_that_comes_after_the_end_of_the_agreement_says_that_it_binds_no_more(
    school: County,
) -> None:
    payload = county.said(school.party)
    life.end(school.agreement)
    county.read(school.gmina, delegations.ASKED, payload)
    asked = AskedDelegation.objects.get()
    assert asked.state_said == "wygasła: porozumienie już nie obowiązuje"
    answers = [kind for kind, _ in school.posted() if kind == delegations.ANSWERED]
    (told,) = [said for kind, said in school.posted() if kind == delegations.ENDED]
    assert (answers, told["why"]) == ([], "AGREEMENT_ENDED")
    assert school.told("PZK_DELEGATE_ASKED") == []


def test_a_party_that_signed_too_late_can_not_be_asked(school: County) -> None:
    county.bound_earlier(school.agreement)
    payload = county.said(school.party)
    assert "nie jest Stroną" in refused_with(school, payload, school.gmina)


def test_a_gmina_that_the_agreement_does_not_name_can_not_ask(
    school: County, city: TenantRef
) -> None:
    payload = county.said(school.party)
    assert "nie obejmuje" in refused_with(school, payload, city)


def test_where_nobody_speaks_for_the_institution_the_office_is_told(school: County) -> None:
    RoleAssignment.objects.filter(person=school.head).update(ended_on=TODAY)
    school.head.posts.update(ended_on=TODAY)
    school.asked()
    assert len(school.told("PZK_DELEGATE_ASKED")) >= 1


@pytest.mark.parametrize(
    ("answer", "state"), [(county.named, "ENDED"), (county.refused, "REFUSED")]
)
def test_of_an_answer_that_comes_back_the_gmina_reads_when_it_opens_again(
    school: County, answer: Any, state: str
) -> None:
    """Its tenant was closed meanwhile."""
    asked = answer(school.asked(), school.by_head)
    payload = {"request_id": str(asked.request_id)}
    letter = exchange.letter(school.tenant, school.gmina, delegations.ANSWERED, uuid7(), **payload)
    for _ in range(2):
        receiving.read_returned(letter)
    assert state_of(asked)[0] == state
    (told,) = [said for kind, said in school.posted() if kind == delegations.ENDED]
    assert (told["request_id"], told["why"]) == (str(asked.request_id), "GMINA_CLOSED")


def test_a_city_asks_itself_the_same_way(city: TenantRef) -> None:
    with inside(city):
        make_partnership.found(city)
        here = settled(city, city)
        payload = county.said(here.party)
    exchange.post(city, city.id, delegations.ASKED, **payload)
    exchange.carried(city)
    with inside(city):
        asked = AskedDelegation.objects.get()
        assert (asked.state, asked.source_id) == ("ASKED", city.id)
        county.named(asked, here.by_head)
        said = here.posted()[-1][1]
    exchange.carried(city)
    letter = Letter.objects.get(kind=delegations.ANSWERED)
    assert (letter.source_id, letter.addressee_id) == (city.id, city.id)
    assert (said["full_name"], letter.payload) == ("Anna Przykładowa", {})  # it was read
