"""Risks and disputes that wait for somebody (REG §7.1-7.2, §10)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from kooperacja.ui.polish import localtime
from tenants.dialogue import perms
from tenants.dialogue.models.disputes import Dispute, Mediation, Proposal, ProposalAnswer
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.workflow import DisputeState, ProposalState, RiskState
from tenants.meetings.perms import runs_somewhere
from tenants.people.models import Person
from tenants.people.perms import voiced_organisations
from tenants.people.today import Waiting

_SHOWN = 50


def risks_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Risks that nobody has taken up yet; their text stays behind their page."""
    if not runs_somewhere(person):
        return
    rows = Risk.objects.filter(state=RiskState.OPEN).select_related("team", "organisation")
    for risk in rows.defer("text", "concerns", "done").order_by("reported_at", "pk")[:_SHOWN]:
        if perms.handle(person, risk):
            yield Waiting(
                f"Zajmij się {risk.instrumental}",
                risk.url,
                perms.report.clause,
                f"Zgłasza {risk.reporter}: {risk.get_urgency_display()}",
                since=localtime(risk.reported_at).date(),
                matter="Zgłoszone ryzyko albo zagrożenie",
                about=risk.pk,
            )


def disputes_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Disputes to take on, to find a mediator for, to answer in."""
    if not (runs_somewhere(person) or voiced_organisations(person)):
        return
    mine = Dispute.objects.read_by(person).select_related("team").defer("subject", "text")
    new = mine.filter(state=DisputeState.REPORTED, mediation=Mediation.NONE)
    for dispute in new.prefetch_related("parties").order_by("reported_at", "pk")[:_SHOWN]:
        if perms.take_on(person, dispute):
            yield _of_dispute(f"Podejmij mediację: {dispute}", dispute, dispute.url)
        elif dispute.has_lead and perms.speak_in(person, dispute):
            yield _of_dispute(f"Zaproponuj mediatora: {dispute}", dispute, dispute.url)
    yield from _answers_wait(person, mine)


def _answers_wait(person: Person, mine: "QuerySet[Dispute]") -> Iterator[Waiting]:
    waiting = Proposal.objects.filter(state=ProposalState.OPEN, dispute__in=mine)
    for proposal in waiting.select_related("dispute__team").order_by("made_at", "pk")[:_SHOWN]:
        dispute = proposal.dispute
        unanswered = dispute.parties.exclude(
            Exists(ProposalAnswer.objects.filter(proposal=proposal, party=OuterRef("pk")))
        )
        sides = perms.sides_of(person, dispute.team)
        if sides & set(unanswered.order_by("pk").values_list("organisation", flat=True)):
            page = reverse("dialogue:dispute_answer", args=[proposal.pk])
            yield _of_dispute(f"Odpowiedz na propozycję: {dispute}", dispute, page)


def _of_dispute(title: str, dispute: Dispute, href: str) -> Waiting:
    return Waiting(
        title,
        href,
        perms.report_dispute.clause,
        since=localtime(dispute.reported_at).date(),
        matter="Spór, którego strona albo mediator odpowiada",
        about=dispute.pk,
    )
