"""Answers come from the county's unit: in any order, again, too late; in and out of the group."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from gmina.ggk.actions import asking, ending, seating
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.standing import ways_of
from gmina.ggk.tasks import look_in_one
from kooperacja.audit.actor import SYSTEM, named
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.exchange import delegations, letters
from tenants.exchange.models import Letter, PublishedAgreement
from tenants.people.models import Organisation, Person
from tenants.registry import actions as registry
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.factories import ggk as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried, letter, post
from tests.gmina.ggk.test_asking import ask

Heard = list[tuple[str, dict[str, Any]]]
Answer = Callable[..., None]


def fresh(row: DelegationRequest) -> DelegationRequest:
    return DelegationRequest.objects.select_related("person", "organisation", "group").get(
        pk=row.pk
    )


def states(heard: Heard) -> list[str]:
    """What the county's unit heard of delegations."""
    return [payload["state"] for kind, payload in heard if kind == delegations.STATE]


@pytest.fixture
def row(gmina: TenantRef, group: Group) -> DelegationRequest:
    with inside(gmina):
        return make.asked(group)


def accept(row: DelegationRequest) -> None:
    person = fresh(row).person
    assert person is not None
    seating.accept(by=make.by(person), delegation_id=row.pk)


def test_whom_an_institution_names_comes_in_and_sits_there_once_they_accept(
    gmina: TenantRef, row: DelegationRequest, answered: Answer, heard: Heard
) -> None:
    answered(row)
    with inside(gmina):
        found = fresh(row)
        assert (found.state, found.full_name) == ("NAMED", "Olga Pokazowa")
        assert found.person is not None
        assert make.roles_of(found.person) == {Role.DELEGATE}
        assert found.organisation is not None
        assert (found.organisation.name, found.organisation.regon) == (
            make.SCHOOL,
            row.party_number,
        )
        assert Outgoing.objects.filter(kind="INVITATION").count() == 1
        assert not Seat.objects.filter(person=found.person).exists()
        accept(row)
        seat = Seat.objects.get(person=found.person)
        assert (seat.function, seat.from_on) == ("pedagog", timezone.localdate())
        assert fresh(row).state == "SEATED"
    carried(gmina)
    assert states(heard) == ["SEATED"]


def test_the_invitation_says_who_invites_in_which_function_and_who_delegates(
    gmina: TenantRef, row: DelegationRequest, answered: Answer
) -> None:
    with inside(gmina):
        office = make_partnership.found(gmina).lead_name
    answered(row)
    carried(gmina)
    (sent,) = (one for one in mail.outbox if one.to == ["olga@pokaz.example"])
    text = str(sent.body).replace("\xa0", " ")
    assert text.count(office) >= 2
    assert "Powiat" not in text
    assert f"Na jakiej podstawie: delegacja do GGK: pedagog, {make.SCHOOL}" in text
    assert f"zwróć się do ośrodka, który zaprasza: {office}" in text
    assert "Telefon i adres ośrodka:\nhttp://testserver/gmina/gogolin/dolacz/" in text


def test_an_institution_of_the_register_is_found_by_its_number(
    gmina: TenantRef, row: DelegationRequest, answered: Answer
) -> None:
    with inside(gmina):
        known = make_people.organisation(name="SP w rejestrze", regon=row.party_number)
        before = Organisation.objects.count()
    answered(row)
    with inside(gmina):
        assert fresh(row).organisation == known
        assert Organisation.objects.count() == before


