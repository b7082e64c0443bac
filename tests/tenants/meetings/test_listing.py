"""Arrangements come to the one list of whoever owns them, and leave it (REG §2; POR §2.3.3)."""

from collections.abc import Iterator

import pytest
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.inbox.models import InboxTask
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox import nudge
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import arrangements as acts
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.tasks import remind_in_one
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tests.factories import accounts
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(nudge, "_rests_until", 0.0)
    with inside(partnership):
        make.lead()
        yield


def coordinator() -> tuple[Membership, Account]:
    member = make_partnership.member(make_people.organisation())
    account = accounts.account()
    Person.objects.filter(pk=make.let_in(member).pk).update(account_id=account.pk)
    return member, account


def given_to(member: Membership) -> Arrangement:
    return make.arrangement(seat=make.seat_of(member.organisation))


def listed(account: Account) -> list[str]:
    drain(Outgoing, handlers())
    rows = InboxTask.objects.filter(account=account).order_by("number")
    return list(rows.values_list("number", flat=True))


def test_it_stands_there_until_it_is_done_and_says_no_word_of_its_text() -> None:
    member, account = coordinator()
    row = given_to(member)
    assert listed(account) == [row.serial]
    task = InboxTask.objects.get()
    said = (task.team, task.url, task.due_on, task.subject_id)
    assert said == ("Partnerski Zespół Kooperacyjny", row.url, row.due_on, row.pk)
    assert row.text not in str(vars(task))
    acts.report_not_done(by=make.by(), arrangement_id=row.pk, version=0, reason="Brak sali")
    assert listed(account) == []


def test_passed_on_it_goes_to_the_other_ones_list() -> None:
    (member, account), (other, others) = coordinator(), coordinator()
    row = given_to(member)
    make_new = {"seat": make.seat_of(other.organisation).pk, "due_on": row.due_on}
    new = acts.pass_on(by=make.by(), arrangement_id=row.pk, key=uuid7(), version=0, **make_new)
    assert (listed(account), listed(others)) == ([], [new.serial])


def test_whoever_comes_to_an_institution_finds_what_it_has_to_do() -> None:
    member, account = coordinator()
    row = given_to(member)
    new = accounts.account()
    person = make_people.person(account=new)
    role = RoleAssignment.objects.get(organisation=member.organisation)
    RoleAssignment.objects.filter(pk=role.pk).update(person=person)
    follow(RoleAssignment)
    assert (listed(account), listed(new)) == ([], [row.serial])


def test_the_night_mends_the_list() -> None:
    member, account = coordinator()
    row = given_to(member)
    assert listed(account) == [row.serial]
    InboxTask.objects.all().delete()
    remind_in_one(str(current_tenant().id))
    assert listed(account) == [row.serial]
