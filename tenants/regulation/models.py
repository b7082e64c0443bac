"""The regulation in its versions, the votes on its changes and who has read it (REG §9)."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.facts import fact
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import quoted
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.regulation import rules
from tenants.regulation.parameters import (
    GuestConsent,
    MajorityBase,
    MinutesApproval,
    Period,
    PlacePolicy,
    ResignationEffect,
    RiskNotice,
    VoicesBase,
)
from tenants.regulation.workflow import OPEN_REGULATIONS, REGULATION, RegulationState


class VersionQuerySet(models.QuerySet["RegulationVersion"]):
    """Versions of the regulation."""

    def with_unsettled(self) -> Self:
        """Each with since when its result waits for the Lider's decision (`unsettled_since`)."""
        waiting = RegulationRecount.objects.unsettled().filter(regulation=OuterRef("pk"))
        first = waiting.order_by("recorded_at", "pk").values("recorded_at")[:1]
        return self.annotate(unsettled_since=Subquery(first))

    def unsettled_or(self, **chosen: Any) -> Self:
        """Those chosen, and those whose result waits for the Lider's decision."""
        return self.with_unsettled().filter(Q(**chosen) | Q(unsettled_since__isnull=False))


class RegulationVersion(TenantModel):
    """A version of the regulation; whoever joins accepts the one in force (REG §1.5, §9)."""

    PAGE, LIST_PAGE = "regulation:regulation", "regulation:regulations"
    WORKFLOW = REGULATION
    HEAVY = ("clauses", "differences")  # of no use in a list
    unsettled_since: datetime | None  # where it was asked for (`with_unsettled`)

    state = models.CharField(
        max_length=9, choices=RegulationState.choices, default=RegulationState.DRAFT
    )
    number = models.PositiveIntegerField("numer", unique=True, null=True)  # once adopted
    title = models.CharField("tytuł", max_length=200)
    amends = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    # The text: [{"ref": "1.3.a", "text": "… [[area]] …"}], blanks in double brackets.
    clauses = models.JSONField(default=list)
    # The comparisons of its texts, kept by the texts: numbers alone (kooperacja.ui.difference).
    differences = models.JSONField(default=dict, db_default={})

    # The blanks of the framework regulation.
    area = models.CharField("terytorialny obszar działania", max_length=200, blank=True, default="")
    lead_name = models.CharField("pełna nazwa Lidera", max_length=300, blank=True, default="")
    adopted_on = models.DateField("przyjęty w dniu", null=True)
    adopted_place = models.CharField("miejsce przyjęcia", max_length=100, blank=True, default="")
    in_force_from = models.DateField("obowiązuje od", null=True)
    meetings_count = models.PositiveSmallIntegerField("liczba spotkań", default=1)
    meetings_period = models.CharField(
        "w czasie", max_length=9, choices=Period.choices, default=Period.QUARTER
    )
    place_policy = models.CharField(
        "miejsce spotkań", max_length=8, choices=PlacePolicy.choices, default=PlacePolicy.FIXED
    )
    place = models.CharField(
        "adres stałego miejsca spotkań", max_length=300, blank=True, default=""
    )
    risk_notice = models.CharField(
        "informowanie o ryzykach",
        max_length=13,
        choices=RiskNotice.choices,
        default=RiskNotice.WITHOUT_DELAY,
    )

    # What the footnote of the title says a regulation must settle.
    common_goal = models.TextField("wspólny cel", blank=True, default="")
    organisational_frame = models.TextField("ramy organizacyjne", blank=True, default="")
    information_exchange = models.TextField(
        "kanały i zakres wymiany informacji", blank=True, default=""
    )
    knowledge_exchange = models.TextField("kanały i zakres wymiany wiedzy", blank=True, default="")
    decision_process = models.TextField("przebieg procesu decyzyjnego", blank=True, default="")
    monitoring_rules = models.TextField("zasady monitoringu i ewaluacji", blank=True, default="")

    # What the document leaves open.
    decision_days = models.PositiveSmallIntegerField(
        "dni na decyzję o deklaracji", default=rules.DECISION_DAYS
    )
    majority_base = models.CharField(
        "podstawa większości rezygnacji",
        max_length=17,
        choices=MajorityBase.choices,
        default=MajorityBase.FIRST_RESIGNATION,
    )
    resignation_effect = models.CharField(
        "skutek rezygnacji",
        max_length=12,
        choices=ResignationEffect.choices,
        default=ResignationEffect.RECEIVED,
    )
    resignation_days = models.PositiveSmallIntegerField("dni do skutku rezygnacji", default=0)
    guest_consent = models.CharField(
        "zgoda na gości",
        max_length=12,
        choices=GuestConsent.choices,
        default=GuestConsent.NO_OBJECTION,
    )
    guest_days = models.PositiveSmallIntegerField("dni roboczych na sprzeciw", default=3)
    email_is_meeting = models.BooleanField(
        "sesja e-mailowa liczy się jako spotkanie", default=False
    )
    minutes_approval = models.CharField(
        "protokół zatwierdza",
        max_length=12,
        choices=MinutesApproval.choices,
        default=MinutesApproval.CHAIR,
        db_default=MinutesApproval.CHAIR,
    )
    voices_base = models.CharField(
        "od czego liczy się głosy",
        max_length=7,
        choices=VoicesBase.choices,
        default=VoicesBase.PRESENT,
        db_default=VoicesBase.PRESENT,
    )

    justification = models.TextField("uzasadnienie zmiany", blank=True, default="")
    voting_from = models.DateField("głosowanie od", null=True)
    voting_until = models.DateField("głosowanie do", null=True)
    closed_on = models.DateField("zakończono bez przyjęcia", null=True)
    reason = models.TextField("powód wycofania", blank=True, default="")
    template_number = models.PositiveIntegerField("szablon regionalny", null=True)
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                "state",
                condition=Q(state__in=sorted(OPEN_REGULATIONS)),
                name="regulation_one_of_each_open_state",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RegulationState.ADOPTED,
                    number__isnull=False,
                    adopted_on__isnull=False,
                    in_force_from__isnull=False,
                )
                | ~Q(state=RegulationState.ADOPTED) & Q(number__isnull=True),
                name="regulation_adopted_whole",
            ),
            in_order_if_known(
                "adopted_on", "in_force_from", name="regulation_adopted_before_in_force"
            ),
            in_order_if_known("voting_from", "voting_until", name="regulation_voting_days"),
            in_order_if_known("voting_from", "adopted_on", name="regulation_voted_then_adopted"),
            in_order_if_known("voting_from", "closed_on", name="regulation_voted_then_closed"),
            models.CheckConstraint(
                condition=~Q(state=RegulationState.WITHDRAWN) | ~Q(reason=""),
                name="regulation_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, wersja {self.number}" if self.number else f"{self.title}, projekt"

    @property
    def adopted_where(self) -> str:
        """The place of adoption as it ends a sentence; before 0.3.0 it was kept in the nominative."""
        place = self.adopted_place
        return place if not place or place.startswith(("w ", "we ")) else f"(miejsce: {place})"

    @classmethod
    @fact
    def in_force(cls, day: date) -> "RegulationVersion | None":
        """The version that whoever joins on a day accepts."""
        return cls.in_force_on(day).first()

    @classmethod
    def in_force_on(cls, day: date) -> "models.QuerySet[RegulationVersion]":
        """The versions in force up to a day, that day's own first."""
        return cls.objects.exclude(number=None).filter(in_force_from__lte=day).order_by("-number")

    @property
    def replaced_on(self) -> date | None:
        """The day from which a later version is in force instead, if there is one."""
        later = type(self).objects.filter(number__gt=self.number)
        return later.aggregate(day=models.Min("in_force_from"))["day"]  # type: ignore[no-any-return]

    @classmethod
    def newest(cls) -> "RegulationVersion | None":
        """The version adopted last, in force already or from a day to come; a change amends it."""
        return cls.objects.exclude(number=None).order_by("-number").first()


class SignedCopy(TenantModel):
    """A signed copy of an adopted version that was handed in after its adoption; all are kept."""

    APPEND_ONLY = True

    regulation = models.ForeignKey(RegulationVersion, models.PROTECT, related_name="signed_copies")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.regulation}: podpisany egzemplarz"


