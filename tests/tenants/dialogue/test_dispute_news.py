"""News of a dispute come to whoever may read it, and to nobody else (REG §10)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import leaving
from tenants.dialogue.actions import disputes as acts
from tenants.dialogue.models import Dispute, Proposal
from tenants.dialogue.perms import disputes as perms
from tenants.partnership.models import EndCause, Membership
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded, with a Lider."""
    make_meetings.lead()


def joined(name: str) -> tuple[Organisation, Person]:
    of = make_partnership.member(make_people.organisation(name=name)).organisation
    return of, make_people.head(of)


@pytest.fixture
def school() -> tuple[Organisation, Person]:
    return joined("Szkoła")


@pytest.fixture
def club() -> tuple[Organisation, Person]:
    return joined("Klub")


@pytest.fixture
def dispute(school: tuple[Organisation, Person], club: tuple[Organisation, Person]) -> Dispute:
    return make.dispute(school[0], club[0], school[1])


def with_mediator(dispute: Dispute, school: Person, club: Person) -> Person:
    """Somebody of a third institution, on whom both sides agreed."""
    of, mediator = joined("Biblioteka")
    seats = dispute.team.seats.filter(organisation=of)
    seats.update(person=mediator)
    acts.propose_mediator(
        by=make_people.by(school),
        dispute_id=dispute.pk,
        key=make.uuid7(),
        mediator_id=mediator.pk,
        name="",
    )
    proposal = Proposal.objects.get()
    agreed = {"version": proposal.version, "is_agreed": True, "reason": ""}
    acts.answer_proposal(by=make_people.by(club), proposal_id=proposal.pk, **agreed)
    return mediator


def loses_its_seat(of: Organisation) -> None:
    make_meetings.pzk().seats.filter(organisation=of).update(ended_on=DAY)


def resigns(of: Organisation) -> None:
    leaving.end_membership(
        by=make_meetings.by(),
        membership=Membership.objects.get(organisation=of),
        day=DAY,
        cause=EndCause.RESIGNATION,
    )


def told(dispute: Dispute, acting: Person) -> set[str]:
    """The addresses to which a step that somebody adds is told."""
    before = set(Outgoing.objects.values_list("pk", flat=True))
    step = {"kind": "TALK", "day": DAY, "text": "Rozmowa."}
    by = make_people.by(acting)
    acts.add_dispute_step(by=by, dispute_id=dispute.pk, key=make.uuid7(), **step)
    rows = Outgoing.objects.exclude(pk__in=before).filter(kind="MAIL")
    return {row.payload["email"] for row in rows}


def reading(dispute: Dispute) -> set[Any]:
    everybody = [Person.objects.get(pk=pk) for pk in Person.objects.values_list("pk", flat=True)]
    return {one.pk for one in everybody if perms.see_dispute(one, dispute)}


@pytest.mark.parametrize("leaves", [loses_its_seat, resigns])
def test_a_party_that_left_is_told_as_long_as_it_may_read(
    dispute: Dispute,
    school: tuple[Organisation, Person],
    club: tuple[Organisation, Person],
    leaves: Callable[[Organisation], None],
) -> None:
    leaves(club[0])
    # Out of the team it stays a party; out of the unit nobody of it comes in any more.
    is_reading = leaves is loses_its_seat
    assert (club[1].pk in reading(dispute)) is is_reading
    assert {one.pk for one in acts.concerned(dispute, DAY)} == reading(dispute)
    assert (club[1].email in told(dispute, school[1])) is is_reading


def test_a_mediator_who_left_the_unit_is_told_nothing_more(
    dispute: Dispute, school: tuple[Organisation, Person], club: tuple[Organisation, Person]
) -> None:
    mediator = with_mediator(dispute, school[1], club[1])
    dispute = Dispute.objects.get()
    assert dispute.mediator == mediator
    assert {one.pk for one in acts.concerned(dispute, DAY)} == reading(dispute)
    assert mediator.email in told(dispute, school[1])
    RoleAssignment.objects.filter(person=mediator).update(ended_on=DAY)
    assert mediator.email not in told(dispute, school[1])
    dispute = Dispute.objects.get()  # its mediator as they are now
    assert {one.pk for one in acts.concerned(dispute, DAY)} == reading(dispute)
    assert club[1].email in told(dispute, school[1])


def test_the_lider_is_told_until_another_mediator_is_agreed_on(
    dispute: Dispute, school: tuple[Organisation, Person], club: tuple[Organisation, Person]
) -> None:
    lead = make_people.person(Role.LEAD)
    assert lead.email in told(dispute, school[1])
    with_mediator(dispute, school[1], club[1])
    assert lead.email not in told(Dispute.objects.get(), school[1])
