"""What the papers of the partnership share."""

from datetime import date

from kooperacja.ui.polish import pl_date
from tenants.partnership.models import Partnership

# What the examples share.
LEAD = {"name": "Ośrodek Pomocy Społecznej", "address": "ul. Przykładowa 1", "contact": ""}
DAY = pl_date(date(2026, 1, 2))
AREA = "gminie Przykładowej"


def lead_of(partnership: Partnership) -> dict[str, str]:
    """The Lider in the letterhead."""
    return {"name": partnership.lead_name, "address": partnership.lead_address, "contact": ""}
