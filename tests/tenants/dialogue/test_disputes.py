"""A dispute is known to its parties and the mediator alone, and ends as they agree (REG §10)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.about import read_by
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.accession.actions import leaving
from tenants.dialogue import found, today
from tenants.dialogue.actions import disputes as acts
from tenants.dialogue.models import Dispute, Proposal
from tenants.dialogue.models.disputes import Mediation
from tenants.dialogue.perms import disputes as perms
from tenants.dialogue.workflow import DisputeState, ProposalState
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
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def school() -> Organisation:
    return make_partnership.member(make_people.organisation(name="Szkoła")).organisation


@pytest.fixture
def club() -> Organisation:
    return make_partnership.member(make_people.organisation(name="Klub")).organisation


@pytest.fixture
def head(school: Organisation) -> Person:
    return make_people.head(school)


@pytest.fixture
def other(club: Organisation) -> Person:
    return make_people.head(club)


@pytest.fixture
def dispute(school: Organisation, club: Organisation, head: Person, other: Person) -> Dispute:
    return make.dispute(school, club, head)


def by(person: Person) -> Any:
    return make_people.by(person)


def answer(proposal: Proposal, person: Person, *, is_agreed: bool, reason: str = "") -> Proposal:
    return acts.answer_proposal(
        by=by(person),
        proposal_id=proposal.pk,
        version=proposal.version,
        is_agreed=is_agreed,
        reason=reason,
    )


def bystanders() -> list[Person]:
    third = make_partnership.member(make_people.organisation(name="Biblioteka")).organisation
    people = [make_people.head(third)]
    for role in (Role.NETWORK_OFFICER, Role.DPO, Role.SOCIAL_WORKER):
        people.append(make_people.person(role))
    return people


def test_it_is_known_to_its_parties_and_the_mediator_alone(
    dispute: Dispute, head: Person, other: Person
) -> None:
    lead = make_meetings.lead()
    for person in (head, other, lead):
        assert perms.see_dispute(person, dispute)
        assert [one.href for one in found.disputes(person, "dyżur")] == [dispute.url]
        assert read_by(person, Entry.objects.filter(verb="DISPUTE_REPORTED")).exists()
    for person in (*bystanders(), None):
        assert not perms.see_dispute(person, dispute)
        assert not read_by(person, Entry.objects.filter(verb="DISPUTE_REPORTED")).exists()
        if person:
            assert not list(found.disputes(person, "dyżur"))
            assert not list(today.disputes_wait(person, DAY))


def test_its_messages_tell_neither_the_parties_nor_the_matter(dispute: Dispute) -> None:
    mails = [row.payload for row in Outgoing.objects.filter(kind="MAIL").order_by("id")]
    ours = [mail for mail in mails if mail["code"] == "DISPUTE_REPORTED"]
    assert ours
    for mail in ours:
        told = str(mail)
        assert not any(word in told for word in ("Szkoła", "Klub", dispute.subject, dispute.text))


def test_the_log_of_mails_names_none_of_its_messages(dispute: Dispute) -> None:
    sent = Outgoing.objects.filter(kind="MAIL", dedupe__startswith=f"dispute:{dispute.pk}:")
    ids = set(sent.values_list("pk", flat=True))
    drain(Outgoing, handlers())
    logged = Delivery.objects.filter(outbox_id__in=ids)
    assert logged.exists()
    assert {row.code for row in logged} == {"CONFIDED"}


def test_the_lider_who_is_no_party_mediates(dispute: Dispute, head: Person) -> None:
    lead = make_meetings.lead()
    assert [one.title for one in today.disputes_wait(lead, DAY)] == [
        f"Podejmij mediację: {dispute}"
    ]
    mediated = make.mediated(dispute)
    assert (mediated.state, mediated.mediation) == (DisputeState.MEDIATION, Mediation.LEAD)
    assert perms.mediate(lead, mediated)
    assert not perms.mediate(head, mediated)
    with pytest.raises(Problem):
        acts.take_on(by=by(lead), dispute_id=dispute.pk, version=mediated.version)


def test_where_the_lider_is_a_party_both_sides_agree_on_another_mediator(
    school: Organisation, head: Person
) -> None:
    third = make_partnership.member(make_people.organisation(name="Biblioteka"))
    librarian = third.coordinators.get().person
    RoleAssignment.objects.create(
        person=librarian,
        role=Role.PARTNER_COORDINATOR,
        organisation=third.organisation,
        from_on=DAY,
    )
    dispute = make.dispute(school, None, head)
    lead = make_meetings.lead()
    assert dispute.has_lead
    assert not perms.take_on(lead, dispute)
    with pytest.raises(Refused):
        acts.take_on(by=by(lead), dispute_id=dispute.pk, version=dispute.version)
    assert list(acts.mediators_for(dispute, DAY)) == [librarian]
    asked = acts.propose_mediator(
        by=by(head), dispute_id=dispute.pk, key=uuid7(), mediator_id=librarian.pk, name=""
    )
    dispute.refresh_from_db()
    assert dispute.mediation == Mediation.NONE
    assert not perms.see_dispute(librarian, dispute)
    answer(asked, lead, is_agreed=True)
    dispute = Dispute.objects.get(pk=dispute.pk)
    assert (dispute.state, dispute.mediator) == (DisputeState.MEDIATION, librarian)
    assert perms.see_dispute(librarian, dispute)
    assert perms.mediate(librarian, dispute)
    assert not perms.mediate(lead, dispute)


def test_parties_who_agree_on_another_mediator_close_it_to_the_lider(
    dispute: Dispute, head: Person, other: Person
) -> None:
    asked = acts.propose_mediator(
        by=by(head), dispute_id=dispute.pk, key=uuid7(), mediator_id=None, name="Ewa Zewnętrzna"
    )
    answer(asked, other, is_agreed=True)
    dispute = Dispute.objects.get(pk=dispute.pk)
    assert not perms.see_dispute(make_meetings.lead(), dispute)
    # Nobody of the team mediates, so the parties write down what becomes of it.
    assert perms.mediate(head, dispute)
    assert perms.mediate(other, dispute)


def test_a_settlement_ends_it_once_every_party_agreed(
    dispute: Dispute, head: Person, other: Person
) -> None:
    proposal = make.proposal(dispute, by(head))
    assert Dispute.objects.get(pk=dispute.pk).is_open
    with pytest.raises(AlreadySaved):
        answer(proposal, head, is_agreed=True)
    answer(proposal, other, is_agreed=True)
    dispute = Dispute.objects.get(pk=dispute.pk)
    assert (dispute.state, dispute.ended_on) == (DisputeState.SETTLED, DAY)
    assert dispute.result == "Dyżury na zmianę, co drugi tydzień"
    with pytest.raises(Problem):
        make.proposal(dispute, by(other))


def test_a_refused_settlement_leaves_it_open_with_the_reason(
    dispute: Dispute, head: Person, other: Person
) -> None:
    proposal = make.proposal(dispute, by(head))
    with pytest.raises(Problem):
        make.proposal(dispute, by(other), "Inna")
    answer(proposal, other, is_agreed=False, reason="Za rzadko.")
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.state == ProposalState.REFUSED
    assert proposal.answers.get(is_agreed=False).reason == "Za rzadko."
    assert Dispute.objects.get(pk=dispute.pk).is_open
    assert make.proposal(dispute, by(other), "Inna").state == ProposalState.OPEN


def test_the_mediator_ends_it_and_what_waited_is_dropped(
    dispute: Dispute, head: Person, other: Person
) -> None:
    mediated = make.mediated(dispute)
    proposal = make.proposal(mediated, by(head))
    ends = {"dispute_id": dispute.pk, "to": DisputeState.UNSETTLED, "result": "Brak zgody."}
    with pytest.raises(Refused):
        acts.end_dispute(by=by(other), version=mediated.version, **ends)
    with pytest.raises(StaleForm):
        acts.end_dispute(by=make_meetings.by(), version=mediated.version + 1, **ends)
    assert Dispute.objects.get(pk=dispute.pk).is_open
    acts.end_dispute(by=make_meetings.by(), version=mediated.version, **ends)
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.DROPPED
    with pytest.raises(Problem):
        answer(Proposal.objects.get(pk=proposal.pk), other, is_agreed=True)


def test_of_an_institution_that_resigned_nobody_answers_and_the_rest_stays(
    dispute: Dispute, head: Person, club: Organisation, other: Person
) -> None:
    mediated = make.mediated(dispute)
    club_seats = mediated.team.seats.filter(organisation=club)
    club_seats.update(ended_on=DAY)
    assert [str(one) for one in acts.present(mediated, DAY)] == ["Szkoła"]
    with pytest.raises(Problem, match="Druga strona"):
        make.proposal(mediated, by(head))
    assert perms.mediate(make_meetings.lead(), mediated)
    assert perms.see_dispute(head, mediated)


def resigned(of: Organisation) -> None:
    """The institution leaves as it does in life, with its seats and with whom it had there."""
    leaving.end_membership(
        by=make_meetings.by(),
        membership=Membership.objects.get(organisation=of),
        day=DAY,
        cause=EndCause.RESIGNATION,
    )


def test_a_dispute_outlives_the_resignation_of_either_side(
    dispute: Dispute, head: Person, school: Organisation, club: Organisation
) -> None:
    resigned(club)
    assert [str(one) for one in acts.present(dispute, DAY)] == ["Szkoła"]
    mediated = make.mediated(Dispute.objects.get(pk=dispute.pk))
    resigned(school)
    ends = {"dispute_id": dispute.pk, "to": DisputeState.UNSETTLED, "result": "Nikt nie został."}
    with pytest.raises(Refused):
        acts.end_dispute(by=by(head), version=mediated.version, **ends)
    assert Dispute.objects.get(pk=dispute.pk).is_open
    acts.end_dispute(by=make_meetings.by(), version=mediated.version, **ends)
    assert Dispute.objects.get(pk=dispute.pk).state == DisputeState.UNSETTLED


def test_the_lider_ends_a_dispute_whose_other_side_resigned_before_there_was_a_mediator(
    school: Organisation, head: Person
) -> None:
    dispute = make.dispute(school, None, head)
    lead = make_meetings.lead()
    ends = {"dispute_id": dispute.pk, "to": DisputeState.UNSETTLED, "result": "Szkoła odeszła."}
    with pytest.raises(Refused):
        acts.end_dispute(by=by(lead), version=0, **ends)
    assert Dispute.objects.get().is_open
    resigned(school)
    with pytest.raises(Problem, match="Druga strona"):
        make.proposal(dispute, by(lead))
    acts.end_dispute(by=by(lead), version=0, **ends)
    assert Dispute.objects.get().state == DisputeState.UNSETTLED


def test_a_party_is_somebody_else_of_the_team(
    school: Organisation, club: Organisation, head: Person
) -> None:
    stranger = make_people.organisation(name="Obca")
    for against in (school, stranger):
        with pytest.raises(ValidationError):
            make.dispute(school, against, head)
    with pytest.raises(ValidationError):
        make.dispute(club, school, head)
    with pytest.raises(Refused):
        make.dispute(school, club, make_people.person(Role.NETWORK_OFFICER))
    assert not Dispute.objects.exists()


def test_only_who_reported_takes_it_back(dispute: Dispute, head: Person, other: Person) -> None:
    back = {"dispute_id": dispute.pk, "version": dispute.version, "result": "Dogadaliśmy się."}
    with pytest.raises(Refused):
        acts.withdraw_dispute(by=by(other), **back)
    acts.withdraw_dispute(by=by(head), **back)
    assert Dispute.objects.get(pk=dispute.pk).state == DisputeState.WITHDRAWN
    [mail] = Outgoing.objects.filter(kind="MAIL", payload__code="DISPUTE_NEWS")
    assert "jest coś nowego: wycofano go." in mail.payload["text"]


def test_a_proposal_sent_twice_is_one(dispute: Dispute, head: Person) -> None:
    key = uuid7()
    same = {"by": by(head), "dispute_id": dispute.pk, "key": key, "text": "Na zmianę"}
    acts.propose_settlement(**same)
    with pytest.raises(AlreadySaved):
        acts.propose_settlement(**same)
    assert Proposal.objects.count() == 1
