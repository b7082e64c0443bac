"""Delegations end by themselves with what they rest on, and requests with their last day (POR-C §3.7)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from powiat.pzk.actions import ending, reminding
from powiat.pzk.models import AskedDelegation
from powiat.pzk.tasks import look_in_one
from tenants.agreements.consequences import ends_with
from tenants.agreements.models import Agreement, Amendment
from tenants.exchange import counties
from tenants.people.followers import follow
from tenants.people.models import Post, RoleAssignment
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import agreement_life as life
from tests.factories import amendments, county, exchange
from tests.factories import people as make_people
from tests.powiat.pzk.conftest import County

TODAY = timezone.localdate()


def named(school: County, **fields: object) -> AskedDelegation:
    return county.named(school.asked(), school.by_head, **fields)


def ended(school: County, asked: AskedDelegation) -> tuple[str, str, list[str]]:
    """Its state and why, and why the gmina hears that it ended."""
    asked.refresh_from_db()
    letters = [said["why"] for kind, said in school.posted() if kind == "DELEGATION_ENDED"]
    return asked.state, asked.ended_why, letters


def test_with_its_party_a_delegation_ends_and_a_request_is_answered(school: County) -> None:
    delegate, waiting = named(school), school.asked(function="psycholog")
    county.bound_earlier(school.agreement)
    for _ in range(2):
        follow(Agreement)
    assert ended(school, delegate) == ("ENDED", "PARTY_LEFT", ["PARTY_LEFT"])
    waiting.refresh_from_db()
    assert (waiting.state, school.posted()[-1][1]["answer"]) == ("NOT_OURS", "NOT_OURS")


def test_with_a_merger_the_gmina_hears_who_the_successor_is(school: County) -> None:
    three = [make_people.organisation() for _ in range(2)]
    agreement = county.in_force(*three, units=[school.gmina.code])
    party = agreement.parties.select_related("agreement").get(organisation=three[0])
    delegate = county.named(
        county.asked(party, school.gmina), county.by_of(school.office), make_people.pdf()
    )
    waiting = county.asked(party, school.gmina, function="psycholog")
    successor = make_people.organisation(name="Zespół Szkół Przykładowych")
    life.merge(party, successor)
    follow(Agreement)
    assert ended(school, delegate) == ("ENDED", "MERGED", ["MERGED"])
    waiting.refresh_from_db()
    answer = school.posted()[-1][1]
    assert (waiting.state, answer["answer"]) == ("NOT_OURS", "NOT_OURS")
    assert successor.name in answer["reason"]


def test_when_the_unit_that_asked_is_closed_nobody_is_a_delegate(school: County) -> None:
    delegate, waiting = named(school), school.asked(function="psycholog")
    county.became(delegate, school.gmina, "SEATED")
    look_in_one(str(school.tenant.id))
    assert ended(school, delegate) == ("SEATED", "", [])
    Tenant.objects.filter(pk=school.gmina.id).update(status="CLOSED")
    for _ in range(2):
        look_in_one(str(school.tenant.id))
    assert ended(school, delegate) == ("ENDED", "GMINA_CLOSED", ["GMINA_CLOSED"] * 2)
    waiting.refresh_from_db()
    told = [said["request_id"] for kind, said in school.posted() if kind == "DELEGATION_ENDED"]
    assert waiting.state == "WITHDRAWN"
    assert set(told) == {str(delegate.request_id), str(waiting.request_id)}


def test_with_the_agreement_every_delegation_ends(school: County) -> None:
    delegate = named(school)
    county.became(delegate, school.gmina, "SEATED")
    Agreement.objects.update(state="FAILED", in_force_from=None)
    follow(Agreement)
    assert ended(school, delegate) == ("ENDED", "AGREEMENT_ENDED", ["AGREEMENT_ENDED"])


def test_on_its_last_day_it_is_the_agreement_that_ends_before_any_night(school: County) -> None:
    delegate = named(school)
    exchange.carried(school.tenant)
    life.end(school.agreement, on=5)
    exchange.carried(school.tenant)
    with time_machine.travel(life.day(5)):
        follow(RoleAssignment)
        assert ended(school, delegate)[:2] == ("ENDED", "AGREEMENT_ENDED")
        assert school.posted()[-1][1]["why"] == "AGREEMENT_ENDED"


def test_a_delegate_who_leaves_the_institution_is_one_no_more(school: County) -> None:
    person = make_people.person(email="anna@szkola.example")
    post = Post.objects.create(
        person=person, organisation=school.school, function="pedagog", from_on=county.START
    )
    delegate = named(school, email="ANNA@szkola.example")
    assert delegate.person == person
    follow(Post)
    assert ended(school, delegate)[0] == "NAMED"
    post.end(TODAY)
    follow(Post)
    assert ended(school, delegate) == ("ENDED", "LEFT_INSTITUTION", ["LEFT_INSTITUTION"])


def test_whoever_the_register_comes_to_know_later_ends_with_leaving_too(school: County) -> None:
    delegate = named(school)
    assert delegate.person is None
    person = make_people.person(email="ANNA@szkola.example")
    post = Post.objects.create(
        person=person, organisation=school.school, function="pedagog", from_on=county.START
    )
    follow(Post)
    assert ended(school, delegate) == ("NAMED", "", [])
    assert delegate.person == person
    post.end(TODAY)
    follow(Post)
    assert ended(school, delegate) == ("ENDED", "LEFT_INSTITUTION", ["LEFT_INSTITUTION"])


def test_who_is_known_only_as_a_delegate_has_not_left_the_institution(school: County) -> None:
    """In a city the seat of an earlier delegation gives the role that the register knows."""
    person = make_people.person(email="anna@szkola.example")
    RoleAssignment.objects.create(
        person=person, role=Role.DELEGATE, organisation=school.school, from_on=county.START
    )
    delegate = named(school)
    assert delegate.person is None
    follow(RoleAssignment)
    assert ended(school, delegate) == ("NAMED", "", [])


def test_a_role_that_ends_locks_nobody_elses_delegation(school: County) -> None:
    person = make_people.person(email="anna@szkola.example")
    post = Post.objects.create(
        person=person, organisation=school.school, function="pedagog", from_on=county.START
    )
    leaves = named(school)
    stays = county.named(
        school.asked(function="psycholog"), school.by_head, email="ola@szkola.example"
    )
    waits = school.asked(function="kurator")
    post.end(TODAY)
    with CaptureQueriesContext(connections["default"]) as asked:
        follow(Post)
    locked = [
        one["sql"]
        for one in asked
        if "pzk_askeddelegation" in one["sql"] and "FOR UPDATE" in one["sql"]
    ]
    assert len(locked) == 1
    assert leaves.pk.hex in locked[0]
    states = [ended(school, one)[0] for one in (leaves, stays, waits)]
    assert states == ["ENDED", "NAMED", "ASKED"]


def test_the_role_of_a_delegate_keeps_nobody_in_the_institution(school: County) -> None:
    """In a city the GGK is in the same tenant, and the seat gives that role for the institution."""
    person = make_people.person(email="anna@szkola.example")
    post = Post.objects.create(
        person=person, organisation=school.school, function="pedagog", from_on=county.START
    )
    delegate = named(school)
    RoleAssignment.objects.create(
        person=person, role=Role.DELEGATE, organisation=school.school, from_on=county.START
    )
    post.end(TODAY)
    follow(Post)
    assert ended(school, delegate) == ("ENDED", "LEFT_INSTITUTION", ["LEFT_INSTITUTION"])


def test_whoever_the_register_does_not_know_stays_a_delegate(school: County) -> None:
    delegate = named(school)
    assert delegate.person is None
    follow(RoleAssignment)
    assert ended(school, delegate) == ("NAMED", "", [])


def test_a_delegation_for_a_time_is_over_after_its_last_day(school: County) -> None:
    last = TODAY + timedelta(days=1)
    delegate = named(school, named_until=last)
    AskedDelegation.objects.update(named_from=TODAY - timedelta(days=9), named_until=TODAY)
    look_in_one(str(school.tenant.id))
    assert ended(school, delegate)[0] == "NAMED"
    AskedDelegation.objects.update(named_until=TODAY - timedelta(days=1))
    look_in_one(str(school.tenant.id))
    # The gmina knows the day by itself.
    assert ended(school, delegate) == ("ENDED", "TERM", [])


def test_a_request_that_nobody_answers_expires_after_its_last_day(school: County) -> None:
    asked = school.asked(answer_by=TODAY.isoformat())
    look_in_one(str(school.tenant.id))
    asked.refresh_from_db()
    assert asked.state == "ASKED"
    AskedDelegation.objects.update(answer_by=TODAY - timedelta(days=1))
    for _ in range(2):
        look_in_one(str(school.tenant.id))
    asked.refresh_from_db()
    assert (asked.state, asked.became_on, asked.version) == ("EXPIRED", TODAY, 1)
    assert school.posted() == []
    assert len(school.told("PZK_DELEGATE_BECAME")) >= 2


def test_an_answer_a_moment_before_the_night_stays(school: County) -> None:
    asked = named(school)
    AskedDelegation.objects.update(answer_by=TODAY - timedelta(days=1))
    ending.expire(by=SYSTEM, asked_id=asked.pk)
    assert ended(school, asked)[0] == "NAMED"


@pytest.mark.parametrize(("left", "count"), [(14, 0), (7, 1), (2, 1)])
def test_a_silent_institution_is_reminded_before_the_last_day(
    school: County, left: int, count: int
) -> None:
    asked = school.asked()
    AskedDelegation.objects.update(asked_on=TODAY - timedelta(days=20))
    AskedDelegation.objects.update(answer_by=TODAY + timedelta(days=left))
    for _ in range(2):
        for key in reminding.to_remind(TODAY):
            reminding.remind(asked_id=key, day=TODAY)
    assert len(school.told("PZK_DELEGATE_REMINDER")) == count
    asked.refresh_from_db()
    county.named(asked, school.by_head)
    assert reminding.to_remind(TODAY) == []


def renamed_units(school: County, *codes: str) -> None:
    """An aneks in force since today names these gminas."""
    amendment = amendments.begun(school.agreement)
    amendments.for_units(amendment, *codes)
    amendments.since(amendment, TODAY)
    follow(Agreement)


def test_a_gmina_that_an_aneks_takes_out_has_no_delegate_any_more(school: County) -> None:
    delegate, waiting = named(school), school.asked(function="psycholog")
    renamed_units(school, school.gmina.code, "160502")
    assert ended(school, delegate) == ("NAMED", "", [])
    Amendment.objects.all().update(in_force_from=TODAY - timedelta(days=1))
    renamed_units(school, "160502")
    assert ended(school, delegate) == ("ENDED", "AGREEMENT_ENDED", ["AGREEMENT_ENDED"])
    waiting.refresh_from_db()
    answer = school.posted()[-1][1]
    assert (waiting.state, answer["answer"]) == ("NOT_OURS", "NOT_OURS")
    assert answer["reason"] == "To porozumienie nie obejmuje tej jednostki."
    late = school.asked(function="logopeda")
    assert late.state == "NOT_OURS"


def test_gminas_read_those_that_an_aneks_names(school: County) -> None:
    renamed_units(school, "160502")
    exchange.carried(school.tenant)
    assert not counties.published_for(school.gmina.code)
    (found,) = counties.published_for("160502")
    assert found.agreement_id == school.agreement.pk


def test_the_page_on_which_a_party_leaves_names_the_delegations_that_end(school: County) -> None:
    named(school, full_name="Ewa Delegowana")
    school.asked(function="psycholog")
    (things,) = [one.things for one in ends_with(school.party, TODAY) if "Deleg" in one.title]
    assert things == [
        f"Ewa Delegowana, pedagog szkolny: {school.gmina.name}",
        f"prośba bez odpowiedzi: {school.gmina.name}, psycholog",
    ]
    county.bound_earlier(school.agreement)
    follow(Agreement)
    assert not [one for one in ends_with(school.party, TODAY) if "Deleg" in one.title]
