"""Documents of the data protection registers: what was signed, what is made here (REG §8)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import issue_document
from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.office_templates import Replaceable, offer
from kooperacja.documents.perms import register
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date
from tenants.partnership import perms, rules
from tenants.partnership.documents import examples
from tenants.partnership.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataScope,
    Organisation,
    Partnership,
    Person,
    ProcessingAuthorisation,
)

SIGNED_AGREEMENT = "SIGNED_AGREEMENT"
AGREEMENT_DRAFT = "AGREEMENT_DRAFT"  # made here, to be signed
AUTHORISATION = "AUTHORISATION"
SIGNED_AUTHORISATION = "SIGNED_AUTHORISATION"
SIGNED_STATEMENT = "SIGNED_STATEMENT"


def issue_authorisation(*, by: Actor, authorisation: ProcessingAuthorisation) -> Document:
    """The authorisation as it was granted, frozen (REG §8.2)."""
    return issue_document(
        by=by,
        kind=AUTHORISATION,
        subject=authorisation.pk,
        title=f"Upoważnienie nr {authorisation.number}: {authorisation.person.full_name}"[:200],
        template="documents/authorisation.html",
        word_template="documents/authorisation.docx",
        context=authorisation_context(authorisation, Partnership.objects.get()),
    )


def issue_agreement_draft(
    *, by: Actor, organisation: Organisation, context: dict[str, Any]
) -> Document:
    """The agreement on entrusting data, to be checked by the office's lawyer and signed."""
    return issue_document(
        by=by,
        kind=AGREEMENT_DRAFT,
        subject=organisation.pk,
        title=f"Umowa powierzenia, projekt: {organisation.name}"[:200],
        template="documents/processing_agreement.html",
        word_template="documents/processing_agreement.docx",
        context=context,
    )


def made_of(kind: str, subject: Any) -> Document | None:
    """The newest version of a document, with its files."""
    made = Document.objects.filter(kind=kind, subject=subject).select_related("pdf", "docx")
    return made.order_by("-version").first()


def authorisation_context(
    authorisation: ProcessingAuthorisation, partnership: Partnership
) -> dict[str, Any]:
    organisation = authorisation.organisation
    return {
        "lead": _lead(partnership),
        "number": str(authorisation.number),
        "place": "",
        "date": pl_date(authorisation.granted_on),
        "person": {"name": authorisation.person.full_name, "position": authorisation.position},
        "institution": organisation.name if organisation else partnership.lead_name,
        "scope": authorisation.get_scope_display(),
        "purpose": authorisation.purpose,
        "from_on": pl_date(authorisation.from_on),
        "until": pl_date(rules.last_day(authorisation.ended_on)) or "odwołania",
        "granted_by": {"name": authorisation.granted_by_name, "position": ""},
    }


def agreement_context(
    organisation: Organisation, partnership: Partnership, values: dict[str, Any]
) -> dict[str, Any]:
    return {
        "lead": _lead(partnership),
        "case_mark": values["case_mark"],
        "organisation": {
            "name": organisation.name,
            "seat": organisation.address,
            "nip": organisation.nip,
            "regon": organisation.regon,
        },
        "area": partnership.area,
        "scope": str(DataScope(values["scope"]).label),
        "purpose": values["purpose"],
        "data_kinds": values["data_kinds"],
        "person_categories": values["person_categories"],
        "from_on": pl_date(values["from_on"]),
        "until": pl_date(values["until"]) or "wypowiedzenia albo ustania członkostwa",
    }


def _lead(partnership: Partnership) -> dict[str, str]:
    return {"name": partnership.lead_name, "address": partnership.lead_address, "contact": ""}


def _reader(request: TenantRequest) -> Person:
    # Entering writes, and actions stand above this module.
    from tenants.partnership.people import person_of

    return person_of(request)


def _may_read_agreement(request: TenantRequest, file: StoredFile) -> bool:
    agreement = DataProcessingAgreement.objects.filter(file=file).first()
    return agreement is not None and perms.see_agreement(_reader(request), agreement)


def _document_of(kind: str, file: StoredFile) -> Document | None:
    made = Document.objects.filter(kind=kind)
    return made.filter(pdf=file).first() or made.filter(docx=file).first()


def _may_read_draft(request: TenantRequest, file: StoredFile) -> bool:
    document = _document_of(AGREEMENT_DRAFT, file)
    if document is None:
        return False
    reader = _reader(request)
    return perms.see_all_data_registers(reader) or (
        document.subject in perms.voiced_organisations(reader)
    )


def _may_read_authorisation(request: TenantRequest, file: StoredFile) -> bool:
    document = _document_of(AUTHORISATION, file)
    if document is None:
        return False
    row = ProcessingAuthorisation.objects.get(pk=document.subject)
    return perms.see_data_of_person(_reader(request), row)


def _may_read_signed_authorisation(request: TenantRequest, file: StoredFile) -> bool:
    row = ProcessingAuthorisation.objects.filter(file=file).first()
    return row is not None and perms.see_data_of_person(_reader(request), row)


def _may_read_statement(request: TenantRequest, file: StoredFile) -> bool:
    row = ConfidentialityStatement.objects.filter(file=file).first()
    return row is not None and perms.see_data_of_person(_reader(request), row)


register(SIGNED_AGREEMENT, _may_read_agreement)
register(AGREEMENT_DRAFT, _may_read_draft)
register(AUTHORISATION, _may_read_authorisation)
register(SIGNED_AUTHORISATION, _may_read_signed_authorisation)
register(SIGNED_STATEMENT, _may_read_statement)
offer(
    Replaceable(
        kind=AUTHORISATION,
        name="Upoważnienie do przetwarzania danych",
        default="documents/authorisation.docx",
        example=examples.AUTHORISATION,
    )
)
offer(
    Replaceable(
        kind=AGREEMENT_DRAFT,
        name="Umowa powierzenia (projekt)",
        default="documents/processing_agreement.docx",
        example=examples.AGREEMENT,
    )
)
