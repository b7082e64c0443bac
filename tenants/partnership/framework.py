"""The framework regulation: its clauses word for word, with every blank in double brackets."""

from functools import cache
from importlib.resources import files

# The refs are "paragraph.subsection.letter"; one number alone heads a paragraph.
DATA_RULES = "zał.3"
# The footnote of the title: what a regulation must settle before it may be adopted.
CHECKLIST = (
    "common_goal",
    "organisational_frame",
    "information_exchange",
    "knowledge_exchange",
    "decision_process",
    "monitoring_rules",
)
BLANK_NAMES = {
    "area": "obszar działania",
    "lead_name": "nazwa Lidera",
    "frequency": "częstość spotkań",
    "meeting_place": "miejsce spotkań",
    "risk_notice": "jak szybko",
}


@cache
def _clauses() -> tuple[tuple[str, str], ...]:
    lines = files("tenants.exchange").joinpath("framework.txt").read_text(encoding="utf-8")
    found = lines.replace("\n  ", "\v").split("\n")[:-1]
    pairs = (line.partition(" ") for line in found)
    return tuple((ref, text.replace("\v", "\n")) for ref, _, text in pairs)


def clauses() -> list[dict[str, str]]:
    """The clauses as a version of the regulation keeps them: [{"ref", "text"}]."""
    return [{"ref": ref, "text": text} for ref, text in _clauses()]