def test_of_institutions_under_one_nip_the_name_says_which_it_is(
    gmina: TenantRef, group: Group, answered: Answer
) -> None:
    nip = "1234563218"
    with inside(gmina):
        office = make_people.organisation(name="Gmina Pokazowa", nip=nip)
        school = make_people.organisation(name=make.SCHOOL.upper(), nip=nip)
        row = make.asked(group, party_number=nip)
        other = make.asked(group, "psycholog", party_number=nip, party_name="Przedszkole Pokazowe")
    answered(row)
    answered(other, full_name="Ola Zmyślona", email="ola@pokaz.example")
    with inside(gmina):
        assert fresh(row).organisation == school
        entered = fresh(other).organisation
        assert entered is not None
        assert (entered.name, entered.nip) == ("Przedszkole Pokazowe", nip)
        assert entered not in (office, school)
        again = make.asked(group, "pedagog", party_number=nip, party_name="Przedszkole Pokazowe")
    answered(again, full_name="Iga Zmyślona", email="iga@pokaz.example")
    with inside(gmina):
        assert fresh(again).organisation == entered
        assert Organisation.objects.filter(nip=nip).count() == 3


def test_read_three_times_an_answer_and_an_end_change_nothing_more(
    gmina: TenantRef, powiat: TenantRef, row: DelegationRequest, answered: Answer, heard: Heard
) -> None:
    answered(row)
    with inside(gmina):
        accept(row)
        people, version = Person.objects.count(), fresh(row).version
    for again in ("2", "3"):
        answered(row, dedupe=f"answer:{row.pk}:{again}")
    with inside(gmina):
        assert (Person.objects.count(), fresh(row).version) == (people, version)
    for again in ("1", "2", "3"):
        ended(powiat, gmina, row, dedupe=again)
    with inside(gmina):
        found = fresh(row)
        assert (found.state, found.version, found.end_reason) == ("ENDED", version + 1, "RECALLED")
    carried(gmina)
    assert states(heard) == ["SEATED", "ENDED"]


def ended(
    powiat: TenantRef, gmina: TenantRef, row: DelegationRequest, why: str = "RECALLED", **also: Any
) -> None:
    """The county's unit ends a delegation."""
    payload = {"request_id": str(row.pk), "ended_on": str(also.get("on", timezone.localdate()))}
    name = f"end:{row.pk}:{also.get('dedupe', '')}"
    post(powiat, gmina.id, delegations.ENDED, name, **payload, why=why)
    carried(powiat, gmina)


@pytest.mark.parametrize(
    "why", ["RECALLED", "LEFT_INSTITUTION", "PARTY_LEFT", "MERGED", "AGREEMENT_ENDED"]
)
def test_an_end_takes_the_seat_and_the_role_at_that_moment(
    gmina: TenantRef, powiat: TenantRef, row: DelegationRequest, answered: Answer, why: str
) -> None:
    answered(row)
    with inside(gmina):
        accept(row)
    ended(powiat, gmina, row, why)
    with inside(gmina):
        found = fresh(row)
        assert found.person is not None
        assert (found.state, found.end_reason) == ("ENDED", why)
        assert make.roles_of(found.person) == set()
        assert not Seat.objects.on(timezone.localdate()).filter(person=found.person).exists()
        assert Outgoing.objects.filter(kind="ACCESS_END").count() == 1


def test_a_recall_that_comes_before_its_answer_lets_nobody_in(
    gmina: TenantRef, powiat: TenantRef, row: DelegationRequest, answered: Answer
) -> None:
    ended(powiat, gmina, row)
    with inside(gmina):
        assert fresh(row).state == "ASKED"
        people = Person.objects.count()
    answered(row)
    with inside(gmina):
        assert (fresh(row).state, fresh(row).email) == ("ENDED", "")
        assert Person.objects.count() == people


def test_a_recall_that_came_first_lets_no_night_take_its_answer_for_missing(
    gmina: TenantRef, powiat: TenantRef, row: DelegationRequest, answered: Answer
) -> None:
    ended(powiat, gmina, row)
    with inside(gmina):
        assert ending.to_look(timezone.localdate()) == []
        look_in_one(str(gmina.id))
        ending.look_at(by=SYSTEM, delegation_id=row.pk)
        assert (fresh(row).state, fresh(row).version) == ("ASKED", 0)
        assert ending.to_look(row.answer_by + timedelta(days=1)) == [row.pk]
    answered(row)
    with inside(gmina):
        assert (fresh(row).state, fresh(row).end_reason) == ("ENDED", "RECALLED")


