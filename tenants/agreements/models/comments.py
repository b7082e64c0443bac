"""Comments on the clauses of a draft, and the answers to them (POR preamble)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.amendments import Amendment, Lies
from tenants.people.models import Organisation, Person

OFFICE_NAME = "ośrodek"
LONGEST_COMMENT = 2000  # signs, of a comment and of an answer


class ClauseCommentQuerySet(models.QuerySet["ClauseComment"]):
    """Comments on clauses."""

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def on(self, draft: Lies) -> Self:
        """Those on the draft of an aneks, or on that of an agreement itself."""
        if isinstance(draft, Amendment):
            return self.filter(amendment=draft)
        return self.filter(agreement=draft, amendment=None)


class ClauseComment(TenantModel):
    """A comment on one clause of the draft of an agreement, or of an aneks to it.

    Without an institution it is the office's.
    """

    PAGE = "agreements:comment"
    INSTITUTION = "organisation"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="comments")
    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="comments", null=True)
    clause = models.CharField(max_length=60)  # the key of its line (`numbering.Line`)
    # As it was cited then: numbers move, and a clause may be taken out.
    clause_name = models.CharField("postanowienie", max_length=60)
    text = models.CharField("uwaga", max_length=LONGEST_COMMENT)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    # The side that is asked to answer: a party, the office, or nobody in particular.
    asked = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    asks_office = models.BooleanField(default=False)
    # The version of the text that was kept last before it was written.
    text_number = models.PositiveSmallIntegerField("wersja tekstu", null=True)
    created_at = models.DateTimeField("zgłoszono", default=timezone.now)
    closed_on = models.DateField("zamknięto", null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ClauseCommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True)
                | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="clausecomment_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(asks_office=False),
                name="clausecomment_asks_one_side",
            ),
        ]

    def __str__(self) -> str:
        # No text: the journal keeps this.
        day = pl_date(timezone.localdate(self.created_at))
        return f"Uwaga z {day} ({self.clause_name})"

    @property
    def draft(self) -> Lies:
        return self.amendment or self.agreement

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def side(self) -> str:
        """Its author's side, in words."""
        return self.organisation.name if self.organisation else OFFICE_NAME

    @property
    def asked_side(self) -> str:
        """The side that is asked to answer, in words; empty where none is."""
        if self.asks_office:
            return OFFICE_NAME
        return self.asked.name if self.asked else ""


class CommentReply(TenantModel):
    """An answer to a comment; without an institution it is the office's."""

    APPEND_ONLY = True
    INSTITUTION = "organisation"

    comment = models.ForeignKey(ClauseComment, models.PROTECT, related_name="replies")
    text = models.CharField("odpowiedź", max_length=LONGEST_COMMENT)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField("odpowiedziano", default=timezone.now)

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"Odpowiedź na uwagę ({self.comment.clause_name})"

    @property
    def side(self) -> str:
        return self.organisation.name if self.organisation else OFFICE_NAME
