"""The partnership, its members and what the Lider keeps of each (REG §1.1–1.7, §5.1)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.facts import fact
from kooperacja.tenancy.models import TenantModel, in_order
from kooperacja.ui.polish import locative_of_unit, pl_date
from kooperacja.ui.problems import Problem
from kooperacja.ui.search import matching
from tenants.partnership.workflow import PARTNERSHIP, PartnershipState
from tenants.people.dated import Dated, DatedQuerySet
from tenants.people.models import Organisation, Person

# Stood in the name of the Lider until its office entered it; 0.3.0 opens a tenant without one.
TO_FILL_IN = "pełna nazwa do uzupełnienia"
_KEPT = (
    "przez czas członkostwa, a potem przez okres, który dla dokumentacji Partnerstwa wynika z "
    "jednolitego rzeczowego wykazu akt ośrodka"
)
_UNNAMED = "nazwa ośrodka do uzupełnienia"


class Partnership(TenantModel):
    """The partnership of this tenant and its Lider, the OPS; there is one (REG §1.1, §1.3.b)."""

    WORKFLOW = PARTNERSHIP
    # Where one reads whether it still works.
    LIST_PAGE = "accession:dissolution"

    # What a law, a paper or a page names: kept here alone, with its forms in a sentence.
    area = models.CharField("terytorialny obszar działania", max_length=200)
    area_locative = models.CharField(
        "obszar w miejscowniku", max_length=200, blank=True, default="", db_default=""
    )
    area_genitive = models.CharField(
        "obszar w dopełniaczu", max_length=200, blank=True, default="", db_default=""
    )
    lead_name = models.CharField("pełna nazwa ośrodka (Lidera)", max_length=300)
    lead_locative = models.CharField(
        "nazwa ośrodka w miejscowniku", max_length=300, blank=True, default="", db_default=""
    )
    lead_genitive = models.CharField(
        "nazwa ośrodka w dopełniaczu", max_length=300, blank=True, default="", db_default=""
    )
    lead_address = models.CharField("adres Lidera", max_length=300, blank=True)
    contact_email = models.EmailField("adres e-mail Lidera", blank=True, default="")
    contact_phone = models.CharField("telefon Lidera", max_length=40, blank=True, default="")
    dpo_name = models.CharField(
        "inspektor ochrony danych", max_length=200, blank=True, default="", db_default=""
    )
    dpo_email = models.EmailField("adres e-mail inspektora", blank=True, default="", db_default="")
    dpo_phone = models.CharField(
        "telefon inspektora", max_length=40, blank=True, default="", db_default=""
    )
    papers_kept = models.CharField(
        "jak długo przechowuje się deklaracje",
        max_length=200,
        blank=True,
        default="",
        db_default="",
    )
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

    @property
    def official_name(self) -> str:
        """The Lider's full name; empty until its office enters it."""
        return "" if TO_FILL_IN in self.lead_name else self.lead_name

    @property
    def lead_said(self) -> str:
        """The Lider's full name, or that it is still to be entered."""
        return self.official_name or _UNNAMED

    @property
    def dpo_said(self) -> str:
        """The contact for questions about personal data; empty until the office enters it."""
        return ", ".join(filter(None, (self.dpo_name, self.dpo_email, self.dpo_phone)))

    @property
    def papers_kept_said(self) -> str:
        """The time for which declarations are kept; else the rule by which the office sets it."""
        return self.papers_kept or _KEPT

    @property
    def where(self) -> str:
        """The area as it stands after "w"."""
        return self.area_locative or locative_of_unit(self.area)

    @classmethod
    @fact
    def here(cls) -> "Partnership | None":
        """The partnership of this tenant; none before it was founded."""
        return cls.objects.first()

    @classmethod
    def is_active(cls) -> bool:
        """Its first regulation is adopted, and it is not dissolved."""
        found = cls.here()
        return found is not None and found.state == PartnershipState.ACTIVE

    @classmethod
    def is_dissolved(cls) -> bool:
        """Nothing begins here any more; all may still be read."""
        found = cls.here()
        return found is not None and found.state == PartnershipState.DISSOLVED

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


