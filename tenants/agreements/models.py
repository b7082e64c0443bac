"""Agreements with their parties, the people these name, and what was added to the text (POR)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import NBSP, localtime, pl_date
from tenants.agreements import rules
from tenants.agreements.clauses import Variant
from tenants.agreements.numbering import AFTER, DUTY, Added
from tenants.agreements.workflow import AGREEMENT, AgreementState
from tenants.people.dated import Dated
from tenants.people.models import Organisation
from tenants.regulation.parameters import Period, PlacePolicy


class Force(models.TextChoices):
    """The ways in which an agreement comes into force."""

    DEADLINE = rules.DEADLINE, "po ostatnim dniu na podpisy, między Stronami, które podpisały"
    LAST = rules.LAST, "w dniu ostatniego podpisu"
    DAY = rules.DAY, "w ustalonym dniu"
    ENOUGH = rules.ENOUGH, "gdy podpisze ustalona liczba Stron"
    PUBLISHED = rules.PUBLISHED, "w dniu ogłoszenia"


class Agreement(TenantModel):
    """An agreement of institutions in one of the variants; names are those of its day (POR title)."""

    PAGE, LIST_PAGE = "agreements:agreement", "agreements:agreements"
    WORKFLOW = AGREEMENT

    variant = models.CharField(
        "wariant", max_length=1, choices=[(one.value, f"wariant {one}") for one in Variant]
    )
    state = models.CharField(
        max_length=9, choices=AgreementState.choices, default=AgreementState.DRAFT
    )
    # The blanks of the text.
    place = models.CharField("miejsce zawarcia", max_length=100, blank=True, default="")
    concluded_on = models.DateField("dzień zawarcia", null=True, blank=True)
    # The gmina, or several: [{"code": "160501", "name": "gmina miejsko-wiejska Gogolin"}].
    units = models.JSONField("gmina albo gminy", default=list)
    county = models.CharField("powiat", max_length=120, blank=True, default="")
    voivodeship = models.CharField("województwo", max_length=60, blank=True, default="")
    rops = models.CharField(
        "regionalny ośrodek polityki społecznej", max_length=200, blank=True, default=""
    )
    meetings_count = models.PositiveSmallIntegerField("liczba spotkań", default=1)
    meetings_period = models.CharField(
        "w czasie", max_length=9, choices=Period.choices, default=Period.QUARTER
    )
    place_policy = models.CharField(
        "gdzie się spotykacie",
        max_length=8,
        choices=PlacePolicy.choices,
        default=PlacePolicy.FIXED,
    )
    meeting_place = models.CharField("miejsce spotkań", max_length=300, blank=True, default="")
    regional_support = models.CharField(
        "wsparcie samorządu województwa", max_length=300, blank=True, default=""
    )
    informer = models.CharField(
        "informujący o nowych Stronach", max_length=200, blank=True, default=""
    )
    # How it comes into force; the founding texts are silent on that.
    force = models.CharField(
        "kiedy wejdzie w życie", max_length=9, choices=Force.choices, default=Force.DEADLINE
    )
    sign_by = models.DateField("ostatni dzień na podpisy", null=True, blank=True)
    force_on = models.DateField("dzień wejścia w życie", null=True, blank=True)
    enough = models.PositiveSmallIntegerField("ile podpisów wystarczy", null=True, blank=True)

    created_at = models.DateTimeField(db_default=Now())
    discarded_on = models.DateField("odrzucono", null=True)
    reason = models.CharField("powód odrzucenia", max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AgreementState.DISCARDED, discarded_on__isnull=False)
                & ~Q(reason="")
                | ~Q(state=AgreementState.DISCARDED) & Q(discarded_on__isnull=True, reason=""),
                name="agreement_discarded_with_reason",
            ),
        ]

    def __str__(self) -> str:
        day = pl_date(localtime(self.created_at).date())
        return f"Porozumienie, wariant {self.variant}, projekt z {day}"

    @property
    def is_draft(self) -> bool:
        return self.state == AgreementState.DRAFT

    @property
    def unit_names(self) -> list[str]:
        return [unit["name"] for unit in self.units]

    @property
    def is_rotating(self) -> bool:
        """Its meetings are held at each partner in turn: B alone leaves that choice."""
        return self.variant == Variant.B and self.place_policy == PlacePolicy.ROTATING


class Party(TenantModel):
    """A party of an agreement as it was named on the day (POR preamble)."""

    INSTITUTION = "organisation"
    PAGE = "agreements:party"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField("numer", default=0)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField("pełna nazwa", max_length=300)
    seat = models.CharField("siedziba", max_length=200, blank=True, default="")
    # Of a unit without legal personality, a school or often an OPS: the body that signs for it.
    signing_body = models.CharField(
        "kto podpisuje za jednostkę bez osobowości prawnej",
        max_length=300,
        blank=True,
        default="",
    )
    represented_by = models.CharField(
        "osoba reprezentująca", max_length=200, blank=True, default=""
    )
    function = models.CharField("jej funkcja", max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="agreement_party_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name in the agreement."""
        return f"Partner nr {self.position}"


class ContactPerson(Dated):
    """A person whom a party names for the cooperation (POR §3.3)."""

    INSTITUTION = "party__organisation"
    PAGE = "agreements:contact"

    party = models.ForeignKey(Party, models.PROTECT, related_name="contacts")
    full_name = models.CharField("imię i nazwisko", max_length=200)
    function = models.CharField("stanowisko służbowe", max_length=200)
    phone = models.CharField("telefon", max_length=40, blank=True, default="")
    email = models.EmailField("adres e-mail", blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta(Dated.Meta):
        ordering = ["from_on", "pk"]

    def __str__(self) -> str:
        return f"Osoba wyznaczona przez: {self.party}"

    @property
    def said(self) -> str:
        """The person with position, telephone and address, as the text names them."""
        ways = (
            f"tel. {self.phone.replace(' ', NBSP)}" if self.phone else "",
            f"adres e-mail: {self.email}" if self.email else "",
        )
        return ", ".join(filter(None, (self.full_name, self.function, *ways)))


class Addition(TenantModel):
    """A further duty, or a clause of the parties' own (POR §2.3.6, POR-C §2.4.7, POR-C §3.4.5)."""

    PAGE = "agreements:addition"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="additions")
    place = models.CharField("gdzie", max_length=20)  # of `numbering.places_of`
    heading = models.CharField("tytuł paragrafu", max_length=200, blank=True, default="")
    text = models.CharField("treść", max_length=5000)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "Dodatkowy obowiązek" if self.is_duty else "Własne postanowienie"

    @property
    def is_duty(self) -> bool:
        return self.place.startswith(f"{DUTY}:")

    @property
    def is_after_clause(self) -> bool:
        return self.place.startswith(f"{AFTER}:")

    @property
    def added(self) -> Added:
        return Added(str(self.pk), self.place, self.text, self.heading)


class TextVersion(TenantModel):
    """The text of an agreement as it was kept at a moment, to be compared later."""

    APPEND_ONLY = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField("wersja")
    # [{"key": "2.3.1", "name": "§ 2 ust. 3 pkt 1", "text": "…"}], as it was read then.
    lines = models.JSONField()
    actor_name = models.CharField(max_length=200)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_text_once")
        ]

    def __str__(self) -> str:
        return f"Wersja {self.number} tekstu porozumienia"
