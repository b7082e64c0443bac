"""Disputes: the list of one's own, one of them, how it is mediated (REG §10, §5.1.c)."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.parts import Event
from kooperacja.ui.polish import polish_order
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.dialogue.actions import disputes as acts
from tenants.dialogue.forms.disputes import (
    DisputeStepForm,
    EndDisputeForm,
    MediatorForm,
    ProposalAnswerForm,
    ReportDisputeForm,
    SettlementForm,
    WithdrawDisputeForm,
)
from tenants.dialogue.models.disputes import About, Dispute, DisputeStep, Mediation, Proposal
from tenants.dialogue.perms import disputes as perms
from tenants.dialogue.perms.sides import sides_of
from tenants.dialogue.views.risks import find_team
from tenants.dialogue.workflow import DisputeState, ProposalState
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.teams.models import Team
from tenants.teams.perms import readable_on
from tenants.teams.sides import in_words

LIST = ("Spory", "dialogue:disputes")
KINDS = {
    DisputeState.REPORTED: "wait",
    DisputeState.MEDIATION: "info",
    DisputeState.SETTLED: "ok",
    DisputeState.UNSETTLED: "stop",
    DisputeState.WITHDRAWN: "neutral",
}


def _parties(dispute: Dispute) -> str:
    return ", ".join(str(party) for party in dispute.parties.all())


_COLUMNS = (
    Column("spor", "Spór", str, sort="reported_at", is_link=True),
    Column("czego", "Czego dotyczy", "subject"),
    Column("strony", "Strony", _parties),
    Column("mediator", "Mediator", "mediator_name"),
    Column("stan", "Stan", "get_state_display", sort="state"),
)
_ROWS = Dispute.objects.select_related("team", "person", "mediator").prefetch_related(
    "parties__organisation"
)


def find(person: Person, pk: UUID) -> Dispute:
    """A dispute of others is answered like one that isn't there."""
    found: Dispute = get_object_or_404(_ROWS.read_by(person), pk=pk)
    return found


def find_proposal(person: Person, pk: UUID) -> tuple[Dispute, Proposal]:
    proposal = get_object_or_404(Proposal.objects.select_related("mediator"), pk=pk)
    proposal.dispute = find(person, proposal.dispute_id)
    return proposal.dispute, proposal


@page(perms.see_disputes)
def listing(request: PersonRequest) -> HttpResponse:
    today = readable_on(request.person, timezone.localdate())
    table = Table(
        request,
        _ROWS.read_by(request.person),
        _COLUMNS,
        LIST[0],
        default="-spor",
        nothing="Nie ma sporu, którego Twoja instytucja jest stroną albo w którym mediujesz.",
    )
    return list_page(
        request,
        table,
        template="dialogue/disputes.html",
        lead="Kooperanci rozwiązują spory polubownie (§ 10 regulaminu), a mediuje Lider (§ 5 ust. 1 "
        "lit. c). Spór widzą tylko jego strony i mediator.",
        reports=[team for team in today if perms.report_dispute(request.person, team)],
    )


@page(perms.see_dispute, find)
def show(request: PersonRequest, dispute: Dispute) -> HttpResponse:
    person, today = request.person, timezone.localdate()
    proposed = list(dispute.proposals.select_related("mediator").prefetch_related("answers"))
    steps = list(dispute.steps.select_related("person"))
    present = acts.present(dispute, today)
    is_open, has_both = dispute.is_open, len(present) > 1
    speaks = is_open and perms.speak_in(person, dispute)
    sides = sides_of(person, dispute.team) if speaks else set()
    proposals = [_told(one, dispute, sides) for one in proposed]
    context = {
        "dispute": dispute,
        "kind": KINDS[DisputeState(dispute.state)],
        "proposals": proposals,
        "is_asked": any(one["can_answer"] for one in proposals),
        "events": list(_events(dispute, steps)),
        "unreachable": acts.unreachable(dispute, today) if is_open else [],
        "left": [one for one in dispute.parties.all() if one not in present],
        "needs_mediator": is_open
        and has_both
        and dispute.has_lead
        and dispute.mediation == Mediation.NONE,
        "can_take_on": dispute.state == DisputeState.REPORTED and perms.take_on(person, dispute),
        "can_propose_mediator": speaks and has_both and not _waiting(proposed, About.MEDIATOR),
        "can_settle": is_open
        and has_both
        and perms.write_in(person, dispute)
        and not _waiting(proposed, About.SETTLEMENT),
        "can_write": is_open and perms.write_in(person, dispute),
        "can_end": is_open and perms.end_dispute(person, dispute),
        "can_withdraw": is_open and perms.withdraw_dispute(person, dispute),
    }
    return render(request, "dialogue/dispute.html", context)


