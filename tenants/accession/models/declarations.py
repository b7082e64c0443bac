"""The declarations by which an institution joins (REG §1.5)."""

from datetime import date
from functools import cached_property
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.accession import rules
from tenants.accession.workflow import (
    DECIDED,
    DECLARATION,
    OPEN_DECLARATIONS,
    DeclarationState,
    SignatureMode,
)
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.regulation.models import RegulationVersion

_FINAL = frozenset({DeclarationState.ACCEPTED, DeclarationState.REFUSED})
_DECISION = "§ 1 ust. 5 zd. 2 regulaminu"


def accepted(version: RegulationVersion) -> rules.Accepted:
    """An adopted version as a declaration accepts it."""
    assert version.number is not None  # an adopted version has all of these
    assert version.adopted_on is not None
    assert version.in_force_from is not None
    return rules.Accepted(
        version.number, version.adopted_on, version.in_force_from, version.replaced_on
    )


class DeclarationQuerySet(models.QuerySet["AccessionDeclaration"]):
    """Declarations of accession."""

    def whole(self) -> Self:
        """With all that their page shows."""
        return self.select_related(
            "organisation",
            "signatory",
            "coordinator",
            "applicant",
            "regulation",
            "decided_by",
            "file",
        )

    def under_way(self, organisation_id: UUID) -> Self:
        """The one that the institution has begun and that isn't decided for good, if any."""
        return self.filter(organisation=organisation_id, state__in=sorted(OPEN_DECLARATIONS))


