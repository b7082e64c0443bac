"""An institution answers a gmina, itself or by a letter that the office enters (POR-C §2.4.2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from kooperacja.audit.actor import Unproved
from kooperacja.documents.models import StoredFile
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from powiat.pzk.actions import answering
from powiat.pzk.models import AskedDelegation
from powiat.pzk.papers import DELEGATE_LETTER
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tests.factories import county
from tests.factories import people as make_people
from tests.powiat.pzk.conftest import County

TODAY = timezone.localdate()


def browser(school: County, *roles: str, **of: Any) -> Client:
    client, _ = make_people.signed_in(school.tenant, *roles, **of)
    return client


def of_school(school: County) -> Client:
    return browser(school, Role.PARTY, organisation=school.school)


def sent(asked: AskedDelegation, **fields: Any) -> dict[str, Any]:
    plain = {**county.delegate(), "version": asked.version, "named_until": ""}
    return plain | fields


def test_the_institution_names_somebody_and_the_gmina_gets_a_business_contact(
    school: County,
) -> None:
    asked = county.named(school.asked(), school.by_head)
    ((kind, answer),) = school.posted()
    assert (asked.state, asked.answered_on, asked.letter) == ("NAMED", TODAY, None)
    assert kind == "DELEGATION_ANSWERED"
    assert answer == {
        "request_id": str(asked.request_id),
        "answer": "NAMED",
        "full_name": "Anna Przykładowa",
        "function": "pedagog szkolny",
        "email": "anna@szkola.example",
        "from_on": TODAY.isoformat(),
        "until": None,
    }
    assert len(set(school.told("PZK_DELEGATE_ANSWERED"))) == 1


def test_sent_again_it_is_one_answer_and_another_is_told_of_it(school: County) -> None:
    asked = county.named(school.asked(), school.by_head)
    with pytest.raises(AlreadySaved):
        county.named(asked, school.by_head)
    with pytest.raises(Problem, match="nie czeka już"):
        county.named(asked, school.by_head, full_name="Jan Inny")
    with pytest.raises(Problem, match="nie czeka już"):
        county.refused(asked, school.by_head)
    asked.refresh_from_db()
    assert (asked.full_name, asked.version, len(school.posted())) == ("Anna Przykładowa", 1, 1)


def test_a_withdrawn_request_takes_no_answer(school: County) -> None:
    asked = school.asked()
    county.withdrawn(asked, school.gmina)
    with pytest.raises(Problem) as told:
        county.named(asked, school.by_head)
    assert "wycofana" in told.value.explanation
    assert school.posted() == []


def test_a_refusal_carries_its_reason(school: County) -> None:
    asked = county.refused(school.asked(), school.by_head)
    assert (asked.state, asked.reason) == ("REFUSED", "Nie mamy kogo wysłać")
    assert school.posted()[0][1]["reason"] == "Nie mamy kogo wysłać"


def test_the_office_enters_an_answer_from_a_letter_alone(school: County) -> None:
    asked = school.asked()
    with pytest.raises(ValidationError) as wrong:
        county.named(asked, school.by_office)
    assert list(wrong.value.message_dict) == ["file"]
    assert (AskedDelegation.objects.get().state, school.posted()) == ("ASKED", [])
    county.named(asked, school.by_office, make_people.pdf())
    asked.refresh_from_db()
    assert (asked.state, asked.letter) == ("NAMED", StoredFile.objects.get(kind=DELEGATE_LETTER))


def test_who_speaks_for_another_institution_or_no_more_answers_nothing(school: County) -> None:
    asked, stranger = school.asked(), make_people.head(make_people.organisation())
    RoleAssignment.objects.filter(person=school.head).update(ended_on=TODAY)
    for person in (stranger, school.head):
        for act in (county.named, county.refused):
            with pytest.raises(Refused):
                act(asked, county.by_of(person))
    assert (AskedDelegation.objects.get().state, school.posted()) == ("ASKED", [])


def test_an_older_form_is_stale(school: County) -> None:
    asked = school.asked()
    with pytest.raises(StaleForm):
        answering.say_not_ours(by=school.by_head, asked_id=asked.pk, version=asked.version + 1)


def test_days_of_a_delegation_are_in_order(school: County) -> None:
    with pytest.raises(ValidationError) as wrong:
        county.named(school.asked(), school.by_head, named_until=TODAY - timedelta(days=1))
    assert list(wrong.value.message_dict) == ["named_until"]


def test_a_delegation_may_last_one_day(school: County) -> None:
    asked = county.named(school.asked(), school.by_head, named_until=TODAY)
    assert (asked.state, asked.named_from, asked.named_until) == ("NAMED", TODAY, TODAY)


def test_naming_asks_for_proof_on_the_page_too(school: County) -> None:
    asked = school.asked()
    with pytest.raises(Unproved):
        county.named(asked, replace(school.by_head, lacks_proof=True))
    client = of_school(school)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post(asked.url_of("name"), sent(asked))
    asked.refresh_from_db()
    assert (answer.status_code, asked.state, school.posted()) == (302, "ASKED", [])


# --- Recalling -------------------------------------------------------------------------------------


def recall(school: County, asked: AskedDelegation, day: Any = TODAY, **by: Any) -> Any:
    who = county.by_of(school.head)
    version = AskedDelegation.objects.get(pk=asked.pk).version
    return answering.recall(by=by.get("by", who), asked_id=asked.pk, version=version, ended_on=day)


@pytest.mark.parametrize("state", ["", "SEATED"])
def test_a_recalled_delegate_loses_the_seat_in_the_gmina(school: County, state: str) -> None:
    asked = county.named(school.asked(), school.by_head)
    if state:
        county.became(asked, school.gmina, state)
    recall(school, asked)
    with pytest.raises(AlreadySaved):
        recall(school, asked)
    kind, payload = school.posted()[-1]
    assert (kind, payload["why"], payload["ended_on"]) == (
        "DELEGATION_ENDED",
        "RECALLED",
        TODAY.isoformat(),
    )
    assert len(school.posted()) == 2


def test_a_recall_is_of_today_at_the_latest_and_asks_for_proof(school: County) -> None:
    asked = county.named(school.asked(), school.by_head)
    with pytest.raises(ValidationError):
        recall(school, asked, TODAY + timedelta(days=1))
    with pytest.raises(Unproved):
        recall(school, asked, by=replace(school.by_head, lacks_proof=True))
    asked.refresh_from_db()
    assert (asked.state, len(school.posted())) == ("NAMED", 1)


@pytest.mark.parametrize("why", ["RELEASED", "GROUP_CLOSED", "TERM"])
def test_the_county_reads_why_it_ended_in_the_gmina(school: County, why: str) -> None:
    asked = county.named(school.asked(), school.by_head)
    county.became(asked, school.gmina, "SEATED")
    county.became(asked, school.gmina, "ENDED", why=why)
    asked.refresh_from_db()
    assert (asked.state, asked.ended_why) == ("ENDED", why)
    shown = of_school(school).get(asked.url).content.decode()
    assert asked.get_ended_why_display() in shown


def test_a_reason_that_is_not_known_or_not_said_ends_it_all_the_same(school: County) -> None:
    for said in ({"why": "WHO_KNOWS"}, {}):
        asked = county.named(school.asked(), school.by_head)
        county.became(asked, school.gmina, "ENDED", **said)
        asked.refresh_from_db()
        assert (asked.state, asked.ended_why) == ("ENDED", "")


# --- Pages -----------------------------------------------------------------------------------------


def test_a_head_answers_on_the_page(school: County) -> None:
    asked, client = school.asked(), of_school(school)
    page, step = asked.url, asked.url_of("name")
    home = client.get(f"{school.tenant.prefix}/").content.decode()
    assert "prośbę o delegata do GGK" in home
    shown = client.get(page).content.decode()
    assert "Wskaż delegata" in shown and "pedagog" in shown
    assert "Pismo instytucji" not in client.get(step).content.decode()
    answer = client.post(step, sent(asked))
    assert (answer.status_code, answer["Location"]) == (302, page)
    shown = client.get(page).content.decode()
    assert "Anna Przykładowa" in shown and "Odwołaj delegata" in shown


def test_the_office_is_asked_for_the_letter(school: County) -> None:
    asked, client = school.asked(), browser(school, Role.LEAD)
    step = asked.url_of("name")
    form = client.post(step, sent(asked))
    assert form.status_code == 422
    assert "Pismo instytucji" in form.content.decode()
    client.post(step, sent(asked, file=make_people.pdf()))
    asked.refresh_from_db()
    assert asked.state == "NAMED" and asked.letter is not None
    assert (
        client.get(f"{school.tenant.prefix}/dokumenty/pliki/{asked.letter_id}/").status_code == 200
    )


def test_a_name_in_the_reason_is_asked_about(school: County) -> None:
    asked, client = school.asked(), of_school(school)
    text = {"reason": "Matka Jan Kowalski, PESEL 44051401359", "version": asked.version}
    answer = client.post(asked.url_of("refuse"), text)
    assert answer.status_code == 422
    asked.refresh_from_db()
    assert asked.state == "ASKED"


def test_another_institution_finds_nothing(school: County) -> None:
    asked = school.asked()
    client = browser(school, Role.PARTY, organisation=make_people.organisation())
    page, every = asked.url, AskedDelegation.list_url()
    steps = [asked.url_of(step) for step in ("name", "refuse", "not_ours", "recall")]
    listing = client.get(every).content.decode()
    assert asked.source_name not in listing.partition("<main")[2]
    assert client.get(page).status_code == 403
    assert {client.post(step, sent(asked)).status_code for step in steps} == {403}
    asked.refresh_from_db()
    assert asked.state == "ASKED"
