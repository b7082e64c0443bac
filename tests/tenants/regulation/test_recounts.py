"""A resignation entered late makes votes void, and the Lider settles the result (REG §1.6, §9)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import localdate
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.accession.actions import leaving
from tenants.accession.models.resignations import ResignationNotice
from tenants.partnership import consequences
from tenants.partnership.models import Membership
from tenants.people.actions import mending
from tenants.people.models import Organisation, Person
from tenants.people.references import moved_by_merge
from tenants.people.today import Waiting
from tenants.registry.roles import Role
from tenants.regulation import ballots
from tenants.regulation import today as regulation_today
from tenants.regulation.actions import recounts
from tenants.regulation.models import RecountRuling, RegulationRecount, RegulationVersion
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.reading import text_of

OPENED, CLOSED = date(2026, 5, 4), date(2026, 5, 11)
PAGE = "/gmina/gogolin/partnerstwo/regulamin/"


def merged(lead: Person, source: Organisation) -> Organisation:
    """Another entry of the same institution, which stays."""
    target = make.organisation(name="Ten sam podmiot", regon="")
    seen = sum(len(ids) for _, ids in moved_by_merge(source, target))
    mending.merge(
        by=make.by(lead), kind=Organisation, source_id=source.pk, target_id=target.pk, seen=seen
    )
    return target


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with time_machine.travel(date(2026, 5, 20), tick=False):
        yield


def adopted(lead: Person, votes: int = 3) -> tuple[RegulationVersion, list[Organisation]]:
    """Version 2: the Lider and some of five members agreed on the day after the opening."""
    members = voting.members(5)
    with time_machine.travel(OPENED, tick=False):
        version = voting.opened(lead)
    with time_machine.travel(OPENED + timedelta(days=1), tick=False):
        voting.vote(version, lead)
        for one in members[:votes]:
            voting.voted(version, one)
    with time_machine.travel(CLOSED, tick=False):
        return voting.close(version, lead, CLOSED), members


def resign(of: Organisation, by: Person, received_on: date, **said: Any) -> ResignationNotice:
    return leaving.resign(
        by=make.by(by),
        key=said.pop("key", uuid7()),
        organisation_id=of.pk,
        file=make.pdf(),
        signatory_name="Jan Dyrektor",
        signatory_function="dyrektor",
        mode="PAPER_SCAN",
        signed_on=received_on,
        received_on=received_on,
        reason="",
        case_mark="",
        **said,
    )


def waits(lead: Person) -> list[Waiting]:
    found = regulation_today.regulation_waits(lead, date(2026, 5, 20))
    return [one for one in found if "Rozstrzygnij" in one.title]


def overturned(lead: Person) -> RegulationVersion:
    version, members = adopted(lead)
    resign(members[0], lead, OPENED + timedelta(days=1), void_votes=True)
    return version


def test_who_enters_a_resignation_hears_which_votes_it_makes_void(lead: Person) -> None:
    _, members = adopted(lead)

    with pytest.raises(ValidationError, match="nieważne będą głosy: regulamin") as told:
        resign(members[0], lead, OPENED + timedelta(days=1))

    assert list(told.value.message_dict) == ["void_votes"]
    assert not ResignationNotice.objects.exists()
    assert not RegulationRecount.objects.exists()
    assert Membership.objects.get(organisation=members[0]).ended_on is None


def test_a_vote_given_while_still_a_member_stays(lead: Person) -> None:
    _, members = adopted(lead)

    resign(members[0], lead, OPENED + timedelta(days=2))

    assert not RegulationRecount.objects.exists()
    assert not waits(lead)


def test_a_result_that_falls_waits_for_the_lead(lead: Person) -> None:
    version = overturned(lead)

    found = RegulationRecount.objects.get()
    assert (found.yes, found.ballots, found.is_overturned) == (3, 6, True)
    assert found.is_unsettled
    (waiting,) = waits(lead)
    assert "wersja 2" in waiting.title
    assert waiting.since == localdate(found.recorded_at)
    assert waiting.href.endswith(f"{version.pk}/")
    assert RegulationVersion.objects.get(pk=version.pk).state == "ADOPTED"


def test_a_result_that_still_stands_asks_nobody(lead: Person) -> None:
    _, members = adopted(lead, votes=5)

    resign(members[0], lead, OPENED + timedelta(days=1), void_votes=True)

    found = RegulationRecount.objects.get()
    assert (found.yes, found.ballots, found.is_overturned) == (5, 6, False)
    assert not waits(lead)


def test_who_was_no_member_on_the_first_day_leaves_the_base(lead: Person) -> None:
    _, members = adopted(lead)

    resign(members[0], lead, OPENED, void_votes=True)

    found = RegulationRecount.objects.get()
    assert (found.yes, found.ballots) == (3, 5)
    assert not found.is_overturned


def test_the_page_says_the_day_on_which_a_membership_ended_before_the_voting(
    office: Client, lead: Person
) -> None:
    version, members = adopted(lead)
    resign(members[0], lead, OPENED - timedelta(days=3), void_votes=True)

    page = text_of(office.get(f"{PAGE}{version.pk}/")).replace("\xa0", " ")

    assert "członkostwo ustało 1 maja 2026 r. Po tym liczeniu" in page


def test_a_vote_of_no_member_is_told_apart_from_those_that_count_against(
    lead: Person, office: Client
) -> None:
    version, members = adopted(lead)
    resign(members[0], lead, OPENED, void_votes=True)
    said = text_of(office.get(version.url))
    assert "Poza uprawnionymi:" in said
    assert "Głosy nieważne (liczą się" not in said


def test_a_rejected_change_may_turn_out_to_have_passed(lead: Person) -> None:
    members = voting.members(5)
    with time_machine.travel(OPENED, tick=False):
        version = voting.opened(lead, days=7)
        voting.vote(version, lead)
        voting.voted(version, members[0])
        voting.voted(version, members[1])
    with time_machine.travel(OPENED + timedelta(days=8), tick=False):
        assert voting.close(version, lead).state == "REJECTED"

    resign(members[4], lead, OPENED)

    assert RegulationRecount.objects.get().is_unsettled
    assert "zmiana odrzucona" in waits(lead)[0].title


def test_the_same_resignation_again_counts_nothing_twice(lead: Person) -> None:
    _, members = adopted(lead)
    key = uuid7()
    said = {"key": key, "void_votes": True}
    notice = resign(members[0], lead, OPENED + timedelta(days=1), **said)
    before = Entry.objects.count()

    with pytest.raises(AlreadySaved):
        resign(members[0], lead, OPENED + timedelta(days=1), **said)
    membership = notice.membership
    consequences.close_all(by=make.by(lead), membership=membership, day=notice.effective_on)

    assert RegulationRecount.objects.count() == 1
    assert Entry.objects.count() == before


def test_a_result_is_left_with_a_reason(lead: Person) -> None:
    version = overturned(lead)

    recounts.leave_result(by=make.by(lead), regulation_id=version.pk, reason="Głosy zebrano.")

    assert not waits(lead)
    assert RecountRuling.objects.get().reason == "Głosy zebrano."
    assert Entry.objects.filter(verb="RESULT_LEFT", why="Głosy zebrano.").count() == 1
    with pytest.raises(AlreadySaved):
        recounts.leave_result(by=make.by(lead), regulation_id=version.pk, reason="Głosy zebrano.")
    with pytest.raises(Problem, match="nie wymaga rozstrzygnięcia"):
        recounts.leave_result(by=make.by(lead), regulation_id=version.pk, reason="Inny.")
    assert RecountRuling.objects.count() == 1


def agreed(version: RegulationVersion, lead: Person) -> None:
    """The Lider and three others."""
    voting.vote(version, lead)
    for ballot in version.ballots.exclude(organisation=None).order_by("pk")[:3]:
        assert ballot.organisation is not None
        voting.voted(version, ballot.organisation)


def repeated(lead: Person, version: RegulationVersion) -> RegulationVersion:
    return recounts.repeat_voting(
        by=make.by(lead), key=uuid7(), regulation_id=version.pk, voting_until=date(2026, 5, 30)
    )


def test_the_same_text_is_voted_on_again(lead: Person) -> None:
    version = overturned(lead)

    repeat = repeated(lead, version)

    assert (repeat.state, repeat.amends, repeat.meetings_count) == ("VOTING", version.amends, 2)
    assert repeat.ballots.count() == 5
    assert not waits(lead)
    agreed(repeat, lead)
    assert voting.close(repeat, lead).number == 3
    assert not waits(lead)


def test_a_repeated_voting_that_fails_leaves_the_result_open(lead: Person) -> None:
    version = overturned(lead)
    repeat = repeated(lead, version)
    voting.vote(repeat, lead, choice="NO")

    assert voting.close(repeat, lead).state == "REJECTED"

    assert "wersja 2" in waits(lead)[0].title
    assert RegulationRecount.objects.get().is_unsettled


@pytest.mark.parametrize("role", [Role.NETWORK_OFFICER, Role.TENANT_ADMIN])
def test_only_the_lead_settles_a_result(lead: Person, role: Role) -> None:
    version = overturned(lead)
    other = make.person(role)

    with pytest.raises(Refused):
        repeated(other, version)
    with pytest.raises(Refused):
        recounts.leave_result(by=make.by(other), regulation_id=version.pk, reason="Tak.")

    assert RegulationVersion.objects.count() == 2
    assert not RecountRuling.objects.exists()
    assert not waits(other)


def test_nothing_is_repeated_once_another_version_was_adopted(lead: Person) -> None:
    version = overturned(lead)
    later = voting.opened(lead, meetings_count=3)
    agreed(later, lead)
    voting.close(later, lead)

    with pytest.raises(Problem, match="nie można już powtórzyć"):
        repeated(lead, version)

    assert RegulationVersion.objects.count() == 3


@pytest.fixture
def office(in_partnership: TenantRef) -> Client:
    return make.signed_in(in_partnership, Role.LEAD)[0]


def test_the_page_shows_the_void_vote_struck_and_asks_the_lead(
    office: Client, lead: Person
) -> None:
    version, members = adopted(lead)
    resign(members[0], lead, OPENED + timedelta(days=1), void_votes=True)
    form = office.get(f"/gmina/gogolin/partnerstwo/instytucje/{members[1].pk}/rezygnacja/")
    assert "głos „za” z 5 maja 2026 r." in text_of(form).replace("\xa0", " ")

    page = text_of(office.get(f"{PAGE}{version.pk}/")).replace("\xa0", " ")

    assert "<del>za</del> nieważny: instytucja nie była członkiem od 5 maja 2026 r." in page
    assert "Wynik wymaga rozstrzygnięcia." in page
    assert "Pozostaw wynik" in page
    assert "Wynik głosowania wymaga rozstrzygnięcia (wersja 2)" in text_of(office.get(PAGE))
    left = office.post(f"{PAGE}{version.pk}/pozostawienie/", {"reason": "Zebrano."}, follow=True)
    assert "pozostawiono wynik. Powód: Zebrano." in text_of(left)


def test_votes_stay_good_when_their_institution_is_made_one_with_another_entry(
    in_partnership: TenantRef, lead: Person
) -> None:
    version, members = adopted(lead)
    before = ballots.count(version, date.max)
    assert before.is_passed

    merged(lead, members[0])

    assert ballots.count(version, date.max) == before


def test_a_late_resignation_of_the_entry_that_stays_makes_the_votes_void(
    in_partnership: TenantRef, lead: Person
) -> None:
    version, members = adopted(lead)
    stays = merged(lead, merged_once := members[0])
    with pytest.raises(ValidationError, match="nieważne będą głosy"):
        resign(stays, lead, OPENED + timedelta(days=1))

    resign(stays, lead, OPENED + timedelta(days=1), void_votes=True)

    (recount,) = RegulationRecount.objects.all()
    assert (recount.regulation, recount.membership.organisation) == (version, stays)
    seats = {one.ballot.organisation_id: one for one in ballots.seats(version, date.max)}
    assert seats[merged_once.pk].is_void
