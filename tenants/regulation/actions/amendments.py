"""A change of the regulation is drafted, put to the vote or withdrawn (REG §9)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle
from kooperacja.ui.problems import Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, insert_once
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import publish_figures, recipients
from tenants.people.merged import stood_for_by
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation import perms, rules
from tenants.regulation.actions.versions import (
    names_of,
    require_complete,
    require_read,
    require_state,
)
from tenants.regulation.changes import changes
from tenants.regulation.models import RegulationBallot, RegulationVersion
from tenants.regulation.notifications import RegulationVotingEnded, RegulationVotingOpened
from tenants.regulation.rules import CHECKLIST, PARAMETERS
from tenants.regulation.workflow import OPEN_REGULATIONS, RegulationState

COPIED = ("title", "clauses", "differences", "area", "lead_name", *CHECKLIST, *PARAMETERS)
_VOICES = (Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD)


@transaction.atomic
def open_amendment(*, by: Actor, key: UUID) -> RegulationVersion:
    """Begin a change as a copy of the newest version; one change at a time."""
    partnership = working_partnership()
    perms.write_regulation.require(Person.objects.acting(by))
    newest = require_amendable(key)
    copied = {name: getattr(newest, name) for name in COPIED} | names_of(partnership)
    draft = RegulationVersion(id=key, amends=newest, **copied)
    insert_once(draft)
    entry = record(by=by, verb="AMENDMENT_OPENED", obj=draft)
    publish_figures(RegulationVersion, cause=entry.pk)
    return draft


@transaction.atomic
def reopen_amendment(*, by: Actor, key: UUID, regulation_id: UUID) -> RegulationVersion:
    """Begin a change with the text of one that was rejected."""
    working_partnership()
    perms.write_regulation.require(Person.objects.acting(by))
    rejected = RegulationVersion.objects.get(pk=regulation_id)
    newest = require_reopenable(rejected, key)
    copied = {name: getattr(rejected, name) for name in COPIED}
    draft = RegulationVersion(id=key, amends=newest, justification=rejected.justification, **copied)
    insert_once(draft)
    entry = record(by=by, verb="AMENDMENT_REOPENED", obj=rejected)
    publish_figures(RegulationVersion, cause=entry.pk)
    return draft


def require_reopenable(version: RegulationVersion, key: UUID | None = None) -> RegulationVersion:
    """The version that its text would amend now, if it was rejected and no change is under way."""
    newest = require_amendable(key)
    require_state(version, RegulationState.REJECTED)
    return newest


def require_amendable(key: UUID | None = None) -> RegulationVersion:
    """The version that a new change would amend, unless another change is under way."""
    if under_way := RegulationVersion.objects.filter(state__in=OPEN_REGULATIONS).first():
        if under_way.pk == key:
            raise AlreadySaved(under_way)
        raise Problem(
            "Jest już projekt regulaminu",
            f"Jego stan: {under_way.get_state_display()}. Następną zmianę można zacząć, gdy ta "
            "się zakończy albo zostanie wycofana.",
            clause=perms.adopt_regulation.clause,
            at=under_way,
            action="Przejdź do projektu",
        )
    newest = RegulationVersion.newest()
    assert newest is not None  # founding makes a draft, and only adoption closes the first one
    return newest


@transaction.atomic
def open_voting(
    *,
    by: Actor,
    regulation_id: UUID,
    voting_until: date,
    voting_from: date | None = None,
    version: int | None = None,
) -> RegulationVersion:
    """Put a complete change to the vote of the Lider and of whoever is a kooperant on its first day.

    Without `voting_from` that is today; a day before is that of a meeting, whose votes are on paper.
    """
    partnership = working_partnership()
    draft = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.adopt_regulation.require(Person.objects.acting(by))
    if draft.state == RegulationState.VOTING:
        raise AlreadySaved(draft)
    require_votable(draft)
    require_read(draft, version)
    assert draft.amends is not None  # else it is not voted on
    assert draft.amends.adopted_on is not None
    begins = voting_from or by.today
    open_to_votes(by, draft, partnership, (begins, voting_until), draft.amends.adopted_on)
    return draft


def open_to_votes(
    by: Actor,
    draft: RegulationVersion,
    partnership: Partnership,
    days: tuple[date, date],
    not_before: date,
) -> None:
    """Give the members of the first day their ballots and ask them while they can still answer."""
    voting_from, voting_until = days
    if wrong := rules.voting_days_error(*days, not_before=not_before, today=by.today):
        raise ValidationError(dict([wrong]))
    ballots = _ballots(draft, partnership, voting_from)
    data = {"voting_from": [None, str(voting_from)], "voting_until": [None, str(voting_until)]}
    entry = move(
        draft,
        RegulationState.VOTING,
        by=by,
        on=voting_from,
        data={**data, "ballots": [None, len(ballots)]},
        voting_from=voting_from,
        voting_until=voting_until,
    )
    if voting_until >= by.today:
        _ask_voters(by, draft, ballots)
    publish_figures(RegulationVersion, cause=entry.pk)


def require_votable(draft: RegulationVersion) -> None:
    """A complete change that changes something."""
    require_state(draft, RegulationState.DRAFT)
    if draft.amends is None:
        raise Problem(
            "Nad pierwszym regulaminem się nie głosuje",
            "Pierwszą wersję przyjmuje Lider, a kooperanci akceptują ją, gdy przystępują.",
            clause="§ 1 ust. 5 regulaminu",
            at=draft,
        )
    require_complete(draft)
    if not changes(draft.amends, draft):
        raise Problem(
            "Ten projekt niczego nie zmienia",
            "Zmień treść, ustalenia albo parametry i dopiero wtedy otwórz głosowanie.",
            clause=perms.adopt_regulation.clause,
            at=draft,
        )


@transaction.atomic
def withdraw_regulation(*, by: Actor, regulation_id: UUID, reason: str) -> RegulationVersion:
    """Give a change up, saying why: the Lider at any time, who writes it while it is a draft."""
    version = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.withdraw_regulation.require(Person.objects.acting(by), version)
    if version.state == RegulationState.WITHDRAWN:
        raise AlreadySaved(version)
    require_withdrawable(version)
    was_voted_on = version.state == RegulationState.VOTING
    today = by.today
    entry = move(
        version,
        RegulationState.WITHDRAWN,
        by=by,
        on=today,
        why=reason,
        reason=reason,
        closed_on=today,
    )
    publish_figures(RegulationVersion, cause=entry.pk)
    if was_voted_on:
        tell_result(by, version, "zmianę wycofano")
    return version


def require_withdrawable(version: RegulationVersion) -> None:
    require_state(version, RegulationState.DRAFT, RegulationState.VOTING)
    if version.amends_id is None:
        raise Problem(
            "Pierwszego projektu nie można wycofać",
            "Partnerstwo rozpoczyna działanie z regulaminem. Projekt można dalej zmieniać.",
            clause="§ 1 ust. 1 regulaminu",
            at=version,
        )


def working_partnership() -> Partnership:
    """The partnership, locked: of two who begin at once the second waits."""
    partnership = Partnership.objects.select_for_update().get()
    if partnership.state != PartnershipState.ACTIVE:
        raise Problem(
            "Regulaminu nie można teraz zmienić",
            f"Stan Partnerstwa: {partnership.get_state_display()}.",
            clause=perms.adopt_regulation.clause,
            at=RegulationVersion,
        )
    return partnership


def _ballots(
    version: RegulationVersion, partnership: Partnership, day: date
) -> list[RegulationBallot]:
    members = Membership.objects.on(day).select_related("organisation")
    rows = [RegulationBallot(regulation=version, name=partnership.lead_name)]
    rows += [
        RegulationBallot(
            regulation=version, organisation=member.organisation, name=member.organisation.name
        )
        for member in members.order_by("from_on", "pk")
    ]
    return RegulationBallot.objects.bulk_create(rows)


def give_ballot(*, by: Actor, membership: Membership) -> None:
    """Let whoever is admitted late, with a day up to the opening, vote in what is open (REG §9)."""
    by.require_proof()
    organisation = membership.organisation
    of_it = stood_for_by(Organisation, organisation.pk)
    versions = RegulationVersion.objects.filter(
        state=RegulationState.VOTING, voting_from__gte=membership.from_on
    )
    # A voting that is being closed meanwhile is waited for.
    for version in versions.select_for_update(of=("self",)):
        if version.ballots.filter(organisation__in=of_it).exists():
            continue  # it left, and is back by that day
        ballot = RegulationBallot(regulation=version, organisation=organisation)
        ballot.name = organisation.name
        ballot.save(force_insert=True)
        record(by=by, verb="BALLOT_GIVEN", obj=version, why=organisation.name)
        assert version.voting_until is not None  # a version that is voted on has it
        if version.voting_until >= by.today:
            _ask_voters(by, version, [ballot])


def _ask_voters(by: Actor, version: RegulationVersion, ballots: list[RegulationBallot]) -> None:
    voters = _voters(by.today)
    assert version.voting_until is not None  # it was just set
    for ballot in ballots:
        send(
            RegulationVotingOpened(
                regulation_id=version.pk, member_name=ballot.name, voting_until=version.voting_until
            ),
            to=recipients(voters.get(ballot.organisation_id, [])),
            dedupe=asked(ballot),
        )


def asked(ballot: RegulationBallot) -> str:
    """The key of the message that asks for one vote; settled when the vote is there."""
    return f"regulation-vote:{ballot.pk}"


def _voters(today: date) -> dict[UUID | None, list[Person]]:
    """Institution (None: the Lider) → who speaks for it, with an account or without one."""
    voters: dict[UUID | None, list[Person]] = {}
    held = RoleAssignment.objects.on(today).filter(role__in=[Role.LEAD, *_VOICES])
    for role in held.select_related("person"):
        voters.setdefault(role.organisation_id, []).append(role.person)
    seats = PartnershipCoordinator.objects.on(today).select_related("person", "membership")
    for seat in seats:
        voters.setdefault(seat.membership.organisation_id, []).append(seat.person)
    return voters


def tell_result(by: Actor, version: RegulationVersion, outcome: str) -> None:
    """Everybody who could vote hears how it ended; nobody is asked any more."""
    ballots, voters = list(version.ballots.all()), _voters(by.today)
    people = {
        voter.pk: voter for ballot in ballots for voter in voters.get(ballot.organisation_id, [])
    }
    send(
        RegulationVotingEnded(regulation_id=version.pk, outcome=outcome),
        to=recipients(people.values()),
        dedupe=f"regulation-result:{version.pk}",
    )
    for ballot in ballots:
        settle(dedupe=asked(ballot))
