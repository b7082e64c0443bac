"""Invented action plans of three years."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.drawing import pdf_of
from kooperacja.documents.papers import Paper
from tenants.dialogue.actions import plan as plans
from tenants.dialogue.actions import plan_activities as activities
from tenants.dialogue.actions import plan_adopting as adopting
from tenants.dialogue.actions import plan_copying as copying
from tenants.dialogue.actions import plan_progress as progress
from tenants.dialogue.actions import plan_proposals as proposing
from tenants.dialogue.invented.actors import actor_of
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.rules import following
from tenants.people.models import RoleAssignment
from tenants.teams.models import Team
from tenants.teams.sides import code_of


@dataclass(frozen=True, slots=True)
class _Done:
    """The end or progress of an invented activity, its day, and what was noted."""

    state: str
    on: date
    text: str
    value: int | None = None


# Of a goal: its title, and of each activity what, indicator, target, unit.
_CARERS = "Więcej wsparcia dla opiekunów osób starszych"
_CHILDREN = "Dzieci i młodzież mają dokąd pójść po południu"
_KNOWING = "Instytucje szybciej dowiadują się o sobie nawzajem"
_WORKSHOPS = ("Warsztaty dla opiekunów osób starszych", "liczba uczestników", 30, "osób")
_GUIDE = ("Wspólny informator o pomocy dla opiekunów", "nakład informatora", 500, "sztuk")
_CLUB = ("Klub popołudniowy w dwóch miejscowościach", "liczba spotkań klubu", 60, "spotkań")
_DUTIES = ("Spis dyżurów wszystkich instytucji i osób do kontaktu", "", None, "")
_TRAINING = ("Szkolenie o pierwszej pomocy psychologicznej", "liczba przeszkolonych", 20, "osób")
_PROPOSED: dict[str, Any] = {
    "text": "Dyżur prawnika raz w miesiącu w bibliotece (pokaz)",
    "why": "O taką pomoc pytają mieszkańcy na naszych dyżurach.",
    "partners_text": "",
    "resources": "Sala w bibliotece, jeden dzień w miesiącu.",
    "until_on": None,
}
_SCAN = Paper(
    kind="DEMO_PLAN_SCAN",
    name="Protokół uzgodnienia planu",
    title="Protokół uzgodnienia planu",
    short="Protokół uzgodnienia planu",
    example={},
    parts=(
        p.Title("Protokół uzgodnienia planu działania"),
        p.Text(
            "Ten plik zastępuje w pokazowym województwie skan protokołu, którym zespół uzgodnił "
            "plan działania. Wszystkie dane są zmyślone."
        ),
    ),
)


def plans_of(lead: Actor, team: Team, voice: RoleAssignment | None) -> None:
    """Last year's plan, the one in force with a late activity, and a draft with a proposal."""
    year, owner = lead.today.year, voice and voice.organisation_id
    last = _begun(lead, team, year - 1)
    _goal(lead, last, _CARERS, [(_WORKSHOPS, owner, 180), (_GUIDE, None, 300)])
    _goal(lead, last, _CHILDREN, [(_CLUB, owner, 364)])
    _adopted(lead, last)
    first = last.from_on
    _noted(lead, last, _WORKSHOPS, _Done("DONE", first + timedelta(170), "Trzy spotkania.", 34))
    _noted(lead, last, _GUIDE, _Done("DONE", first + timedelta(330), "Druk się opóźnił.", 500))
    _noted(lead, last, _CLUB, _Done("UNDER_WAY", first + timedelta(250), "Działa jeden.", 24))
    now = _next(lead, last)
    late = max((lead.today - now.from_on).days - 20, 0)
    _goal(lead, now, _KNOWING, [(_DUTIES, None, late), (_TRAINING, owner, 364)])
    _adopted(lead, now)
    _noted(lead, now, _DUTIES, _Done("UNDER_WAY", lead.today, "Brakuje dwóch instytucji."))
    _noted(lead, now, _CLUB, _Done("UNDER_WAY", lead.today, "Działają oba kluby.", 48))
    draft = _next(lead, now)
    if voice:
        of = code_of(voice.organisation_id)
        proposing.propose_activity(
            by=actor_of(voice), plan_id=draft.pk, key=uuid7(), of=of, values=dict(_PROPOSED)
        )


def _begun(lead: Actor, team: Team, year: int) -> ActionPlan:
    values = {
        "from_on": date(year, 1, 1),
        "until_on": date(year, 12, 31),
        "about": "Plan wynika z rozmów z instytucjami i z tego, o co pytają mieszkańcy (pokaz).",
    }
    return plans.begin_plan(by=lead, team_id=team.pk, key=uuid7(), values=values)


def _next(lead: Actor, plan: ActionPlan) -> ActionPlan:
    period = following(plan.period)
    return copying.begin_next(
        by=lead, plan_id=plan.pk, key=uuid7(), from_on=period.first, until_on=period.last
    )


def _goal(lead: Actor, plan: ActionPlan, title: str, rows: list[Any]) -> None:
    values = {"title": title, "text": ""}
    goal = plans.add_goal(by=lead, plan_id=plan.pk, key=uuid7(), values=values)
    for (text, indicator, target, unit), owner, days in rows:
        activities.add_activity(
            by=lead,
            plan_id=plan.pk,
            key=uuid7(),
            partners=[],
            values={
                "goal_id": goal.pk,
                "text": text,
                "organisation_id": owner,
                "partners_text": "Koło Gospodyń Pokazowych" if owner else "",
                "from_on": plan.from_on,
                "until_on": plan.from_on + timedelta(days=days),
                "resources": "sala i dwie osoby prowadzące" if owner else "",
                "cost_bearer": "gmina",
                "cost": 2400 if owner else 800,
                "indicator": indicator,
                "target": target,
                "unit": unit,
            },
        )


def _adopted(lead: Actor, plan: ActionPlan) -> None:
    """Agreed on outside the platform, two weeks after its first day."""
    plan.refresh_from_db()
    adopting.enter_adopted(
        by=lead,
        plan_id=plan.pk,
        version=plan.version,
        adopted_on=min(plan.from_on + timedelta(days=14), lead.today),
        meeting=None,
        upload=SimpleUploadedFile("Protokół uzgodnienia planu.pdf", pdf_of(_SCAN, {})),
    )


def _noted(lead: Actor, plan: ActionPlan, what: tuple[Any, ...], done: _Done) -> None:
    rows = PlanActivity.objects.filter(goal__plan=plan).select_related("goal__plan", "undertaking")
    row = next(one for one in rows.order_by("pk") if one.text == what[0])
    progress.note_progress(
        by=lead,
        activity_id=row.pk,
        key=uuid7(),
        version=row.undertaking.version,
        values={"state": done.state, "on": done.on, "value": done.value, "text": done.text},
    )
