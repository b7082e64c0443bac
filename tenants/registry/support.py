"""Advisers of the ROPS: the region's list, and the units to which it proposes them (POR support)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import SharedModel, in_order_if_known
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.problems import NOTHING_DONE, Problem
from tenants.registry.workflow import ADVISER, AdviserState


class AdviserQuerySet(models.QuerySet["Adviser"]):
    """Advisers of the ROPS."""

    def on(self, day: date) -> "AdviserQuerySet":
        """Those whose term holds on a day."""
        runs = Q(until=None) | Q(until__gte=day)
        return self.filter(runs, from_on__lte=day, ended_on=None)

    def in_order(self) -> "AdviserQuerySet":
        """By name, as a Polish dictionary has it."""
        return self.order_by(polish_order("full_name"), "pk")


class Adviser(SharedModel):
    """A person by whom the ROPS supports units in their agreements (POR support)."""

    full_name = models.CharField("imię i nazwisko", max_length=200)
    function = models.CharField("funkcja", max_length=120)
    email = models.EmailField("służbowy adres e-mail")
    phone = models.CharField("telefon", max_length=40, blank=True)
    from_on = models.DateField("wspiera od")
    until = models.DateField("wspiera do (ostatni dzień)", null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = AdviserQuerySet.as_manager()

    class Meta:
        ordering = ["full_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(ended_on=None), name="adviser_once"
            ),
            in_order_if_known("from_on", "until", name="adviser_from_before_until"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by="", end_reason="")
                | Q(ended_on__isnull=False) & ~Q(ended_by="") & ~Q(end_reason=""),
                name="adviser_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.function}"

    def holds_on(self, day: date) -> bool:
        """The ROPS lets this person support units on a day."""
        return self.from_on <= day and self.ended_on is None and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """The last day of the term has passed on a day."""
        return self.until is not None and self.until < day

    @property
    def term(self) -> str:
        """Since when and until when, in words."""
        until = f" do {pl_date(self.until)}" if self.until else ", bezterminowo"
        return f"od {pl_date(self.from_on)}{until}"


class AdviserProposal(SharedModel):
    """An adviser whom the region proposes to a unit, which lets them in or not."""

    WORKFLOW = ADVISER
    LIVE = (AdviserState.PROPOSED, AdviserState.CONFIRMED)

    adviser = models.ForeignKey(Adviser, on_delete=models.PROTECT, related_name="proposals")
    tenant = models.ForeignKey(
        "registry.Tenant", on_delete=models.PROTECT, related_name="adviser_proposals"
    )
    state = models.CharField(
        max_length=9, choices=AdviserState.choices, default=AdviserState.PROPOSED
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.CharField(max_length=200)
    # Who hears of the answer; none: no account proposed it.
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    # A row of the tenant, hence no foreign key: the role that the unit gave.
    assignment_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["adviser", "tenant"],
                condition=Q(state__in=sorted(ADVISER.open)),
                name="adviser_proposal_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=AdviserState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=AdviserState.PROPOSED) & Q(decided_at__isnull=False)),
                name="adviser_proposal_decided",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[AdviserState.CONFIRMED, AdviserState.ENDED],
                    assignment_id__isnull=False,
                )
                | Q(
                    state__in=[
                        AdviserState.PROPOSED,
                        AdviserState.REFUSED,
                        AdviserState.WITHDRAWN,
                    ],
                    assignment_id__isnull=True,
                ),
                name="adviser_proposal_role_when_let_in",
            ),
            models.CheckConstraint(
                condition=Q(state=AdviserState.ENDED, ended_at__isnull=False)
                & ~Q(ended_by="")
                & ~Q(end_reason="")
                | ~Q(state=AdviserState.ENDED)
                & Q(ended_at__isnull=True, ended_by="", end_reason=""),
                name="adviser_proposal_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AdviserState.REFUSED, AdviserState.WITHDRAWN])
                | ~Q(reason=""),
                name="adviser_proposal_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.adviser)

    @property
    def is_waiting(self) -> bool:
        return self.state == AdviserState.PROPOSED

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    def not_now(self, to: str, by: object) -> Problem:
        return Problem(
            "Tego nie można teraz zrobić",
            f"{self}: {self.get_state_display()}.",
            kept=NOTHING_DONE,
        )

    def require_state(self, *states: str) -> None:
        """Raise what is said where it is in another state."""
        if self.state not in states:
            raise self.not_now(states[0], None)
