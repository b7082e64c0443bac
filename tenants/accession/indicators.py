"""Resignations as an indicator."""

from datetime import date

from django.db.models import Count

from kooperacja.indicators import About, Indicator
from tenants.accession.models.resignations import ResignationNotice
from tenants.partnership.indicators import SECTORS
from tenants.partnership.models import Membership
from tenants.people.models import Organisation


def resigned_by_sector(as_of: date) -> dict[str, int]:
    """Resignations that took effect in the month of a day, up to that day, by sector (REG §1.6)."""
    notices = ResignationNotice.objects.filter(effective_on__range=(as_of.replace(day=1), as_of))
    rows = notices.values_list("membership__organisation__sector").annotate(n=Count("pk"))
    return {str(sector): int(n) for sector, n in rows.order_by()}


RESIGNED_BY_SECTOR = Indicator(
    order=30,
    code="RESIGNED_BY_SECTOR",
    title="Rezygnacje z Partnerstwa według sektora",
    definition=(
        "Liczba instytucji, których rezygnacja wywołała skutek w danym miesiącu (w bieżącym "
        "miesiącu: do dziś)."
    ),
    clause="§ 1 ust. 6 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("rezygnacja", "rezygnacje", "rezygnacji"),
    dimension="Sektor",
    labels=SECTORS,
    count=resigned_by_sector,
    tables=(ResignationNotice, Membership, Organisation),
    levels=(1, 2, 3, 5, 8),
    lead="Rezygnacje w każdej gminie i w każdym powiecie, razem i według sektora.",
)
