"""A dispute is reported, mediated and ended (REG §10, §5.1.c)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Notification, send
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.dialogue.models.disputes import (
    About,
    Dispute,
    DisputeParty,
    DisputeStep,
    Mediation,
    Proposal,
    ProposalAnswer,
)
from tenants.dialogue.notifications import DisputeNews, DisputeReported
from tenants.dialogue.perms import disputes as perms
from tenants.dialogue.perms.sides import sides_of
from tenants.dialogue.workflow import DisputeState, ProposalState
from tenants.meetings.voices import Key
from tenants.people.actions.invitations import publish_figures, recipients
from tenants.people.models import Person, RoleAssignment
from tenants.people.perms import SPEAKERS
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat, Team
from tenants.teams.sides import chosen, code_of, leading

# "W sporze jest coś nowego: …"
_NEWS = {
    DisputeState.SETTLED: "zakończono go ugodą",
    DisputeState.UNSETTLED: "zakończono go bez ugody",
    DisputeState.WITHDRAWN: "wycofano go",
}


@transaction.atomic
def report_dispute(
    *,
    by: Actor,
    team_id: UUID,
    key: UUID,
    of: str,
    against: Collection[str],
    subject: str,
    text: str,
    is_about_families: bool,
) -> Dispute:
    """Report a dispute to its other parties and the mediator; nobody else hears of it."""
    team = Team.objects.select_for_update().get(pk=team_id)
    person = Person.objects.acting(by)
    perms.report_dispute.require(person, team)
    own = chosen(of, sides_of(person, team))
    others = _other_sides(team, against, own, by.today)
    dispute = Dispute(
        id=key,
        team=team,
        person=person,
        subject=subject,
        text=text,
        is_about_families=is_about_families,
    )
    insert_once(dispute)
    DisputeParty.objects.create(dispute=dispute, organisation_id=own, has_reported=True)
    for side in others:
        DisputeParty.objects.create(dispute=dispute, organisation_id=side)
    entry = record(by=by, verb="DISPUTE_REPORTED", obj=dispute)
    _tell(by, dispute, DisputeReported(dispute.pk, str(dispute)), "reported")
    publish_figures(Dispute, cause=entry.pk)
    return dispute


def _other_sides(team: Team, against: Collection[str], own: Key, day: date) -> list[Key]:
    sides = [one for one in sides_in(team, day) if code_of(one) in against]
    if len(sides) < len(set(against)):
        raise ValidationError({"against": "Wybierz instytucje, które mają miejsce w zespole."})
    if own in sides:
        raise ValidationError({"against": "Druga strona musi być inna niż ta, którą zgłaszasz."})
    return sides


def sides_in(team: Team, day: date) -> list[Key]:
    """Everybody who may be a party: the Lider where it sits there, and institutions that do."""
    seats = Seat.objects.on(day).filter(team=team).order_by(F("organisation").asc(nulls_first=True))
    return [*seats.values_list("organisation", flat=True).distinct()]


@transaction.atomic
def take_on(*, by: Actor, dispute_id: UUID, version: int) -> Dispute:
    """Mediate as the Lider, who is no party."""
    dispute = _locked(by, dispute_id)
    perms.take_on.require(Person.objects.acting(by), dispute)
    _require_fresh(dispute, version, DisputeState.MEDIATION)
    _begin(by, dispute, mediation=Mediation.LEAD)
    return dispute


def _begin(by: Actor, dispute: Dispute, **mediator: Any) -> None:
    if dispute.state == DisputeState.MEDIATION:  # another mediator takes over
        for name, value in mediator.items():
            setattr(dispute, name, value)
        dispute.version += 1
        dispute.save(update_fields=[*mediator, "version"])
        record(by=by, verb="DISPUTE_MEDIATED", obj=dispute)
    else:
        move(dispute, DisputeState.MEDIATION, by=by, on=by.today, **mediator)
    _tell_news(by, dispute, "jest mediator", f"mediator:{dispute.version}")


@transaction.atomic
def propose_mediator(
    *, by: Actor, dispute_id: UUID, key: UUID, mediator_id: UUID | None, name: str
) -> Proposal:
    """Propose who should mediate; every other party is asked."""
    dispute = _locked(by, dispute_id)
    perms.speak_in.require(Person.objects.acting(by), dispute)
    mediator = None
    if mediator_id:
        mediator = mediators_for(dispute, by.today).filter(pk=mediator_id).first()
        if mediator is None:
            raise ValidationError({"mediator_id": "Ta osoba nie może mediować w tym sporze."})
    values = {"about": About.MEDIATOR, "mediator": mediator, "text": "" if mediator else name}
    return _propose(by, dispute, key, **values)


def mediators_for(dispute: Dispute, day: date) -> "QuerySet[Person]":
    """People who have a seat in the team, may come in here and speak for no party."""
    sides, held = dispute.keys, RoleAssignment.objects.on(day)
    seats = Seat.objects.on(day).filter(team=dispute.team_id).exclude(person=None)
    institutions = [one for one in sides if one]
    spoken = held.filter(role__in=SPEAKERS, organisation__in=institutions)
    seated = seats.exclude(organisation__in=institutions)
    if None in sides:
        seated = seated.exclude(organisation=None)
    people = Person.objects.filter(
        pk__in=seated.order_by().values("person"),
    ).filter(pk__in=held.order_by().values("person"))
    return people.exclude(pk__in=spoken.order_by().values("person"))


def mediators_seats(dispute: Dispute, day: date) -> "QuerySet[Seat]":
    """The seats of the same people, which say from where each of them is."""
    people = mediators_for(dispute, day).order_by().values("pk")
    seats = Seat.objects.on(day).filter(team=dispute.team_id, person__in=people)
    return seats.select_related("person", "organisation")


@transaction.atomic
def propose_settlement(*, by: Actor, dispute_id: UUID, key: UUID, text: str) -> Proposal:
    """Propose how it should end; it ends so once every party agreed."""
    dispute = _locked(by, dispute_id)
    perms.write_in.require(Person.objects.acting(by), dispute)
    return _propose(by, dispute, key, about=About.SETTLEMENT, text=text)


def _propose(by: Actor, dispute: Dispute, key: UUID, **values: Any) -> Proposal:
    require_open(dispute)
    require_both(dispute, by.today)
    person = Person.objects.acting(by)
    assert person is not None  # nobody else may propose
    proposal = Proposal(id=key, dispute=dispute, person=person, **values)
    waiting = dispute.proposals.filter(state=ProposalState.OPEN, about=proposal.about)
    if waiting.exclude(pk=key).exists():
        raise Problem(
            "Poprzednia propozycja czeka na odpowiedzi stron",
            "Następną można złożyć, gdy wszystkie strony odpowiedzą.",
            kept=NOTHING_SAVED,
            at=dispute,
        )
    insert_once(proposal)
    record(by=by, verb="DISPUTE_PROPOSED", obj=dispute)
    # Whoever proposes speaks for their own party, too.
    for party in _spoken_parties(person, dispute):
        ProposalAnswer.objects.create(proposal=proposal, party=party, is_agreed=True, person=person)
    if not _finish(by, proposal):
        _tell_news(by, dispute, "jest propozycja, na którą strony odpowiadają", f"{proposal.pk}")
    return proposal


def _spoken_parties(person: Person | None, dispute: Dispute) -> list[DisputeParty]:
    sides = sides_of(person, dispute.team)
    return [party for party in dispute.parties.all() if party.organisation_id in sides]


@transaction.atomic
def answer_proposal(
    *, by: Actor, proposal_id: UUID, version: int, is_agreed: bool, reason: str
) -> Proposal:
    """Agree to a proposal in the name of a party, or say why not."""
    found = Proposal.objects.get(pk=proposal_id)
    dispute = _locked(by, found.dispute_id)
    proposal: Proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    proposal.dispute = dispute
    person = Person.objects.acting(by)
    perms.speak_in.require(person, dispute)
    assert person is not None  # nobody else may answer
    answered = {row.party_id: row for row in proposal.answers.all()}
    open_parties = [one for one in _spoken_parties(person, dispute) if one.pk not in answered]
    if not open_parties:
        raise AlreadySaved(dispute)
    require_may(proposal, ProposalState.AGREED)
    if proposal.version != version:
        raise StaleForm(proposal)
    for party in open_parties:
        ProposalAnswer.objects.create(
            proposal=proposal, party=party, is_agreed=is_agreed, reason=reason, person=person
        )
    record(by=by, verb="DISPUTE_ANSWERED", obj=dispute)
    if not _finish(by, proposal):
        _tell_news(
            by, dispute, "strona odpowiedziała na propozycję", f"{proposal.pk}:{open_parties[0].pk}"
        )
    return proposal


def _finish(by: Actor, proposal: Proposal) -> bool:
    """Carry out what every party agreed to, or drop what one refused; tell if it was either."""
    dispute = proposal.dispute
    said = list(proposal.answers.order_by("pk"))
    if any(not one.is_agreed for one in said):
        move(proposal, ProposalState.REFUSED, by=by, on=by.today)
        _tell_news(by, dispute, "strona nie zgodziła się na propozycję", f"{proposal.pk}:no")
        return True
    answered = {one.party_id for one in said}
    if any(party.pk not in answered for party in present(dispute, by.today)):
        return False
    move(proposal, ProposalState.AGREED, by=by, on=by.today)
    if proposal.about == About.SETTLEMENT:
        _end(by, dispute, DisputeState.SETTLED, proposal.text)
    else:
        _begin(
            by,
            dispute,
            mediation=Mediation.AGREED,
            mediator=proposal.mediator,
            outsider="" if proposal.mediator else proposal.text,
        )
    return True


@transaction.atomic
def add_dispute_step(
    *, by: Actor, dispute_id: UUID, key: UUID, kind: str, day: date, text: str
) -> DisputeStep:
    """Write down what was done to settle it."""
    dispute = _locked(by, dispute_id)
    person = Person.objects.acting(by)
    perms.write_in.require(person, dispute)
    require_open(dispute)
    assert person is not None  # nobody else may write
    step = DisputeStep(id=key, dispute=dispute, kind=kind, day=day, text=text, person=person)
    insert_once(step)
    record(by=by, verb="DISPUTE_STEP_ADDED", obj=dispute)
    _tell_news(by, dispute, "dopisano krok", f"step:{step.pk}")
    return step


@transaction.atomic
def end_dispute(*, by: Actor, dispute_id: UUID, version: int, to: str, result: str) -> Dispute:
    """Say how the mediation ended: with a settlement on paper, or without any."""
    dispute = _locked(by, dispute_id)
    perms.end_dispute.require(Person.objects.acting(by), dispute)
    _require_fresh(dispute, version, to)
    _end(by, dispute, DisputeState(to), result)
    return dispute


@transaction.atomic
def withdraw_dispute(*, by: Actor, dispute_id: UUID, version: int, result: str) -> Dispute:
    """Take back a dispute; it stays with the reason, for its parties alone."""
    dispute = _locked(by, dispute_id)
    perms.withdraw_dispute.require(Person.objects.acting(by), dispute)
    _require_fresh(dispute, version, DisputeState.WITHDRAWN)
    _end(by, dispute, DisputeState.WITHDRAWN, result)
    return dispute


def _end(by: Actor, dispute: Dispute, to: DisputeState, result: str) -> None:
    entry = move(dispute, to, by=by, on=by.today, result=result, ended_on=by.today)
    for waiting in dispute.proposals.filter(state=ProposalState.OPEN).order_by("pk"):
        move(waiting, ProposalState.DROPPED, by=by, on=by.today)
    _tell_news(by, dispute, _NEWS[to], f"state:{to}")
    publish_figures(Dispute, cause=entry.pk)


def require_open(dispute: Dispute) -> None:
    """Something may still be done to settle it."""
    if not dispute.is_open:
        raise Problem(
            "Ten spór jest zakończony",
            f"Stan: {dispute.get_state_display()}. Jeśli sprawa wróciła, zgłoś nowy spór.",
            kept=NOTHING_SAVED,
            at=dispute,
        )


def present(dispute: Dispute, day: date) -> list[DisputeParty]:
    """Parties that still have a place in the team; one that left answers nothing any more."""
    sides = set(sides_in(dispute.team, day))
    return [party for party in dispute.parties.all() if party.organisation_id in sides]


def require_both(dispute: Dispute, day: date) -> None:
    """There is still somebody to agree with."""
    if len(present(dispute, day)) < 2:
        raise Problem(
            "Druga strona nie należy już do zespołu",
            "Nie ma kto odpowiedzieć na propozycję. Kto może zakończyć spór, mówi jego strona w "
            "Kooperacji.",
            kept=NOTHING_SAVED,
            at=dispute,
        )


def _require_fresh(dispute: Dispute, version: int, to: str) -> None:
    require_may(dispute, to)
    if dispute.version != version:
        raise StaleForm(dispute)


def _locked(by: Actor, dispute_id: UUID) -> Dispute:
    rows = Dispute.objects.select_related("team", "mediator").prefetch_related(
        "parties__organisation"
    )
    dispute: Dispute = lock_in_team(rows, dispute_id)
    perms.see_dispute.require(Person.objects.acting(by), dispute)
    return dispute


def _tell_news(by: Actor, dispute: Dispute, said: str, occasion: str) -> None:
    _tell(by, dispute, DisputeNews(dispute.pk, str(dispute), said), occasion)


def _tell(by: Actor, dispute: Dispute, message: Notification, occasion: str) -> None:
    """Tell whoever speaks for a party or mediates, but for the one who acts."""
    people = [one for one in concerned(dispute, by.today) if one.pk != by.person_id]
    send(message, to=recipients(people), dedupe=f"dispute:{dispute.pk}:{occasion}")


def concerned(dispute: Dispute, day: date) -> list[Person]:
    """People of whom the dispute is and who may read it: voices of a party, and the mediator.

    A party stays one until the dispute ends, also without a seat (REG §10); who was let out of the
    unit learns nothing more of it.
    """
    institutions = [one for one in dispute.keys if one]
    held = RoleAssignment.objects.on(day)
    voices = held.filter(role__in=SPEAKERS, organisation__in=institutions)
    people = {row.person for row in voices.select_related("person").order_by("pk")}
    if dispute.has_lead or dispute.mediation != Mediation.AGREED:
        people |= {*leading(dispute.team, day)}
    if dispute.mediator:
        people.add(dispute.mediator)
    reading = [one for one in people if perms.see_dispute(one, dispute)]
    return sorted(reading, key=lambda one: one.pk)


def unreachable(dispute: Dispute, day: date) -> list[DisputeParty]:
    """Parties for which nobody has an account: they must be told in another way."""
    held = RoleAssignment.objects.on(day).filter(
        role__in=SPEAKERS, person__account_id__isnull=False
    )
    reached = set(held.order_by("pk").values_list("organisation", flat=True))
    parties: Iterable[DisputeParty] = dispute.parties.all()
    return [one for one in parties if one.organisation_id and one.organisation_id not in reached]
