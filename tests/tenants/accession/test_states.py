"""Every action on a regulation or on recruitment, in every state (REG §9, §1.4)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.accession.actions import recruitment
from tenants.accession.models.recruitment import Recruitment, RecruitmentStep
from tenants.accession.workflow import RECRUITMENT, RecruitmentState
from tenants.people.models import Organisation, Person
from tenants.regulation.actions import amendments as regulation_amendments
from tenants.regulation.actions.amendments import withdraw_regulation
from tenants.regulation.actions.versions import Adoption, adopt_first_regulation, edit_regulation
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote
from tenants.regulation.workflow import RegulationState
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.factories import voting

Change = Callable[[RegulationVersion, Person], Any]

# What may be done to a change, and in which states; elsewhere it is refused.
CHANGES: dict[str, tuple[set[str], Change]] = {
    "edit": ({"DRAFT"}, lambda version, lead: edit(version, lead)),
    "open": ({"DRAFT"}, lambda version, lead: open_voting(version, lead)),
    "vote": ({"VOTING"}, lambda version, lead: voting.vote(version, lead)),
    "vote on paper": (
        {"VOTING"},
        lambda version, lead: voting.on_paper(version, lead, None, timezone.localdate()),
    ),
    "close": ({"VOTING"}, lambda version, lead: voting.close(version, lead)),
    "withdraw": ({"DRAFT", "VOTING"}, lambda version, lead: withdraw(version, lead)),
    "adopt as the first": (set(), lambda version, lead: adopt(version, lead)),
}
# Done already: the same again changes nothing and is no mistake of anybody.
REPEATED = {
    ("open", "VOTING"),
    ("close", "ADOPTED"),
    ("close", "REJECTED"),
    ("withdraw", "WITHDRAWN"),
    ("adopt as the first", "ADOPTED"),
}


def edit(version: RegulationVersion, lead: Person) -> RegulationVersion:
    return edit_regulation(
        by=make.by(lead),
        regulation_id=version.pk,
        version=version.version,
        values={"justification": "Inaczej."},
    )


def open_voting(version: RegulationVersion, lead: Person) -> RegulationVersion:
    until = timezone.localdate() + timedelta(days=7)
    return regulation_amendments.open_voting(
        by=make.by(lead), regulation_id=version.pk, voting_until=until
    )


def withdraw(version: RegulationVersion, lead: Person) -> RegulationVersion:
    return withdraw_regulation(by=make.by(lead), regulation_id=version.pk, reason="Za wcześnie.")


def adopt(version: RegulationVersion, lead: Person) -> RegulationVersion:
    today = timezone.localdate()
    return adopt_first_regulation(
        by=make.by(lead),
        regulation_id=version.pk,
        adoption=Adoption(today, "Gogolin", today),
    )


def change(state: str) -> RegulationVersion:
    """A change in the state, with a ballot of the Lider's from the voting on."""
    today = timezone.localdate()
    fields: dict[str, Any] = {"meetings_count": 2}
    if state == "ADOPTED":
        fields |= {"number": 2, "adopted_on": today, "in_force_from": today}
    if state == "WITHDRAWN":
        fields["reason"] = "Za wcześnie."
    if state in {"ADOPTED", "REJECTED"}:
        fields |= {"voting_from": today, "voting_until": today}
    made = make_regulation.amendment(state, **fields)
    if state not in {"DRAFT", "VOTING"}:
        RegulationBallot.objects.create(regulation=made, name=made.lead_name)
    return made


def written() -> list[Any]:
    return [
        Entry.objects.count(),
        Outgoing.objects.count(),
        RegulationVote.objects.count(),
        RecruitmentStep.objects.count(),
        Organisation.objects.count(),
        list(RegulationVersion.objects.order_by("pk").values()),
        list(Recruitment.objects.order_by("pk").values()),
    ]


@pytest.mark.parametrize("state", RegulationState.values)
@pytest.mark.parametrize("action", CHANGES)
def test_a_change_of_the_regulation_goes_only_the_way_of_the_table(
    lead: Person, action: str, state: str
) -> None:
    version, (allowed, do) = change(state), CHANGES[action]
    if state == "VOTING" and action == "close":
        voting.vote(version, lead)
    if state == "DRAFT" and "vote" in action:
        RegulationBallot.objects.create(regulation=version, name=version.lead_name)
    before = written()

    if state in allowed:
        do(version, lead)
        assert written() != before
        return
    with pytest.raises((Problem, AlreadySaved)) as told:
        do(version, lead)

    assert isinstance(told.value, AlreadySaved) == ((action, state) in REPEATED)
    assert getattr(told.value, "status", 409) == 409
    assert written() == before


def recruited(state: str) -> Recruitment:
    entry = make_accession.asked()
    Recruitment.objects.filter(pk=entry.pk).update(state=state)
    return Recruitment.objects.get(pk=entry.pk)


@pytest.mark.parametrize("then", RecruitmentState.values)
@pytest.mark.parametrize("now", RecruitmentState.values)
def test_recruitment_goes_only_the_way_of_the_table(lead: Person, now: str, then: str) -> None:
    entry, before = recruited(now), written()

    def move() -> Recruitment:
        return recruitment.move_recruitment(
            by=make.by(lead),
            recruitment_id=entry.pk,
            version=0,
            state=then,
            happened_on=timezone.localdate(),
        )

    # Nobody writes by hand that an institution joined: the accepted declaration says so.
    if then != "JOINED" and RECRUITMENT.may(now, then):
        assert move().state == then
        assert entry.steps.last().state == then  # type: ignore[union-attr]
        return
    before = written()
    with pytest.raises(Problem) as told:
        move()
    assert told.value.status == 409
    assert written() == before


@pytest.mark.parametrize("state", RecruitmentState.values)
def test_an_open_entry_is_linked_and_a_closed_one_forgets_its_contact(
    lead: Person, state: str
) -> None:
    entry, organisation = recruited(state), make.organisation()
    about = {"by": make.by(lead), "recruitment_id": entry.pk}

    def link() -> Recruitment:
        return recruitment.link_recruitment(**about, organisation_id=organisation.pk)

    def forget() -> Recruitment:
        return recruitment.forget_contact(**about)

    is_open = state in {"ASKED", "INVITED", "REPLIED"}
    does, refused = (link, forget) if is_open else (forget, link)
    before = written()
    with pytest.raises(Problem) as told:
        refused()
    assert (told.value.status, written()) == (409, before)
    does()
    assert written() != before
