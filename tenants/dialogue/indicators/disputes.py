"""Disputes, counted and nothing else (REG §10)."""

from datetime import date

from kooperacja.indicators import About, Indicator
from tenants.dialogue.models.disputes import Dispute
from tenants.teams import perms as teams
from tenants.teams.models import Team


def disputes(as_of: date) -> dict[str, int]:
    """Disputes reported in the month of a day."""
    rows = Dispute.objects.filter(team__in=teams.open_teams())
    month = rows.filter(reported_at__date__gte=as_of.replace(day=1), reported_at__date__lte=as_of)
    return {"REPORTED": month.count()}


# So few that each is somebody's: they leave the unit only under disclosure control.
DISPUTES = Indicator(
    order=97,
    code="DISPUTES",
    title="Spory między kooperantami",
    definition="Liczba sporów zgłoszonych w miesiącu. Liczy się każdy spór, także wycofany.",
    clause="§ 10 regulaminu PZK",
    about=About.PEOPLE,
    unit=("spór", "spory", "sporów"),
    dimension="Spory",
    labels={"REPORTED": "Zgłoszone"},
    count=disputes,
    tables=(Dispute, Team),
    is_flow=True,
)
