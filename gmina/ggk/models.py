"""The GGK of a unit, its coordinators and the delegations it asked for (POR-C §2.4.2, §3)."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gmina.ggk.workflow import DELEGATION, LAPSING, OPEN, STANDING, DelegationState, EndReason
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import quoted
from tenants.people.dated import Dated
from tenants.people.models import Organisation, Person

LONGEST_REASON = 1000


class Group(Dated):
    """The GGK of this unit, resting on an agreement that its county publishes (POR-C §3.1)."""

    PAGE, LIST_PAGE = "ggk:group", "ggk:groups"

    unit = models.CharField(max_length=6)  # TERYT, as the agreement names it
    # The agreement is the county's, in another tenant or in this one of a city.
    county_id = models.UUIDField()
    county_name = models.CharField(max_length=200)
    agreement_id = models.UUIDField()
    agreement_name = models.CharField("porozumienie", max_length=300)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(Dated.Meta):
        constraints = Dated.one_open("unit", name="ggk_one_open")

    def __str__(self) -> str:
        return "Gminna Grupa Kooperacji"


class GroupCoordinator(Dated):
    """The worker of the OPS who coordinates the GGK (POR-C §3.3)."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="coordinators")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    appointed_by_name = models.CharField(max_length=200)

    class Meta(Dated.Meta):
        constraints = Dated.one_open("group", name="ggk_coordinator_one_open")

    def __str__(self) -> str:
        return f"{self.person}, koordynator GGK"


class DelegationRequest(TenantModel):
    """A request to an institution of the agreement for a person, and what became of it (POR-C §2.4.2).

    Institutions, functions and days alone leave this tenant; of families it knows nothing.
    """

    PAGE = "ggk:delegation"
    INSTITUTION = "organisation"
    WORKFLOW = DELEGATION

    group = models.ForeignKey(Group, models.PROTECT, related_name="delegations")
    # The party as its county publishes it.
    party_id = models.UUIDField()
    party_name = models.CharField("instytucja", max_length=300)
    party_number = models.CharField(max_length=14, blank=True, default="")
    function = models.CharField("funkcja", max_length=120)
    from_on = models.DateField("od kiedy potrzebna")
    answer_by = models.DateField("odpowiedź do")
    asked_on = models.DateField("poproszono")
    asked_by_name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=11, choices=DelegationState.choices, default=DelegationState.ASKED
    )
    version = models.PositiveIntegerField(default=0)
    # The answer.
    answered_on = models.DateField("odpowiedź z dnia", null=True)
    full_name = models.CharField("osoba", max_length=200, blank=True, default="")
    email = models.EmailField("adres e-mail", blank=True, default="")
    named_function = models.CharField("funkcja osoby", max_length=120, blank=True, default="")
    serves_from = models.DateField("delegowana od", null=True)
    until = models.DateField("delegowana do", null=True)  # the last day
    reason = models.CharField("powód", max_length=LONGEST_REASON, blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    accepted_on = models.DateField("przyjęto", null=True)
    # The first day on which it holds no longer; its county may say so before it says who was named.
    ends_on = models.DateField("koniec", null=True)
    end_reason = models.CharField(
        "dlaczego się kończy", max_length=16, choices=EndReason.choices, blank=True, default=""
    )

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "party_id", "function"],
                condition=Q(state__in=sorted(OPEN)),
                name="delegation_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(STANDING))
                | Q(person__isnull=False, organisation__isnull=False, answered_on__isnull=False),
                name="delegation_named_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=DelegationState.SEATED) | Q(accepted_on__isnull=False),
                name="delegation_seated_accepted",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, end_reason="")
                | Q(ends_on__isnull=False) & ~Q(end_reason=""),
                name="delegation_ends_for_a_reason",
            ),
            in_order_if_known("asked_on", "answered_on", name="delegation_asked_first"),
        ]

    def __str__(self) -> str:
        return f"Delegacja do GGK: {self.function}, {self.party_name}"

    @property
    def state_said(self) -> str:
        """Its state; of a request that lapsed with its agreement, why."""
        if self.state == DelegationState.EXPIRED and self.end_reason in LAPSING:
            return f"wygasła: {self.get_end_reason_display()}"
        return str(self.get_state_display())

    @property
    def asked_for(self) -> str:
        """The function and the institution, in one phrase."""
        return f"{self.function}, {quoted(self.party_name)}"

    @property
    def what_they_do(self) -> str:
        """The function of whom was named, else the one that was asked for."""
        return self.named_function or self.function

    @property
    def is_asked(self) -> bool:
        return self.state == DelegationState.ASKED

    @property
    def is_named(self) -> bool:
        return self.state == DelegationState.NAMED

    @property
    def is_standing(self) -> bool:
        """A person was named, and it has not ended."""
        return self.state in STANDING

    @property
    def sits_from(self) -> date | None:
        """The first day of the seat: once it was accepted, and not before the delegation begins."""
        if self.accepted_on is None:
            return None
        return max(self.accepted_on, self.serves_from or self.from_on)

    @property
    def first_day_off(self) -> date | None:
        """The first day on which it does not hold: as was said when it was named, or since."""
        after = self.until + timedelta(days=1) if self.until else None
        return min((day for day in (after, self.ends_on) if day), default=None)

    def holds_on(self, day: date) -> bool:
        """The delegate sits in the group on a day."""
        begins, ends = self.sits_from, self.first_day_off
        return begins is not None and begins <= day and (ends is None or day < ends)

    @property
    def is_overdue(self) -> bool:
        return self.is_asked and self.answer_by < timezone.localdate()

    def add_step(self, *, by: Actor, on: date, why: str = "") -> None:
        """Write down the state it has just come to."""
        DelegationStep.objects.create(
            delegation=self, state=self.state, happened_on=on, note=why, actor_name=by.name[:200]
        )


class DelegationStep(TenantModel):
    """One line of the history of a delegation, as it happened."""

    INSTITUTION = "delegation__organisation"
    APPEND_ONLY = True

    delegation = models.ForeignKey(DelegationRequest, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=11, choices=DelegationState.choices)
    happened_on = models.DateField()
    note = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.delegation}, {self.get_state_display()}"