def _events(dispute: Dispute, steps: list[DisputeStep]) -> Iterator[Event]:
    """Its course from the report to the end, with the steps that were written in between."""
    yield Event(dispute.reported_at, "Zgłoszono spór", "", str(dispute.person))
    for one in steps:
        yield Event(one.day, one.get_kind_display().capitalize(), one.text, str(one.person))
    if dispute.ended_on:
        yield Event(dispute.ended_on, dispute.get_state_display().capitalize(), dispute.result)


def _waiting(proposals: list[Proposal], about: str) -> bool:
    return any(one.about == about and one.state == ProposalState.OPEN for one in proposals)


def _told(proposal: Proposal, dispute: Dispute, sides: set[Any]) -> dict[str, Any]:
    """A proposal with the answer of each party."""
    said = {answer.party_id: answer for answer in proposal.answers.all()}
    parties = list(dispute.parties.all())
    is_open = proposal.state == ProposalState.OPEN
    return {
        "proposal": proposal,
        "answers": [(party, said.get(party.pk)) for party in parties],
        "can_answer": is_open
        and any(one.organisation_id in sides and one.pk not in said for one in parties),
    }


def _crumbs(dispute: Dispute) -> list[tuple[str, str]]:
    return [LIST, (str(dispute), dispute.url)]


@step(perms.report_dispute, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    return form_page(
        request,
        ReportDisputeForm(
            **sent(request),
            speaks_for=in_words(sides_of(request.person, team)),
            all_sides=in_words(acts.sides_in(team, timezone.localdate())),
        ),
        partial(guarded(acts.report_dispute), by=request.actor, team_id=team.pk),
        said="Zgłoszono spór. Wiadomość dostają tylko jego strony i ten, kto może w nim mediować.",
        to=lambda dispute: dispute.url,
        back=LIST[1],
        title="Zgłoś spór",
        lead="Mediuje Lider. Gdy sam jest stroną, strony wskazują mediatora, na którego zgodzą się "
        "wszystkie (§ 5 ust. 1 lit. c i § 10 regulaminu).",
        crumbs=[LIST],
        submit="Zgłoś spór",
    )


@step(perms.take_on, find)
def take_on(request: PersonRequest, dispute: Dispute) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=dispute),
        partial(acts.take_on, by=request.actor, dispute_id=dispute.pk),
        ready=partial(require_may, dispute, DisputeState.MEDIATION, request.actor),
        question="Podjąć mediację?",
        consequence="Strony dowiedzą się, że mediuje Lider.",
        clause=perms.take_on.clause,
        undo="Strony mogą potem zgodzić się na innego mediatora.",
        button="Podejmij mediację",
        danger=False,
        said="Podjęto mediację.",
        to=dispute.url,
        crumbs=_crumbs(dispute),
    )


@step(perms.speak_in, find)
def propose_mediator(request: PersonRequest, dispute: Dispute) -> HttpResponse:
    seats = acts.mediators_seats(dispute, timezone.localdate())
    people: dict[str, str] = {}
    for seat in seats.order_by(polish_order("person__full_name"), "pk"):
        pk = f"{seat.person_id}"
        people[pk] = f"{people.get(pk) or seat.person}, {seat.organisation or 'Lider'}"
    return _proposed(
        request,
        dispute,
        MediatorForm(**sent(request), people=list(people.items())),
        acts.propose_mediator,
        title="Zaproponuj mediatora",
        lead="Mediuje osoba, na którą zgodzi się każda strona.",
    )


