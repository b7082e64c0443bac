"""Risks, answers, messages, disputes and plans that wait for somebody (REG §2.10, §6-7, §10)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.urls import reverse

from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import counted, localtime, pl_date
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.correspondence import HeldAnswer, Thread
from tenants.dialogue.models.disputes import Dispute, Mediation, Proposal, ProposalAnswer
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.risks import Risk, Urgency
from tenants.dialogue.perms import plan as plans
from tenants.dialogue.perms.correspondence import OF_AUTHOR, decide, see_threads
from tenants.dialogue.perms.disputes import report_dispute, speak_in, take_on
from tenants.dialogue.perms.risks import handle, report
from tenants.dialogue.perms.sides import sides_of
from tenants.dialogue.rules import AHEAD, uncovered_from
from tenants.dialogue.workflow import (
    DISPUTE,
    HeldState,
    PlanState,
    ProposalState,
    RiskState,
)
from tenants.meetings.perms import runs_somewhere
from tenants.people.models import Person
from tenants.people.perms import spoken_organisations, takes_part
from tenants.people.today import Waiting
from tenants.teams.models import Team
from tenants.teams.perms import readable
from tenants.teams.sides import teams_of

_SHOWN = 50


def risks_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Risks that nobody has taken up yet, the most urgent first; their text stays behind their page.

    What must be done at once has its day: else it would stand below all that has a later one.
    """
    if not runs_somewhere(person):
        return
    rows = Risk.objects.filter(state=RiskState.OPEN).select_related("team", "organisation")
    rows = rows.defer("text", "concerns", "done").order_by("reported_at", "pk")[:_SHOWN]
    for risk in sorted(rows, key=lambda one: Urgency.values.index(one.urgency)):
        if handle(person, risk):
            since = localtime(risk.reported_at).date()
            due = since if risk.urgency == Urgency.NOW else None
            yield Waiting(
                f"Zajmij się {risk.instrumental}",
                risk.url,
                report.clause,
                f"Zgłasza {risk.reporter}: {risk.get_urgency_display()}.",
                since=since,
                due=due,
                is_overdue=due is not None and due < day,
                matter="Zgłoszone ryzyko albo zagrożenie",
                about=risk.pk,
            )


def answers_held(person: Person, day: date) -> Iterator[Waiting]:
    """Answers by mail about which somebody must decide; their text stays behind their page."""
    if not takes_part(person):
        return
    rows = HeldAnswer.objects.filter(state=HeldState.WAITING).select_related("thread__team", "seat")
    rows = rows.defer("sender", "text", "refused", "thread__subject")
    if not runs_somewhere(person):
        rows = rows.filter(seat__person__in=person.entries, reason__in=OF_AUTHOR)
    for held in rows.order_by("received_at", "pk")[:_SHOWN]:
        if decide(person, held):
            of = "swojej odpowiedzi" if held.seat.person_id in person.entries else "odpowiedzi"
            yield Waiting(
                f"Zdecyduj o {of}, która przyszła e-mailem ({held.thread})",
                held.url,
                decide.clause,
                f"Nie poszła od razu, bo {held.get_reason_display()}.",
                since=localtime(held.received_at).date(),
                matter="Odpowiedź e-mailem, która czeka na decyzję",
                about=held.pk,
            )


def messages_unread(person: Person, day: date) -> Iterator[Waiting]:
    """Threads in which something new is said; whoever has no seat is not asked to read."""
    if not takes_part(person) or not (mine := _seated_in(person)):
        return
    rows = Thread.objects.filter(team__in=mine).with_reading(person).unread().defer("subject")
    for thread in rows.order_by("last_at", "pk")[:_SHOWN]:
        yield Waiting(
            f"Przeczytaj nowe wiadomości ({thread})",
            thread.url,
            see_threads.clause,
            since=localtime(thread.last_at).date(),
            matter="Nowe wiadomości do członków zespołu",
            about=thread.pk,
        )


def _seated_in(person: Person) -> set[UUID]:
    """Open teams in which the person has a seat."""
    return teams_of(person) & {one.pk for one in readable(person) if not one.law.is_closed}


def disputes_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Disputes to take on, to find a mediator for, to answer in."""
    if not (runs_somewhere(person) or spoken_organisations(person)):
        return
    answers = ProposalAnswer.objects.filter(proposal=OuterRef("pk")).values("party")
    waiting = Proposal.objects.filter(state=ProposalState.OPEN)
    waiting = waiting.annotate(answered_by=ArraySubquery(answers))
    mine = Dispute.objects.read_by(person).filter(state__in=DISPUTE.open)
    rows = (
        mine.select_related("team")
        .defer("subject", "text")
        .prefetch_related("parties", Prefetch("proposals", waiting.order_by("made_at", "pk")))
    )
    for dispute in rows.order_by("reported_at", "pk")[:_SHOWN]:
        if dispute.mediation == Mediation.NONE:
            if take_on(person, dispute):
                yield _of_dispute("Podejmij mediację", dispute, dispute.url)
            elif dispute.has_lead and speak_in(person, dispute):
                yield _of_dispute("Zaproponuj mediatora", dispute, dispute.url)
        for proposal in dispute.proposals.all():
            if _is_asked(person, dispute, proposal):
                page = reverse("dialogue:dispute_answer", args=[proposal.pk])
                yield _of_dispute("Odpowiedz na propozycję", dispute, page)


def _is_asked(person: Person, dispute: Dispute, proposal: Any) -> bool:
    """A party for which the person speaks has not answered yet."""
    left = (one for one in dispute.parties.all() if one.pk not in proposal.answered_by)
    asked = {one.organisation_id for one in left}
    return bool(asked & sides_of(person, dispute.team))


def _of_dispute(deed: str, dispute: Dispute, href: str) -> Waiting:
    return Waiting(
        f"{deed}: {dispute}",
        href,
        report_dispute.clause,
        since=localtime(dispute.reported_at).date(),
        matter="Spór, którego strona albo mediator odpowiada",
        about=dispute.pk,
    )


_PLANNING = plans.begin_plan.clause
_MOST = 200  # activities, of which the nearest days and what is late are shown
_TEXTS = ("text", "partners_text", "resources", "cost_bearer", "indicator", "unit", "goal__title")
_PROGRESS = timedelta(days=14)  # before its term an activity waits for whoever does it


def plans_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever runs a team: no plan covers today or the next weeks, or one waits for a step."""
    if not runs_somewhere(person):
        return
    teams = [one for one in readable(person) if one.holds_on(day) and plans.begin_plan(person, one)]
    written = list(ActionPlan.objects.filter(team__in=teams).waiting()) if teams else []
    for team in teams:
        own = [plan for plan in written if plan.team_id == team.pk]
        for plan in own:
            plan.team = team
        yield from _uncovered(team, own, day)
        yield from (one for plan in own for one in _steps_of(plan))


