"""Undertakings behind the activities of plans, with their progress through versions and plans (REG §2.10)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from tenants.dialogue.workflow import UNDERTAKING, UndertakingState
from tenants.teams.content import ContentField
from tenants.teams.models import Team

_ENDED = [UndertakingState.DONE, UndertakingState.GIVEN_UP]


class Undertaking(TenantModel):
    """One thing that a team undertook; every version of a plan that has it names the same."""

    WORKFLOW = UNDERTAKING

    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=UndertakingState.choices, default=UndertakingState.NOT_BEGUN
    )
    ended_on = models.DateField("zakończono", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended_on__isnull=False)
                | ~Q(state__in=_ENDED) & Q(ended_on__isnull=True),
                name="undertaking_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Działanie z planu ({self.get_state_display()})"

    @property
    def has_ended(self) -> bool:
        return self.state in _ENDED


class ProgressNote(TenantModel):
    """How far an activity was on a day; what was noted stays."""

    APPEND_ONLY = True

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="progress")
    on = models.DateField("stan na dzień")
    state = models.CharField(max_length=9, choices=UndertakingState.choices)
    value = models.PositiveIntegerField("wartość wskaźnika", null=True)
    text = ContentField("opis", default="")
    who = ContentField("kto zapisał")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, stan na {self.on}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.undertaking.team
