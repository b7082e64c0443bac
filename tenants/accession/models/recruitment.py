"""Recruitment of new kooperanci (REG §1.4, §5.1.h)."""

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Now

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.problems import Problem
from kooperacja.ui.search import matching
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.workflow import OPEN_RECRUITMENTS, RECRUITMENT, RecruitmentState
from tenants.people.models import Organisation, Sector


class RecruitmentQuerySet(models.QuerySet["Recruitment"]):
    """The log of recruitment."""

    def chosen(self, *, szukaj: str = "", stan: str = "") -> Self:
        """Rows that a filter chose: every word stands in the institution's name."""
        rows = matching(self, szukaj, "institution_name")
        return rows.filter(state=stan) if stan else rows

    def going_on(self, organisation_id: UUID) -> Self:
        """Entries of an institution that have not ended, in the order in which they are locked."""
        entries = self.filter(organisation=organisation_id, state__in=sorted(OPEN_RECRUITMENTS))
        return entries.order_by("pk")


class Recruitment(TenantModel):
    """One institution that was asked, or asked itself, to join (REG §1.4, §5.1.h)."""

    INSTITUTION = "organisation"
    WORKFLOW = RECRUITMENT
    PAGE, LIST_PAGE = "accession:recruitment", "accession:recruitments"

    class Origin(models.TextChoices):
        """The side that began."""

        OFFICE = "OFFICE", "zaproszenie Lidera"
        PUBLIC_PAGE = "PUBLIC_PAGE", "zgłoszenie ze strony Partnerstwa"
        NEED = "NEED", "potrzeba zgłoszona przez zespół"

    origin = models.CharField(max_length=11, choices=Origin.choices)
    state = models.CharField(
        max_length=8, choices=RecruitmentState.choices, default=RecruitmentState.INVITED
    )
    institution_name = models.CharField("nazwa instytucji", max_length=300)
    sector = models.CharField("sektor", max_length=16, choices=Sector.choices, blank=True)
    contact_name = models.CharField("imię i nazwisko", max_length=200, blank=True)
    contact_email = models.EmailField("adres e-mail", blank=True)
    contact_phone = models.CharField("telefon", max_length=40, blank=True)
    message = models.TextField("wiadomość", blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="recruitments", null=True
    )
    declaration = models.ForeignKey(
        AccessionDeclaration, models.PROTECT, related_name="recruitments", null=True
    )
    began_on = models.DateField("od dnia")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=0)

    objects = RecruitmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "began_on"], name="recruitment_state")]

    def __str__(self) -> str:
        return self.institution_name

    @property
    def has_contact(self) -> bool:
        """It still has contact data."""
        return any((self.contact_name, self.contact_email, self.contact_phone, self.message))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RECRUITMENTS

    def not_now(self, to: str, by: Actor | None = None) -> Problem:
        return Problem(
            "Tego kroku nie można teraz zapisać",
            f"Stan naboru: {self.get_state_display()}. Przystąpienie zapisuje się samo, gdy "
            "Lider przyjmie deklarację powiązanej instytucji.",
            clause="§ 1 ust. 4 regulaminu",
            kept="Niczego nie zapisaliśmy.",
            at=self,
        )

    def changed_meanwhile(self) -> Problem:
        """The answer to somebody who writes a step and had not seen the last one."""
        return Problem(
            "Ktoś właśnie zmienił ten wpis",
            f"Stan naboru: {self.get_state_display()}. Sprawdź przebieg i zapisz krok jeszcze raz.",
            kept="Twój krok nie został zapisany.",
            at=self,
            action="Przejdź do wpisu",
        )

    def add_step(self, *, by: Actor, on: date, why: str = "") -> None:
        """Write down the state it has just come to."""
        RecruitmentStep.objects.create(
            recruitment=self, state=self.state, happened_on=on, note=why, actor_name=by.name
        )


class RecruitmentStep(TenantModel):
    """One line of the recruitment log, as it happened (REG §1.4)."""

    APPEND_ONLY = True

    recruitment = models.ForeignKey(Recruitment, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8, choices=RecruitmentState.choices)
    happened_on = models.DateField("data")
    note = models.TextField("notatka", blank=True)
    actor_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.recruitment}, {self.get_state_display()}"
