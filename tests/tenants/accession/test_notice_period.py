"""Between a resignation and the day it takes effect: rights still end, and none outlives that day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document
from kooperacja.notifications.models import Outgoing
from kooperacja.ui.polish import pl_date
from kooperacja.writes import AlreadySaved
from tenants.accession.actions import leaving
from tenants.data_protection.actions import (
    end_authorisation,
    enter_agreement,
    grant_authorisation,
)
from tenants.data_protection.models import DataProcessingAgreement, ProcessingAuthorisation
from tenants.partnership.actions import posts, seats
from tenants.partnership.actions.access import close_ended_access
from tenants.partnership.actions.engagement import set_engagement, set_flags
from tenants.partnership.models import Engagement, Membership, MembershipFlag
from tenants.people.models import Organisation, Person, RoleAssignment, holds
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.accession.conftest import TODAY

LAST = TODAY + timedelta(days=90)
pytestmark = pytest.mark.usefixtures("in_may")


def resigned(lead: Person, school: Organisation) -> Membership:
    RegulationVersion.objects.update(resignation_effect="DAYS_AFTER", resignation_days=90)
    leaving.resign(
        by=make.by(lead),
        key=uuid7(),
        organisation_id=school.pk,
        signatory_name="Jan Dyrektor",
        file=make.pdf(),
        mode="PAPER_SCAN",
        signatory_function="dyrektor",
        signed_on=TODAY,
        received_on=TODAY,
    )
    membership: Membership = school.memberships.get()
    assert membership.ended_on == LAST
    return membership


def acts(person: Person, role: str, school: Organisation) -> bool:
    return holds(Person.objects.get(pk=person.pk), {role}, school.pk)


def coordinator(lead: Person, membership: Membership) -> Person:
    seat = seats.add_coordinator(
        by=make.by(lead),
        key=uuid7(),
        membership_id=membership.pk,
        full_name="Ewa Nowa",
        position="pedagog",
        email="ewa.nowa@example.pl",
        from_on=TODAY,
    )
    return Person.objects.get(pk=seat.person_id)


def test_whoever_comes_in_the_notice_period_leaves_with_the_institution(
    lead: Person, school: Organisation
) -> None:
    membership = resigned(lead, school)
    person = coordinator(lead, membership)
    head = posts.add_post(
        by=make.by(lead),
        key=uuid7(),
        organisation_id=school.pk,
        full_name="Adam Nowy",
        function="dyrektor",
        is_head=True,
        from_on=TODAY,
        email="adam.nowy@example.pl",
        is_invited=True,
    ).person
    worker = seats.designate_worker(
        by=make.by(lead),
        key=uuid7(),
        membership_id=membership.pk,
        full_name="Iga Nowa",
        position="psycholog",
        from_on=TODAY,
        head_id=head.pk,
    )

    assert acts(person, Role.PARTNER_COORDINATOR, school)
    assert acts(head, Role.PARTNER_HEAD, school)
    assert worker.person.designations.get().ended_on == LAST
    assert person.coordinates.get().ended_on == LAST
    with time_machine.travel(datetime(2026, 8, 11, 10, tzinfo=UTC)):
        assert not acts(person, Role.PARTNER_COORDINATOR, school)
        assert not acts(head, Role.PARTNER_HEAD, school)
        close_ended_access(by=make.BY)
    closed = set(Outgoing.objects.filter(kind="ACCESS_END").values_list("dedupe", flat=True))
    of_them = RoleAssignment.objects.filter(person__in=[person, head])
    assert closed == {f"access-end:{role.pk}" for role in of_them}


def test_a_level_and_flags_given_in_the_notice_period_end_with_the_membership(
    lead: Person, school: Organisation
) -> None:
    by, membership = make.by(lead), school.memberships.get()
    same = {"by": by, "membership_id": membership.pk, "from_on": TODAY}
    set_flags(**same, seen=[], kinds=["KEY"])
    first = set_engagement(**same, key=uuid7(), seen=None, level="FULL", reason="z diagnozy")
    resigned(lead, school)
    set_flags(**same, seen=["KEY"], kinds=["DIAGNOSES"])
    set_engagement(**same, key=uuid7(), seen=first.pk, level="PARTIAL", reason="odchodzi")

    assert set(MembershipFlag.objects.values_list("kind", "ended_on")) == {
        ("KEY", TODAY),
        ("DIAGNOSES", LAST),
    }
    assert set(Engagement.objects.values_list("level", "ended_on")) == {
        ("FULL", TODAY),
        ("PARTIAL", LAST),
    }


def test_a_coordinator_and_a_head_can_still_be_dismissed(
    lead: Person, keeper: Client, school: Organisation
) -> None:
    head = make.head(school)
    person = coordinator(lead, school.memberships.get())
    resigned(lead, school)
    seat = person.coordinates.get()
    assert f"koordynatorzy/{seat.pk}" in keeper.get(school.url).content.decode()

    posts.end_post(by=make.by(lead), post_id=head.posts.get().pk, ended_on=TODAY)
    seats.end_coordinator(by=make.by(lead), coordinator_id=seat.pk, ended_on=TODAY)

    assert not acts(head, Role.PARTNER_HEAD, school)
    assert not acts(person, Role.PARTNER_COORDINATOR, school)
    ended = RoleAssignment.objects.filter(person__in=[head, person])
    assert set(ended.values_list("ended_on", flat=True)) == {TODAY}
    assert Outgoing.objects.filter(kind="ACCESS_END").count() == 2
    assert Entry.objects.filter(verb="ROLE_ENDED").count() == 2
    with pytest.raises(AlreadySaved):
        seats.end_coordinator(by=make.by(lead), coordinator_id=seat.pk, ended_on=TODAY)


def test_a_worker_and_an_authorisation_can_still_be_ended(
    lead: Person, school: Organisation
) -> None:
    membership = school.memberships.get()
    worker = make_partnership.worker(membership)
    make_papers.authorisation(worker.person, school)
    resigned(lead, school)
    given = ProcessingAuthorisation.objects.get()
    assert given.ended_on == LAST

    seats.end_designation(by=make.by(lead), designation_id=worker.pk, ended_on=TODAY)
    end_authorisation(
        by=make.by(lead), authorisation_id=given.pk, ended_on=TODAY, reason="odeszła z pracy"
    )

    worker.refresh_from_db()
    given.refresh_from_db()
    assert worker.ended_on == given.ended_on == TODAY


def test_who_applies_to_come_back_keeps_their_role_after_the_last_day(
    lead: Person, school: Organisation
) -> None:
    membership = resigned(lead, school)
    applicant = make.person(Role.APPLICANT, organisation=school)
    coordinator(lead, membership)

    assert applicant.role_assignments.get().ended_on is None


def test_who_is_invited_again_in_the_notice_period_holds_one_role(
    lead: Person, school: Organisation
) -> None:
    head = make.head(school, full_name="Adam Dyrektor")
    resigned(lead, school)
    posts.add_post(
        by=make.by(lead),
        key=uuid7(),
        organisation_id=school.pk,
        full_name=head.full_name,
        function="kierownik",
        is_head=True,
        from_on=TODAY,
        email=head.email,
        is_invited=True,
    )

    assert head.role_assignments.get().ended_on == LAST


def entered(lead: Person, school: Organisation, **days: date | None) -> DataProcessingAgreement:
    days = {"from_on": TODAY, "until": None, **days}
    values = {"kind": "ENTRUSTMENT", "scope": "FAMILIES", "purpose": "praca z rodziną"}
    values |= {"data_kinds": "imię", "person_categories": "rodziny", "case_mark": ""}
    return enter_agreement(
        by=make.by(lead),
        key=uuid7(),
        organisation_id=school.pk,
        upload=make.pdf(),
        until=days["until"],
        values={**values, "signed_on": TODAY, "from_on": days["from_on"]},
    )


def granted(lead: Person, school: Organisation, **days: date | None) -> ProcessingAuthorisation:
    days = {"from_on": TODAY, "until": None, **days}
    worker = make_partnership.worker(school.memberships.get()).person
    values = {"scope": "FAMILIES", "purpose": "praca z rodziną", "position": "pedagog"}
    return grant_authorisation(
        by=make.by(lead),
        key=uuid7(),
        subject_id=worker.pk,
        organisation_id=school.pk,
        until=days["until"],
        values={
            **values,
            "granted_by_name": "Lidia Liderska",
            "granted_on": TODAY,
            "from_on": days["from_on"],
        },
    )


BEFORE, AFTER = LAST - timedelta(days=30), LAST + timedelta(days=300)


@pytest.mark.parametrize("enter", [entered, granted])
@pytest.mark.parametrize(
    ("until", "ends"), [(None, LAST), (AFTER, LAST), (BEFORE, BEFORE + timedelta(days=1))]
)
def test_what_is_entered_in_the_notice_period_ends_with_the_membership(
    lead: Person, school: Organisation, enter: Any, until: date | None, ends: date
) -> None:
    resigned(lead, school)

    entry = enter(lead, school, until=until)

    assert entry.ended_on == ends
    entry.refresh_from_db()
    assert entry.ended_on == ends
    for document in Document.objects.filter(subject=entry.pk):
        assert document.context["until"] == pl_date(ends - timedelta(days=1))


@pytest.mark.parametrize("enter", [entered, granted])
def test_nothing_is_entered_that_would_begin_after_the_membership(
    lead: Person, school: Organisation, enter: Any
) -> None:
    resigned(lead, school)

    with pytest.raises(ValidationError, match="Członkostwo tej instytucji kończy się") as refused:
        enter(lead, school, from_on=LAST)

    assert list(refused.value.message_dict) == ["from_on"]


@pytest.mark.parametrize("enter", [entered, granted])
def test_without_a_notice_it_holds_as_long_as_it_says(
    lead: Person, school: Organisation, enter: Any
) -> None:
    assert enter(lead, school, until=AFTER).ended_on == AFTER + timedelta(days=1)
    assert enter(lead, school).ended_on is None
