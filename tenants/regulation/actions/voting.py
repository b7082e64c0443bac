"""Members vote on a change of the regulation and the Lider closes the voting (REG §9)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import keeper_of
from kooperacja.documents.work_first import work_first
from kooperacja.notifications.base import settle
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved
from tenants.partnership.actions.partnership import refuse_when_dissolved
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.regulation import ballots, perms, rules
from tenants.regulation.actions.amendments import asked, tell_result
from tenants.regulation.actions.versions import Adoption, adopt, require_state
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote, VoteMode
from tenants.regulation.papers import REGULATION_VOTE
from tenants.regulation.workflow import RegulationState


@transaction.atomic
def cast_vote(*, by: Actor, regulation_id: UUID, ballot_id: UUID, choice: str) -> RegulationVote:
    """Vote for one's institution, or for the Lider, on one's own account."""
    version, ballot = _locked(regulation_id, ballot_id)
    voter = Person.objects.acting(by)
    perms.vote.require(voter, ballot.organisation_id)
    assert voter is not None  # denied else
    vote = RegulationVote(
        ballot=ballot,
        choice=choice,
        mode=VoteMode.HERE,
        cast_on=by.today,
        person=voter,
        actor_name=by.name,
    )
    require_castable(version, vote, by.today)
    return _cast(by, vote)


@work_first
def record_paper_vote(
    *,
    by: Actor,
    regulation_id: UUID,
    ballot_id: UUID,
    choice: str,
    cast_on: date,
    upload: "UploadedFile[Any]",
    is_electronic: bool = False,
) -> RegulationVote:
    """Enter a vote that was handed in in writing, with its scan or its signed file."""
    version, ballot = _locked(regulation_id, ballot_id)
    recorder = Person.objects.acting(by)
    perms.record_votes.require(recorder)
    assert recorder is not None  # denied else
    vote = RegulationVote(
        ballot=ballot,
        choice=choice,
        mode=VoteMode.PAPER_SCAN,
        cast_on=cast_on,
        person=recorder,
        actor_name=by.name,
    )
    require_castable(version, vote, by.today)
    vote.file = keeper_of(is_electronic=is_electronic)(by=by, upload=upload, kind=REGULATION_VOTE)
    return _cast(by, vote)


def _locked(regulation_id: UUID, ballot_id: UUID) -> tuple[RegulationVersion, RegulationBallot]:
    refuse_when_dissolved()
    # Ballots and votes are append-only, so nobody may lock them; their version stands for them.
    version = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    return version, RegulationBallot.objects.get(pk=ballot_id, regulation=version)


def _cast(by: Actor, vote: RegulationVote) -> RegulationVote:
    vote.save(force_insert=True)
    data = {"ballot": [None, str(vote.ballot_id)], "choice": [None, vote.choice]}
    record(by=by, verb="VOTE_CAST", obj=vote, data={**data, "mode": [None, vote.mode]})
    settle(dedupe=asked(vote.ballot))
    return vote


def require_castable(version: RegulationVersion, vote: RegulationVote, today: date) -> None:
    """The vote may be cast on the day; else its voter hears why not."""
    require_voting(version)
    if cast := RegulationVote.objects.filter(ballot=vote.ballot).first():
        raise _already_cast(vote, cast)
    assert version.voting_from is not None  # a version that is voted on has both
    assert version.voting_until is not None
    wrong = rules.vote_date_error(vote.cast_on, version.voting_from, version.voting_until, today)
    if wrong and vote.mode == VoteMode.PAPER_SCAN:
        raise ValidationError({"cast_on": wrong})
    if wrong:
        clause = perms.vote.clause
        raise Problem("Tego głosu nie można przyjąć", wrong, clause=clause, kept=_NOT_SAVED)
    of = vote.ballot.organisation_id
    left_on = ballots.left_on(version, of) if of is not None else None
    if left_on is not None and vote.cast_on >= left_on:
        raise Problem(
            "Ta instytucja nie może już głosować",
            f"{quoted(vote.ballot.name)} nie była {pl_date(vote.cast_on)} członkiem Partnerstwa. Kto "
            "odszedł, zanim zagłosował, liczy się jako ktoś, kto nie wyraził zgody.",
            clause=perms.vote.clause,
            kept=_NOT_SAVED,
            at=version,
        )


_NOT_SAVED = "Głos nie został zapisany."


def require_voting(version: RegulationVersion) -> None:
    """The voting is open; whoever comes too late hears how it stands."""
    if version.state != RegulationState.VOTING:
        raise Problem(
            "Głosowanie nie jest otwarte",
            f"Stan tej wersji regulaminu: {version.get_state_display()}.",
            clause=perms.vote.clause,
            kept=_NOT_SAVED,
            at=version,
            action="Przejdź do tej wersji",
        )


def _already_cast(vote: RegulationVote, cast: RegulationVote) -> Exception:
    if (vote.person_id, vote.choice, vote.mode) == (cast.person_id, cast.choice, cast.mode):
        return AlreadySaved(cast)
    return Problem(
        "Głos tej instytucji już oddano" if vote.ballot.organisation_id else "Lider już głosował",
        f"{quoted(vote.ballot.name)}: {cast.get_choice_display()}. Głos z dnia {pl_date(cast.cast_on)} "
        f"(zapis: {cast.actor_name}). Oddanego głosu nie można zmienić.",
        clause=perms.vote.clause,
        kept=_NOT_SAVED,
        at=cast.ballot.regulation,
        action="Zobacz głosy",
    )


@work_first
def close_voting(
    *, by: Actor, regulation_id: UUID, adoption: Adoption | None = None
) -> RegulationVersion:
    """Adopt the change if more than half of all ballots and the Lider agreed, else reject it."""
    version = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.adopt_regulation.require(Person.objects.acting(by))
    if version.state in {RegulationState.ADOPTED, RegulationState.REJECTED}:
        raise AlreadySaved(version)
    count = require_closable(version, by.today)
    if count.is_passed:
        _adopt(by, version, adoption)
        tell_result(by, version, _adopted(version))
    else:
        votes = {"yes": [None, count.yes], "ballots": [None, count.ballots]}
        today, rejected = by.today, RegulationState.REJECTED
        entry = move(version, rejected, by=by, on=today, data=votes, closed_on=today)
        publish_figures(RegulationVersion, cause=entry.pk)
        tell_result(by, version, count.why_rejected)
    return version


def require_closable(version: RegulationVersion, today: date) -> rules.Tally:
    """The count of the votes, once the outcome is certain or the last day has passed."""
    require_state(version, RegulationState.VOTING)
    assert version.voting_until is not None  # a version that is voted on has it
    count = ballots.count(version, today)
    if not rules.may_close(count, version.voting_until, today):
        raise Problem(
            "Głosowanie jeszcze trwa",
            f"Wynik nie jest przesądzony, a głosować można do {pl_date(version.voting_until)}",
            clause=perms.vote.clause,
            kept=NOTHING_DONE,
            at=version,
        )
    return count


def _adopted(version: RegulationVersion) -> str:
    since = pl_date(version.in_force_from)
    return f"zmianę przyjęto (wersja {version.number}), obowiązuje od {since}"


def _adopt(by: Actor, version: RegulationVersion, adoption: Adoption | None) -> None:
    if adoption is None:
        raise Problem("Zmianę przyjęto w głosowaniu", "Podaj datę i miejsce przyjęcia.")
    newest = RegulationVersion.newest()
    assert newest is not None  # only a change is voted on
    assert newest.in_force_from is not None
    wrong = rules.amendment_dates_error(
        adoption.adopted_on,
        adoption.in_force_from,
        last_vote_on=ballots.last_vote_on(version),
        last_in_force_from=newest.in_force_from,
        today=by.today,
    )
    if wrong:
        raise ValidationError(dict([wrong]))
    adopt(by=by, draft=version, adoption=adoption)
