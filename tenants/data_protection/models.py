"""Agreements, authorisations and statements without which nobody sees personal data (REG §8)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.guard.kinds import Kind, Strictness
from kooperacja.tenancy.models import TenantModel, in_order
from kooperacja.ui.polish import pl_date
from tenants.data_protection import rules
from tenants.partnership.consequences import ENDED as WITH_MEMBERSHIP
from tenants.people.dated import Dated
from tenants.people.models import Organisation, Person
from tenants.regulation.models import RegulationVersion


class DataScope(models.TextChoices):
    """The personal data that an agreement or an authorisation is about."""

    FAMILIES = "FAMILIES", "dane osób i rodzin w zespołach (ZZK i GGK)"
    CONTACTS = "CONTACTS", "dane kontaktowe osób z Partnerstwa"


class AgreementKind(models.TextChoices):
    """The way in which two parties settle the processing (GDPR art. 4(7), 24, 26 and 28)."""

    ENTRUSTMENT = "ENTRUSTMENT", "umowa powierzenia (art. 28 RODO)"
    JOINT = "JOINT", "uzgodnienia współadministratorów (art. 26 RODO)"
    SEPARATE = "SEPARATE", "odrębni administratorzy (art. 4 pkt 7 i art. 24 RODO)"


def name_of(organisation: Organisation | None) -> str:
    """The institution for which something holds, or the Lider's office."""
    return organisation.name if organisation else "Ośrodek Lidera"


class RegisterEntry(Dated):
    """An entry of a register: of one institution, or of the Lider's office without one (REG §8.2)."""

    ENDED: ClassVar[str] = "zakończone"
    organisation: Any
    end_reason = models.CharField("powód zakończenia", max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta(Dated.Meta):
        abstract = True

    @property
    def place(self) -> str:
        return name_of(self.organisation)

    @property
    def last_day(self) -> date | None:
        return rules.last_day(self.ended_on)

    @property
    def standing(self) -> str:
        today = timezone.localdate()
        if self.is_over:
            return self.ENDED
        return "obowiązuje" if self.from_on <= today else "jeszcze nie obowiązuje"

    @property
    def may_end(self) -> bool:
        """It can still be ended before its time."""
        return self.end_reason in {"", WITH_MEMBERSHIP} and not self.is_over


class DataProcessingAgreement(RegisterEntry):
    """The separate agreement on processing with one organisation (REG §8.2)."""

    INSTITUTION = "organisation"
    PAGE, LIST_PAGE = "data_protection:agreement", "data_protection:agreements"
    ENDED = "zakończona"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    kind = models.CharField("rodzaj", max_length=11, choices=AgreementKind.choices)
    scope = models.CharField("zakres danych", max_length=8, choices=DataScope.choices)
    case_mark = models.CharField("znak sprawy", max_length=60, blank=True)
    purpose = models.TextField("przedmiot i cel przetwarzania")
    # Of separate administrators, who share data each on its own duty; others need none.
    legal_basis = models.TextField(
        "podstawa prawna udostępniania", blank=True, default="", db_default=""
    )
    data_kinds = models.TextField("rodzaje danych")
    person_categories = models.TextField("kategorie osób")
    signed_on = models.DateField("data podpisania")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            in_order("signed_on", "from_on", name="agreement_signed_first"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation}"


class ProcessingAuthorisation(RegisterEntry):
    """The right of a person to process data of a scope, for an institution or the Lider (REG §8.2)."""

    INSTITUTION = "organisation"
    PAGE, LIST_PAGE = "data_protection:authorisation", "data_protection:authorisations"

    person = models.ForeignKey(Person, models.PROTECT, related_name="authorisations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="authorisations", null=True
    )
    number = models.PositiveIntegerField("numer w rejestrze", unique=True)
    position = models.CharField("stanowisko", max_length=120)
    scope = models.CharField("zakres danych", max_length=8, choices=DataScope.choices)
    purpose = models.CharField("cel", max_length=300)
    granted_by_name = models.CharField("kto nadał", max_length=200)
    granted_on = models.DateField("data nadania")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            in_order("granted_on", "from_on", name="authorisation_granted_first"),
        ]

    def __str__(self) -> str:
        return f"Upoważnienie nr {self.number}"


