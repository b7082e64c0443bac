"""The documentation of a demo's office: symbols of its kinds of papers, and some papers filed."""

from datetime import date

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.documents.documentation import files, readable_papers
from kooperacja.documents.models import KindSymbol
from tenants.partnership.actions.documentation import describe_document, set_symbols
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role

# Invented, as each office has its own list of files.
_SYMBOLS = {
    "REGULATION": "0710",
    "SIGNED_REGULATION": "0710",
    "SIGNED_DECLARATION": "0711",
    "ANNOTATED_DECLARATION": "0711",
    "MEETING_SCAN": "0712",
    "MINUTES": "0712",
}
_FOLDERS = ("Teczka 1, pokój 14", "Teczka 2, pokój 14", "", "Archiwum zakładowe, regał 3")


def write(unit: str, today: date) -> None:
    """File what the histories before it have left; once."""
    role = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if role is None or KindSymbol.objects.exists():
        return
    by = Actor(None, role.person.full_name, role=Role.LEAD, via=Via.TASK, person_id=role.person_id)
    set_symbols(by=by, version=0, symbols=_SYMBOLS)
    for number, paper in enumerate(
        files(readable_papers(role.person)).order_by("stored_at", "pk")[:12]
    ):
        original = _FOLDERS[number % len(_FOLDERS)]
        mark = f"OPS.{_SYMBOLS.get(paper.kind, '0719')}.{number + 1}.{paper.stored_at.year}"
        values = {"symbol": "", "case_mark": mark, "original": original}
        describe_document(by=by, file_id=paper.pk, version=0, values=values)
