"""The resignation of a kooperant, and how many have resigned (REG §1.6, §1.7)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel, in_order
from kooperacja.ui.polish import pl_date
from kooperacja.ui.search import matching
from tenants.accession import rules
from tenants.accession.workflow import SignatureMode
from tenants.partnership.models import Membership
from tenants.people.models import Person
from tenants.regulation.models import RegulationVersion
from tenants.regulation.parameters import MajorityBase


class ResignationQuerySet(models.QuerySet["ResignationNotice"]):
    """Resignations of kooperanci."""

    def chosen(self, *, szukaj: str = "", od: date | None = None, do: date | None = None) -> Self:
        """Those that a filter chose, by words of the institution and the days of receipt."""
        rows = matching(self, szukaj, "membership__organisation__name")
        if od:
            rows = rows.filter(received_on__gte=od)
        return rows.filter(received_on__lte=do) if do else rows

    def with_return(self) -> Self:
        """Each with the day on which its institution joined again (`returned_on`), if it did."""
        later = Membership.objects.filter(
            organisation=OuterRef("membership__organisation"),
            from_on__gte=OuterRef("membership__ended_on"),
        ).exclude(pk=OuterRef("membership"))
        first = later.order_by("from_on", "pk").values("from_on")[:1]
        return self.annotate(returned_on=Subquery(first))


class ResignationNotice(TenantModel):
    """The written resignation of a kooperant, filed with the Lider (REG §1.6)."""

    INSTITUTION = "membership__organisation"
    PAGE, LIST_PAGE = "accession:resignation", "accession:resignations"
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

    objects = ResignationQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("signed_on", "received_on", name="resignation_signed_first"),
            in_order("received_on", "effective_on", name="resignation_received_first"),
        ]

    def __str__(self) -> str:
        return f"{self.membership.organisation}, rezygnacja z {pl_date(self.received_on)}"


def tally(day: date) -> rules.ResignationTally | None:
    """The count of resignations toward a majority, by the regulation of a day (§1.7)."""
    regulation = RegulationVersion.in_force(day)
    base = regulation.majority_base if regulation else MajorityBase.FIRST_RESIGNATION
    columns = ("organisation", "from_on", "ended_on", "resignation__received_on")
    return rules.best((rules.Stay(*row) for row in Membership.objects.values_list(*columns)), base)