class EndCause(models.TextChoices):
    """Causes for which a membership ended (REG §1.6, §1.7)."""

    RESIGNATION = "RESIGNATION", "rezygnacja"
    DISSOLUTION = "DISSOLUTION", "rozwiązanie Partnerstwa"


class Membership(Dated):
    """Membership of an institution, from the day of the Lider's decision (REG §1.3, §1.5)."""

    INSTITUTION = "organisation"
    LIST_PAGE = "partnership:members"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    end_cause = models.CharField(max_length=11, choices=EndCause.choices, blank=True, default="")

    class Meta(Dated.Meta):
        constraints = Dated.one_open("organisation", name="membership_one_open")

    def __str__(self) -> str:
        return f"{self.organisation}, członkostwo od {pl_date(self.from_on)}"


class PartnershipCoordinator(Dated):
    """A person whom a kooperant delegates to the partnership (REG §1.3.a par. 2)."""

    INSTITUTION = "membership__organisation"

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="coordinators")
    person = models.ForeignKey(Person, models.PROTECT, related_name="coordinates")

    class Meta(Dated.Meta):
        constraints = Dated.one_open("membership", "person", name="coordinator_once")

    def __str__(self) -> str:
        return f"{self.person}, koordynator od {pl_date(self.from_on)}"

    def is_last(self) -> bool:
        """The institution would be left without anybody."""
        others = PartnershipCoordinator.objects.on(timezone.localdate())
        return not others.filter(membership=self.membership_id).exclude(pk=self.pk).exists()


class EngagementLevel(models.TextChoices):
    """Levels of the engagement of a kooperant (REG §5.1.b)."""

    LEADING = "LEADING", "wiodące"
    FULL = "FULL", "stałe"
    PARTIAL = "PARTIAL", "częściowe"
    ON_REQUEST = "ON_REQUEST", "na wezwanie"


class Engagement(Dated):
    """The level of engagement the Lider set for a kooperant, from a day, and why (REG §5.1.b)."""

    INSTITUTION = "membership__organisation"

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="engagements")
    level = models.CharField(
        "stopień zaangażowania", max_length=10, choices=EngagementLevel.choices
    )
    reason = models.TextField("uzasadnienie")

    class Meta(Dated.Meta):
        constraints = Dated.one_open("membership", name="engagement_one_open")

    def __str__(self) -> str:
        return f"{self.membership.organisation}: {self.get_level_display()}"


class FlagKind(models.TextChoices):
    """Descriptions that the Lider gives an organisation; each by itself (REG §5.1.d)."""

    KEY = "KEY", "kluczowa, niezbędna we współpracy"
    OCCASIONAL = "OCCASIONAL", "współpracuje okazjonalnie"
    DIAGNOSES = "DIAGNOSES", "prowadzi systematyczną diagnozę"
    OFFERS_SERVICES = "OFFERS_SERVICES", "oferuje usługi istotne dla kooperacji"

    @property
    def in_short(self) -> str:
        """For a narrow column of a page that also says it in full."""
        return _FLAGS_IN_SHORT[self]


_FLAGS_IN_SHORT = {
    FlagKind.KEY: "kluczowa",
    FlagKind.OCCASIONAL: "okazjonalna",
    FlagKind.DIAGNOSES: "diagnozuje",
    FlagKind.OFFERS_SERVICES: "oferuje usługi",
}


class MembershipFlag(Dated):
    """One of the four descriptions of a kooperant, from a day (REG §5.1.d)."""

    INSTITUTION = "membership__organisation"

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="flags")
    kind = models.CharField("cecha", max_length=15, choices=FlagKind.choices)

    class Meta(Dated.Meta):
        constraints = Dated.one_open("membership", "kind", name="flag_one_open")

    def __str__(self) -> str:
        return f"{self.membership.organisation}: {self.get_kind_display()}"


class DesignatedWorkerQuerySet(DatedQuerySet):
    """Workers indicated for ZZK."""

    def roster(self, day: date, *, szukaj: str = "", sektor: str = "") -> Self:
        """Workers who may be sent to a ZZK on the day; every word stands in institution or position."""
        rows = self.on(day).filter(membership__in=Membership.objects.on(day))
        rows = matching(rows, szukaj, "membership__organisation__name", "position")
        if sektor:
            rows = rows.filter(membership__organisation__sector=sektor)
        return rows.select_related("person", "indicated_by", "membership__organisation")


