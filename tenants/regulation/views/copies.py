"""The regulation on paper: a draft is printed, a signed copy is added to the version that was adopted."""

from functools import partial

from django.http import HttpResponse

from kooperacja.documents.drawing import FORMATS
from kooperacja.pages import form_page, page, row, sent, step
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.problems import Missing
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.regulation import perms
from tenants.regulation.actions.copies import attach_signed_copy
from tenants.regulation.actions.versions import require_state
from tenants.regulation.forms import SignedCopyForm
from tenants.regulation.models import RegulationVersion
from tenants.regulation.papers import printed_regulation
from tenants.regulation.views.versions import crumbs_of
from tenants.regulation.workflow import RegulationState

_version = row(RegulationVersion)


def _draft(person: Person, pk: object, kind: str) -> tuple[RegulationVersion, str]:
    return _version(person, pk=pk), kind


@page(perms.see_version, _draft)
def printed(request: PersonRequest, version: RegulationVersion, kind: str) -> HttpResponse:
    """A version that is not adopted as a file; of an adopted one the issued document is kept."""
    if version.number:
        raise Missing(
            "Nie ma takiego pliku",
            "Ta wersja jest przyjęta. Jej dokument jest na stronie tej wersji.",
        )
    content = printed_regulation(version, FORMATS[kind], by=request.actor)
    name = file_name(version.title, f".{kind}", detail="projekt")
    return file_response(content, name=name, content_type=FORMATS[kind])


@step(perms.attach_signed_copy, _version)
def attach(request: PersonRequest, version: RegulationVersion) -> HttpResponse:
    return form_page(
        request,
        SignedCopyForm(**sent(request)),
        partial(attach_signed_copy, by=request.actor, regulation_id=version.pk),
        ready=partial(require_state, version, RegulationState.ADOPTED),
        said="Dołączono podpisany egzemplarz.",
        to=version.url,
        title="Podpisany egzemplarz regulaminu",
        crumbs=crumbs_of(version),
        lead="Wcześniejsze egzemplarze pozostaną. Dokumentację Partnerstwa przechowuje Lider "
        f"({perms.attach_signed_copy.clause}).",
        submit="Dołącz egzemplarz",
    )