@pytest.mark.parametrize(
    ("why", "state"), [("PARTY_LEFT", "ENDED"), ("AGREEMENT_ENDED", "EXPIRED")]
)
def test_a_request_ends_with_the_party_or_the_agreement(
    gmina: TenantRef, powiat: TenantRef, row: DelegationRequest, why: str, state: str
) -> None:
    ended(powiat, gmina, row, why)
    with inside(gmina):
        assert (fresh(row).state, fresh(row).end_reason) == (state, why)


def test_a_recall_for_a_day_to_come_ends_it_on_that_day(
    gmina: TenantRef, powiat: TenantRef, row: DelegationRequest, answered: Answer
) -> None:
    answered(row)
    with inside(gmina):
        accept(row)
    day = make.tomorrow(5)
    ended(powiat, gmina, row, on=day)
    with inside(gmina):
        found = fresh(row)
        assert (found.state, found.ends_on) == ("SEATED", day)
        assert Seat.objects.get(person=found.person).ended_on == day
        assert ending.to_look(timezone.localdate()) == []
        assert ending.to_look(day) == [row.pk]


@pytest.mark.parametrize(
    ("answer", "reason"), [("REFUSED", "Brak etatu"), ("NOT_OURS", "Brak etatu")]
)
def test_a_refusal_is_kept_with_its_reason(
    gmina: TenantRef, row: DelegationRequest, answered: Answer, answer: str, reason: str
) -> None:
    answered(row, answer)
    with inside(gmina):
        assert (fresh(row).state, fresh(row).reason, fresh(row).person) == (answer, reason, None)


def test_an_answer_after_the_request_was_withdrawn_is_refused_and_told(
    gmina: TenantRef, row: DelegationRequest, answered: Answer, heard: Heard
) -> None:
    with inside(gmina):
        by = make.by(make_people.lead())
        asking.withdraw(by=by, delegation_id=row.pk, version=0)
        people = Person.objects.count()
    for again in ("1", "2", "3"):
        answered(row, dedupe=again)
    carried(gmina)
    with inside(gmina):
        assert (fresh(row).state, Person.objects.count()) == ("WITHDRAWN", people)
    assert states(heard) == ["TOO_LATE"]
    assert [kind for kind, _ in heard] == [delegations.WITHDRAWN, delegations.STATE]


def test_what_is_answered_is_not_withdrawn_any_more(
    gmina: TenantRef, row: DelegationRequest, answered: Answer
) -> None:
    answered(row)
    with inside(gmina):
        by = make.by(make_people.lead())
        with pytest.raises(Problem, match="nie czekamy"):
            asking.withdraw(by=by, delegation_id=row.pk, version=0)
        assert fresh(row).state == "NAMED"


def test_nobody_answers_a_request_expires_after_its_day_and_a_late_answer_is_refused(
    gmina: TenantRef, row: DelegationRequest, answered: Answer, heard: Heard
) -> None:
    with inside(gmina):
        DelegationRequest.objects.filter(pk=row.pk).update(answer_by=timezone.localdate())
        assert ending.to_look(timezone.localdate()) == []
        yesterday = timezone.localdate() - timedelta(days=1)
        DelegationRequest.objects.filter(pk=row.pk).update(answer_by=yesterday)
        look_in_one(str(gmina.id))
        ending.look_at(by=SYSTEM, delegation_id=row.pk)
        assert fresh(row).state == "EXPIRED"
    answered(row)
    carried(gmina)
    assert states(heard) == ["EXPIRED", "TOO_LATE"]


def test_an_agreement_that_names_the_gmina_no_more_ends_what_rests_on_it_that_night(
    gmina: TenantRef, group: Group, heard: Heard
) -> None:
    with inside(gmina):
        sits, waits = make.seated(group), make.asked(group, "psycholog")
        look_in_one(str(gmina.id))
        assert (fresh(sits).state, fresh(waits).state) == ("SEATED", "ASKED")
        PublishedAgreement.objects.update(units=["999999"])
        for _ in range(2):
            look_in_one(str(gmina.id))
        assert (fresh(sits).state, fresh(waits).state) == ("ENDED", "EXPIRED")
        assert fresh(sits).end_reason == fresh(waits).end_reason == "AGREEMENT_ENDED"
        assert make.roles_of(sits.person) == set()
    carried(gmina)
    assert sorted(states(heard)) == ["ENDED", "EXPIRED"]