def _uncovered(team: Team, written: list[ActionPlan], day: date) -> Iterator[Waiting]:
    """No adopted plan covers the day, or none follows the one that ends soon."""
    since = uncovered_from((plan.period for plan in written if plan.is_adopted), day)
    if since > day + AHEAD:
        return
    draft = next((plan for plan in written if plan.is_open and plan.period.last >= since), None)
    over = (plan.until_on for plan in written if plan.is_adopted and plan.until_on < day)
    last = max(over, default=None)  # until which day there was one, or is
    said = "Żaden przyjęty plan nie obejmuje dzisiejszego dnia"
    if since > day:
        last = since - timedelta(days=1)
        said = f"Obecny plan obowiązuje do {pl_date(last)}"
    begin = "Dokończ plan" if draft else "Przygotuj plan"
    yield Waiting(
        f"{begin} działania {team.law.genitive}",
        draft.url if draft else _begin(team, written),
        _PLANNING,
        said,
        is_overdue=last is not None and last < day,
        due=last,
        matter="Plan działania",
    )


def _begin(team: Team, written: list[ActionPlan]) -> str:
    """From the plan that ends last where there is one; what is unfinished there is copied."""
    every = (one for one in written if one.is_adopted)
    last = max(every, key=lambda one: one.until_on, default=None)
    return last.url if last else reverse("dialogue:plan_new", args=[team.pk])


def _steps_of(plan: ActionPlan) -> Iterator[Waiting]:
    """A plan before the team whose item went from every agenda; a draft with proposals to answer."""
    if plan.state == PlanState.PROPOSED and not plan.is_placed:
        yield _of_plan(
            "Przedstaw plan działania",
            plan,
            plan.url,
            "Punktu o nim nie ma już w porządku obrad żadnego spotkania",
        )
    if plan.is_draft and plan.proposed:
        yield _of_plan(
            "Odpowiedz na propozycje do planu działania",
            plan,
            f"{plan.url}#propozycje",
            counted(plan.proposed, "propozycja", "propozycje", "propozycji"),
            since=plan.proposed_since,
        )


def _of_plan(deed: str, plan: ActionPlan, href: str, said: str, **more: Any) -> Waiting:
    words = f"{deed} na {plan.span}"
    return Waiting(words, href, _PLANNING, said, matter="Plan działania", about=plan.pk, **more)


def activities_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Activities near or past their term: one's institution's; for the Lider all late or ownerless."""
    voiced, runs = spoken_organisations(person), runs_somewhere(person)
    for row in _unfinished(person, day):
        is_late = row.until_on < day
        is_own = row.organisation_id in voiced or (row.organisation_id is None and runs)
        if runs and not row.has_owner:
            yield _without_owner(row)
            continue
        if row.until_on > day + _PROGRESS or not (is_own or is_late):
            continue
        yield Waiting(
            f"Zapisz postęp działania {row.serial} z planu {row.team.law.genitive}",
            row.url_of("progress") if is_own else row.url,
            _PLANNING,
            f"Wykonawca: {row.owner}",
            due=row.until_on,
            is_overdue=is_late,
            matter="Działanie z planu",
            about=row.pk,
        )


def _without_owner(row: PlanActivity) -> Waiting:
    return Waiting(
        f"Znajdź wykonawcę działania {row.serial} z planu {row.team.law.genitive}",
        row.url,
        _PLANNING,
        f"{row.owner} nie należy już do zespołu. Przygotuj zmianę planu albo zapisz, że działania "
        "zaniechano",
        due=row.until_on,
        matter="Działanie z planu",
        about=row.pk,
    )


def activity_days(person: Person, day: date) -> Iterator[Waiting]:
    """Terms of the activities of one's institution, and of all for whoever runs the team."""
    for row in _unfinished(person, day):
        if row.until_on >= day:
            yield Waiting(
                f"Mija termin: {row} z planu {row.team.law.genitive}",
                row.url,
                _PLANNING,
                due=row.until_on,
                matter="Termin działania z planu",
                about=row.pk,
            )


@fact
def _unfinished(person: Person, day: date) -> tuple[PlanActivity, ...]:
    """Unfinished activities of which the person may note progress."""
    voiced, runs = spoken_organisations(person), runs_somewhere(person)
    if not (voiced or runs):
        return ()
    rows = PlanActivity.objects.current(day).unfinished().owned(day)
    if not runs:
        rows = rows.filter(organisation__in=voiced)
    rows = rows.defer(*_TEXTS).order_by("until_on", "pk")[:_MOST]
    return tuple(row for row in rows if plans.note_progress(person, row))
