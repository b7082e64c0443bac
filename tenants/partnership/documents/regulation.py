"""The regulation as a document (REG title, §9)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import issue_document
from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.office_templates import Replaceable, offer
from kooperacja.documents.perms import register
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date
from tenants.partnership import perms
from tenants.partnership.documents import examples
from tenants.partnership.framework import CHECKLIST
from tenants.partnership.models import RegulationVersion
from tenants.partnership.regulation_text import filled, parameters

REGULATION = "REGULATION"
SIGNED_REGULATION = "SIGNED_REGULATION"  # the paper that was signed
REGULATION_VOTE = "REGULATION_VOTE"  # a member's vote on paper


def issue_regulation(*, by: Actor, regulation: RegulationVersion) -> Document:
    """The adopted version, frozen (REG title)."""
    return issue_document(
        by=by,
        kind=REGULATION,
        subject=regulation.pk,
        title=f"Regulamin PZK, wersja {regulation.number}",
        template="documents/regulation.html",
        word_template="documents/regulation.docx",
        context=regulation_context(regulation),
    )


def issued_regulation(regulation: RegulationVersion) -> Document | None:
    """The document of an adopted version, with its files."""
    made = Document.objects.filter(kind=REGULATION, subject=regulation.pk)
    return made.order_by("-version").first()


def regulation_context(regulation: RegulationVersion) -> dict[str, Any]:
    """The text of a version, as it is printed."""
    return {
        "lead": {"name": regulation.lead_name, "address": "", "contact": ""},
        "area": regulation.area,
        "number": str(regulation.number or ""),
        "adopted_on": pl_date(regulation.adopted_on),
        "adopted_place": regulation.adopted_place,
        "in_force_from": pl_date(regulation.in_force_from),
        "clauses": [
            {
                "number": one.number,
                "name": one.name,
                "text": one.text,
                "depth": one.depth,
                "is_annex": one.is_annex,
            }
            for one in filled(regulation)
        ],
        "points": [
            {"title": _label(name), "text": getattr(regulation, name)} for name in CHECKLIST
        ],
        "parameters": [
            {"label": one.label, "text": one.text, "clause": one.clause}
            for one in parameters(regulation)
        ],
    }


def _label(name: str) -> str:
    label = str(RegulationVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _may_read_regulation(request: TenantRequest, file: StoredFile) -> bool:
    from tenants.partnership.people import person_of

    return perms.see_regulation(person_of(request))


def _may_read_vote(request: TenantRequest, file: StoredFile) -> bool:
    """What a member wrote concerns members, not whoever only applies (REG §9)."""
    from tenants.partnership.people import person_of

    return perms.see_drafts(person_of(request))


register(REGULATION, _may_read_regulation)
register(SIGNED_REGULATION, _may_read_regulation)
register(REGULATION_VOTE, _may_read_vote)
offer(
    Replaceable(
        kind=REGULATION,
        name="Regulamin",
        default="documents/regulation.docx",
        example=examples.REGULATION,
    )
)
