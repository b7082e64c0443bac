"""Risks, irregularities and threats that members report to each other (REG §7.2)."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.models import TenantModel
from kooperacja.writes import insert_once
from tenants.dialogue.workflow import RISK, RiskState
from tenants.people.models import Organisation, Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Team


class RiskKind(models.TextChoices):
    """The three things of which the regulation wants members to tell each other."""

    RISK = "RISK", "ryzyko"
    IRREGULARITY = "IRREGULARITY", "nieprawidłowość"
    THREAT = "THREAT", "zagrożenie"


# "Zajmij się …"
INSTRUMENTAL = {
    RiskKind.RISK: "ryzykiem",
    RiskKind.IRREGULARITY: "nieprawidłowością",
    RiskKind.THREAT: "zagrożeniem",
}


class Urgency(models.TextChoices):
    """How soon something must be done."""

    NOW = "NOW", "trzeba działać od razu"
    SOON = "SOON", "trzeba działać w najbliższych dniach"
    MEETING = "MEETING", "może poczekać do najbliższego spotkania"


class RiskQuerySet(models.QuerySet["Risk"]):
    """Risks of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Those of the teams whose content the person may read (tenants.teams.perms.read)."""
        return self.filter(team__in=teams.readable(person))

    def open_on(self, day: date) -> Self:
        """Those reported until a day and not closed or withdrawn by then."""
        ended = Q(ended_on__lte=day)
        return self.filter(reported_at__date__lte=day).exclude(ended)


class Risk(TenantModel):
    """A risk, an irregularity or a threat; without an institution the Lider reported it."""

    PAGE, LIST_PAGE = "dialogue:risk", "dialogue:risks"
    WORKFLOW = RISK
    INSTITUTION = "organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="risks")
    # Its place in the team's series of the year.
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField("numer")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=12, choices=RiskKind.choices)
    urgency = models.CharField("pilność", max_length=7, choices=Urgency.choices)
    text = ContentField("co się dzieje albo czym grozi")
    concerns = ContentField("kogo albo czego dotyczy")
    done = ContentField("co już zrobiono", default="")
    state = models.CharField(max_length=9, choices=RiskState.choices, default=RiskState.OPEN)
    reported_at = models.DateTimeField("zgłoszono", default=timezone.now)
    # The message to every member was ready to be sent; before that a worker still writes some.
    queued_at = models.DateTimeField(null=True)
    ended_on = models.DateField("zakończono", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "year", "number"], name="risk_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "HANDLED"], ended_on__isnull=True)
                | Q(state__in=["CLOSED", "WITHDRAWN"], ended_on__isnull=False),
                name="risk_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        # No text: the journal keeps this.
        return f"{self.get_kind_display().capitalize()} nr {self.serial}"

    @property
    def serial(self) -> str:
        """Its number in the series of its team and year, 3/2026."""
        return f"{self.number}/{self.year}"

    @property
    def instrumental(self) -> str:
        return f"{INSTRUMENTAL[RiskKind(self.kind)]} nr {self.serial}"

    @property
    def reporter(self) -> str:
        """The institution that reported it, or the Lider."""
        return str(self.organisation) if self.organisation_id else "Lider"

    @property
    def is_open(self) -> bool:
        """Something may still be done about it."""
        return self.state in RISK.open

    def add_step(self, *, by: Actor, on: date, why: str) -> "RiskStep":
        """Write the step that brought it into its state."""
        return write_step(self, self.state, by, why)


class StepKind(models.TextChoices):
    """Steps of a risk: its states, and what happened in between."""

    OPEN = "OPEN", "Zgłoszono"
    HANDLED = "HANDLED", "Podjęto działania"
    CLOSED = "CLOSED", "Zamknięto"
    WITHDRAWN = "WITHDRAWN", "Wycofano"
    ADDED = "ADDED", "Dopisano, co zrobiono"
    AGENDA = "AGENDA", "Dodano do porządku obrad"
    MEETING = "MEETING", "Omówiono na spotkaniu"


class RiskStep(TenantModel):
    """One step of a risk: who took it, when and why."""

    APPEND_ONLY = True
    INSTITUTION = "risk__organisation"

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=StepKind.choices)
    who = ContentField("kto")
    text = ContentField("treść", default="")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.risk}: {self.get_kind_display()}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.risk.team


def write_step(
    risk: Risk, kind: str, by: Actor, text: str = "", *, key: UUID | None = None
) -> RiskStep:
    """Write a step, by the name under which the unit knows who took it."""
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    who = person.full_name if person else by.name
    more = {"id": key} if key else {}
    step = RiskStep(risk=risk, kind=kind, who=who, text=text, **more)
    insert_once(step)
    return step
