"""Risks, answers, messages and disputes that wait for somebody (REG §6.2, §7.1-7.2, §10)."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse

from kooperacja.ui.polish import localtime
from tenants.dialogue.models.correspondence import HeldAnswer, Thread
from tenants.dialogue.models.disputes import Dispute, Mediation, Proposal
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.perms.correspondence import decide, see_threads
from tenants.dialogue.perms.disputes import report_dispute, speak_in, take_on
from tenants.dialogue.perms.risks import handle, report
from tenants.dialogue.perms.sides import sides_of
from tenants.dialogue.workflow import DISPUTE, HeldState, ProposalState, RiskState
from tenants.meetings.perms import runs_somewhere
from tenants.people.models import Person
from tenants.people.perms import is_member, voiced_organisations
from tenants.people.today import Waiting
from tenants.teams.models import Seat
from tenants.teams.perms import open_teams

_SHOWN = 50


def risks_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Risks that nobody has taken up yet; their text stays behind their page."""
    if not runs_somewhere(person):
        return
    rows = Risk.objects.filter(state=RiskState.OPEN).select_related("team", "organisation")
    for risk in rows.defer("text", "concerns", "done").order_by("reported_at", "pk")[:_SHOWN]:
        if handle(person, risk):
            yield Waiting(
                f"Zajmij się {risk.instrumental}",
                risk.url,
                report.clause,
                f"Zgłasza {risk.reporter}: {risk.get_urgency_display()}.",
                since=localtime(risk.reported_at).date(),
                matter="Zgłoszone ryzyko albo zagrożenie",
                about=risk.pk,
            )


def answers_held(person: Person, day: date) -> Iterator[Waiting]:
    """Answers by mail about which somebody must decide; their text stays behind their page."""
    if not runs_somewhere(person):
        return
    rows = HeldAnswer.objects.filter(state=HeldState.WAITING).select_related("thread__team", "seat")
    rows = rows.defer("sender", "text", "refused", "thread__subject")
    for held in rows.order_by("received_at", "pk")[:_SHOWN]:
        if decide(person, held):
            yield Waiting(
                f"Zdecyduj o odpowiedzi, która przyszła e-mailem ({held.thread})",
                held.url,
                decide.clause,
                f"Nie poszła od razu, bo {held.get_reason_display()}.",
                since=localtime(held.received_at).date(),
                matter="Odpowiedź e-mailem, która czeka na decyzję",
                about=held.pk,
            )


def messages_unread(person: Person, day: date) -> Iterator[Waiting]:
    """Threads in which something new is said; whoever has no seat is not asked to read."""
    if not is_member(person) or not (mine := seated_in(person, day)):
        return
    rows = Thread.objects.filter(team__in=mine).with_reading(person).unread().defer("subject")
    for thread in rows.order_by("last_at", "pk")[:_SHOWN]:
        yield Waiting(
            f"Przeczytaj nowe wiadomości ({thread})",
            thread.url,
            see_threads.clause,
            since=localtime(thread.last_at).date(),
            matter="Nowe wiadomości do członków zespołu",
            about=thread.pk,
        )


def seated_in(person: Person, day: date) -> set[UUID]:
    """Open teams in which the person has a seat."""
    seats = Seat.objects.on(day).filter(person__in=person.entries, team__in=open_teams())
    return set(seats.values_list("team", flat=True))


def disputes_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Disputes to take on, to find a mediator for, to answer in."""
    if not (runs_somewhere(person) or voiced_organisations(person)):
        return
    waiting = Proposal.objects.filter(state=ProposalState.OPEN).prefetch_related("answers")
    mine = Dispute.objects.read_by(person).filter(state__in=DISPUTE.open)
    rows = (
        mine.select_related("team")
        .defer("subject", "text")
        .prefetch_related("parties", Prefetch("proposals", waiting.order_by("made_at", "pk")))
    )
    for dispute in rows.order_by("reported_at", "pk")[:_SHOWN]:
        if dispute.mediation == Mediation.NONE:
            if take_on(person, dispute):
                yield _of_dispute("Podejmij mediację", dispute, dispute.url)
            elif dispute.has_lead and speak_in(person, dispute):
                yield _of_dispute("Zaproponuj mediatora", dispute, dispute.url)
        for proposal in dispute.proposals.all():
            if _is_asked(person, dispute, proposal):
                page = reverse("dialogue:dispute_answer", args=[proposal.pk])
                yield _of_dispute("Odpowiedz na propozycję", dispute, page)


def _is_asked(person: Person, dispute: Dispute, proposal: Proposal) -> bool:
    """A party for which the person speaks has not answered yet."""
    answered = {answer.party_id for answer in proposal.answers.all()}
    asked = {one.organisation_id for one in dispute.parties.all() if one.pk not in answered}
    return bool(asked & sides_of(person, dispute.team))


def _of_dispute(deed: str, dispute: Dispute, href: str) -> Waiting:
    return Waiting(
        f"{deed}: {dispute}",
        href,
        report_dispute.clause,
        since=localtime(dispute.reported_at).date(),
        matter="Spór, którego strona albo mediator odpowiada",
        about=dispute.pk,
    )
