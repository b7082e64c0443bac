"""The regulation as a document (REG title, §9)."""

from dataclasses import asdict
from typing import Any

from django.utils.text import capfirst

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.drawing import drawn
from kooperacja.documents.models import Document
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import by_reader
from kooperacja.ui.polish import paragraph, pl_date
from tenants.partnership.papers import DAY, LEAD
from tenants.regulation import perms
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_text, filled, parameters, points

WHERE = "gminie Przykładowej"  # a version says its area as it stands after "w"
SIGNED_REGULATION = "SIGNED_REGULATION"  # the paper that was signed
DATA_RULES_TITLE = "Ochrona danych osobowych – ogólne zasady"
# The list that ends the framework regulation; the third is left out where a version has no such text.
_ANNEXES = (
    "Wzór Deklaracji przystąpienia do Partnerskiego Zespołu Kooperacyjnego.",
    "Ramowe wzory narzędzi: Karta usług kooperanta.",
)
REGULATION_VOTE = "REGULATION_VOTE"  # a member's vote on paper


REGULATION = Paper(
    order=60,
    kind="REGULATION",
    name="Regulamin",
    title=(
        "Regulamin Partnerskiego Zespołu Kooperacyjnego w {{ area }}"
        "{% if number %}, wersja {{ number }}{% endif %}"
    ),
    short="Regulamin PZK{% if not number %} – projekt{% endif %}",
    row_seconds=0.004,
    may_read=by_reader(perms.see_regulation),
    example={
        "lead": LEAD,
        "area": WHERE,
        "number": "1",
        "adopted_on": DAY,
        "adopted_place": "w Przykładowie",
        "in_force_from": DAY,
        "clauses": [
            {"number": "1.", "name": "§ 1 ust. 1", "text": "Treść.", "depth": 1, "is_annex": False}
        ],
        "annexes": [{"number": "1.", "text": "Wzór deklaracji"}],
        "points": [{"title": "Wspólny cel", "text": "Treść."}],
        "parameters": [{"label": "Spotkania", "text": "raz na kwartał", "clause": "§ 2 ust. 3"}],
    },
    parts=(
        p.Title("Regulamin", "Partnerskiego Zespołu Kooperacyjnego w {{ area or '…………' }}"),
        p.Centred(
            "{% if number %}przyjęty w dniu {{ adopted_on }}"
            "{% if adopted_place %} {{ adopted_place }}{% endif %}, wersja {{ number }}, "
            "obowiązuje od {{ in_force_from }}{% else %}projekt{% endif %}"
        ),
        p.Each(
            "clause in clauses if not clause.is_annex",
            p.Cases(
                p.Case(
                    "clause.depth == 0",
                    p.Heading(paragraph("{{ clause.name }}", "{{ clause.text }}")),
                ),
                p.Case("clause.depth == 1", p.Clause("{{ clause.number }}", "{{ clause.text }}")),
                p.Case("", p.Clause("{{ clause.number }}", "{{ clause.text }}", depth=2)),
            ),
        ),
        p.Heading("Ustalenia Partnerstwa"),
        p.Text("Według przypisu do tytułu ramowego regulaminu Partnerstwo ustaliło:"),
        p.Each(
            "point in points",
            p.Subheading("{{ loop.index }}. {{ point.title }}"),
            p.Prose("point.text"),
        ),
        p.Heading("Parametry"),
        p.FactsOf("one in parameters", "one.label", "one.text", "one.clause"),
        p.Heading("Załączniki"),
        p.Each("annex in annexes", p.Clause("{{ annex.number }}", "{{ annex.text }}")),
        p.Signatures(p.Signature("podpis osoby upoważnionej do reprezentowania Lidera")),
        p.Each(
            "clause in clauses if clause.is_annex",
            p.NewPage(f"Załącznik nr 3. {DATA_RULES_TITLE}", p.Prose("clause.text")),
        ),
    ),
)


def printed_regulation(regulation: RegulationVersion, content_type: str, *, by: Actor) -> bytes:
    """A version that is not adopted yet, to be read, carried to a meeting and signed; not kept."""
    return drawn(REGULATION, regulation_context(regulation), content_type, by=by)


def issue_regulation(*, by: Actor, regulation: RegulationVersion) -> Document:
    """The adopted version, frozen (REG title)."""
    return issue(
        by=by,
        paper=REGULATION,
        subject=regulation.pk,
        title=f"Regulamin PZK, wersja {regulation.number}",
        context=regulation_context(regulation),
    )


def regulation_context(regulation: RegulationVersion) -> dict[str, Any]:
    """The text of a version, as it is printed."""
    return {
        "lead": {"name": regulation.lead_name, "address": "", "contact": ""},
        "area": regulation.area,
        "number": str(regulation.number or ""),
        "adopted_on": pl_date(regulation.adopted_on),
        "adopted_place": regulation.adopted_where,
        "in_force_from": pl_date(regulation.in_force_from),
        "clauses": [
            {
                "number": clause.number,
                "name": clause.name,
                "text": clause.text,
                "depth": clause.depth,
                "is_annex": clause.is_annex,
            }
            for clause in filled(regulation)
        ],
        "annexes": _annexes(regulation),
        "points": [
            {"title": capfirst(label), "text": text} for label, text in points(regulation).items()
        ],
        "parameters": [asdict(parameter) for parameter in parameters(regulation)],
    }


def _annexes(regulation: RegulationVersion) -> list[dict[str, str]]:
    listed = [*_ANNEXES, *([f"{DATA_RULES_TITLE}."] if annex_text(regulation) else [])]
    return [{"number": f"{number}.", "text": text} for number, text in enumerate(listed, 1)]
