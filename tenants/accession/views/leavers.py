"""Whoever left reads their own papers for some days, and nothing else here (REG §1.5, §1.6)."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from kooperacja.documents.models import StoredFile
from kooperacja.documents.views import hand_out
from kooperacja.pages import page, question, sent, step
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.problems import Missing
from tenants.accession import perms
from tenants.accession.actions.leavers import withhold_view
from tenants.accession.forms.leavers import WithholdForm
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest
from tenants.people.leavers import Leaver, own_file, papers_of
from tenants.people.models import Person
from tenants.registry.places import left_lately


@page(perms.see_own_papers, leavers=True)
def own_papers(request: TenantRequest) -> HttpResponse:
    """The list of them, up to which day they are open, and whom to ask afterwards."""
    context = {
        "leaver": request.leaver,
        "kinds": papers_of(request.leaver),
        "partnership": Partnership.here(),
    }
    return render(request, "accession/own_papers.html", context)


def _own_file(leaver: Leaver | None, pk: UUID) -> StoredFile:
    """For whoever still works here there is none: they read it where it belongs."""
    if leaver is not None and (file := own_file(leaver, pk)):
        return file
    raise Missing(
        "Nie ma takiego dokumentu wśród Twoich",
        "Po zakończeniu dostępu czyta się tylko dokumenty własnej instytucji i własne oświadczenia.",
    )


@page(perms.see_own_papers, _own_file, leavers=True)
def own_paper(request: TenantRequest, file: StoredFile) -> HttpResponse:
    """One of the files; the journal knows of it, as of any other."""
    return hand_out(request, file)


def _gone(person: Person, pk: UUID) -> Person:
    """Somebody who left a short time ago."""
    found = get_object_or_404(Person, pk=pk)
    if any(row.account_id == found.account_id for row in left_lately(current_tenant().id)):
        return found
    raise Missing(
        "Ta osoba nie ma wglądu",
        "Wgląd we własne dokumenty ma przez pewien czas ten, komu skończył się dostęp.",
    )


@step(perms.withhold_view, _gone, again=True)
def withhold(request: PersonRequest, person: Person) -> HttpResponse:
    return question(
        request,
        WithholdForm(**sent(request)),
        partial(withhold_view, by=request.actor, person_id=person.pk),
        said="Zamknięto wgląd.",
        to="people:office",
        crumbs=[("Ośrodek", "people:office")],
        question=f"Zamknąć wgląd: {person.full_name}?",
        consequence="Ta osoba od razu przestanie czytać tu swoje dokumenty. O ich kopię może "
        "poprosić ośrodek.",
        undo="Tego nie można cofnąć.",
        button="Zamknij wgląd",
    )
