"""Annex 3, the general rules of data protection, as a document of its own (REG §8.3).

It is the text of one version of the regulation, which is frozen with it; so the print is not kept.
"""

import re
from typing import Any

from kooperacja.documents.office_templates import Replaceable, offer, own_template, source
from kooperacja.ui.polish import pl_date
from tenants.partnership.documents import examples
from tenants.partnership.models import RegulationVersion

DATA_RULES = "DATA_RULES"
_WORD = "documents/data_rules.docx"
_NUMBERED = re.compile(r"(\d+[.)]|[a-z]\))\s+(.+)")


def printed_data_rules(regulation: RegulationVersion, text: str, kind: str) -> bytes:
    """The annex as "pdf" or "docx"; `text` is what the version says in it."""
    # Drawing takes a second to import, and most processes never draw.
    from kooperacja.documents.pdf import render_pdf
    from kooperacja.documents.word import render_docx

    context = data_rules_context(regulation, text)
    if kind == "docx":
        return render_docx(source(own_template(DATA_RULES), _WORD), context)
    return render_pdf("documents/data_rules.html", context)


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


offer(
    Replaceable(
        kind=DATA_RULES,
        name="Załącznik nr 3: ochrona danych osobowych",
        default=_WORD,
        example=examples.DATA_RULES,
    )
)
