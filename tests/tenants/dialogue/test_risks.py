"""A risk is reported to every member, followed, closed or withdrawn (REG §7.1-7.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.dialogue import today
from tenants.dialogue.actions import risks
from tenants.dialogue.models import Notice, Risk
from tenants.dialogue.perms import risks as perms
from tenants.dialogue.perms.sides import member_for
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tenants.teams.sides import LEAD
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def member() -> Membership:
    return make_partnership.member(make_people.organisation(name="Szkoła"))


@pytest.fixture
def school(member: Membership) -> Organisation:
    return member.organisation


@pytest.fixture
def head(school: Organisation) -> Person:
    return make_people.head(school)


def sent(kind: str = "MAIL", code: str = "RISK_REPORTED") -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind=kind).order_by("id")
    return [row.payload for row in rows if row.payload["code"].startswith(code)]


def by(person: Person) -> Any:
    return make_people.by(person)


def test_a_report_goes_to_every_member_at_once_and_to_each_once(school: Organisation) -> None:
    make_partnership.member(make_people.organisation())
    lead = make_meetings.lead()
    lead.account_id = uuid7()
    lead.save()
    row = make.risk(school)
    taken = Seat.objects.taken(DAY).values_list("pk", flat=True)
    notices = Notice.objects.filter(about=row.pk)
    assert sorted(notices.values_list("seat", flat=True)) == sorted(taken)
    row.refresh_from_db()
    assert row.queued_at is not None
    # The Lider has an account; both coordinators are reached by mail alone.
    assert len(sent("INBOX")) == notices.filter(has_account=True).count() == 1
    assert len(sent()) == notices.exclude(recipient="").count() == 3
    assert all(row.text not in mail["text"] for mail in sent())


def test_a_form_sent_twice_reports_once(school: Organisation, head: Person) -> None:
    key, team = uuid7(), make_meetings.pzk()
    said: dict[str, Any] = {"team_id": team.pk, "key": key, "of": str(school.pk)}
    risks.report(by=by(head), values=make.values(), **said)
    count = Outgoing.objects.count()
    with pytest.raises(AlreadySaved):
        risks.report(by=by(head), values=make.values(), **said)
    assert (Risk.objects.count(), Outgoing.objects.count()) == (1, count)


def test_the_series_goes_on_in_the_team_and_year(school: Organisation, head: Person) -> None:
    said = [str(make.risk(school, head, kind=kind)) for kind in ("RISK", "IRREGULARITY", "THREAT")]
    year = DAY.year
    assert said == [
        f"Ryzyko nr 1/{year}",
        f"Nieprawidłowość nr 2/{year}",
        f"Zagrożenie nr 3/{year}",
    ]


def test_whoever_acts_for_an_institution_with_a_seat_reports_and_nobody_else(
    member: Membership, school: Organisation
) -> None:
    worker = make_people.person(Role.PARTNER_WORKER, organisation=school)
    make.risk(school, worker)
    outside = make_people.organisation()
    left = make_partnership.member(make_people.organisation(), ended_on=DAY).organisation
    refused = [(outside, make_people.head(outside)), (left, make_people.head(left))]
    refused += [(school, make_people.person(Role.DPO)), (school, make_people.person())]
    for of, person in refused:
        with pytest.raises(Refused):
            make.risk(of, person)
    assert Risk.objects.count() == 1


def test_nobody_reports_in_the_name_of_another(school: Organisation, head: Person) -> None:
    other = make_partnership.member(make_people.organisation()).organisation
    for of in (str(other.pk), LEAD, "", "nie ma takiej"):
        with pytest.raises(ValidationError):
            risks.report(
                by=by(head),
                team_id=make_meetings.pzk().pk,
                key=uuid7(),
                of=of,
                values=make.values(),
            )
    assert not Risk.objects.exists()
    assert sent() == []


def test_what_must_be_done_at_once_comes_before_all_that_has_a_later_day(
    school: Organisation, head: Person
) -> None:
    lead = make_meetings.lead()
    for urgency in ("MEETING", "SOON", "NOW"):
        make.risk(school, head, urgency=urgency)
    waiting = [*today.risks_wait(lead, DAY)]
    number = [f"Zajmij się zagrożeniem nr {one}/{DAY.year}" for one in (3, 2, 1)]
    assert [one.title for one in waiting] == number
    assert [(one.due, one.is_overdue) for one in waiting] == [(DAY, False)] + 2 * [(None, False)]
    [first, *_] = today.risks_wait(lead, DAY + timedelta(days=1))
    assert (first.title, first.is_overdue) == (number[0], True)


def test_it_waits_for_the_lider_until_it_is_taken_up(school: Organisation, head: Person) -> None:
    lead, row = make_meetings.lead(), make.risk(school, head)
    assert [one.title for one in today.risks_wait(lead, DAY)] == [
        f"Zajmij się zagrożeniem nr 1/{DAY.year}"
    ]
    assert [*today.risks_wait(head, DAY)] == []
    risks.handle(by=by(lead), risk_id=row.pk, version=0, reason="Dzwonimy do operatora")
    assert [*today.risks_wait(lead, DAY)] == []
    steps = [(one.kind, one.who, one.text) for one in row.steps.all()]
    assert steps == [
        ("OPEN", head.full_name, ""),
        ("HANDLED", lead.full_name, "Dzwonimy do operatora"),
    ]
    # The words stay behind the page of the risk.
    entry = Entry.objects.get(verb="RISK_HANDLED")
    assert "operatora" not in f"{entry.why}{entry.data}"


def test_who_gets_the_news_by_the_mail_of_the_day(school: Organisation, head: Person) -> None:
    lead = make_meetings.lead()
    lead.account_id = uuid7()
    lead.save()
    row = make.risk(school, head)
    risks.add_done(by=by(head), risk_id=row.pk, key=uuid7(), text="Numer zastępczy działa")
    news = sent("INBOX", "RISK_NEWS")
    assert [(one["account_id"], one["is_news"]) for one in news] == [(str(lead.account_id), True)]
    officer = by(make_people.person(Role.NETWORK_OFFICER))
    risks.close(by=officer, risk_id=row.pk, version=0, reason="Działa")
    assert sent("INBOX", "RISK_NEWS")[-1]["title"] == f"{row}: zamknięto zgłoszenie"
    # No mail at once, neither to an account nor to whoever has none.
    assert sent(code="RISK_NEWS") == []


def test_a_withdrawn_report_is_kept_and_everybody_is_told_why_to_look(
    school: Organisation, head: Person
) -> None:
    lead = make_meetings.lead()
    lead.account_id = uuid7()
    lead.save()
    row = make.risk(school, head)
    risks.withdraw(by=by(head), risk_id=row.pk, version=0, reason="Infolinia jednak działa")
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("WITHDRAWN", DAY)
    assert row.steps.last().text == "Infolinia jednak działa"
    codes = sorted(mail["code"] for mail in sent(code="RISK_WITHDRAWN"))
    assert codes == ["RISK_WITHDRAWN", "RISK_WITHDRAWN_BY_LINK"]
    assert Outgoing.objects.filter(kind="INBOX_DONE", dedupe=f"risk:{row.pk}:INBOX_DONE").exists()
    assert all("jednak" not in mail["text"] for mail in sent(code="RISK_WITHDRAWN"))


def test_only_its_author_and_their_institution_withdraw(school: Organisation, head: Person) -> None:
    row, other = make.risk(school, head), make_partnership.member(make_people.organisation())
    colleague = make_people.person(Role.PARTNER_COORDINATOR, organisation=school)
    for person in (make_meetings.lead(), make_people.head(other.organisation)):
        with pytest.raises(Refused):
            risks.withdraw(by=by(person), risk_id=row.pk, version=0, reason="x")
    assert Risk.objects.get().state == "OPEN"
    risks.withdraw(by=by(colleague), risk_id=row.pk, version=0, reason="Pomyłka")
    assert Risk.objects.get().state == "WITHDRAWN"


def test_a_right_that_ended_changes_nothing(member: Membership, head: Person) -> None:
    row = make.risk(member.organisation, head)
    member.coordinators.update(ended_on=DAY)
    Membership.objects.filter(pk=member.pk).update(ended_on=DAY)
    follow()
    acts = (
        lambda: risks.withdraw(by=by(head), risk_id=row.pk, version=0, reason="x"),
        lambda: risks.add_done(by=by(head), risk_id=row.pk, key=uuid7(), text="x"),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert (row.steps.count(), Risk.objects.get().state) == (1, "OPEN")


def test_who_withdraws_what_is_being_handled_sees_that_first(
    school: Organisation, head: Person
) -> None:
    row = make.risk(school, head)
    risks.handle(by=make_meetings.by(), risk_id=row.pk, version=0, reason="Działamy")
    with pytest.raises(StaleForm):
        risks.withdraw(by=by(head), risk_id=row.pk, version=0, reason="Pomyłka")
    risks.withdraw(by=by(head), risk_id=row.pk, version=1, reason="Pomyłka")
    late = (
        lambda: risks.handle(by=make_meetings.by(), risk_id=row.pk, version=2, reason="x"),
        lambda: risks.close(by=make_meetings.by(), risk_id=row.pk, version=2, reason="x"),
        lambda: risks.add_done(by=by(head), risk_id=row.pk, key=uuid7(), text="x"),
    )
    for act in late:
        with pytest.raises(Problem):
            act()
    assert (row.steps.count(), Risk.objects.get().state) == (3, "WITHDRAWN")


def test_a_closed_team_has_no_reports(school: Organisation, head: Person) -> None:
    team = make_meetings.pzk()
    team.kind = "ZZK"
    assert member_for(head, team) == set()
    assert not perms.report(head, team)
