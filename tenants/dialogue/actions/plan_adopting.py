"""An action plan comes before the team, which agrees on it or not (REG §2.10)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import store_upload
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.notifications.base import send
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import StaleForm, next_in
from tenants.dialogue.actions.plan import locked
from tenants.dialogue.actions.plan_presenting import overlapping, require_complete
from tenants.dialogue.members import accounts_of
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.notifications import PlanAdopted
from tenants.dialogue.papers.plan import PLAN_SCAN, issue_plan
from tenants.dialogue.rules import in_force_from
from tenants.dialogue.workflow import PlanState
from tenants.meetings.models.decisions import Decision
from tenants.meetings.models.meetings import AgendaItem, Meeting, MeetingMode, Outcome
from tenants.meetings.voices import Result
from tenants.people.actions.invitations import publish_figures

_CLAUSE = "§ 2 ust. 10 regulaminu"


def heard(item: AgendaItem, by: Actor) -> None:
    """Refuse a decision on a plan that is not before the team; what was circulated is counted."""
    plan = _plan_of(item)
    if plan is None or not _is_agreed(item) or item.meeting.mode == MeetingMode.EMAIL:
        return
    if plan.state != PlanState.PROPOSED:
        raise Problem(
            "Nad tym planem zespół nie może teraz decydować",
            f"Stan planu: {plan.get_state_display()}. Przedstaw go zespołowi na nowo albo zapisz "
            "inny wynik tego punktu.",
            clause=_CLAUSE,
            kept=NOTHING_SAVED,
            at=plan,
            action="Otwórz plan",
        )
    require_free_period(plan)


def require_free_period(plan: ActionPlan) -> None:
    if other := overlapping(plan):
        raise Problem(
            "Na część tego okresu zespół ma już przyjęty plan",
            f"{other}. Zapisz, że punkt wycofano, i zmień okres jednego z planów.",
            clause=_CLAUSE,
            kept=NOTHING_SAVED,
            at=plan,
            action="Otwórz plan",
        )


def settled(item: AgendaItem, by: Actor) -> None:
    """Adopt the plan on which a closed meeting agreed; without that it is prepared further.

    What was put off stays before the team: the next meeting decides.
    """
    plan = _plan_of(item)
    if plan is None or plan.state != PlanState.PROPOSED or not _goes_on(item, plan.item_id):
        return
    if _is_agreed(item):
        require_free_period(plan)
        on = item.meeting.decided_on(by.today)
        _adopt(by, plan, PlanState.ADOPTED, on=on, item=item)
    elif item.outcome == Outcome.POSTPONED:
        plan.item = item
        plan.save(update_fields=["item"])
    else:
        why = f"nie uzgodniono: {item.meeting}"
        move(plan, PlanState.DRAFT, by=by, on=by.today, why=why, item=item)


def _plan_of(item: AgendaItem) -> ActionPlan | None:
    """The plan, locked, that an item of its own team is about."""
    assert item.subject is not None  # an item of this kind is about something
    rows = ActionPlan.objects.select_related("team").select_for_update(of=("self",))
    return rows.filter(pk=item.subject, team=item.meeting.team_id).first()


def _is_agreed(item: AgendaItem) -> bool:
    """It was decided, and where voices were given they were for it."""
    decision = Decision.objects.filter(item=item).first()
    is_for = decision is None or decision.result == Result.PASSED
    return item.outcome == Outcome.DECIDED and is_for


def _goes_on(item: AgendaItem, first: UUID | None) -> bool:
    """It is the item by which a plan was presented, or one that goes on with it."""
    step: AgendaItem | None = item
    while step is not None:
        if step.pk == first:
            return True
        step = step.carries
    return False


@work_first
def enter_adopted(
    *,
    by: Actor,
    plan_id: UUID,
    version: int,
    adopted_on: date,
    meeting: UUID | None,
    upload: Any = None,
    guard_reason: str = "",
) -> ActionPlan:
    """Enter that the team agreed on it outside the platform, with its paper or its meeting."""
    plan = locked(by, plan_id)
    require_complete(plan, PlanState.ADOPTED, by)
    if plan.version != version:
        raise StaleForm(plan)
    held = _held_on(plan, meeting, adopted_on) if meeting else None
    if adopted_on > by.today:
        raise ValidationError({"adopted_on": "Ten dzień jeszcze nie minął."})
    before = plan.amends
    if before and before.adopted_on and adopted_on < before.adopted_on:
        raise ValidationError({"adopted_on": "Poprzednią wersję przyjęto później."})
    if not (held or upload):
        raise ValidationError({"file": "Dołącz protokół albo skan planu, albo wybierz spotkanie."})
    scan = store_upload(by=by, upload=upload, kind=PLAN_SCAN) if upload else None
    _adopt(by, plan, PlanState.ADOPTED, on=adopted_on, meeting=held, scan=scan)
    keep_reason(by, plan, guard_reason)
    return plan


def held_meetings(plan: ActionPlan) -> "QuerySet[Meeting]":
    """Meetings of its team that took place."""
    rows = Meeting.objects.took_place().filter(team=plan.team_id)
    return rows.select_related("team").order_by("-starts_at", "-pk")


def _held_on(plan: ActionPlan, meeting_id: UUID, day: date) -> Meeting:
    meeting = held_meetings(plan).filter(pk=meeting_id).first()
    if meeting is None:
        raise ValidationError({"meeting": "Tego spotkania nie można wybrać."})
    if not meeting.day <= day <= meeting.last_day:
        raise ValidationError({"adopted_on": "To spotkanie odbyło się innego dnia."})
    return meeting


def _adopt(by: Actor, plan: ActionPlan, to: PlanState, *, on: date, **values: Any) -> None:
    """Let it be in force from its first day, or from that of its adoption; it is frozen."""
    begins = in_force_from(plan.from_on, on)
    if before := plan.amends:
        assert before.in_force_from is not None  # an adopted version has it
        begins = max(begins, before.in_force_from)
        move(before, PlanState.REPLACED, by=by, on=on, ended_on=begins)
    of_series = ActionPlan.objects.filter(series=plan.series)
    entry = move(
        plan,
        to,
        by=by,
        on=on,
        number=next_in(of_series),
        adopted_on=on,
        in_force_from=begins,
        **values,
    )
    issue_plan(by=by, plan=plan)
    message = PlanAdopted(plan.pk, what=plan.span, team=plan.team.law.genitive)
    send(message, to=accounts_of(plan.team, by.today), dedupe=f"plan-adopted:{plan.pk}")
    publish_figures(ActionPlan, cause=entry.pk)
