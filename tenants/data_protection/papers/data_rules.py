"""Annex 3, the general rules of data protection, as a document of its own (REG §8.3).

It is the text of one version of the regulation, which is frozen with it; so the print is not kept.
"""

import re
from typing import Any

from kooperacja.documents import parts as p
from kooperacja.documents.drawing import drawn
from kooperacja.documents.papers import Paper
from kooperacja.ui.polish import pl_date
from tenants.partnership.papers import AREA, DAY, LEAD
from tenants.regulation.models import RegulationVersion

_NUMBERED = re.compile(r"(\d+[.)]|[a-z]\))\s+(.+)")
DATA_RULES = Paper(
    order=30,
    kind="DATA_RULES",
    name="Załącznik nr 3: ochrona danych osobowych",
    title="Załącznik nr 3 do Regulaminu: ochrona danych osobowych – ogólne zasady",
    short="Załącznik nr 3 do Regulaminu",
    example={
        "lead": LEAD,
        "area": AREA,
        "number": "1",
        "adopted_on": DAY,
        "in_force_from": DAY,
        "points": [{"number": "1.", "text": "Treść."}],
    },
    parts=(
        p.Title(
            "Załącznik nr 3",
            "do Regulaminu Partnerskiego Zespołu Kooperacyjnego w {{ area or '…………' }}",
        ),
        p.Opening(
            "{% if number %}wersja {{ number }}, przyjęta w dniu {{ adopted_on }}"
            "{% else %}projekt{% endif %}",
            "{% if number %}obowiązuje od {{ in_force_from }}{% endif %}",
        ),
        p.Heading("Ochrona danych osobowych – ogólne zasady"),
        p.Each(
            "point in points",
            p.Cases(
                p.Case("point.number", p.Clause("{{ point.number }}", "{{ point.text }}")),
                p.Case("", p.Text("{{ point.text }}")),
            ),
        ),
    ),
)


def printed_data_rules(regulation: RegulationVersion, text: str, content_type: str) -> bytes:
    """The annex as a file; `text` is what the version says in it."""
    return drawn(DATA_RULES, data_rules_context(regulation, text), content_type)


def data_rules_context(regulation: RegulationVersion, text: str) -> dict[str, Any]:
    """What the annex says, a point a line."""
    return {
        "lead": {"name": regulation.lead_name, "address": "", "contact": ""},
        "area": regulation.area,
        "number": str(regulation.number or ""),
        "adopted_on": pl_date(regulation.adopted_on),
        "in_force_from": pl_date(regulation.in_force_from),
        "points": [_point(line.strip()) for line in text.splitlines() if line.strip()],
    }


def _point(line: str) -> dict[str, str]:
    found = _NUMBERED.fullmatch(line)
    return {"number": found[1] if found else "", "text": found[2] if found else line}
