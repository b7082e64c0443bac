"""The regulation in the demo: a change was adopted or is voted on, and most have read it (REG §9)."""

from datetime import date, timedelta

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.workflow import move
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.demo import words
from tenants.demo.office import Office
from tenants.demo.places import Change
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.people.models import Person, RoleAssignment
from tenants.regulation.actions.amendments import open_amendment
from tenants.regulation.actions.versions import (
    Adoption,
    acknowledge_regulation,
    adopt,
    edit_regulation,
)
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote, VoteMode
from tenants.regulation.papers import REGULATION_VOTE
from tenants.regulation.workflow import RegulationState

_ADOPTED = ("YES", "YES", "YES", "NO", "YES", "ABSTAIN", "YES", "")
# The Lider and the oldest members, for whom the accounts of the demo act, have yet to vote.
_SO_FAR = ("", "", "", "YES", "", "NO", "YES", "", "YES", "ABSTAIN")


def amend(office: Office, change: Change) -> None:
    """Propose a change and put it to the vote as many days ago as it needs."""
    if change == Change.NONE:
        return
    is_open, began = change == Change.VOTING, began_on(office, change)
    version = _put_to_vote(office, began)
    _vote(office, version, _SO_FAR if is_open else _ADOPTED)
    if is_open:
        return
    # Between the two lies the longest way from a signature to a decision in the demo.
    adopted, in_force = began + timedelta(days=15), began + timedelta(days=37)
    adopt(by=office.actor, draft=version, adoption=Adoption(adopted, office.place, in_force))
    # Whoever was admitted since then accepted the version in force.
    AccessionDeclaration.objects.filter(decided_on__gte=in_force).update(regulation=version)


def began_on(office: Office, change: Change) -> date:
    """The day on which the voting on the change was opened."""
    return office.today - timedelta(days=6 if change == Change.VOTING else 90)


def _put_to_vote(office: Office, began: date) -> RegulationVersion:
    by, until = office.actor, began + timedelta(days=14)
    draft = open_amendment(by=by, key=uuid7())
    version = edit_regulation(
        by=by,
        regulation_id=draft.pk,
        version=draft.version,
        values={"meetings_count": 2, **words.AMENDMENT},
    )
    move(
        version,
        RegulationState.VOTING,
        by=by,
        on=began,
        data={"voting_until": [None, str(until)]},
        voting_from=began,
        voting_until=until,
    )
    return version


def _vote(office: Office, version: RegulationVersion, choices: tuple[str, ...]) -> None:
    """The Lider's ballot first, then the members' as they joined."""
    assert version.voting_from is not None  # it was just put to the vote
    members = Membership.objects.on(version.voting_from).select_related("organisation")
    voices: list[tuple[RegulationBallot, Person | None]] = [
        (RegulationBallot(regulation=version, name=version.lead_name), office.lead)
    ]
    speakers = _speakers(version.voting_from)
    for member in members.order_by("from_on", "pk"):
        of = member.organisation
        ballot = RegulationBallot(regulation=version, organisation=of, name=of.name)
        voices.append((ballot, speakers.get(member.pk)))
    RegulationBallot.objects.bulk_create(ballot for ballot, _ in voices)
    scan = office.file(REGULATION_VOTE)
    votes = []
    for number, (ballot, speaker) in enumerate(voices):
        choice = choices[number % len(choices)]
        if not choice:
            continue
        is_here = speaker is not None and bool(speaker.account_id or speaker == office.lead)
        voter = speaker if is_here and speaker else office.lead
        votes.append(
            RegulationVote(
                ballot=ballot,
                choice=choice,
                cast_on=version.voting_from + timedelta(days=number % 6),
                mode=VoteMode.HERE if is_here else VoteMode.PAPER_SCAN,
                file=None if is_here else scan,
                person=voter,
                actor_name=voter.full_name,
            )
        )
    _tell_journal(RegulationVote.objects.bulk_create(votes))


def _tell_journal(votes: list[RegulationVote]) -> None:
    """As the actions write it with every vote."""
    for vote in votes:
        voter = Actor(account_id=vote.person.account_id, name=vote.actor_name, via="TASK")
        said = {"choice": [None, vote.choice], "mode": [None, vote.mode]}
        data = {"ballot": [None, str(vote.ballot_id)], **said}
        record(by=voter, verb="VOTE_CAST", obj=vote, data=data)


def _speakers(day: date) -> dict[object, Person]:
    seats = PartnershipCoordinator.objects.on(day).select_related("person")
    return {seat.membership_id: seat.person for seat in seats.order_by("from_on", "pk")}


def acknowledge(office: Office) -> None:
    """Every fourth has yet to read it."""
    version = RegulationVersion.in_force(office.today)
    assert version is not None  # this partnership lives
    held = RoleAssignment.objects.on(office.today).select_related("person")
    for number, row in enumerate(held.order_by("from_on", "pk")):
        if number % 4 != 3:
            reader = Actor(
                account_id=row.person.account_id,
                name=row.person.full_name,
                role=row.role,
                via="TASK",
                person_id=row.person_id,
            )
            acknowledge_regulation(by=reader, regulation_id=version.pk)