class RegulationBallot(TenantModel):
    """The right of one member to vote on a version: whoever was one when the voting began.

    It stays whatever becomes of the membership; how it counts follows from the days of that
    (`rules.recount`). None is the Lider's.
    """

    APPEND_ONLY = True

    regulation = models.ForeignKey(RegulationVersion, models.PROTECT, related_name="ballots")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "organisation"], name="ballot_once"),
            models.UniqueConstraint(
                fields=["regulation"],
                condition=Q(organisation__isnull=True),
                name="ballot_of_lead_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Choice(models.TextChoices):
    """Answers of a member to a change."""

    YES = "YES", "za"
    NO = "NO", "przeciw"
    ABSTAIN = "ABSTAIN", "wstrzymuje się"


class VoteMode(models.TextChoices):
    """Written forms of a vote (REG §9)."""

    HERE = "HERE", "oddany tutaj, na własnym koncie"
    PAPER_SCAN = "PAPER_SCAN", "na piśmie (skan; oryginał przechowuje Lider)"


class RegulationVote(TenantModel):
    """A member's written vote (REG §9); once cast it is never changed."""

    INSTITUTION = "ballot__organisation"
    APPEND_ONLY = True

    ballot = models.OneToOneField(RegulationBallot, models.PROTECT, related_name="vote")
    choice = models.CharField(max_length=7, choices=Choice.choices)
    cast_on = models.DateField("data głosu")
    mode = models.CharField(max_length=10, choices=VoteMode.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mode=VoteMode.HERE) | Q(file__isnull=False), name="paper_vote_has_scan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ballot}: głos {quoted(self.get_choice_display())}"


class AcknowledgementQuerySet(models.QuerySet["RegulationAcknowledgement"]):
    """Readers of versions."""

    def by(self, person: Person, version: "RegulationVersion") -> Self:
        """Those of the person, also as another entry that was merged into theirs."""
        return self.filter(regulation=version, person__in=person.entries)


class RegulationAcknowledgement(TenantModel):
    """A person has read a version; each new one is read again (REG §9)."""

    APPEND_ONLY = True

    regulation = models.ForeignKey(
        RegulationVersion, models.PROTECT, related_name="acknowledgements"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "person"], name="acknowledged_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.regulation}"


_NOT_ADOPTED = frozenset({RegulationState.REJECTED, RegulationState.WITHDRAWN})


class RecountQuerySet(models.QuerySet["RegulationRecount"]):
    """Recounts of votes on the regulation."""

    def unsettled(self) -> Self:
        """Those that overturned a result on which the Lider has not decided.

        A repeated voting settles it unless it ended without an adoption.
        """
        failed = Q(repeat__state__in=_NOT_ADOPTED)
        rulings = RecountRuling.objects.filter(recount=OuterRef("pk")).exclude(failed)
        return self.filter(Q(is_overturned=True) & ~Exists(rulings))


class RegulationRecount(TenantModel):
    """A new count of the votes on a version, since a membership ended before them (REG §1.6, §9)."""

    APPEND_ONLY = True

    regulation = models.ForeignKey(RegulationVersion, models.PROTECT, related_name="recounts")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    void_from = models.DateField("głosy nieważne od")
    yes = models.PositiveIntegerField("głosów za")
    ballots = models.PositiveIntegerField("uprawnionych")
    is_overturned = models.BooleanField("wynik jest inny niż ogłoszony")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = RecountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "membership"], name="recount_once")
        ]

    def __str__(self) -> str:
        return f"{self.regulation}: ponowne liczenie głosów"

    @property
    def is_unsettled(self) -> bool:
        """The same of one, whose rulings are known."""
        return self.is_overturned and all(one.has_failed for one in self.rulings.all())


class RecountRuling(TenantModel):
    """The Lider's decision on an overturned result: vote again, or leave it and say why (REG §9)."""

    APPEND_ONLY = True

    recount = models.ForeignKey(RegulationRecount, models.PROTECT, related_name="rulings")
    repeat = models.ForeignKey(RegulationVersion, models.PROTECT, related_name="+", null=True)
    reason = models.TextField("powód", blank=True, default="")
    ruled_on = models.DateField("rozstrzygnięto")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(repeat__isnull=True) & ~Q(reason="")
                | Q(repeat__isnull=False) & Q(reason=""),
                name="ruling_repeats_or_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recount}, rozstrzygnięcie"

    @property
    def has_failed(self) -> bool:
        """It was to be voted on again, and that voting adopted nothing."""
        return self.repeat is not None and self.repeat.state in _NOT_ADOPTED