class AccessionDeclaration(TenantModel):
    """The declaration by which an institution asks to join (REG §1.5, annex 1)."""

    INSTITUTION = "organisation"
    WORKFLOW = DECLARATION
    PAGE, LIST_PAGE = "accession:declaration", "accession:declarations"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="declarations")
    # Entered one thing at a time, so a draft may lack what follows.
    signatory = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    signatory_function = models.CharField("funkcja osoby podpisującej", max_length=120, blank=True)
    coordinator = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    coordinator_position = models.CharField("stanowisko koordynatora", max_length=120, blank=True)
    regulation = models.ForeignKey(RegulationVersion, models.PROTECT, related_name="+", null=True)
    # Who fills it in for the institution, when it was invited to do so itself.
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    publish_consent = models.BooleanField("zgoda na publikację w wykazie członków", default=False)
    case_mark = models.CharField("znak sprawy", max_length=60, blank=True)
    mode = models.CharField(
        "sposób podpisania",
        max_length=10,
        choices=SignatureMode.choices,
        default=SignatureMode.PAPER_SCAN,
    )
    signed_place = models.CharField("miejsce podpisania", max_length=100, blank=True)
    signed_on = models.DateField("data podpisania", null=True)
    received_on = models.DateField("data wpływu do Lidera", null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    state = models.CharField(
        max_length=8, choices=DeclarationState.choices, default=DeclarationState.DRAFT
    )
    decided_on = models.DateField("data decyzji", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    reason = models.TextField("uzasadnienie", blank=True)
    annotation = models.CharField("adnotacja Lidera", max_length=100, blank=True)
    # What it founded; the migration refuses a membership that no declaration founded.
    membership = models.OneToOneField(
        Membership, models.PROTECT, related_name="declaration", null=True, editable=False
    )
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=sorted(OPEN_DECLARATIONS)),
                name="declaration_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=DeclarationState.DRAFT)
                | Q(
                    signatory__isnull=False,
                    coordinator__isnull=False,
                    regulation__isnull=False,
                    signed_on__isnull=False,
                    received_on__isnull=False,
                    file__isnull=False,
                ),
                name="declaration_filed_whole",
            ),
            in_order_if_known(
                "signed_on", "received_on", name="declaration_signed_before_received"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=sorted(DECIDED),
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                )
                | (
                    ~Q(state__in=sorted(DECIDED))
                    & Q(decided_on__isnull=True, decided_by__isnull=True)
                ),
                name="declaration_decided_both_or_neither",
            ),
            in_order_if_known(
                "received_on", "decided_on", name="declaration_received_before_decided"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["RETURNED", "REFUSED"]) | ~Q(reason=""),
                name="declaration_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=DeclarationState.ACCEPTED) & ~Q(annotation="")
                | ~Q(state=DeclarationState.ACCEPTED) & Q(annotation=""),
                name="declaration_annotated_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state=DeclarationState.ACCEPTED, membership__isnull=False)
                | ~Q(state=DeclarationState.ACCEPTED) & Q(membership__isnull=True),
                name="declaration_founds_when_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"Deklaracja przystąpienia: {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_DECLARATIONS

    @property
    def is_editable(self) -> bool:
        """It may be changed until it is filed, and again once it was returned."""
        return self.WORKFLOW.may(self.state, DeclarationState.FILED)

    @property
    def decision_due(self) -> date | None:
        if self.received_on is None or self.regulation is None:
            return None
        return rules.decision_due(self.received_on, self.regulation.decision_days)

    def former_files(self) -> "models.QuerySet[DeclarationStep]":
        """Files that were handed in before it was returned; the steps keep them."""
        handed_in = DeclarationStep.objects.filter(declaration=self).exclude(file=None)
        return handed_in.exclude(file=self.file_id).select_related("file")

    @cached_property
    def regulation_asked(self) -> RegulationVersion | None:
        """The version that it must accept: in force on the day of the decision, else today."""
        day = self.decided_on if self.state in _FINAL else None
        versions = RegulationVersion.in_force_on(day or timezone.localdate())
        return versions.only("number", "in_force_from").first()

    @property
    def accepts_regulation_asked(self) -> bool:
        asked = self.regulation_asked
        return asked is not None and self.regulation_id == asked.pk

    @cached_property
    def declared(self) -> rules.Declared:
        """The days of a filed declaration that bind the day of the decision."""
        assert self.regulation is not None  # a filed declaration has all of these
        assert self.signed_on is not None
        assert self.received_on is not None
        memberships = Membership.objects.filter(organisation=self.organisation_id)
        last = memberships.aggregate(day=models.Max("ended_on"))["day"]
        return rules.Declared(accepted(self.regulation), self.signed_on, self.received_on, last)

    def require_editable(self) -> None:
        if not self.is_editable:
            raise Problem(
                "Tej deklaracji nie można już zmienić",
                f"Jej stan: {self.get_state_display()}. Zmienia się tylko szkic albo deklarację "
                "zwróconą do poprawy.",
                clause="§ 1 ust. 5 regulaminu",
                kept="Niczego nie zapisaliśmy.",
                at=self,
                action="Przejdź do deklaracji",
            )

    def not_now(self, to: str, by: Actor | None = None) -> Problem:
        if to == DeclarationState.FILED:
            return Problem(
                "Tej zmiany nie można zrobić",
                f"Stan deklaracji: {self.get_state_display()}.",
                clause="§ 1 ust. 5 regulaminu",
                kept="Niczego nie zapisaliśmy.",
                at=self,
                action="Przejdź do deklaracji",
            )
        if self.state in DECIDED:
            return self._decided_already(by)
        return Problem(
            "Ta deklaracja nie czeka na decyzję",
            f"Jej stan: {self.get_state_display()}.",
            clause=_DECISION,
            at=self,
            action="Przejdź do deklaracji",
        )

    def _decided_already(self, by: Actor | None) -> Problem:
        done = {
            DeclarationState.ACCEPTED: "już przyjęto",
            DeclarationState.RETURNED: "już zwrócono do poprawy",
            DeclarationState.REFUSED: "już rozpatrzono odmownie",
        }[DeclarationState(self.state)]
        # Whoever sends the form twice must not read that nothing was saved.
        is_own = by is not None and by.person_id == self.decided_by_id
        own, other = "Drugi raz nic się nie zmieniło.", "Twoja decyzja nie została zapisana."
        return Problem(
            f"Tę deklarację {done}",
            f"Decyzja z dnia {pl_date(self.decided_on)} ({self.decided_by}). "
            f"{own if is_own else other}",
            clause=_DECISION,
            at=self,
            action="Zobacz deklarację",
        )

    def add_step(self, *, by: Actor, on: date, why: str = "") -> None:
        """Write down the state it has just come to."""
        step = DeclarationStep.objects.create(
            declaration=self,
            state=self.state,
            happened_on=on,
            actor_name=by.name,
            reason=why,
            file_id=self.file_id if self.state == DeclarationState.FILED else None,
        )
        if self.state == DeclarationState.FILED:
            self.annexes.filter(filed_with=None, removed_at=None).update(filed_with=step)


class DeclarationStep(TenantModel):
    """One step of a declaration, as it happened; also keeps the file that was handed in then."""

    APPEND_ONLY = True

    declaration = models.ForeignKey(AccessionDeclaration, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8, choices=DeclarationState.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.declaration}, {self.get_state_display()}"
