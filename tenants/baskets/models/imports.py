"""Files of institutions, people and services that the office brings in, row by row (REG §3.3)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.columns import INSTITUTIONS, PEOPLE, SERVICES
from tenants.baskets.workflow import IMPORT, ImportState
from tenants.services.confirming import How


class ImportFile(TenantModel):
    """A file that was handed in: nothing of it is written before the office has confirmed it."""

    WORKFLOW = IMPORT
    PAGE, LIST_PAGE = "baskets:import", "baskets:imports"
    KINDS = ((INSTITUTIONS, "instytucje"), (PEOPLE, "osoby"), (SERVICES, "usługi"))

    kind = models.CharField("co jest w pliku", max_length=12, choices=KINDS)
    name = models.CharField("plik", max_length=200)
    state = models.CharField(
        max_length=8, choices=ImportState.choices, default=ImportState.CHECKING
    )
    # What institutions stated of all rows; empty where nothing was, and nothing is confirmed.
    how = models.CharField(max_length=6, choices=How.choices, blank=True, default="")
    came_on = models.DateField("wczytano")
    by_name = models.CharField("kto", max_length=200)
    account_id = models.UUIDField(null=True)
    ended_on = models.DateField("zakończono", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Import: {self.name}"


class Verdict(models.TextChoices):
    """The verdicts on a row before anything is written."""

    NEW = "NEW", "nowy"
    CHANGED = "CHANGED", "zmieniony"
    SAME = "SAME", "powtórzony"
    WRONG = "WRONG", "błędny"


WRITTEN = (Verdict.NEW, Verdict.CHANGED)
TO_CHANGE, HAS_CHANGED = "Zmieni się: ", "Zmieniono: "


class ImportRow(TenantModel):
    """A row of a file as it came, and what would become of it."""

    source = models.ForeignKey(ImportFile, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("wiersz")  # as the spreadsheet counts
    cells = models.JSONField(default=dict)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    name = models.CharField("nazwa", max_length=300, blank=True, default="")
    key = models.CharField(max_length=400, blank=True, default="")  # of what it is about
    verdict = models.CharField(
        "co z nim będzie", max_length=7, choices=Verdict.choices, blank=True, default=""
    )
    reason = models.CharField("dlaczego", max_length=2000, blank=True, default="")
    is_written = models.BooleanField(default=False)

    class Meta:
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(is_written=False) | Q(verdict__in=WRITTEN), name="import_written_good"
            ),
        ]

    def __str__(self) -> str:
        return f"wiersz {self.number}: {self.name}"

    @property
    def outcome(self) -> str:
        """The verdict; of a new one that was written, that it is there."""
        is_there = self.is_written and self.verdict == Verdict.NEW
        return "dodany" if is_there else str(self.get_verdict_display())

    @property
    def why(self) -> str:
        """The reason, in the past once it was written."""
        return self.reason.replace(TO_CHANGE, HAS_CHANGED, 1) if self.is_written else self.reason

    def url_of(self, page: str = "") -> str:
        return self.source.url_of(page)
