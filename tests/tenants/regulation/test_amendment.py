"""A change of the regulation: drafted, voted on by those of the first day, adopted or not (§9)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.notifications.models import Outgoing
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.partnership.models import Membership, Partnership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.regulation import ballots
from tenants.regulation.actions import amendments
from tenants.regulation.changes import changes
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.factories import voting

DAY = date(2026, 3, 2)


def resigned(of: Organisation, day: date) -> None:
    Membership.objects.filter(organisation=of).update(ended_on=day)


def test_a_change_is_a_copy_that_amends_the_newest_version(lead: Person) -> None:
    draft = voting.drafted(lead)

    before = RegulationVersion.objects.get(number=1)
    assert (draft.amends, draft.state, draft.number) == (before, "DRAFT", None)
    found = changes(before, draft)
    assert [one.name for one in found["Treść"]] == ["§ 2 ust. 3"]
    assert [one.name for one in found["Parametry"]] == ["Spotkania (§ 2 ust. 3 regulaminu)"]


def test_there_is_one_change_at_a_time(lead: Person) -> None:
    draft = voting.drafted(lead)

    with pytest.raises(Problem, match="już projekt"):
        amendments.open_amendment(by=make.by(lead), key=uuid7())
    with pytest.raises(AlreadySaved):
        amendments.open_amendment(by=make.by(lead), key=draft.pk)

    assert RegulationVersion.objects.count() == 2


def test_a_change_that_changes_nothing_is_not_voted_on(lead: Person) -> None:
    with pytest.raises(Problem, match="niczego nie zmienia"):
        voting.opened(lead, meetings_count=1)

    assert not RegulationBallot.objects.exists()


@pytest.mark.parametrize("role", [Role.NETWORK_OFFICER, Role.TENANT_ADMIN])
def test_only_the_lead_opens_and_closes_a_voting(lead: Person, role: Role) -> None:
    other = make.person(role)
    with pytest.raises(Refused):
        voting.opened(other)
    version = RegulationVersion.objects.get(state="DRAFT")
    assert not RegulationBallot.objects.exists()
    RegulationVersion.objects.filter(pk=version.pk).delete()

    opened = voting.opened(lead)
    voting.vote(opened, lead, choice="NO")
    with pytest.raises(Refused):
        voting.close(opened, other)
    assert RegulationVersion.objects.get(pk=opened.pk).state == "VOTING"


def test_the_electorate_is_the_lead_and_the_members_of_the_first_day(lead: Person) -> None:
    stays, leaves = voting.members(2)
    make_partnership.member(make.organisation(), ended_on=timezone.localdate())
    version = voting.opened(lead)
    resigned(leaves, timezone.localdate())
    (joins,) = voting.members(1)

    found = set(version.ballots.values_list("organisation_id", flat=True))
    assert found == {None, stays.pk, leaves.pk}
    with pytest.raises(RegulationBallot.DoesNotExist):
        voting.voted(version, joins)


def test_who_resigned_before_voting_no_longer_votes_and_did_not_agree(lead: Person) -> None:
    stays, leaves = voting.members(2)
    version = voting.opened(lead)
    resigned(leaves, timezone.localdate())
    opened_on = timezone.localdate() - timedelta(days=1)
    RegulationVersion.objects.filter(pk=version.pk).update(voting_from=opened_on)

    with pytest.raises(Problem, match="nie może już głosować"):
        voting.voted(version, leaves)

    assert not RegulationVote.objects.exists()
    voting.vote(version, lead)
    voting.voted(version, stays)
    version.refresh_from_db()
    count = ballots.count(version, timezone.localdate())
    assert (count.ballots, count.needed, count.yes, count.lost) == (3, 2, 2, 1)
    assert count.is_passed


def test_who_came_back_during_the_voting_came_too_late(lead: Person) -> None:
    (one,) = voting.members(1)
    version = voting.opened(lead)
    resigned(one, timezone.localdate())
    make_partnership.member(one, from_on=timezone.localdate())
    RegulationVersion.objects.filter(pk=version.pk).update(
        voting_from=timezone.localdate() - timedelta(days=1)
    )

    with pytest.raises(Problem, match="nie może już głosować"):
        voting.voted(version, one)


def test_a_vote_stays_when_the_member_resigns_later(lead: Person) -> None:
    with time_machine.travel(DAY, tick=False):
        (one, _) = voting.members(2)
        version = voting.opened(lead)
        voting.voted(version, one)
    resigned(one, DAY + timedelta(days=1))
    with time_machine.travel(DAY + timedelta(days=1), tick=False):
        voting.vote(version, lead)

        assert voting.close(version, lead).state == "ADOPTED"


def test_a_paper_vote_given_before_resigning_counts(lead: Person) -> None:
    with time_machine.travel(DAY, tick=False):
        (one,) = voting.members(1)
        version = voting.opened(lead)
    resigned(one, DAY + timedelta(days=5))
    with time_machine.travel(DAY + timedelta(days=7), tick=False):
        with pytest.raises(Problem, match="nie może już głosować"):
            voting.on_paper(version, lead, one, DAY + timedelta(days=5))
        vote = voting.on_paper(version, lead, one, DAY + timedelta(days=4))

    assert vote.file is not None
    assert vote.mode == "PAPER_SCAN"


@pytest.mark.parametrize("days", [-1, 15])
def test_a_vote_outside_the_days_of_the_voting_is_refused(lead: Person, days: int) -> None:
    with time_machine.travel(DAY, tick=False):
        (one,) = voting.members(1)
        version = voting.opened(lead)
    with (
        time_machine.travel(DAY + timedelta(days=20), tick=False),
        pytest.raises(ValidationError, match=r"cast_on.*Głosowanie trwało od"),
    ):
        voting.on_paper(version, lead, one, DAY + timedelta(days=days))

    assert not RegulationVote.objects.exists()


def test_a_vote_is_cast_once_and_the_second_hears_who_was_first(lead: Person) -> None:
    (one,) = voting.members(1)
    version = voting.opened(lead)
    first = make.person(Role.PARTNER_COORDINATOR, organisation=one)
    voting.vote(version, first, one)

    with pytest.raises(AlreadySaved):
        voting.vote(version, first, one)
    with pytest.raises(Problem, match="już oddano") as told:
        voting.vote(version, make.person(Role.PARTNER_HEAD, organisation=one), one, "NO")

    assert make.BY.name in told.value.explanation
    assert [vote.choice for vote in RegulationVote.objects.all()] == ["YES"]


def test_nobody_votes_for_another_institution(lead: Person) -> None:
    one, other = voting.members(2)
    version = voting.opened(lead)
    for stranger in (
        make.person(Role.PARTNER_COORDINATOR, organisation=other),
        make.person(Role.PARTNER_WORKER, organisation=one),
        lead,
    ):
        with pytest.raises(Refused):
            voting.vote(version, stranger, one)
    with pytest.raises(Refused):
        voting.vote(version, make.person(Role.NETWORK_OFFICER))
    assert not RegulationVote.objects.exists()


def test_a_change_without_the_lead_is_rejected_whatever_the_others_say(lead: Person) -> None:
    every = voting.members(3)
    version = voting.opened(lead)
    for one in every:
        voting.voted(version, one)
    with pytest.raises(Problem, match="jeszcze trwa"):
        voting.close(version, lead)
    voting.vote(version, lead, choice="NO")

    closed = voting.close(version, lead)

    assert (closed.state, closed.number) == ("REJECTED", None)
    assert closed.closed_on == timezone.localdate()
    assert make_regulation.parameters_on(timezone.localdate()).meetings_count == 1
    assert not Document.objects.exists()


def test_half_is_not_more_than_half(lead: Person) -> None:
    every = voting.members(3)
    with time_machine.travel(DAY, tick=False):
        version = voting.opened(lead)
        voting.vote(version, lead)
        voting.voted(version, every[0])
    with time_machine.travel(DAY + timedelta(days=15), tick=False):
        assert voting.close(version, lead).state == "REJECTED"


def test_an_adopted_change_is_in_force_from_its_day(lead: Person) -> None:
    with time_machine.travel(DAY, tick=False):
        version = voting.opened(lead)
        voting.vote(version, lead)
        with pytest.raises(ValidationError, match="in_force_from"):
            voting.close(version, lead, DAY - timedelta(days=1))
        closed = voting.close(version, lead, DAY + timedelta(days=30))

    assert (closed.state, closed.number) == ("ADOPTED", 2)
    assert Document.objects.get().title == "Regulamin PZK, wersja 2"
    before, after = DAY + timedelta(days=29), DAY + timedelta(days=30)
    assert [make_regulation.parameters_on(day).meetings_count for day in (before, after)] == [1, 2]
    first, second = (RegulationVersion.in_force(day) for day in (before, after))
    assert [one and one.number for one in (first, second)] == [1, 2]


def test_a_change_is_withdrawn_with_a_reason_and_another_may_begin(lead: Person) -> None:
    version = voting.opened(lead)

    amendments.withdraw_regulation(
        by=make.by(lead), regulation_id=version.pk, reason="Za mało czasu."
    )

    version.refresh_from_db()
    assert (version.state, version.reason) == ("WITHDRAWN", "Za mało czasu.")
    with pytest.raises(Problem, match="nie jest otwarte"):
        voting.vote(version, lead)
    assert voting.drafted(lead).amends_id == version.amends_id


def test_the_office_withdraws_a_draft_but_not_a_voting(lead: Person) -> None:
    officer = make.person(Role.NETWORK_OFFICER)
    version = voting.opened(lead)
    with pytest.raises(Refused):
        amendments.withdraw_regulation(
            by=make.by(officer), regulation_id=version.pk, reason="Pomyłka."
        )
    assert RegulationVersion.objects.get(pk=version.pk).state == "VOTING"


def test_everybody_who_may_vote_is_asked_and_hears_the_result(lead: Person) -> None:
    (one,) = voting.members(1)
    head = make.person(Role.PARTNER_HEAD, organisation=one)
    version = voting.opened(lead)
    mails = Outgoing.objects.filter(kind="MAIL")
    asked = mails.filter(payload__code="REGULATION_VOTING_OPENED")
    (coordinator,) = Membership.objects.get(organisation=one).coordinators.all()
    wanted = {lead.email, head.email, coordinator.person.email}
    assert {mail.payload["email"] for mail in asked} == wanted

    voting.vote(version, lead, choice="NO")
    voting.close(version, lead)

    told = mails.filter(payload__code="REGULATION_VOTING_ENDED")
    assert {mail.payload["email"] for mail in told} == wanted


def test_a_dissolved_partnership_changes_no_regulation(lead: Person) -> None:
    Partnership.objects.update(state="DISSOLVED", dissolved_on=timezone.localdate())

    with pytest.raises(Problem, match="nie można teraz zmienić"):
        amendments.open_amendment(by=make.by(lead), key=uuid7())

    assert RegulationVersion.objects.count() == 1
