"""Goals and activities of an action plan, proposals and progress (REG §2.10)."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import Missing
from tenants.dialogue.actions import plan as plans
from tenants.dialogue.actions import plan_activities as acts
from tenants.dialogue.actions import plan_progress as progress
from tenants.dialogue.forms.plan import EditGoalForm, NewGoalForm
from tenants.dialogue.forms.plan_activities import EditActivityForm, NewActivityForm, ProgressForm
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.models.undertakings import ProgressNote
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.views.plan import crumbs_of, find
from tenants.dialogue.workflow import UndertakingState
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.teams.models import Team
from tenants.teams.sides import in_words

KINDS = {
    UndertakingState.NOT_BEGUN: "neutral",
    UndertakingState.UNDER_WAY: "info",
    UndertakingState.DONE: "ok",
    UndertakingState.GIVEN_UP: "stop",
}


def goal_of(person: Person, pk: UUID) -> tuple[ActionPlan, PlanGoal]:
    """The goal of an address, after its plan, which says who may."""
    goal = get_object_or_404(PlanGoal.objects.select_related("plan__team"), pk=pk)
    return find(person, goal.plan_id), goal


def _activity(person: Person, pk: UUID) -> PlanActivity:
    row = get_object_or_404(PlanActivity.objects.whole(timezone.localdate()), pk=pk)
    if not perms.see_activity(person, row):
        raise Missing("Nie ma takiego działania", perms.see_activity.why)
    return row


def activity_of(person: Person, pk: UUID) -> tuple[ActionPlan, PlanActivity]:
    """The activity of an address, after its plan, which says who may."""
    row = _activity(person, pk)
    return row.plan, row


def sides_of(team: Team) -> list[tuple[str, str]]:
    """The Lider and the institutions that belong to a team today."""
    return in_words({None, *acts.members_of(team, timezone.localdate())})


def _crumbs(row: PlanActivity) -> list[tuple[str, str]]:
    return [*crumbs_of(row.plan), (str(row), row.url)]


@step(perms.write_plan, find)
def goal_new(request: PersonRequest, plan: ActionPlan) -> HttpResponse:
    return form_page(
        request,
        NewGoalForm(**sent(request)),
        partial(guarded(plans.add_goal), by=request.actor, plan_id=plan.pk),
        ready=partial(plans.require_draft, plan),
        said="Dodano cel.",
        to=f"{plan.url}#cele",
        back=plan.url,
        title="Nowy cel",
        crumbs=crumbs_of(plan),
    )


@step(perms.write_plan, goal_of)
def goal_edit(request: PersonRequest, plan: ActionPlan, goal: PlanGoal) -> HttpResponse:
    return form_page(
        request,
        EditGoalForm(**sent(request), row=goal),
        partial(guarded(plans.edit_goal), by=request.actor, goal_id=goal.pk),
        ready=partial(plans.require_draft, plan),
        said="Zapisano cel.",
        to=plan.url,
        title="Zmień cel",
        crumbs=crumbs_of(plan),
    )


@step(perms.write_plan, goal_of)
def goal_remove(request: PersonRequest, plan: ActionPlan, goal: PlanGoal) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=goal),
        partial(plans.remove_goal, by=request.actor, goal_id=goal.pk),
        ready=partial(plans.require_empty, goal),
        question="Usunąć cel z planu?",
        consequence=f"Zniknie cel {goal.position}: {quoted(goal.title)}.",
        button="Usuń cel",
        said="Usunięto cel.",
        to=plan.url,
        crumbs=crumbs_of(plan),
    )


@page(perms.write_plan, goal_of, methods=["POST"])
def goal_move(request: PersonRequest, plan: ActionPlan, goal: PlanGoal) -> HttpResponse:
    """Let it change places with its neighbour: `wyzej` or not."""
    plans.move_goal(by=request.actor, goal_id=goal.pk, earlier="wyzej" in request.POST)
    return redirect(f"{plan.url}#cele")


@step(perms.write_plan, goal_of)
def activity_new(request: PersonRequest, plan: ActionPlan, goal: PlanGoal) -> HttpResponse:
    return form_page(
        request,
        NewActivityForm(**sent(request), plan=plan, goal=str(goal.pk), sides=sides_of(plan.team)),
        partial(guarded(acts.add_activity), by=request.actor, plan_id=plan.pk),
        ready=partial(plans.require_draft, plan),
        said="Dodano działanie.",
        to=f"{plan.url}#cele",
        back=plan.url,
        title="Nowe działanie",
        crumbs=crumbs_of(plan),
    )


@step(perms.write_plan, activity_of)
def activity_edit(request: PersonRequest, plan: ActionPlan, row: PlanActivity) -> HttpResponse:
    left = "" if row.has_owner else f"{row.owner} nie należy już do zespołu. Wybierz wykonawcę."
    return form_page(
        request,
        EditActivityForm(**sent(request), row=row, sides=sides_of(plan.team)),
        partial(guarded(acts.edit_activity), by=request.actor, activity_id=row.pk),
        ready=partial(plans.require_draft, plan),
        said="Zapisano działanie.",
        to=f"{plan.url}#cele",
        back=plan.url,
        title="Zmień działanie",
        lead=left,
        crumbs=crumbs_of(plan),
    )


@step(perms.write_plan, activity_of)
def activity_remove(request: PersonRequest, plan: ActionPlan, row: PlanActivity) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=row),
        partial(acts.remove_activity, by=request.actor, activity_id=row.pk),
        ready=partial(plans.require_draft, plan),
        question="Usunąć działanie z planu?",
        consequence=f"Zniknie z tej wersji planu działanie {row.serial}.",
        button="Usuń działanie",
        said="Usunięto działanie.",
        to=plan.url,
        crumbs=crumbs_of(plan),
    )


@page(perms.write_plan, activity_of, methods=["POST"])
def activity_move(request: PersonRequest, plan: ActionPlan, row: PlanActivity) -> HttpResponse:
    """Let it change places with its neighbour: `wyzej` or not."""
    acts.move_activity(by=request.actor, activity_id=row.pk, earlier="wyzej" in request.POST)
    return redirect(f"{plan.url}#cele")


@page(perms.see_activity, _activity)
def activity(request: PersonRequest, row: PlanActivity) -> HttpResponse:
    """One activity with its whole progress."""
    today = request.actor.today
    notes = ProgressNote.objects.filter(undertaking=row.undertaking_id)
    plan = row.plan
    is_in_force = bool(plan.in_force_from and plan.in_force_from <= today)
    others = PlanActivity.objects.filter(undertaking=row.undertaking_id).exclude(pk=row.pk)
    context = {
        "activity": row,
        "kind": KINDS[UndertakingState(row.undertaking.state)],
        "is_late": plan.is_adopted and row.is_late(today),
        "notes": notes.select_related("undertaking__team"),
        "others": others.select_related("goal__plan__team").order_by("goal__plan__from_on", "pk"),
        "can_note": plan.is_adopted and is_in_force and perms.note_progress(request.person, row),
        "can_change": plan.is_draft and perms.write_plan(request.person, plan),
    }
    return render(request, "dialogue/activity.html", context)


@step(perms.note_progress, _activity)
def progress_new(request: PersonRequest, row: PlanActivity) -> HttpResponse:
    return form_page(
        request,
        ProgressForm(**sent(request), row=row.undertaking, activity=row),
        partial(guarded(progress.note_progress), by=request.actor, activity_id=row.pk),
        ready=partial(progress.require_noting, row, request.actor.today),
        said="Zapisano postęp.",
        to=row.url,
        title="Zapisz postęp",
        lead=row.text,
        crumbs=_crumbs(row),
    )
