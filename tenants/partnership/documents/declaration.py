"""The declaration of accession, annex 1, as it was signed and as it was annotated (REG §1.5)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import issue_document
from kooperacja.documents.models import DOCX, Document, StoredFile
from kooperacja.documents.office_templates import Replaceable, offer, own_template, source
from kooperacja.documents.perms import register
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date
from tenants.partnership import perms
from tenants.partnership.documents import examples
from tenants.partnership.models import (
    AccessionDeclaration,
    DeclarationStep,
    Partnership,
)

SIGNED_DECLARATION = "SIGNED_DECLARATION"  # what the institution handed in
ANNOTATED_DECLARATION = "ANNOTATED_DECLARATION"  # made here, with the Lider's annotation
_WORD = "documents/declaration.docx"


def issue_annotated(*, by: Actor, declaration: AccessionDeclaration) -> Document:
    """The declaration with "przyjęto do Partnerstwa w dniu …", frozen (REG §1.5 s.2)."""
    return issue_document(
        by=by,
        kind=ANNOTATED_DECLARATION,
        subject=declaration.pk,
        title=f"Deklaracja przystąpienia: {declaration.organisation.name}"[:200],
        template="documents/declaration.html",
        word_template=_WORD,
        context=declaration_context(declaration, Partnership.objects.get()),
    )


def print_declaration(declaration: AccessionDeclaration, content_type: str) -> bytes:
    """The declaration as filled in so far, for signing: no annotation, nothing kept here."""
    from kooperacja.documents.pdf import render_pdf
    from kooperacja.documents.word import render_docx

    context = declaration_context(declaration, Partnership.objects.get())
    context |= {"acceptance": None, "place": "", "date": ""}
    if content_type == DOCX:
        return render_docx(source(own_template(ANNOTATED_DECLARATION), _WORD), context)
    return render_pdf("documents/declaration.html", context)


def annotated(declaration: AccessionDeclaration) -> Document | None:
    """The newest version of the document, with its files."""
    made = Document.objects.filter(kind=ANNOTATED_DECLARATION, subject=declaration.pk)
    return made.select_related("pdf", "docx").order_by("-version").first()


def declaration_context(
    declaration: AccessionDeclaration, partnership: Partnership
) -> dict[str, Any]:
    """The facts of a filed declaration as texts, as annex 1 shows them."""
    regulation, decided_by = declaration.regulation, declaration.decided_by
    return {
        "lead": {
            "name": partnership.lead_name,
            "address": partnership.lead_address,
            "contact": ", ".join(
                filter(None, (partnership.contact_phone, partnership.contact_email))
            ),
        },
        "partnership": {"area": partnership.area},
        "case_mark": declaration.case_mark,
        "place": declaration.signed_place,
        "date": pl_date(declaration.signed_on),
        "organisation": _organisation(declaration),
        "representatives": [_signatory(declaration)],
        "coordinators": [_coordinator(declaration)],
        "regulation": {
            "adopted_on": pl_date(regulation.adopted_on) if regulation else "",
            "version": str(regulation.number) if regulation else "",
        },
        "publish_consent": declaration.publish_consent,
        "acceptance": {
            "date": pl_date(declaration.decided_on),
            "name": decided_by.full_name if decided_by else "",
            "position": "osoba reprezentująca Lidera",
        },
    }


def _organisation(declaration: AccessionDeclaration) -> dict[str, str]:
    one = declaration.organisation
    return {
        "name": one.name,
        "legal_form": one.legal_form,
        "sector": one.get_sector_display(),
        "nip": one.nip,
        "regon": one.regon,
        "krs": one.krs,
        "seat": one.address,
        "phone": one.phone,
        "email": one.email,
        "edelivery": one.edelivery,
    }


def _signatory(declaration: AccessionDeclaration) -> dict[str, str]:
    signatory = declaration.signatory
    return {
        "name": signatory.full_name if signatory else "",
        "position": declaration.signatory_function,
    }


def _coordinator(declaration: AccessionDeclaration) -> dict[str, str]:
    person = declaration.coordinator
    return {
        "name": person.full_name if person else "",
        "position": declaration.coordinator_position,
        "phone": person.phone if person else "",
        "email": person.email if person else "",
    }


def _may_read_signed(request: TenantRequest, file: StoredFile) -> bool:
    step = DeclarationStep.objects.select_related("declaration").filter(file=file).first()
    return step is not None and _may_see(request, step.declaration)


def _may_read_annotated(request: TenantRequest, file: StoredFile) -> bool:
    made = Document.objects.filter(kind=ANNOTATED_DECLARATION)
    document = made.filter(pdf=file).first() or made.filter(docx=file).first()
    if document is None:
        return False
    return _may_see(request, AccessionDeclaration.objects.get(pk=document.subject))


def _may_see(request: TenantRequest, declaration: AccessionDeclaration) -> bool:
    # Entering writes, and actions stand above this module.
    from tenants.partnership.people import person_of

    return perms.see_declaration(person_of(request), declaration)


register(SIGNED_DECLARATION, _may_read_signed)
register(ANNOTATED_DECLARATION, _may_read_annotated)
offer(
    Replaceable(
        kind=ANNOTATED_DECLARATION,
        name="Deklaracja przystąpienia z adnotacją",
        default=_WORD,
        example=examples.DECLARATION,
    )
)
