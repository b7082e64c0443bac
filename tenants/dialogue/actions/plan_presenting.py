"""An action plan is brought before the team, or taken back (REG §2.10)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm
from tenants.dialogue.actions.plan import locked
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import MATTER, ActionPlan
from tenants.dialogue.workflow import ActivityProposalState, PlanState
from tenants.meetings import awaiting
from tenants.meetings.actions import agenda
from tenants.meetings.models.decisions import Decision
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting, MeetingMode, Outcome
from tenants.meetings.workflow import MeetingState

_CLAUSE = "§ 2 ust. 10 regulaminu"


RIGHTED = "Jeśli wynik zapisano przez pomyłkę, popraw go w wynikach punktów tego spotkania."
_TAKING = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.HELD)


def meetings_for(plan: ActionPlan) -> "QuerySet[Meeting]":
    """Meetings whose agenda may still take it up: those to come and the one that is held."""
    rows = Meeting.objects.filter(team=plan.team_id, state__in=_TAKING)
    return rows.select_related("team").order_by("starts_at", "pk")


def standing(plan: ActionPlan) -> AgendaItem | None:
    """The item by which it is still to be decided; none if that was taken off or called off."""
    rows = awaiting.standing(MATTER, plan.pk).select_related("meeting__team")
    return rows.order_by("-meeting__starts_at", "-pk").first()


def lacks(plan: ActionPlan, day: date) -> list[str]:
    """The reasons against bringing a draft before the team, in words."""
    activities = list(PlanActivity.objects.whole(day).filter(goal__plan=plan).order_by("pk"))
    goals = set(plan.goals.values_list("pk", flat=True))
    waiting = plan.proposals.filter(state=ActivityProposalState.WAITING).count()
    alone = [one for one in activities if not one.has_owner]
    found = []
    if not activities:
        found.append("Plan nie ma jeszcze żadnego działania.")
    elif goals - {one.goal_id for one in activities}:
        found.append("Pod każdym celem powinno być choć jedno działanie.")
    if alone:
        named = ", ".join(sorted(one.serial for one in alone))
        found.append(f"Wykonawca nie należy już do zespołu, wybierz innego: działania {named}.")
    if waiting:
        found.append("Nie na każdą propozycję członków zespołu jest odpowiedź.")
    if other := overlapping(plan):
        found.append(f"Przyjęty już plan na {other.span} zachodzi na ten okres.")
    return found


def overlapping(plan: ActionPlan) -> ActionPlan | None:
    """Another adopted plan of the team for some of the same days."""
    others = ActionPlan.objects.adopted().filter(team=plan.team_id).exclude(series=plan.series)
    same = others.filter(from_on__lte=plan.until_on, until_on__gte=plan.from_on)
    return same.order_by("from_on", "pk").first()


def require_complete(plan: ActionPlan, to: PlanState, by: Actor) -> None:
    """It may go on, and lacks nothing."""
    require_may(plan, to, by)
    if missing := lacks(plan, by.today):
        raise Problem(
            "Planu nie można jeszcze przyjąć",
            " ".join(missing),
            clause=_CLAUSE,
            kept=NOTHING_SAVED,
            at=plan,
        )


@transaction.atomic
def present(*, by: Actor, plan_id: UUID, version: int, meeting_id: UUID) -> ActionPlan:
    """Put a draft on the agenda of a meeting; until the team decides nobody changes it."""
    plan = locked(by, plan_id)
    require_complete(plan, PlanState.PROPOSED, by)
    if plan.version != version:
        raise StaleForm(plan)
    meeting = meetings_for(plan).filter(pk=meeting_id).first()
    if meeting is None:
        raise ValidationError({"meeting_id": "Tego spotkania nie można już wybrać."})
    item = awaiting.standing(MATTER, plan.pk).filter(meeting=meeting, outcome="").first()
    if item is None:
        values = _line_of(plan)
        item = agenda.add_item(by=by, meeting_id=meeting.pk, key=uuid7(), values=values)
    move(plan, PlanState.PROPOSED, by=by, on=by.today, item=item)
    return plan


def _line_of(plan: ActionPlan) -> dict[str, Any]:
    of = "zmiany planu" if plan.amends_id else "planu"
    return {
        "title": f"Przyjęcie {of} działania na {plan.span}",
        "text": f"Zespół przyjmuje {'zmianę planu' if plan.amends_id else 'plan'} działania na "
        f"{plan.span} w przedstawionym brzmieniu.",
        "kind": ItemKind.DECISION,
        "subject_kind": MATTER,
        "subject": plan.pk,
    }


@transaction.atomic
def take_back(*, by: Actor, plan_id: UUID, version: int) -> ActionPlan:
    """Prepare it further; the item stays on the agenda, and it may be presented there again."""
    plan = locked(by, plan_id)
    require_taking_back(plan, by)
    if plan.version != version:
        raise StaleForm(plan)
    move(plan, PlanState.DRAFT, by=by, on=by.today)
    return plan


def require_taking_back(plan: ActionPlan, by: Actor) -> None:
    """The team has neither decided on it nor begun to vote by e-mail."""
    require_may(plan, PlanState.DRAFT, by)
    item = standing(plan)
    if item is None:
        return
    meeting = item.meeting
    is_voiced = meeting.mode == MeetingMode.EMAIL and Decision.objects.filter(item=item).exists()
    if item.outcome == Outcome.DECIDED or (is_voiced and meeting.state == MeetingState.CONVENED):
        said = RIGHTED if item.outcome else "Instytucje głosują już nad nim w turze e-mailowej."
        raise Problem(
            "Planu nie można teraz wycofać do przygotowania",
            said,
            clause=_CLAUSE,
            kept=NOTHING_SAVED,
            at=meeting,
            action="Otwórz spotkanie",
        )
