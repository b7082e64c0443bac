"""Institutions known by their numbers, the region's templates, letters and agreements of counties."""

from datetime import date, datetime, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import SharedModel, in_order_if_known

# What a county hasn't confirmed for so long opens nothing any more.
FRESH_FOR = timedelta(hours=24)


class PublicData(SharedModel):
    """The public data of an institution of the voivodeship, by its REGON, else its NIP."""

    name = models.CharField(max_length=300)
    sector = models.CharField(max_length=16, blank=True)
    legal_form = models.CharField(max_length=120, blank=True)
    regon = models.CharField(max_length=14, blank=True)
    nip = models.CharField(max_length=10, blank=True)
    krs = models.CharField(max_length=10, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    city = models.CharField(max_length=100, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class InstitutionNote(PublicData):
    """The same as one tenant's office noted it: no tenant writes over another's.

    Which tenant it was is said to no other; `source_id` only keeps their rows apart.
    """

    source_id = models.UUIDField()
    # A shelter: where any tenant says so, none is told where it is.
    hides_seat = models.BooleanField(default=False, db_default=False)
    # When its tenant said so, for messages may come out of order.
    said_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "regon"],
                condition=~Q(regon=""),
                name="institution_note_regon_once",
            ),
            # Units of one gmina share its NIP, so it tells apart only who has no REGON.
            models.UniqueConstraint(
                fields=["source_id", "nip"],
                condition=Q(regon="") & ~Q(nip=""),
                name="institution_note_nip_once",
            ),
            models.CheckConstraint(
                condition=~Q(regon="") | ~Q(nip=""), name="institution_note_has_number"
            ),
        ]
        indexes = [models.Index(fields=["regon"], name="institution_note_regon")]


class Institution(PublicData):
    """Notes of release 0.2, one row for all tenants: read where no tenant has noted it since."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regon"], condition=~Q(regon=""), name="institution_regon_once"
            ),
            # Units of one gmina share its NIP, so it tells apart only who has no REGON.
            models.UniqueConstraint(
                fields=["nip"], condition=Q(regon="") & ~Q(nip=""), name="institution_nip_once"
            ),
            models.CheckConstraint(
                condition=~Q(regon="") | ~Q(nip=""), name="institution_has_number"
            ),
        ]


class RegulationTemplate(SharedModel):
    """A regional wording of the regulation, which tenants may take over clause by clause (REG §9)."""

    number = models.PositiveIntegerField(unique=True)
    clauses = models.JSONField()  # [{"ref", "text"}], as a regulation keeps them
    note = models.TextField(blank=True)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Wzór regulaminu nr {self.number}"


class Held(models.TextChoices):
    """The reasons why a letter waits."""

    OPENING = "OPENING", "adresat jest w przygotowaniu"
    SUSPENDED = "SUSPENDED", "adresat jest zawieszony"
    BEHIND = "BEHIND", "adresat czeka na aktualizację"
    CLOSED = "CLOSED", "adresat jest zamknięty"
    SENDER = "SENDER", "adresat jest zamknięty, a nadawca nie może się teraz o tym dowiedzieć"


class Letter(SharedModel):
    """A message of one tenant to another about institutions, functions and days, never about families.

    Its payload is emptied once it was read, for a delegate's name and address may lie in it.
    """

    source_id = models.UUIDField()
    addressee_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # What the source calls it, so that it is posted once.
    dedupe = models.CharField(max_length=150)
    posted_at = models.DateTimeField()
    held_why = models.CharField(max_length=9, choices=Held.choices, blank=True, default="")
    delivered_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)  # the source knows that the addressee is closed

    class Meta:
        ordering = ["posted_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source_id", "dedupe"], name="letter_once"),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(returned_at__isnull=True),
                name="letter_delivered_or_returned",
            ),
            models.CheckConstraint(
                condition=Q(held_why="") | Q(delivered_at__isnull=True, returned_at__isnull=True),
                name="letter_held_while_it_waits",
            ),
        ]
        indexes = [models.Index(fields=["held_why"], condition=~Q(held_why=""), name="letter_held")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_settled(self) -> bool:
        return self.delivered_at is not None or self.returned_at is not None


class PublishedAgreement(SharedModel):
    """An agreement that a county publishes to its gminas: institutions and functions (POR-C §3.1).

    `ended_on` is the first day on which it binds nobody any more.
    """

    tenant_id = models.UUIDField()
    agreement_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=300)
    in_force_from = models.DateField()
    ended_on = models.DateField(null=True)
    # The county's unit was closed on that day; whether the agreement ended is known once it opens.
    ended_by_closing = models.BooleanField(default=False, db_default=False)
    units = models.JSONField()  # TERYT codes
    # The county said so then; what nobody confirms for a day opens nothing any more.
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["-in_force_from", "id"]
        constraints = [
            in_order_if_known("in_force_from", "ended_on", name="published_ends_after_start")
        ]
        indexes = [models.Index(fields=["tenant_id"], name="published_of_tenant")]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.ended_on is None or day < self.ended_on)

    def is_fresh(self, now: datetime) -> bool:
        """The county said so within a day."""
        return self.confirmed_at > now - FRESH_FOR


class PublishedParty(SharedModel):
    """A party of it: its name, its REGON, else its NIP, and what its people there do."""

    agreement = models.ForeignKey(PublishedAgreement, models.CASCADE, related_name="parties")
    party_id = models.UUIDField()
    name = models.CharField(max_length=300)
    number = models.CharField(max_length=14, blank=True)
    functions = models.JSONField(default=list)
    from_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party_id"], name="published_party_once"),
            in_order_if_known("from_on", "ended_on", name="published_party_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_bound(self, day: date) -> bool:
        return self.from_on <= day and (self.ended_on is None or day < self.ended_on)
