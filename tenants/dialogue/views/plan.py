"""Action plans: their list, one of them, and how it comes before the team (REG §2.10)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.papers import newest
from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.dialogue.actions import plan as acts
from tenants.dialogue.actions import plan_copying as copying
from tenants.dialogue.actions import plan_presenting as presenting
from tenants.dialogue.changes import changes
from tenants.dialogue.forms.plan import (
    EditPlanForm,
    NewPlanForm,
    PlanReasonForm,
    PlansFilter,
)
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.papers.plan import ACTION_PLAN, printed_plan
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.rules import Period, following
from tenants.dialogue.workflow import ActivityProposalState, PlanState
from tenants.meetings.models.decisions import Decision, Voice
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams import perms as teams
from tenants.teams.models import Team

LIST = ("Plan działania", "dialogue:plans")


KINDS = {
    PlanState.DRAFT: "neutral",
    PlanState.PROPOSED: "wait",
    PlanState.ADOPTED: "ok",
    PlanState.REPLACED: "neutral",
    PlanState.DROPPED: "stop",
}


_COLUMNS = (
    Column("plan", "Plan", str, sort="from_on", is_link=True),
    Column("zespol", "Zespół", "team", sort="team__kind"),
    Column("stan", "Stan", "get_state_display", sort="state"),
    Column("przyjeto", "Przyjęto", "adopted_on", sort="adopted_on"),
    Column("obowiazuje", "Obowiązuje od", "in_force_from", sort="in_force_from"),
)


_ROWS = ActionPlan.objects.select_related(
    "team", "amends__team", "follows", "item__meeting__team", "meeting", "scan"
)


find = visible(_ROWS, perms.see_plan, "Nie ma takiego planu")


find_team = visible(Team, teams.read, "Nie ma takiego zespołu")


def crumbs_of(plan: ActionPlan) -> list[tuple[str, str]]:
    return [LIST, (str(plan), plan.url)]


@page(perms.see_plans)
def listing(request: PersonRequest) -> HttpResponse:
    """All plans, with how the teams stand today."""
    today, form = timezone.localdate(), PlansFilter(request.GET)
    chosen = {"state": form.chosen["stan"]} if form.chosen.get("stan") else {}
    mine = [team for team in teams.readable(request.person) if not team.law.is_closed]
    in_force = list(ActionPlan.objects.in_force(today).filter(team__in=mine).select_related("team"))
    table = Table(
        request,
        ActionPlan.objects.read_by(request.person).filter(**chosen),
        _COLUMNS,
        "Plany działania",
        default="-plan",
        empty="Żaden plan nie odpowiada wybranym warunkom.",
        nothing="Nie ma jeszcze żadnego planu działania.",
    )
    return list_page(
        request,
        table,
        form,
        template="dialogue/plans.html",
        title="Plan działania",
        lead="Zespół pracuje według okresowego planu działania, który sam uzgadnia (§ 2 ust. 10 "
        "regulaminu).",
        in_force=in_force,
        without=[one for one in mine if one.holds_on(today) and one not in _teams(in_force)],
        begins=[team for team in mine if perms.begin_plan(request.person, team)],
        is_taken=True,
    )


def _teams(plans: list[ActionPlan]) -> list[Team]:
    return [plan.team for plan in plans]


@page(perms.see_plan, find)
def show(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    """A plan with its goals and activities, and what one may do with it."""
    today, can_write = request.actor.today, perms.write_plan(request.person, plan)
    item = presenting.standing(plan) if plan.state == PlanState.PROPOSED else None
    begins_next = can_write and plan.is_adopted
    following_plan = copying.prepared_next(plan) if begins_next else None
    proposals = list(plan.proposals.select_related("organisation")) if plan.is_open else []
    context = {
        "plan": plan,
        "kind": KINDS[PlanState(plan.state)],
        "is_in_force": plan.is_in_force(today),
        "goals": goals_of(plan, today),
        "day": today,
        "item": item,
        "lacks": presenting.lacks(plan, today) if can_write and plan.is_draft else [],
        "objections": _objections(plan),
        "proposals": proposals,
        "waits": any(one.state == ActivityProposalState.WAITING for one in proposals),
        "next": following_plan,
        "can_begin_next": begins_next and following_plan is None,
        "versions": _versions(plan),
        "document": newest(ACTION_PLAN, plan.pk) if plan.number else None,
        "can_write": can_write,
        "can_change": can_write and plan.is_draft,
        "can_propose": plan.is_draft and perms.propose_activity(request.person, plan),
        "can_amend": can_write and plan.is_adopted and copying.drafted(plan) is None,
    }
    return render(request, "dialogue/plan.html", context)


def goals_of(plan: ActionPlan, day: date) -> list[Any]:
    """The goals with the activities under each, whose texts know their plan."""
    rows = PlanActivity.objects.whole(day).filter(goal__plan=plan).order_by("position", "pk")
    under: dict[UUID, list[PlanActivity]] = {}
    for row in rows:
        row.overdue = row.is_late(day)  # type: ignore[attr-defined]
        under.setdefault(row.goal_id, []).append(row)
    goals = list(plan.goals.all())
    for goal in goals:
        goal.rows = under.get(goal.pk, [])  # type: ignore[attr-defined]
        for row in goal.rows:  # type: ignore[attr-defined]
            row.goal = goal
    return goals


def _objections(plan: ActionPlan) -> list[Voice]:
    """Why a plan in preparation was not agreed on when it was decided on last."""
    if not plan.is_draft or plan.item_id is None:
        return []
    decision = Decision.objects.filter(item=plan.item_id).first()
    if decision is None:
        return []
    voices = decision.voices.filter(is_struck=False, choice="NO").order_by("created_at", "pk")
    return list(voices.select_related("decision__item__meeting__team"))


def _versions(plan: ActionPlan) -> list[ActionPlan]:
    """The other versions of the same plan."""
    rows = ActionPlan.objects.filter(series=plan.series).exclude(pk=plan.pk)
    return list(rows.exclude(state=PlanState.DROPPED).order_by("created_at", "pk"))


@step(perms.begin_plan, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    last = acts.last_period(team)
    year = request.actor.today.year
    whole_year = Period(date(year, 1, 1), date(year, 12, 31))
    return form_page(
        request,
        NewPlanForm(**sent(request), period=following(last) if last else whole_year),
        partial(guarded(acts.begin_plan), by=request.actor, team_id=team.pk),
        said="Rozpoczęto plan. Dodaj cele i działania.",
        to=lambda plan: plan.url,
        back="dialogue:plans",
        title="Nowy plan działania",
        lead=f"Plan {team.law.genitive}. Członkowie zespołu mogą do niego proponować działania, "
        "a przyjmuje go zespół.",
        crumbs=[LIST],
    )


@step(perms.write_plan, find)
def edit(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    return form_page(
        request,
        EditPlanForm(**sent(request), row=plan),
        partial(guarded(acts.edit_plan), by=request.actor, plan_id=plan.pk),
        ready=partial(acts.require_draft, plan),
        said="Zapisano zmianę planu.",
        to=plan.url,
        title="Zmień okres albo wprowadzenie",
        crumbs=crumbs_of(plan),
    )


@step(perms.write_plan, find)
def drop(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    return question(
        request,
        PlanReasonForm(**sent(request), row=plan),
        partial(guarded(acts.drop_plan), by=request.actor, plan_id=plan.pk),
        ready=partial(require_may, plan, PlanState.DROPPED, request.actor),
        question="Porzucić przygotowywany plan?",
        consequence="Plan zostanie na liście jako porzucony, z podanym powodem.",
        button="Porzuć plan",
        said="Plan porzucono.",
        to=plan.url,
        crumbs=crumbs_of(plan),
    )


@page(perms.see_plan, find)
def differences(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    """The differences of a version, beside the one before it."""
    before = plan.amends
    context = {
        "plan": plan,
        "changes": changes(before, plan) if before else [],
        "was": f"Wersja {before.number}" if before else "",
    }
    return render(request, "dialogue/plan_changes.html", context)


def printed_of(person: Person, pk: UUID, kind: str) -> tuple[ActionPlan, str]:
    return find(person, pk), kind


@page(perms.see_plan, printed_of)
def printed(request: PersonRequest, plan: ActionPlan, kind: str) -> HttpResponse:
    """A plan that is not adopted, as a file; of an adopted one the document is kept."""
    if document := newest(ACTION_PLAN, plan.pk):
        file = document.pdf_id if kind == "pdf" else document.docx_id
        return redirect("documents:file", pk=file)
    content = printed_plan(plan, FORMATS[kind], by=request.actor)
    name = file_name("Plan działania", f".{kind}", detail=plan.get_state_display())
    return file_response(content, name=name, content_type=FORMATS[kind])