def test_letters_of_another_tenant_about_this_request_change_nothing(
    gmina: TenantRef, city: TenantRef, row: DelegationRequest
) -> None:
    payload = {"request_id": str(row.pk), "answer": "NAMED", "full_name": "Obcy Pokazowy"}
    post(city, gmina.id, delegations.ANSWERED, "foreign", **payload)
    ended(city, gmina, row, "AGREEMENT_ENDED")
    carried(city)
    with inside(gmina):
        assert (fresh(row).state, fresh(row).ends_on) == ("ASKED", None)
        assert not Person.objects.filter(full_name="Obcy Pokazowy").exists()


def test_a_delegate_may_decline_and_then_holds_no_role(
    gmina: TenantRef, row: DelegationRequest, answered: Answer, heard: Heard
) -> None:
    answered(row)
    with inside(gmina):
        person = fresh(row).person
        assert person is not None
        with pytest.raises(Refused):
            seating.decline(by=make.by(make_people.lead()), delegation_id=row.pk)
        seating.decline(by=make.by(person), delegation_id=row.pk)
        assert (fresh(row).state, make.roles_of(person)) == ("DECLINED", set())
    carried(gmina)
    assert states(heard) == ["DECLINED"]


def test_a_suspended_county_gets_the_request_when_it_works_again_and_the_page_says_so(
    gmina: TenantRef, powiat: TenantRef, group: Group, heard: Heard, agreement: Any
) -> None:
    _change(registry.suspend_tenant, powiat)
    with inside(gmina):
        row = ask(group, agreement)
        assert ways_of([row])[row.pk] == "prośba jest w drodze"
    carried(gmina)
    with inside(gmina):
        assert ways_of([row])[row.pk] == "jednostka (Powiat Pokazowy) jest zawieszona, prośba czeka"
    assert heard == []
    _change(registry.reopen_tenant, powiat)
    carried()
    with inside(gmina):
        assert ways_of([row]) == {}
    assert [kind for kind, _ in heard] == [delegations.ASKED]


def _change(action: Any, tenant: TenantRef) -> None:
    action(by=named("Anna"), tenant=Tenant.objects.get(pk=tenant.id), reason="brak umowy")


def test_a_closed_county_gives_the_request_back(
    gmina: TenantRef, powiat: TenantRef, group: Group, heard: Heard, agreement: Any
) -> None:
    with inside(gmina):
        row = ask(group, agreement)
    Tenant.objects.filter(pk=powiat.id).update(status="CLOSED")
    carried(gmina)
    with inside(gmina):
        assert fresh(row).state == "UNDELIVERED"
    assert heard == []


def test_a_suspended_gmina_reads_the_answer_when_it_works_again(
    gmina: TenantRef, row: DelegationRequest, answered: Answer
) -> None:
    _change(registry.suspend_tenant, gmina)
    answered(row)
    with inside(gmina):
        assert fresh(row).state == "ASKED"
    _change(registry.reopen_tenant, gmina)
    carried()
    with inside(gmina):
        assert fresh(row).state == "NAMED"
    assert Letter.objects.filter(held_why="").count() == Letter.objects.count()


def test_a_city_asks_itself_and_gets_a_delegate(city: TenantRef, heard: Heard) -> None:
    with inside(city):
        group = make.group(make.published(city.id))
        row = make.asked(group)
        by_letter = letter(
            city, city, delegations.ANSWERED, row.pk, request_id=str(row.pk), answer="NAMED",
            full_name="Olga Pokazowa", email="olga@pokaz.example",
        )  # fmt: skip
        letters.kind_of(delegations.ANSWERED).deliver(by_letter)
        assert fresh(row).state == "NAMED"
