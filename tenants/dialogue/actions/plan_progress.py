"""Progress of activities is noted, and reminded of (REG §2.10)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.notifications import reminders
from kooperacja.notifications.base import Recipient
from kooperacja.notifications.reminders import Due, settle_reminders
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.undertakings import ProgressNote, Undertaking
from tenants.dialogue.notifications import AboutActivity, ActivityDue, ActivityOverdue
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.workflow import UndertakingState
from tenants.meetings.invited import runners_of
from tenants.people.actions.invitations import holders, publish_figures, recipients
from tenants.people.models import Person
from tenants.people.perms import SPEAKERS
from tenants.teams import perms as teams
from tenants.teams.actions import lock_in_team

DUE_DAYS = timedelta(days=14)  # before its term it is reminded of, once
# After its term it is told of once: a server that stood for some days tells it late.
_LATE_DAYS = timedelta(days=14)
_ENDED = (UndertakingState.DONE, UndertakingState.GIVEN_UP)
_ROWS = PlanActivity.objects.select_related("goal__plan__team", "organisation")


@transaction.atomic
def note_progress(
    *, by: Actor, activity_id: UUID, key: UUID, version: int, values: dict[str, Any]
) -> PlanActivity:
    """Say how far an activity is on a day; what was noted before stays."""
    activity: PlanActivity = lock_in_team(_ROWS, activity_id, team="goal__plan__team")
    person = Person.objects.acting(by)
    perms.note_progress.require(person, activity)
    if ProgressNote.objects.filter(pk=key).exists():
        raise AlreadySaved(activity)
    require_noting(activity, by.today)
    undertaking = Undertaking.objects.select_for_update(of=("self",)).get(
        pk=activity.undertaking_id
    )
    if undertaking.version != version:
        raise StaleForm(undertaking)
    if values["on"] > by.today:
        raise ValidationError({"on": "Podaj dzień, który już był, albo dzisiejszy."})
    _note(by, undertaking, values)
    note = ProgressNote(
        id=key, undertaking=undertaking, who=person.full_name if person else by.name, **values
    )
    insert_once(note)
    if undertaking.has_ended:
        for pk in undertaking.activities.order_by("pk").values_list("pk", flat=True):
            settle_reminders(pk)
    return activity


def _note(by: Actor, undertaking: Undertaking, values: dict[str, Any]) -> None:
    """Move it where its state is another one; else another day or number is noted."""
    to = UndertakingState(values["state"])
    if to == undertaking.state:
        undertaking.version += 1
        undertaking.save(update_fields=["version"])
        entry = record(by=by, verb="PROGRESS_NOTED", obj=undertaking)
    else:
        require_may(undertaking, to, by)
        ended_on = values["on"] if to in _ENDED else None
        entry = move(undertaking, to, by=by, on=values["on"], ended_on=ended_on)
    publish_figures(Undertaking, cause=entry.pk)


def require_noting(activity: PlanActivity, day: date) -> None:
    """It stands in an adopted plan that is in force already."""
    plan = activity.plan
    if plan.is_adopted and plan.in_force_from and plan.in_force_from <= day:
        return
    raise Problem(
        "Postępu tego działania nie można tu zapisać",
        f"Stan planu: {plan.get_state_display()}. Postęp zapisuje się w planie, który zespół "
        "przyjął i który już obowiązuje, w jego ostatniej wersji.",
        clause="§ 2 ust. 10 regulaminu",
        kept=NOTHING_SAVED,
        at=plan,
        action="Otwórz plan",
    )


def remind(*, activity_id: UUID, day: date) -> None:
    """Remind of one that is not over: once before its term and once after it."""
    reminders.remind(activity_id, lambda: _reminder(activity_id, day))


def _reminder(activity_id: UUID, day: date) -> Due | None:
    activity = _ROWS.select_for_update(of=("self",)).get(pk=activity_id)
    undertaking = Undertaking.objects.get(pk=activity.undertaking_id)
    kind: type[AboutActivity] = ActivityDue
    if activity.until_on < day:
        kind = ActivityOverdue
    is_near = day - _LATE_DAYS <= activity.until_on <= day + DUE_DAYS
    if undertaking.has_ended or not is_near:
        return None
    message = kind(
        activity.pk,
        number=activity.serial,
        team=activity.team.law.genitive,
        due_on=activity.until_on,
    )
    runs = runners_of(activity.team, SYSTEM)
    occasion = kind.code.lower().replace("_", "-")
    return Due(message, occasion=occasion, to=_owners(activity) or runs, runs=runs)


def _owners(activity: PlanActivity) -> list[Recipient]:
    """The voices of the institution that does it; none where the Lider does, or it has left."""
    if activity.organisation_id is None:
        return []
    people = holders(SYSTEM, *SPEAKERS, organisation_id=activity.organisation_id)
    return recipients(person for person in people if teams.read(person, activity.team))


def to_remind(day: date) -> list[UUID]:
    """Unfinished activities that count, near their term."""
    rows = PlanActivity.objects.current(day).unfinished()
    near = rows.filter(until_on__range=(day - _LATE_DAYS, day + DUE_DAYS))
    return list(near.order_by("until_on", "pk").values_list("pk", flat=True))
