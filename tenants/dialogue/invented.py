"""Invented disputes, notes, contacts and plans of a demo's team."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.documents import parts as p
from kooperacja.documents.drawing import pdf_of
from kooperacja.documents.papers import Paper
from tenants.dialogue.actions import contacts, disputes, notes
from tenants.dialogue.actions import plan as plans
from tenants.dialogue.actions import plan_activities as activities
from tenants.dialogue.actions import plan_adopting as adopting
from tenants.dialogue.actions import plan_copying as copying
from tenants.dialogue.actions import plan_progress as progress
from tenants.dialogue.actions import plan_proposals as proposing
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.disputes import StepKind
from tenants.dialogue.models.notes import Note
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.rules import following
from tenants.people.models import RoleAssignment
from tenants.people.perms import VOICES
from tenants.teams.models import Seat, Team
from tenants.teams.sides import LEAD, code_of

_ROOM: dict[str, Any] = {
    "subject": "Kto korzysta z sali w poniedziałki",
    "text": "Dwie instytucje prowadzą zajęcia w tej samej sali o tej samej godzinie (pokaz).",
    "is_about_families": False,
}
_LEAFLET: dict[str, Any] = {
    "subject": "Koszt druku wspólnej ulotki",
    "text": "Ustalenia nie mówią, kto płaci za drugi nakład (pokaz).",
    "is_about_families": False,
}


def actor_of(role: RoleAssignment) -> Actor:
    """A person of the unit, as the one who acts."""
    name = role.person.full_name
    return Actor(None, name, role=role.role, via=Via.TASK, person_id=role.person_id)


def disputes_of(lead: Actor, team: Team) -> None:
    """One of two institutions for which somebody speaks, one of such an institution and the Lider."""
    held = RoleAssignment.objects.on(lead.today).filter(role__in=VOICES)
    seats = Seat.objects.on(lead.today).filter(team=team)
    voices = held.filter(organisation__in=seats.values("organisation")).select_related("person")
    by_institution = {row.organisation_id: row for row in voices.order_by("-pk")}
    if len(by_institution) < 2:
        return
    *_, other, one = by_institution.values()
    room = disputes.report_dispute(
        by=actor_of(one),
        team_id=team.pk,
        key=uuid7(),
        of=code_of(one.organisation_id),
        against=[code_of(other.organisation_id)],
        **_ROOM,
    )
    disputes.take_on(by=lead, dispute_id=room.pk, version=room.version)
    disputes.add_dispute_step(
        by=lead,
        dispute_id=room.pk,
        key=uuid7(),
        kind=StepKind.TALK,
        day=lead.today - timedelta(days=1),
        text="Rozmowa z obiema stronami: każda może zacząć o innej godzinie.",
    )
    disputes.report_dispute(
        by=actor_of(one),
        team_id=team.pk,
        key=uuid7(),
        of=code_of(one.organisation_id),
        against=[LEAD],
        **_LEAFLET,
    )


_CONTACTS = (
    ("PHONE", 9, "Dyżurna informacji kolejowej (pokaz)", "Rozkład jazdy na czas ferii"),
    ("EMAIL", 6, "Sekretariat szkoły (pokaz)", "Godziny otwarcia sali"),
    ("DIRECT", 4, "Sołtys (pokaz)", "Miejsce na letni piknik"),
)


def talks_of(team: Team, lead: RoleAssignment, voice: RoleAssignment) -> None:
    """Contacts, two signed notes with what was arranged, and a draft."""
    for channel, days, whom, subject in _CONTACTS:
        values = {
            "held_on": actor_of(voice).today - timedelta(days=days),
            "channel": channel,
            "with_whom": whom,
            "subject": subject,
            "summary": "Krótka rozmowa, nic do ustalenia.",
        }
        of = code_of(voice.organisation_id)
        contacts.log(by=actor_of(voice), team_id=team.pk, key=uuid7(), of=of, values=values)
    first = _note(team, lead, "Druga sala na dyżury", "Ustalić z zarządcą godziny dyżurów")
    second = _note(team, voice, "Wspólna lista usług", "Przysłać wykaz zajęć popołudniowych")
    for role, note in ((lead, first), (voice, second)):
        notes.sign(by=actor_of(role), note_id=note.pk, version=note.version)
    _note(team, voice, "Dojazd na zajęcia", "")


def _note(team: Team, role: RoleAssignment, subject: str, task: str) -> Note:
    by = actor_of(role)
    seats = Seat.objects.on(by.today).filter(team=team).exclude(person=None).in_order()
    own = [seat.pk for seat in seats if seat.organisation_id == role.organisation_id]
    seated = [*own[:1], *(seat.pk for seat in seats if seat.pk not in own)][:2]
    due_on = by.today + timedelta(days=21)
    said = notes.Said(
        {
            "held_on": by.today - timedelta(days=3),
            "channel": "PHONE",
            "subject": subject,
            "others": "Zofia Zmyślona, zarządca budynku (pokaz)",
            "content": "Rozmowa o tym, jak podzielić pracę między instytucje (pokaz).",
            "effect": "Mieszkańcy szybciej trafią do właściwej instytucji.",
        },
        seated,
        [notes.Task(task, seated[0], due_on)] if task and seated else [],
    )
    of = code_of(role.organisation_id)
    return notes.begin(by=by, team_id=team.pk, key=uuid7(), of=of, said=said)


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of an invented activity: its state, on a day, and what was noted."""

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
