"""Delegates for whom gminas ask institutions of the county's agreement (POR-C §2.4.2)."""

from typing import Self

from django.db import models
from django.db.models import Q

from kooperacja.audit.actor import Actor
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from powiat.pzk.workflow import ASKED, SENT, AskedState
from tenants.agreements.models import Party
from tenants.exchange.delegations import EndedWhy
from tenants.people.models import Person, holds
from tenants.people.perms import OFFICE, spoken_organisations


class AskedQuerySet(models.QuerySet["AskedDelegation"]):
    """Delegates for whom somebody asked."""

    def read_by(self, person: Person | None) -> Self:
        """The office reads all of them, an institution its own."""
        if holds(person, OFFICE):
            return self
        return self.filter(party__organisation__in=spoken_organisations(person))


class AskedDelegation(TenantModel):
    """A delegate to a GGK for whom a gmina asked one party, and what became of it (POR-C §2.4.2)."""

    PAGE, LIST_PAGE = "pzk:asked", "pzk:delegations"
    INSTITUTION = "party__organisation"
    WORKFLOW = ASKED

    # The gmina's tenant and its own number of the request; its name is that of the day.
    source_id = models.UUIDField()
    request_id = models.UUIDField()
    source_name = models.CharField("gmina", max_length=200)
    asking_office = models.CharField("kto prosi", max_length=300)
    # None: the gmina named a party that there is not.
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True)
    function = models.CharField("funkcja, o którą prosi gmina", max_length=200)
    from_on = models.DateField("od kiedy")
    answer_by = models.DateField("odpowiedź do")
    asked_on = models.DateField("prośba z dnia")
    state = models.CharField(
        "stan", max_length=9, choices=AskedState.choices, default=AskedState.ASKED
    )
    answered_on = models.DateField("odpowiedź z dnia", null=True)
    answered_by = models.CharField("kto odpowiedział", max_length=200, blank=True, default="")
    reason = models.CharField("powód", max_length=500, blank=True, default="")
    # The delegate.
    full_name = models.CharField("imię i nazwisko", max_length=200, blank=True, default="")
    named_function = models.CharField("funkcja", max_length=200, blank=True, default="")
    email = models.EmailField("adres e-mail", blank=True, default="")
    named_from = models.DateField("od", null=True)
    named_until = models.DateField("do", null=True)
    # The same in our register, if it knows them.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    # The institution's letter, where the office entered what it says.
    letter = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    became_on = models.DateField("z dnia", null=True)
    ended_on = models.DateField("koniec delegacji", null=True)
    ended_why = models.CharField(
        "dlaczego", max_length=16, choices=EndedWhy.choices, blank=True, default=""
    )
    version = models.PositiveIntegerField(default=0)

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "request_id"], name="asked_delegation_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(SENT)) | Q(party__isnull=False),
                name="asked_delegation_of_party",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(SENT))
                | Q(named_from__isnull=False, answered_on__isnull=False)
                & ~Q(full_name="")
                & ~Q(email=""),
                name="asked_delegation_names_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=AskedState.REFUSED) | ~Q(reason=""),
                name="asked_delegation_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=AskedState.ENDED, ended_on__isnull=False)
                | ~Q(state=AskedState.ENDED) & Q(ended_on__isnull=True),
                name="asked_delegation_ended_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Delegat do GGK: {self.source_name}, {self.function}"

    @property
    def is_open(self) -> bool:
        return self.state == AskedState.ASKED

    @property
    def is_sent(self) -> bool:
        """Somebody is its delegate, or is about to be."""
        return self.state in SENT

    @property
    def state_said(self) -> str:
        """Its state; of a request that lapsed with its agreement, why."""
        if self.state == AskedState.EXPIRED and self.ended_why:
            return f"wygasła: {self.get_ended_why_display()}"
        return str(self.get_state_display())

    @property
    def institution(self) -> str:
        return self.party.name if self.party else "instytucja, której nie ma w porozumieniu"

    def not_now(self, to: str, by: Actor | None) -> Problem:
        """A step that comes too late is told the state, since when it is so and by whom."""
        when = self.became_on or self.answered_on
        day = f" {pl_date(when)}" if when else ""
        who = f" ({self.answered_by})" if self.answered_by and not self.became_on else ""
        return Problem(
            "Ta prośba nie czeka już na ten krok",
            f"{self}. Stan: {self.state_said}{day}{who}.",
            kept=NOTHING_SAVED,
            at=self,
            action="Zobacz prośbę",
        )
