"""The partnership, the declarations by which one joins it, and its members (REG §1.1–1.5)."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kooperacja.audit.actor import Actor
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.partnership import rules
from tenants.partnership.models.dated import Dated, DatedQuerySet
from tenants.partnership.models.people import Organisation, Person
from tenants.partnership.models.regulation import MajorityBase, RegulationVersion
from tenants.partnership.workflow import (
    DECIDED,
    DECLARATION,
    OPEN_DECLARATIONS,
    PARTNERSHIP,
    DeclarationState,
    PartnershipState,
    SignatureMode,
)

_DECISION = "§ 1 ust. 5 zd. 2 regulaminu"


class Partnership(TenantModel):
    """The partnership of this tenant and its Lider, the OPS; there is one (REG §1.1, §1.3.b)."""

    WORKFLOW = PARTNERSHIP
    # Where one reads whether it still works.
    LIST_PAGE = "partnership:dissolution"

    area = models.CharField("terytorialny obszar działania", max_length=200)
    lead_name = models.CharField("pełna nazwa ośrodka (Lidera)", max_length=300)
    lead_address = models.CharField("adres Lidera", max_length=300, blank=True)
    contact_email = models.EmailField("adres e-mail Lidera", blank=True, default="")
    contact_phone = models.CharField("telefon Lidera", max_length=40, blank=True, default="")
    state = models.CharField(
        max_length=9, choices=PartnershipState.choices, default=PartnershipState.DRAFT
    )
    established_on = models.DateField("data powołania", null=True)
    dissolved_on = models.DateField("data rozwiązania", null=True)
    is_only = models.BooleanField(default=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="partnership_is_only"),
            models.CheckConstraint(
                condition=Q(state=PartnershipState.DRAFT) | Q(established_on__isnull=False),
                name="partnership_established",
            ),
            models.CheckConstraint(
                condition=Q(state=PartnershipState.DISSOLVED, dissolved_on__isnull=False)
                | (~Q(state=PartnershipState.DISSOLVED) & Q(dissolved_on__isnull=True)),
                name="partnership_dissolved_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"Partnerski Zespół Kooperacyjny – {self.area}"

    def not_now(self, to: str, by: Actor | None = None) -> Problem:
        return Problem(
            "Partnerstwa nie można teraz rozwiązać",
            "Rozwiązać je można dopiero wtedy, gdy pisemną rezygnację złożyła ponad połowa "
            "kooperantów.",
            clause="§ 1 ust. 7 regulaminu",
            kept="Niczego nie zmieniliśmy.",
            at=Partnership,
            action="Zobacz, ile rezygnacji wpłynęło",
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

    WORKFLOW = DECLARATION
    PAGE, LIST_PAGE = "partnership:declaration", "partnership:declarations"

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
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("signed_on")),
                name="declaration_signed_before_received",
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
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("received_on")),
                name="declaration_received_before_decided",
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
        ]

    def __str__(self) -> str:
        return f"Deklaracja przystąpienia: {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_DECLARATIONS

    @property
    def is_editable(self) -> bool:
        """What it says may be changed until it is filed, and when it was returned."""
        return self.WORKFLOW.may(self.state, DeclarationState.FILED)

    @property
    def decision_due(self) -> date | None:
        if self.received_on is None or self.regulation is None:
            return None
        return rules.decision_due(self.received_on, self.regulation.decision_days)

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
            f"Decyzję z dnia {pl_date(self.decided_on)} podjęła osoba: {self.decided_by}. "
            f"{own if is_own else other}",
            clause=_DECISION,
            at=self,
            action="Zobacz deklarację",
        )

    def add_step(self, *, by: Actor, on: date, why: str = "") -> None:
        """Write down the state it has just come to."""
        DeclarationStep.objects.create(
            declaration=self,
            state=self.state,
            happened_on=on,
            actor_name=by.name,
            reason=why,
            file_id=self.file_id if self.state == DeclarationState.FILED else None,
        )


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
        return f"{self.declaration_id} {self.state}"


class EndCause(models.TextChoices):
    """Why a membership ended (REG §1.6, §1.7)."""

    RESIGNATION = "RESIGNATION", "rezygnacja"
    DISSOLUTION = "DISSOLUTION", "rozwiązanie Partnerstwa"


class MembershipQuerySet(DatedQuerySet):
    """Memberships of the partnership, those that ended too."""

    def tally(self, day: date) -> rules.ResignationTally | None:
        """How far resignations have come toward a majority, by the regulation of a day (§1.7)."""
        regulation = RegulationVersion.in_force(day)
        base = regulation.majority_base if regulation else MajorityBase.FIRST_RESIGNATION
        columns = ("organisation", "from_on", "ended_on", "resignation__received_on")
        return rules.best((rules.Stay(*row) for row in self.values_list(*columns)), base)


class Membership(Dated):
    """That an institution is a kooperant, from the day of the Lider's decision (REG §1.3, §1.5)."""

    LIST_PAGE = "partnership:members"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    declaration = models.OneToOneField(
        AccessionDeclaration, models.PROTECT, related_name="membership"
    )
    end_cause = models.CharField(max_length=11, choices=EndCause.choices, blank=True, default="")

    objects = MembershipQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ended_on__isnull=True),
                name="membership_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} od {self.from_on}"


class PartnershipCoordinator(Dated):
    """A person whom a kooperant delegates to the partnership (REG §1.3.a par. 2)."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="coordinators")
    person = models.ForeignKey(Person, models.PROTECT, related_name="coordinates")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "person"],
                condition=Q(ended_on__isnull=True),
                name="coordinator_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} od {self.from_on}"

    def is_last(self) -> bool:
        """Whether the institution would be left without anybody."""
        others = PartnershipCoordinator.objects.filter(membership=self.membership_id, ended_on=None)
        return not others.exclude(pk=self.pk).exists()
