"""The resignation: a form to print and sign, and the signed one as it was filed (REG §1.6)."""

from typing import Any

from kooperacja.documents.models import DOCX, PDF, StoredFile
from kooperacja.documents.office_templates import Replaceable, offer, own_template, source
from kooperacja.documents.perms import register
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date
from tenants.partnership import perms, rules
from tenants.partnership.documents import examples
from tenants.partnership.models import (
    Membership,
    Partnership,
    RegulationVersion,
    ResignationNotice,
)

SIGNED_RESIGNATION = "SIGNED_RESIGNATION"
RESIGNATION = "RESIGNATION"  # the form to sign
PRINTS = {"pdf": PDF, "docx": DOCX}


def printed_resignation(
    membership: Membership, regulation: RegulationVersion | None, kind: str
) -> bytes:
    """The form to sign, filled with what is known; not kept."""
    # Drawing takes a second to import, and most processes never draw.
    from kooperacja.documents.pdf import render_pdf
    from kooperacja.documents.word import render_docx

    context = resignation_context(membership, Partnership.objects.get(), regulation)
    if kind == "docx":
        return render_docx(source(own_template(RESIGNATION), "documents/resignation.docx"), context)
    return render_pdf("documents/resignation.html", context)


def resignation_context(
    membership: Membership, partnership: Partnership, regulation: RegulationVersion | None
) -> dict[str, Any]:
    organisation = membership.organisation
    effect = (regulation.resignation_effect, regulation.resignation_days) if regulation else ("",)
    return {
        "lead": {
            "name": partnership.lead_name,
            "address": partnership.lead_address,
            "contact": "",
        },
        "area": partnership.area,
        "organisation": {
            "name": organisation.name,
            "seat": organisation.address,
            "joined_on": pl_date(membership.from_on),
        },
        "effect": rules.effect_said(*effect),
    }


def _may_read(request: TenantRequest, file: StoredFile) -> bool:
    from tenants.partnership.people import person_of

    notice = ResignationNotice.objects.select_related("membership").filter(file=file).first()
    return notice is not None and perms.see_resignation(person_of(request), notice)


register(SIGNED_RESIGNATION, _may_read)
offer(
    Replaceable(
        kind=RESIGNATION,
        name="Rezygnacja z Partnerstwa",
        default="documents/resignation.docx",
        example=examples.RESIGNATION,
    )
)
