"""The journal as a file for whoever may read it (the data protection officer above all)."""

from django.http import HttpResponse
from django.urls import reverse

from kooperacja import downloads
from kooperacja.audit.models import Entry
from kooperacja.audit.views import Line, entries_chosen, kept_choice, lines_of, roles_of
from kooperacja.pages import page
from kooperacja.ui.polish import counted, pl_date
from kooperacja.ui.sheets import Sheet
from tenants.people import perms
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

MOST = 10_000  # so that nobody waits long for it; the days narrow it
_HEADINGS = ("Kiedy", "Kto", "W jakiej roli", "Co zrobiono", "Czego dotyczy", "Dlaczego")
_WIDTHS = (17, 28, 28, 32, 48, 40)


def _format(person: Person, file_format: str) -> str:
    return file_format


@page(perms.read_journal, _format)
def journal_file(request: PersonRequest, file_format: str) -> HttpResponse:
    """The entries that are chosen on the page of the journal."""
    what = f"dziennik ({file_format.upper()})"
    if asked := downloads.asked_before_file(request, what=what, back=reverse("audit:journal")):
        return asked
    entries = entries_chosen(kept_choice(request), request.person)
    total = entries.count()
    sheet = Sheet(
        title="Dziennik",
        headings=_HEADINGS,
        rows=[_row(entry, line) for entry, line in lines_of(list(entries[:MOST]))],
        facts=_facts(request, total),
        widths=_WIDTHS,
    )
    return downloads.handed_out(request, sheet, file_format)


def _row(entry: Entry, line: Line) -> tuple[object, ...]:
    return (entry.at, entry.actor_name, roles_of(entry), line.what, line.about, line.why)


def _facts(request: PersonRequest, total: int) -> tuple[str, ...]:
    said = counted(total, "wpis", "wpisy", "wpisów")
    if total > MOST:
        said = f"{MOST} najnowszych wpisów z {total}; starsze są w węższym przedziale dni"
    return str(request.tenant.name), f"Stan na {pl_date(request.actor.today)}", said