class DesignatedWorker(Dated):
    """A worker whom the head of a member institution indicated for ZZK (REG §4.3)."""

    INSTITUTION = "membership__organisation"

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="designated")
    person = models.ForeignKey(Person, models.PROTECT, related_name="designations")
    position = models.CharField("stanowisko", max_length=120)
    indicated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = DesignatedWorkerQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = Dated.one_open("membership", "person", name="designated_once")

    def __str__(self) -> str:
        return f"{self.person}, {self.position}"


def register_on(day: date) -> "models.QuerySet[Membership]":
    """The register of members as of a day (REG §5.1.a), four queries however long it is.

    Each has its institution and, as of that day, its coordinators (`seats`), its level of
    engagement (`levels`, none or one), its flags (`marks`) and how many are indicated for ZZK
    (`workers`).
    """
    seats = PartnershipCoordinator.objects.on(day).select_related("person")
    workers = DesignatedWorker.objects.on(day).filter(membership=OuterRef("pk")).order_by()
    counted = workers.values("membership").annotate(n=Count("pk")).values("n")
    members: models.QuerySet[Membership] = Membership.objects.on(day)
    members = members.select_related("organisation")
    return members.annotate(workers=Coalesce(Subquery(counted), 0)).prefetch_related(
        Prefetch("coordinators", seats.order_by("from_on", "pk"), to_attr="seats"),
        Prefetch("engagements", Engagement.objects.on(day), to_attr="levels"),
        Prefetch("flags", MembershipFlag.objects.on(day), to_attr="marks"),
    )


def register_chosen(
    day: date, *, szukaj: str = "", sektor: str = "", stopien: str = "", cecha: str = ""
) -> "models.QuerySet[Membership]":
    """The members of the register that a filter chose."""
    members = matching(register_on(day), szukaj, "organisation__name")
    if sektor:
        members = members.filter(organisation__sector=sektor)
    if stopien:
        rows = Engagement.objects.on(day).filter(level=stopien)
        members = members.filter(pk__in=rows.values("membership"))
    if cecha:
        marks = MembershipFlag.objects.on(day).filter(kind=cecha)
        members = members.filter(pk__in=marks.values("membership"))
    return members


class Conformity(models.TextChoices):
    """Degrees to which the pages keep to the act's annex."""

    FULL = "FULL", "w pełni zgodna"
    PARTIAL = "PARTIAL", "częściowo zgodna"
    NONE = "NONE", "niezgodna"


class AccessibilityStatement(TenantModel):
    """The accessibility declaration of this tenant's pages; there is one.

    Whose it is and where that sits, the partnership says: 0.2.0 alone reads its own two columns.
    """

    entity_name = models.CharField("nazwa podmiotu publicznego", max_length=300)
    entity_address = models.CharField("adres siedziby", max_length=300, blank=True)
    contact_name = models.CharField("osoba lub komórka odpowiedzialna", max_length=200, blank=True)
    contact_email = models.EmailField("adres e-mail", blank=True)
    contact_phone = models.CharField("telefon", max_length=40, blank=True)
    published_on = models.DateField("data publikacji strony")
    updated_on = models.DateField("data ostatniej istotnej aktualizacji")
    prepared_on = models.DateField("data sporządzenia deklaracji")
    reviewed_on = models.DateField("data ostatniego przeglądu deklaracji")
    conformity = models.CharField(
        "zgodność z ustawą",
        max_length=7,
        choices=Conformity.choices,
        default=Conformity.PARTIAL,
    )
    known_issues = models.TextField("treści niedostępne", blank=True)
    architecture = models.TextField("dostępność architektoniczna siedziby", blank=True)
    is_only = models.BooleanField(default=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="accessibility_is_only"),
            in_order("prepared_on", "reviewed_on", name="accessibility_review_later"),
            in_order("published_on", "updated_on", name="accessibility_update_later"),
        ]

    def __str__(self) -> str:
        return "Deklaracja dostępności"