class ConfidentialityStatement(Dated):
    """A person's promise to keep secret what they learn, for one institution (REG §8.1)."""

    INSTITUTION = "organisation"

    person = models.ForeignKey(Person, models.PROTECT, related_name="confidentiality")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    # Without a file the person made it here, on their own account.
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    recorded_by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now())

    class Meta(Dated.Meta):
        constraints = Dated.one_open(
            "person", "organisation", name="confidentiality_once", nulls_distinct=False
        )

    @property
    def place(self) -> str:
        return name_of(self.organisation)

    @property
    def last_day(self) -> date | None:
        return rules.last_day(self.ended_on)

    def __str__(self) -> str:
        return f"{self.person}, oświadczenie od {pl_date(self.from_on)}"


class DataRulesQuerySet(models.QuerySet["DataRulesAcknowledgement"]):
    """Readers of annex 3."""

    def by(self, person: Person, digest: str) -> Self:
        """Those of the person, also as another entry that was merged into theirs."""
        return self.filter(text_sha256=digest, person__in=person.entries)


class DataRulesAcknowledgement(TenantModel):
    """A person has read annex 3 as a version of the regulation has it (REG §8.3)."""

    LIST_PAGE = "data_protection:data_rules"
    APPEND_ONLY = True

    person = models.ForeignKey(Person, models.PROTECT, related_name="data_rules")
    regulation = models.ForeignKey(RegulationVersion, models.PROTECT, related_name="+")
    text_sha256 = models.CharField(max_length=64)  # of the annex that was read
    read_on = models.DateField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = DataRulesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "text_sha256"], name="data_rules_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}, zapoznanie {pl_date(self.read_on)}"


class GuardRuleQuerySet(models.QuerySet["GuardRule"]):
    """Rules of the office, one after another."""

    def newest(self) -> "GuardRule":
        """The rule that holds; before the office chose, the one with which it begins."""
        return self.order_by("-number").first() or GuardRule(number=0)


def _strictness(kind: Kind, default: Strictness = Strictness.WARN) -> Any:
    return models.CharField(
        kind.label, max_length=5, choices=Strictness.choices, default=default, db_default=default
    )


def rule_of(kind: str) -> str:
    """The column of a kind."""
    return f"{kind.lower()}_rule"


class GuardRule(TenantModel):
    """How strict the office is about personal data in texts for everybody (REG §6.1 s.3).

    A change is a new row, so that one sees what held when.
    """

    APPEND_ONLY = True
    LIST_PAGE = "data_protection:guard"

    number = models.PositiveIntegerField(unique=True)
    pesel_rule = _strictness(Kind.PESEL, Strictness.BLOCK)
    phone_rule = _strictness(Kind.PHONE)
    email_rule = _strictness(Kind.EMAIL)
    address_rule = _strictness(Kind.ADDRESS)
    name_rule = _strictness(Kind.NAME)
    surname_rule = _strictness(Kind.SURNAME)
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField(db_default=Now())

    objects = GuardRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    **{f"{rule_of(kind)}__in": sorted(Strictness.values) for kind in Kind}
                ),
                name="guard_rule_strictness",
            ),
        ]

    def __str__(self) -> str:
        return "Kontrola danych osobowych"

    @property
    def version(self) -> int:
        """The number, by which a form tells if another rule was set meanwhile."""
        return self.number

    @property
    def chosen(self) -> dict[str, Strictness]:
        """How strict it is about each kind."""
        return {kind: Strictness(getattr(self, rule_of(kind))) for kind in Kind}

    @property
    def by_kind(self) -> list[tuple[str, str]]:
        """The same in words."""
        return [(Kind(kind).label, strict.label) for kind, strict in self.chosen.items()]

    @property
    def blocks(self) -> list[str]:
        """The kinds that it blocks, in words."""
        return [Kind(kind).label for kind, how in self.chosen.items() if how == Strictness.BLOCK]
