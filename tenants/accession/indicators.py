"""Resignations as an indicator, and the decision that is due first as a key day."""

from datetime import date

from django.db.models import Count

from kooperacja.indicators import About, Indicator, KeyDay
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.resignations import ResignationNotice
from tenants.accession.rules import decision_due
from tenants.accession.workflow import DeclarationState
from tenants.partnership.indicators import SECTORS
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.regulation.models import RegulationVersion


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
    is_flow=True,
    lead="Rezygnacje w każdej gminie i w każdym powiecie, razem i według sektora.",
)


def first_decision_due_on(as_of: date) -> date | None:
    """The day by which the Lider should decide on the declaration that is due first (REG §1.5)."""
    filed = AccessionDeclaration.objects.filter(state=DeclarationState.FILED).order_by()
    days = filed.values_list("received_on", "regulation__decision_days")
    due = (decision_due(received, within) for received, within in days if received)
    return min(due, default=None)


DECISION_DUE = KeyDay(
    order=70,
    code="DECISION_DUE",
    title="Najbliższy termin decyzji o deklaracji",
    definition=(
        "Najwcześniejszy z dni, do których Lider powinien zdecydować o złożonych deklaracjach. "
        "Liczbę dni ustala regulamin Partnerstwa."
    ),
    clause="§ 1 ust. 5 regulaminu PZK",
    find=first_decision_due_on,
    tables=(AccessionDeclaration, RegulationVersion),
)
