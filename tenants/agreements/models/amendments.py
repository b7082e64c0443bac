"""Aneksy: what each changes in an agreement in force, and who must sign it (POR preamble)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.documents.models import Document
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import localtime, pl_date
from tenants.agreements import rules
from tenants.agreements.folded import ADDED, REMOVED, TEXT, Change
from tenants.agreements.models.agreements import Agreement, Signers
from tenants.agreements.models.parties import Party
from tenants.agreements.models.texts import with_term
from tenants.agreements.workflow import (
    AMENDMENT,
    AMENDMENT_FROZEN,
    AMENDMENT_OPEN,
    AMENDMENT_SIDE,
    AmendmentState,
    SideState,
)
from tenants.meetings.models.arrangements import Arrangement
from tenants.regulation.parameters import Period, PlacePolicy

AMENDMENT_PAPER = "AMENDMENT"  # the kind of its documents
LONGEST_CLAUSE = 5000  # signs
LONGEST_REASONS = 2000


class AmendmentForce(models.TextChoices):
    """The ways in which an aneks comes into force, once all who must have signed it."""

    LAST = rules.LAST, "w dniu ostatniego podpisu"
    DAY = rules.DAY, "w ustalonym dniu"


class Amendment(TenantModel):
    """An aneks: an agreement has one open at a time, and each changes the text that is in force."""

    PAGE = "agreements:amendment"
    WORKFLOW = AMENDMENT
    THIS: ClassVar[str] = "ten aneks"
    OF_THIS: ClassVar[str] = "aneksu"
    NOT_WHOLE: ClassVar[str] = "to nie cały aneks"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="amendments")
    # Given when it is sent to be signed: a draft that is discarded takes none.
    number = models.PositiveSmallIntegerField("numer", null=True)
    state = models.CharField(
        max_length=9, choices=AmendmentState.choices, default=AmendmentState.DRAFT
    )
    dated_on = models.DateField("aneks z dnia", null=True, blank=True)
    justification = models.CharField(
        "uzasadnienie", max_length=LONGEST_REASONS, blank=True, default=""
    )
    signers = models.CharField(
        "kto podpisuje", max_length=5, choices=Signers.choices, default=Signers.ALL
    )
    sign_by = models.DateField("ostatni dzień na podpisy", null=True, blank=True)
    force = models.CharField(
        "kiedy wejdzie w życie",
        max_length=4,
        choices=AmendmentForce.choices,
        default=AmendmentForce.LAST,
    )
    force_on = models.DateField("dzień wejścia w życie", null=True, blank=True)
    shared_on = models.DateField("Strony czytają projekt od", null=True)
    sent_on = models.DateField("przekazano do podpisu", null=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", null=True)
    in_force_from = models.DateField("obowiązuje od", null=True)
    reason = models.CharField("dlaczego nie", max_length=500, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=sorted(AMENDMENT_OPEN)),
                name="amendment_one_open",
            ),
            models.UniqueConstraint(fields=["agreement", "number"], name="amendment_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(AMENDMENT_FROZEN))
                | Q(
                    sent_on__isnull=False,
                    document__isnull=False,
                    number__isnull=False,
                    dated_on__isnull=False,
                    sign_by__isnull=False,
                ),
                name="amendment_sent_with_its_document",
            ),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.IN_FORCE, in_force_from__isnull=False)
                | ~Q(state=AmendmentState.IN_FORCE) & Q(in_force_from__isnull=True),
                name="amendment_in_force_from_a_day",
            ),
            in_order_if_known("dated_on", "sign_by", name="amendment_dated_before_its_last_day"),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return f"Projekt aneksu z {pl_date(localtime(self.created_at).date())}"
        return f"Aneks nr {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == AmendmentState.DRAFT

    @property
    def is_shown(self) -> bool:
        """The parties read its draft."""
        return self.is_draft and self.shared_on is not None

    @property
    def is_signing(self) -> bool:
        return self.state == AmendmentState.SIGNING

    @property
    def is_frozen(self) -> bool:
        """Its document lies before the parties, or did."""
        return self.state in AMENDMENT_FROZEN

    @property
    def cited(self) -> str:
        """It as a changed clause cites it: aneksu nr 1 z 3 grudnia 2026 r."""
        return f"aneksu nr {self.number} z {pl_date(self.dated_on)}"


class ChangeKind(models.TextChoices):
    """The kinds of a change: of a clause, or of what the team of the agreement follows."""

    TEXT = TEXT, "nowe brzmienie postanowienia"
    ADDED = ADDED, "nowe postanowienie"
    REMOVED = REMOVED, "skreślenie postanowienia"
    RHYTHM = "RHYTHM", "częstość spotkań"
    PLACE = "PLACE", "miejsce spotkań"
    UNITS = "UNITS", "gminy, na których terenie obowiązuje"


class AmendedClause(TenantModel):
    """One change that an aneks makes; each clause is changed by it once at most."""

    PAGE = "agreements:amended_clause"

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=7, choices=ChangeKind.choices)
    # The key of its line (`numbering.Line`); of a new clause its own, so that no two are the same.
    clause = models.CharField("postanowienie", max_length=60)
    place = models.CharField("gdzie", max_length=60, blank=True, default="")
    heading = models.CharField("tytuł paragrafu", max_length=200, blank=True, default="")
    # Its references are keys: ((2.4)).
    text = models.CharField("treść", max_length=LONGEST_CLAUSE, blank=True, default="")
    # What the team follows from then on.
    meetings_count = models.PositiveSmallIntegerField("liczba spotkań", null=True)
    meetings_period = models.CharField(
        "w czasie", max_length=9, choices=Period.choices, blank=True, default=""
    )
    place_policy = models.CharField(
        "gdzie się spotykacie", max_length=8, choices=PlacePolicy.choices, blank=True, default=""
    )
    meeting_place = models.CharField("miejsce spotkań", max_length=300, blank=True, default="")
    # The gminas that it names from then on, as the agreement keeps its own.
    units = models.JSONField("gmina albo gminy", default=list, db_default=[])
    # What a further duty of the founding text may have, too (`Addition`).
    due_on = models.DateField("termin", null=True, blank=True)
    party = models.ForeignKey(Party, models.SET_NULL, related_name="+", null=True, blank=True)
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "clause"], name="amendment_changes_a_clause_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="RHYTHM", meetings_count__isnull=False) & ~Q(meetings_period="")
                | ~Q(kind="RHYTHM") & Q(meetings_count__isnull=True, meetings_period=""),
                name="amended_rhythm_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="UNITS") & ~Q(units=[]) | ~Q(kind="UNITS") & Q(units=[]),
                name="amended_units_are_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment}: {self.get_kind_display()}"

    @property
    def change(self) -> Change:
        """It as the text in force takes it in."""
        kind = self.kind if self.kind in (ADDED, REMOVED) else TEXT
        how = "dodano aneksem" if kind == ADDED else "w brzmieniu aneksu"
        one = self.amendment
        mark = f"{how} nr {one.number} z {pl_date(one.dated_on)}" if one.number else ""
        return Change(kind, self.clause, self.said, self.place, self.heading, mark)

    @property
    def said(self) -> str:
        """Its text; that of a duty with its day and who does it."""
        return with_term(self.text, self.due_on, self.party)


class AmendmentSide(TenantModel):
    """A party that must sign an aneks, and how far it is in that."""

    PAGE = "agreements:amendment_side"
    INSTITUTION = "party__organisation"
    WORKFLOW = AMENDMENT_SIDE

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="sides")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    state = models.CharField(
        "podpis", max_length=7, choices=SideState.choices, default=SideState.WAITING
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["party__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "party"], name="amendment_side_once")
        ]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def url(self) -> str:
        """The page of its aneks, on which it is shown."""
        return self.amendment.url

    @property
    def label(self) -> str:
        return self.party.label

    # A party that is asked to sign the agreement has the same two.

    @property
    def lies(self) -> Amendment:
        return self.amendment

    @property
    def signs(self) -> Party:
        return self.party


Lies = Agreement | Amendment  # what lies before its parties to be signed
Asked = Party | AmendmentSide  # a party that is asked to sign it
