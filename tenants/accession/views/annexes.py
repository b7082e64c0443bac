"""Files beside the signed declaration: added while it is being prepared, and taken away (REG §1.5)."""

from functools import partial

from django import forms
from django.http import HttpResponse

from kooperacja.pages import form_page, question, sent, step
from kooperacja.ui.polish import quoted
from tenants.accession import perms
from tenants.accession.actions import annexes
from tenants.accession.forms.declarations import AnnexForm
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.rules import MOST_ANNEXES
from tenants.accession.views.declarations import crumbs_of, returned_why, visible_declaration
from tenants.accession.views.entering import where_filed
from tenants.people.identity import PersonRequest, visible

_CLAUSE = perms.edit_declaration.clause
_annex = visible(
    DeclarationAnnex.objects.kept().select_related("declaration__organisation", "file"),
    perms.see_annex,
    "Nie ma takiego załącznika",
    "Widzi go Lider i instytucja, która składa deklarację. Mógł też zostać usunięty.",
)


@step(perms.edit_declaration, visible_declaration)
def new(request: PersonRequest, declaration: AccessionDeclaration) -> HttpResponse:
    def ready() -> None:
        declaration.require_editable()
        annexes.require_room(declaration)

    return form_page(
        request,
        AnnexForm(**sent(request)),
        partial(annexes.add_annex, by=request.actor, declaration_id=declaration.pk),
        ready=ready,
        said="Dodano załącznik.",
        to=lambda annex: where_filed(request.person, declaration),
        title="Jaki załącznik dodać do deklaracji?",
        eyebrow=declaration.organisation.name,
        lead="Pełnomocnictwo albo inny dokument, który idzie razem z podpisaną deklaracją "
        f"({_CLAUSE}). Widzą go te osoby, które widzą deklarację. Załączników może być "
        f"{MOST_ANNEXES}.",
        returned=returned_why(declaration),
        submit="Dodaj załącznik",
        back=declaration.url,
        crumbs=crumbs_of(declaration),
    )


@step(perms.edit_annex, _annex)
def remove(request: PersonRequest, annex: DeclarationAnnex) -> HttpResponse:
    declaration = annex.declaration

    def ready() -> None:
        declaration.require_editable()
        annexes.require_removable(annex)

    return question(
        request,
        forms.Form(**sent(request)),
        partial(annexes.remove_annex, by=request.actor, annex_id=annex.pk),
        ready=ready,
        said="Usunięto załącznik.",
        to=where_filed(request.person, declaration),
        crumbs=crumbs_of(declaration),
        question=f"Usunąć załącznik {quoted(annex.file.original_name)}?",
        consequence="Plik zniknie z deklaracji i nikt go już nie otworzy. W dzienniku zostanie "
        "zapis, że był.",
        clause=_CLAUSE,
        undo="Tego nie można cofnąć, ale plik można dodać jeszcze raz.",
        button="Usuń załącznik",
    )
