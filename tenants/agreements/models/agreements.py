"""Agreements: the blanks of their text, and how far they are from draft to force (POR)."""

from datetime import date
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja.documents.models import Document
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import localtime, pl_date
from kooperacja.ui.search import matching
from tenants.agreements import rules
from tenants.agreements.clauses import Variant
from tenants.agreements.workflow import AGREEMENT, BINDING, FROZEN, AgreementState, PartyState
from tenants.people.models import Person, holds
from tenants.people.perms import (
    OFFICE,
    is_adviser,
    is_member,
    spoken_organisations,
    takes_part,
)
from tenants.regulation.parameters import Period, PlacePolicy

LONGEST_NUMBER = 60  # signs


class Force(models.TextChoices):
    """The ways in which an agreement comes into force."""

    DEADLINE = rules.DEADLINE, "po ostatnim dniu na podpisy, między Stronami, które podpisały"
    LAST = rules.LAST, "w dniu ostatniego podpisu"
    DAY = rules.DAY, "w ustalonym dniu"
    ENOUGH = rules.ENOUGH, "gdy podpisze ustalona liczba Stron"
    PUBLISHED = rules.PUBLISHED, "w dniu ogłoszenia"


class Copies(models.TextChoices):
    """The ways in which parties sign on paper."""

    ROUND = "ROUND", "jeden komplet egzemplarzy krąży między Stronami"
    COUNTERPARTS = "COUNTERPARTS", "każda Strona podpisuje własny egzemplarz"


