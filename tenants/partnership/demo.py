"""A demo's documentation with its symbols, and workers whom a coordinator let in to the basket."""

from datetime import date, timedelta

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.documents.documentation import files, readable_papers
from kooperacja.documents.models import KindSymbol
from tenants.partnership.actions import readers
from tenants.partnership.actions.documentation import describe_document, set_symbols
from tenants.partnership.models import PartnershipCoordinator
from tenants.people.dated import holding
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
_LET_IN, _ENDED = timedelta(days=40), timedelta(days=10)
_WORKERS = (
    readers.Named(1, "Czesława Czytelna", "c.czytelna@pokaz.example"),
    readers.Named(2, "Bogdan Bywalski", "b.bywalski@pokaz.example"),
)


def write(unit: str, today: date) -> None:
    """File what the histories before it have left, and let in workers; once."""
    _file_papers()
    _let_in_workers(today)


def _let_in_workers(today: date) -> None:
    """A coordinator let in two; one of them works elsewhere now."""
    if RoleAssignment.objects.filter(role=Role.PARTNER_WORKER).exists():
        return
    day = today - _LET_IN
    seats = PartnershipCoordinator.objects.on(day).filter(
        holding(day, "membership__"),
        holding(day, "person__role_assignments__"),
        ended_on=None,
        person__role_assignments__role=Role.PARTNER_COORDINATOR,
        membership__ended_on=None,
    )
    seat = seats.select_related("person").order_by("from_on", "pk").first()
    if seat is None:
        return
    known = {"role": Role.PARTNER_COORDINATOR, "via": Via.TASK, "person_id": seat.person_id}
    name = seat.person.full_name
    by = Actor(None, name, day=day, **known)
    told = readers.let_in_workers(by=by, membership_id=seat.membership_id, people=_WORKERS)
    later = Actor(None, name, day=today - _ENDED, **known)
    readers.end_reader(by=later, reader_id=told.new[-1].pk)


def _file_papers() -> None:
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
