"""Activities that members propose for an action plan (REG §2.10)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.workflow import require_may
from tenants.dialogue.actions import plan as plans
from tenants.dialogue.actions import plan_proposals as acts
from tenants.dialogue.forms.plan import PlanReasonForm
from tenants.dialogue.forms.plan_activities import AcceptForm, ProposeForm
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.proposals import ActivityProposal
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.views.plan import crumbs_of, find
from tenants.dialogue.views.plan_activities import sides_of
from tenants.dialogue.workflow import ActivityProposalState
from tenants.people.identity import PersonRequest, visible
from tenants.teams.sides import in_words

PROPOSAL_KINDS = {
    ActivityProposalState.WAITING: "wait",
    ActivityProposalState.ACCEPTED: "ok",
    ActivityProposalState.REFUSED: "stop",
    ActivityProposalState.WITHDRAWN: "neutral",
}


_find_proposal = visible(
    ActivityProposal.objects.select_related("plan__team", "organisation", "person"),
    perms.see_proposal,
    "Nie ma takiej propozycji",
)


@step(perms.propose_activity, find)
def proposal_new(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    return form_page(
        request,
        ProposeForm(**sent(request), speaks_for=in_words(perms.proposes_for(request.person, plan))),
        partial(guarded(acts.propose_activity), by=request.actor, plan_id=plan.pk),
        ready=partial(plans.require_draft, plan),
        said="Zgłoszono propozycję. Odpowie na nią ten, kto kieruje zespołem.",
        to=lambda proposal: proposal.url,
        back=plan.url,
        title="Zaproponuj działanie",
        crumbs=crumbs_of(plan),
        submit="Zgłoś propozycję",
    )


@page(perms.see_proposal, _find_proposal)
def proposal(request: PersonRequest, row: ActivityProposal) -> HttpResponse:
    is_waiting = row.is_waiting and row.plan.is_draft
    context = {
        "proposal": row,
        "kind": PROPOSAL_KINDS[ActivityProposalState(row.state)],
        "can_answer": is_waiting and perms.answer_proposal(request.person, row),
        "can_withdraw": row.is_waiting and perms.withdraw_proposal(request.person, row),
    }
    return render(request, "dialogue/proposal.html", context)


@step(perms.answer_proposal, _find_proposal)
def proposal_accept(request: PersonRequest, row: ActivityProposal) -> HttpResponse:
    return form_page(
        request,
        AcceptForm(**sent(request), row=row, sides=sides_of(row.team)),
        partial(guarded(acts.accept_proposal), by=request.actor, proposal_id=row.pk),
        ready=partial(acts.require_answering, row, ActivityProposalState.ACCEPTED),
        said="Wpisano działanie do planu.",
        to=row.plan.url,
        back=row.url,
        title="Wpisz propozycję do planu",
        lead="Sprawdź i uzupełnij działanie. Wybierz cel, pod którym stanie.",
        crumbs=[*crumbs_of(row.plan), (str(row), row.url)],
        submit="Wpisz do planu",
    )


@step(perms.answer_proposal, _find_proposal)
def proposal_refuse(request: PersonRequest, row: ActivityProposal) -> HttpResponse:
    return form_page(
        request,
        PlanReasonForm(**sent(request), row=row),
        partial(guarded(acts.refuse_proposal), by=request.actor, proposal_id=row.pk),
        ready=partial(acts.require_answering, row, ActivityProposalState.REFUSED),
        said="Odpowiedziano na propozycję.",
        to=row.url,
        title="Odrzuć propozycję",
        lead="Odpowiedź przeczyta instytucja, która zgłosiła propozycję, i inni członkowie zespołu.",
        crumbs=[*crumbs_of(row.plan), (str(row), row.url)],
        submit="Odrzuć propozycję",
    )


@step(perms.withdraw_proposal, _find_proposal)
def proposal_withdraw(request: PersonRequest, row: ActivityProposal) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=row),
        partial(acts.withdraw_proposal, by=request.actor, proposal_id=row.pk),
        ready=partial(require_may, row, ActivityProposalState.WITHDRAWN, request.actor),
        question="Wycofać propozycję?",
        consequence="Propozycja zostanie przy planie jako wycofana.",
        button="Wycofaj propozycję",
        said="Wycofano propozycję.",
        to=row.url,
        crumbs=[*crumbs_of(row.plan), (str(row), row.url)],
    )
