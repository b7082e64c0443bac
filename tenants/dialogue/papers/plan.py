"""The action plan on paper (REG §2.10)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.drawing import drawn
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import by_subject
from kooperacja.ui.polish import pl_date
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.perms import plan as perms
from tenants.partnership.models import Partnership
from tenants.partnership.papers import DAY, LEAD, lead_of

PLAN_SCAN = "PLAN_SCAN"  # the paper of a plan that was agreed on outside the platform
_ACTIVITY = {
    "number": "1.1",
    "text": "Warsztaty dla opiekunów osób starszych",
    "owner": "Szkoła Przykładowa",
    "partners": "Biblioteka Przykładowa",
    "term": "od 1 marca 2026 r. do 31 maja 2026 r.",
    "resources": "sala i dwoje prowadzących",
    "cost": "2 000 zł, Gmina Przykładowa",
    "indicator": "liczba uczestników: 30 osób",
}

ACTION_PLAN = Paper(
    order=73,
    kind="ACTION_PLAN",
    name="Plan działania",
    title="Plan działania {{ plan.team }} na {{ plan.span }}",
    short="Plan działania{% if not plan.adopted_on %} – projekt{% endif %}",
    may_read=by_subject(ActionPlan.objects.select_related("team"), perms.see_plan),
    is_wide=True,
    example={
        "lead": LEAD,
        "plan": {
            "team": "Partnerskiego Zespołu Kooperacyjnego",
            "span": "2026 rok",
            "number": "1",
            "adopted_on": DAY,
            "adopted_at": "Spotkanie nr 3/2026",
            "in_force_from": DAY,
            "about": "Plan opiera się na rozmowach z instytucjami.",
        },
        "goals": [
            {
                "number": "1",
                "title": "Więcej wsparcia dla opiekunów",
                "text": "Opis celu.",
            }
        ],
        "activities": [_ACTIVITY],
    },
    parts=(
        p.Title("Plan działania", "{{ plan.team }} na {{ plan.span }}"),
        p.Centred(
            "{% if plan.adopted_on %}przyjęty {{ plan.adopted_on }}"
            "{% if plan.adopted_at %} ({{ plan.adopted_at }}){% endif %}, wersja {{ plan.number }}, "
            "obowiązuje od {{ plan.in_force_from }}{% else %}projekt{% endif %}"
        ),
        p.Cases(p.Case("plan.about", p.Prose("plan.about"))),
        p.Each(
            "goal in goals",
            p.Heading("Cel {{ goal.number }}. {{ goal.title }}"),
            p.Cases(p.Case("goal.text", p.Prose("goal.text"))),
        ),
        p.Heading("Działania"),
        p.Table(
            "one in activities",
            p.Column("Nr", "one.number", 12),
            p.Column("Co zostanie zrobione", "one.text", 64),
            p.Column("Wykonawca", "one.owner", 38),
            p.Column("Partnerzy", "one.partners", 34),
            p.Column("Termin", "one.term", 26),
            p.Column("Zasoby", "one.resources", 28),
            p.Column("Koszt i kto go ponosi", "one.cost", 22),
            p.Column("Wskaźnik", "one.indicator", 22),
            is_small=True,
        ),
        p.Signatures(p.Signature("podpis osoby reprezentującej Lidera")),
    ),
)


def printed_plan(plan: ActionPlan, content_type: str, *, by: Actor) -> bytes:
    """A plan that is not adopted: drawn now and not kept."""
    return drawn(ACTION_PLAN, plan_context(plan), content_type, by=by)


def issue_plan(*, by: Actor, plan: ActionPlan) -> None:
    """The adopted plan, frozen."""
    issue(
        by=by,
        paper=ACTION_PLAN,
        subject=plan.pk,
        title=f"Plan działania na {plan.span}",
        context=plan_context(plan),
    )


def plan_context(plan: ActionPlan) -> dict[str, Any]:
    """A plan as it is printed."""
    goals = list(plan.goals.all())
    at = plan.meeting or (plan.item and plan.item.meeting)
    return {
        "lead": lead_of(Partnership.objects.get()),
        "plan": {
            "team": plan.team.law.genitive,
            "span": plan.span,
            "number": str(plan.number or ""),
            "adopted_on": pl_date(plan.adopted_on),
            "adopted_at": str(at) if at and plan.adopted_on else "",
            "in_force_from": pl_date(plan.in_force_from),
            "about": plan.about,
        },
        "goals": [
            {"number": str(one.position), "title": one.title, "text": one.text} for one in goals
        ],
        "activities": [row for goal in goals for row in _activities(goal)],
    }


def _activities(goal: PlanGoal) -> list[dict[str, str]]:
    rows = goal.activities.select_related("organisation").prefetch_related("partners__organisation")
    return [_activity(goal, row) for row in rows]


def _activity(goal: PlanGoal, row: PlanActivity) -> dict[str, str]:
    return {
        "number": row.serial,
        "text": row.text,
        "owner": row.owner,
        "partners": row.partner_names,
        "term": f"{pl_date(row.from_on)} – {pl_date(row.until_on)}",
        "resources": row.resources,
        "cost": row.cost_said,
        "indicator": row.measure,
    }
