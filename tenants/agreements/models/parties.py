"""The parties of an agreement and the people these name (POR preamble, §3.3)."""

from copy import copy
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import NBSP
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.workflow import PARTY, PartyState
from tenants.people.dated import Dated
from tenants.people.models import Organisation, Person, Post, RoleAssignment


class EndKind(models.TextChoices):
    """The ways in which a party's part in an agreement ends."""

    LEFT = "LEFT", "odejście"
    MERGED = "MERGED", "przejęcie przez następcę"
    AGREEMENT = "AGREEMENT", "koniec porozumienia"


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties of agreements."""

    def with_part(self, day: date) -> Self:
        """Those whose own part lasts on a day, or lasted as long as the agreement.

        Whoever left learns nothing more of it; whoever stayed to its end still reads it.
        """
        is_there = Q(stepped_in_on=None) | Q(stepped_in_on__lte=day)
        lasts = Q(ended_on=None) | Q(ended_on__gt=day) | Q(end_kind=EndKind.AGREEMENT)
        return self.filter(is_there & lasts)

    def with_names(self) -> Self:
        """With the names by which they went later, for `name_on`."""
        rows = apps.get_model("agreements", "Renaming").objects.filter(party=OuterRef("pk"))
        named = rows.values(one=JSONObject(from_on="from_on", name="name"))
        return self.annotate(
            later_names=ArraySubquery(named.order_by("from_on", "entered_at", "pk"))
        )


def named(lookup: str = "party") -> "models.Prefetch[Any]":
    """The party of each row, with the names by which it went later."""
    return models.Prefetch(lookup, Party.objects.with_names())


class PartyManager(models.Manager["Party"]):
    """Parties without those that were taken out of the draft."""

    def get_queryset(self) -> PartyQuerySet:
        return PartyQuerySet(self.model, using=self._db).filter(removed_on=None)

    def with_names(self) -> PartyQuerySet:
        return self.get_queryset().with_names()

    def with_part(self, day: date) -> PartyQuerySet:
        return self.get_queryset().with_part(day)


class Party(TenantModel):
    """A party of an agreement as it was named on the day (POR preamble)."""

    INSTITUTION = "organisation"
    PAGE = "agreements:party"
    WORKFLOW = PARTY

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField("numer", default=0)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True
    )
    # The Lider's own office, which is no institution of the register.
    is_office = models.BooleanField("to nasz ośrodek", default=False)
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
    state = models.CharField(
        "podpis",
        max_length=7,
        choices=PartyState.choices,
        default=PartyState.WAITING,
    )
    # Of one that stepped into the part of another after force: since when.
    stepped_in_on = models.DateField("Stroną od", null=True)
    # The first day on which it has no part any more, and why.
    ended_on = models.DateField("nie jest Stroną od", null=True)
    end_kind = models.CharField(max_length=9, choices=EndKind.choices, blank=True, default="")
    # Bound from this day by its own later accession, and by no signature of the first ones.
    acceded_on = models.DateField("przystąpiono", null=True)
    # A protected place: nobody outside learns where it is.
    hides_seat = models.BooleanField("siedziba nie jest jawna", default=False, db_default=False)
    # It signed or refused a text that was taken back, and then was taken out of the draft: what it
    # handed in stays.
    removed_on = models.DateField("usunięto z projektu", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = PartyManager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            # Whoever left may accede later as another party: its history stays with the first.
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=~Q(end_kind=EndKind.LEFT),
                name="agreement_party_there_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(is_office=True) & ~Q(end_kind=EndKind.LEFT),
                name="agreement_office_there_once",
            ),
            models.CheckConstraint(
                condition=Q(is_office=False) | Q(organisation__isnull=True),
                name="agreement_office_is_no_institution",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_kind="")
                | Q(ended_on__isnull=False) & ~Q(end_kind=""),
                name="agreement_party_ended_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """Its name on a day; the text that was signed keeps the one of its own day."""
        known = self.__dict__.get("later_names")
        if known is None:
            known = self.renamings.values("from_on", "name")
        names = [one["name"] for one in known if str(one["from_on"]) <= day.isoformat()]
        return str(names[-1]) if names else self.name

    def as_named_on(self, day: date) -> "Party":
        """The same party with its name of a day, for a paper that is made then; not to be saved."""
        named = copy(self)
        named.name = self.name_on(day)
        return named

    @property
    def name_now(self) -> str:
        return self.name_on(timezone.localdate())

    @property
    def name_shown(self) -> str:
        """Its name of today, beside it the one of the text where that is another."""
        now = self.name_now
        return now if now == self.name else f"{now} (dawniej: {self.name})"

    @property
    def has_answered(self) -> bool:
        """It signed or refused, be it a text that was taken back."""
        return self.signatures.exists() or self.refusals.exists()

    def people_on(self, day: date) -> "models.QuerySet[Person]":
        """Its people in the register: who has a post there, or a role for it."""
        if self.organisation_id is None and not self.is_office:
            return Person.objects.none()
        held = [
            rows.on(day).filter(organisation=self.organisation_id).order_by().values("person")
            for rows in (Post.objects, RoleAssignment.objects)
        ]
        return Person.objects.filter(Q(pk__in=held[0]) | Q(pk__in=held[1]))

    def has_part(self, day: date) -> bool:
        """The same of one party as `with_part` of many."""
        is_there = self.stepped_in_on is None or self.stepped_in_on <= day
        lasts = self.ended_on is None or self.ended_on > day
        return is_there and (lasts or self.end_kind == EndKind.AGREEMENT)

    def has_left(self, day: date) -> bool:
        """It left by a day, and nobody stepped into its part: it may accede anew."""
        is_over = self.ended_on is not None and self.ended_on <= day
        return is_over and self.end_kind == EndKind.LEFT

    @property
    def label(self) -> str:
        """Its name in the agreement."""
        return f"Partner nr {self.position}"

    # A party that must sign an aneks has the same two (`AmendmentSide`).

    @property
    def lies(self) -> Agreement:
        return self.agreement

    @property
    def signs(self) -> "Party":
        return self


class ContactPerson(Dated):
    """A person whom a party names for the cooperation (POR §3.3)."""

    INSTITUTION = "party__organisation"
    PAGE = "agreements:contact"

    party = models.ForeignKey(Party, models.PROTECT, related_name="contacts")
    # Who takes a seat in the team; others are named in the text alone.
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="osoba"
    )
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