@step(perms.write_in, find)
def propose_settlement(request: PersonRequest, dispute: Dispute) -> HttpResponse:
    return _proposed(
        request,
        dispute,
        SettlementForm(**sent(request)),
        acts.propose_settlement,
        title="Zaproponuj ugodę",
        lead="Odpowie na nią każda strona.",
    )


def _proposed(
    request: PersonRequest, dispute: Dispute, form: Any, act: Any, **words: str
) -> HttpResponse:
    def ready() -> None:
        acts.require_open(dispute)
        acts.require_both(dispute, timezone.localdate())

    return form_page(
        request,
        form,
        partial(guarded(act), by=request.actor, dispute_id=dispute.pk),
        ready=ready,
        said="Złożono propozycję. Strony dostały wiadomość.",
        to=lambda _: dispute.url,
        back=dispute.url,
        crumbs=_crumbs(dispute),
        submit="Złóż propozycję",
        **words,
    )


@step(perms.speak_in, find_proposal)
def answer(request: PersonRequest, dispute: Dispute, proposal: Proposal) -> HttpResponse:
    return form_page(
        request,
        ProposalAnswerForm(**sent(request), row=proposal),
        partial(guarded(acts.answer_proposal), by=request.actor, proposal_id=proposal.pk),
        ready=partial(require_may, proposal, ProposalState.AGREED, request.actor),
        said=_answered,
        to=dispute.url,
        title="Odpowiedz na propozycję",
        lead=f"{proposal.get_about_display().capitalize()}: {proposal.words}",
        crumbs=_crumbs(dispute),
        submit="Zapisz odpowiedź",
    )


def _answered(proposal: Proposal) -> str:
    """The answer is kept, and what follows where it was the last one."""
    said = "Zapisano odpowiedź."
    if proposal.state != ProposalState.AGREED:
        return said
    if proposal.about == About.SETTLEMENT:
        return f"{said} Zgodziły się wszystkie strony i spór zakończył się ugodą."
    return f"{said} Zgodziły się wszystkie strony. Mediator: {proposal.words}"


@step(perms.write_in, find)
def add_step(request: PersonRequest, dispute: Dispute) -> HttpResponse:
    return form_page(
        request,
        DisputeStepForm(**sent(request)),
        partial(guarded(acts.add_dispute_step), by=request.actor, dispute_id=dispute.pk),
        ready=partial(acts.require_open, dispute),
        said="Dopisano krok.",
        to=lambda _: dispute.url,
        back=dispute.url,
        title="Dopisz krok",
        crumbs=_crumbs(dispute),
        submit="Dopisz",
    )


@step(perms.end_dispute, find)
def end(request: PersonRequest, dispute: Dispute) -> HttpResponse:
    return _ended(
        request,
        dispute,
        EndDisputeForm(**sent(request), row=dispute),
        acts.end_dispute,
        DisputeState.UNSETTLED,
        question="Zakończyć spór?",
        consequence="Strony przeczytają, jak się skończył. Nikt nic już do niego nie dopisze.",
        clause=perms.end_dispute.clause,
        button="Zakończ spór",
        said="Zakończono spór.",
    )


@step(perms.withdraw_dispute, find)
def withdraw(request: PersonRequest, dispute: Dispute) -> HttpResponse:
    return _ended(
        request,
        dispute,
        WithdrawDisputeForm(**sent(request), row=dispute),
        acts.withdraw_dispute,
        DisputeState.WITHDRAWN,
        question="Wycofać spór?",
        consequence="Strony i mediator przeczytają powód.",
        clause=perms.withdraw_dispute.clause,
        button="Wycofaj spór",
        said="Wycofano spór.",
    )


def _ended(
    request: PersonRequest, dispute: Dispute, form: Any, act: Any, to: str, **words: Any
) -> HttpResponse:
    return question(
        request,
        form,
        partial(guarded(act), by=request.actor, dispute_id=dispute.pk),
        ready=partial(require_may, dispute, to, request.actor),
        undo="Tego kroku nie można cofnąć, ale można zgłosić nowy spór.",
        to=dispute.url,
        crumbs=_crumbs(dispute),
        **words,
    )
