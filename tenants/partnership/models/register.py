"""What the Lider keeps of each member: engagement, workers for ZZK, how it left (REG §1.6, §5.1)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Now

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import Fold, fold
from tenants.partnership.models.accession import Membership, PartnershipCoordinator
from tenants.partnership.models.dated import Dated, DatedQuerySet
from tenants.partnership.models.people import Person
from tenants.partnership.workflow import SignatureMode


class EngagementLevel(models.TextChoices):
    """How far a kooperant must be engaged (REG §5.1.b)."""

    LEADING = "LEADING", "wiodące"
    FULL = "FULL", "stałe"
    PARTIAL = "PARTIAL", "częściowe"
    ON_REQUEST = "ON_REQUEST", "na wezwanie"


class Engagement(Dated):
    """The level of engagement the Lider set for a kooperant, from a day, and why (REG §5.1.b)."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="engagements")
    level = models.CharField(
        "stopień zaangażowania", max_length=10, choices=EngagementLevel.choices
    )
    reason = models.TextField("uzasadnienie")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(ended_on__isnull=True),
                name="engagement_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.level}"


class FlagKind(models.TextChoices):
    """What the Lider says of an organisation; each by itself (REG §5.1.d)."""

    KEY = "KEY", "kluczowa, niezbędna we współpracy"
    OCCASIONAL = "OCCASIONAL", "współpracuje okazjonalnie"
    DIAGNOSES = "DIAGNOSES", "prowadzi systematyczną diagnozę"
    OFFERS_SERVICES = "OFFERS_SERVICES", "oferuje usługi istotne dla kooperacji"


class MembershipFlag(Dated):
    """That one of the four descriptions fits a kooperant, from a day (REG §5.1.d)."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="flags")
    kind = models.CharField("cecha", max_length=15, choices=FlagKind.choices)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "kind"],
                condition=Q(ended_on__isnull=True),
                name="flag_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.kind}"


class DesignatedWorkerQuerySet(DatedQuerySet):
    """Workers indicated for ZZK."""

    def roster(self, day: date, *, szukaj: str = "", sektor: str = "") -> Self:
        """Whom members may send to a ZZK on the day; every word in the institution or position."""
        rows = self.on(day).filter(membership__in=Membership.objects.on(day))
        rows = rows.annotate(
            _name=Fold("membership__organisation__name"), _position=Fold("position")
        )
        for word in fold(szukaj).split():
            rows = rows.filter(Q(_name__contains=word) | Q(_position__contains=word))
        if sektor:
            rows = rows.filter(membership__organisation__sector=sektor)
        return rows.select_related("person", "indicated_by", "membership__organisation")


class DesignatedWorker(Dated):
    """A worker whom the head of a member institution indicated for ZZK (REG §4.3)."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="designated")
    person = models.ForeignKey(Person, models.PROTECT, related_name="designations")
    position = models.CharField("stanowisko", max_length=120)
    indicated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = DesignatedWorkerQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "person"],
                condition=Q(ended_on__isnull=True),
                name="designated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} od {self.from_on}"


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
    members = register_on(day)
    if words := fold(szukaj).split():
        members = members.alias(_name=Fold("organisation__name"))
        for word in words:
            members = members.filter(_name__contains=word)
    if sektor:
        members = members.filter(organisation__sector=sektor)
    if stopien:
        rows = Engagement.objects.on(day).filter(level=stopien)
        members = members.filter(pk__in=rows.values("membership"))
    if cecha:
        marks = MembershipFlag.objects.on(day).filter(kind=cecha)
        members = members.filter(pk__in=marks.values("membership"))
    return members


class ResignationNotice(TenantModel):
    """The written resignation of a kooperant, filed with the Lider (REG §1.6)."""

    PAGE = "partnership:resignation"
    APPEND_ONLY = True

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="resignation")
    signatory = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signatory_function = models.CharField("funkcja osoby podpisującej", max_length=120)
    mode = models.CharField("sposób podpisania", max_length=10, choices=SignatureMode.choices)
    signed_on = models.DateField("data podpisania")
    received_on = models.DateField("data wpływu do Lidera")
    effective_on = models.DateField("skutek od")
    reason = models.TextField("powód", blank=True)
    case_mark = models.CharField("znak sprawy", max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on__gte=F("signed_on")), name="resignation_signed_first"
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("received_on")), name="resignation_received_first"
            ),
        ]

    def __str__(self) -> str:
        return f"Rezygnacja {self.membership_id} z {self.received_on}"