class Signers(models.TextChoices):
    """The parties that must sign an aneks, as the agreement says."""

    ALL = "ALL", "wszystkie Strony, które porozumienie wiąże"
    NAMED = "NAMED", "tylko Strony, których zmiana dotyczy"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements."""

    def read_by(self, person: Person | None) -> Self:
        """Those that exist for the person: a draft for its writers and, once shared, its parties.

        What is in force is known to every member, for being a party is public (POR §2.3.5). An
        adviser of the ROPS reads what the parties may read (POR support).
        """
        if holds(person, OFFICE):
            return self
        is_advising = is_adviser(person)
        if not (takes_part(person) or is_advising):
            return self.none()
        parts = apps.get_model("agreements", "Party").objects.with_part(timezone.localdate())
        own = parts.filter(organisation__in=spoken_organisations(person)).values("agreement")
        is_shared = Q(state__in=[*FROZEN]) | Q(shared_on__isnull=False)
        is_known = Q(state__in=[*BINDING]) if is_member(person) else Q(pk__in=[])
        if is_advising:
            is_known |= is_shared & Q(discarded_on=None)
        return self.filter(is_known | Q(pk__in=own) & is_shared)

    def chosen(self, szukaj: str = "", stan: str = "", wariant: str = "") -> Self:
        """Those of a state and a variant, in whose number or among whose parties the words stand."""
        wanted = {"state": stan, "variant": wariant}
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        if not szukaj:
            return rows
        numbers = matching(self.model.objects.order_by(), szukaj, "number")
        # Who is about to accede is known to the parties alone.
        parties = matching(
            apps.get_model("agreements", "Party")
            .objects.exclude(state=PartyState.JOINING)
            .order_by(),
            szukaj,
            *("name", "renamings__name"),
        )
        return rows.filter(Q(pk__in=numbers.values("pk")) | Q(pk__in=parties.values("agreement")))


class Agreement(TenantModel):
    """An agreement of institutions in one of the variants; names are those of its day (POR title)."""

    PAGE, LIST_PAGE = "agreements:agreement", "agreements:agreements"
    WORKFLOW = AGREEMENT
    THIS: ClassVar[str] = "to porozumienie"
    OF_THIS: ClassVar[str] = "porozumienia"
    NOT_WHOLE: ClassVar[str] = "to nie całe porozumienie"

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
    # From draft to force. The founding texts are silent on how it comes into force.
    force = models.CharField(
        "kiedy wejdzie w życie", max_length=9, choices=Force.choices, default=Force.DEADLINE
    )
    sign_by = models.DateField("ostatni dzień na podpisy", null=True, blank=True)
    force_on = models.DateField("dzień wejścia w życie", null=True, blank=True)
    enough = models.PositiveSmallIntegerField("ile podpisów wystarczy", null=True, blank=True)
    # Nor do they say who signs an aneks. Agreements from before this was asked have none.
    amended_by = models.CharField(
        "kto podpisuje aneks",
        max_length=5,
        choices=Signers.choices,
        default=Signers.ALL,
        db_default="",
    )

    shared_on = models.DateField("Strony czytają projekt od", null=True)
    copies = models.CharField(
        "podpisy na papierze",
        max_length=12,
        choices=Copies.choices,
        default=Copies.COUNTERPARTS,
    )
    copies_count = models.PositiveSmallIntegerField("liczba egzemplarzy", null=True)
    sent_on = models.DateField("przekazano do podpisu", null=True)
    # Given with the text that lies before the parties; the register keeps cancelled ones.
    number = models.CharField(
        "numer", max_length=LONGEST_NUMBER, blank=True, default="", db_default=""
    )
    # The text as it lies before the parties, as it is read and as it is signed; a new one each time.
    signed_text = models.ForeignKey(
        "agreements.TextVersion", models.PROTECT, related_name="+", null=True
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", null=True)
    published_on = models.DateField("ogłoszono", null=True)
    in_force_from = models.DateField("obowiązuje od", null=True)
    # The first day on which it binds nobody any more; it may be to come.
    ended_on = models.DateField("nie obowiązuje od", null=True)

    created_at = models.DateTimeField(db_default=Now())
    discarded_on = models.DateField("odrzucono", null=True)
    reason = models.CharField("powód odrzucenia", max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AgreementState.DISCARDED, discarded_on__isnull=False)
                & ~Q(reason="")
                | ~Q(state=AgreementState.DISCARDED) & Q(discarded_on__isnull=True, reason=""),
                name="agreement_discarded_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FROZEN))
                | Q(sent_on__isnull=False, signed_text__isnull=False, document__isnull=False),
                name="agreement_sent_with_its_text",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(BINDING), in_force_from__isnull=False)
                | ~Q(state__in=sorted(BINDING)) & Q(in_force_from__isnull=True),
                name="agreement_in_force_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=AgreementState.ENDED, ended_on__isnull=False)
                | Q(state=AgreementState.IN_FORCE)
                | ~Q(state__in=sorted(BINDING)) & Q(ended_on__isnull=True),
                name="agreement_ended_from_a_day",
            ),
            in_order_if_known("in_force_from", "ended_on", name="agreement_in_force_before_end"),
        ]

    def __str__(self) -> str:
        if self.is_ended:
            return f"{self.numbered}, nie obowiązuje od {pl_date(self.ended_on)}"
        if self.in_force_from:
            return f"{self.numbered}, obowiązuje od {pl_date(self.in_force_from)}"
        if self.is_frozen:
            day = pl_date(self.sent_on)
            return f"{self.numbered}, przekazane do podpisu {day}"
        day = pl_date(localtime(self.created_at).date())
        return f"{self.numbered}, projekt z {day}"

    @property
    def numbered(self) -> str:
        """The agreement by its number, if it has one, and its variant."""
        return f"Porozumienie{self.after_its_name}"

    @property
    def after_its_name(self) -> str:
        """Its number, if it has one, and its variant, whatever the case of the word before them."""
        number = f" nr {self.number}" if self.number else ""
        return f"{number}, wariant {self.variant}"

    @property
    def cited(self) -> str:
        """The same where the word before it has been said."""
        return self.after_its_name.lstrip(", ")

    @property
    def is_draft(self) -> bool:
        return self.state == AgreementState.DRAFT

    @property
    def is_signing(self) -> bool:
        return self.state == AgreementState.SIGNING

    @property
    def is_frozen(self) -> bool:
        """Its text lies before the parties, or did, and is read as it was then."""
        return self.state in FROZEN

    @property
    def is_ended(self) -> bool:
        return self.state == AgreementState.ENDED

    def is_over_on(self, day: date) -> bool:
        """It binds nobody on a day, also before the night in which its state follows."""
        return self.ended_on is not None and self.ended_on <= day

    @property
    def unit_names(self) -> list[str]:
        return [unit["name"] for unit in self.units]

    @property
    def is_rotating(self) -> bool:
        """Its meetings are held at each partner in turn: B alone leaves that choice."""
        return self.variant == Variant.B and self.place_policy == PlacePolicy.ROTATING
