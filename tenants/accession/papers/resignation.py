"""The resignation: a form to print and sign, and the signed one as it was filed (REG §1.6)."""

from typing import Any

from kooperacja.documents import parts as p
from kooperacja.documents.drawing import drawn
from kooperacja.documents.models import StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date
from tenants.accession import perms
from tenants.accession.models.resignations import ResignationNotice
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.papers import AREA, DAY, LEAD, lead_of
from tenants.regulation import rules
from tenants.regulation.models import RegulationVersion

SIGNED_RESIGNATION = "SIGNED_RESIGNATION"
RESIGNATION = Paper(
    order=70,
    kind="RESIGNATION",
    name="Rezygnacja z Partnerstwa",
    title=(
        "Rezygnacja z uczestnictwa w Partnerskim Zespole Kooperacyjnym: {{ organisation.name }}"
    ),
    short="Rezygnacja",
    example={
        "lead": LEAD,
        "area": AREA,
        "organisation": {"name": "Szkoła", "seat": "ul. Przykładowa 2", "joined_on": DAY},
        "effect": "z dniem wpływu do Lidera",
    },
    parts=(
        p.Opening("Znak sprawy: ……………………………", "……………………………, dnia ……………………………"),
        p.Title("Rezygnacja", "z uczestnictwa w Partnerskim Zespole Kooperacyjnym"),
        p.Facts(
            {
                "Lider Partnerstwa": "lead.name",
                "Obszar działania": "area",
                "Kooperant": "organisation.name",
                "Siedziba": "organisation.seat",
                "Członek od": "organisation.joined_on",
            }
        ),
        p.Text(
            "Na podstawie § 1 ust. 6 Regulaminu Partnerskiego Zespołu Kooperacyjnego Kooperant "
            "rezygnuje z uczestnictwa w Partnerstwie. Rezygnacja wywołuje skutek {{ effect }}."
        ),
        p.Text(f"Powód (nieobowiązkowo): {'…' * 50}"),
        p.Text(
            f"Osoba upoważniona do reprezentowania Kooperanta (imię, nazwisko, funkcja): {'…' * 30}"
        ),
        p.Signatures(p.Signature("podpis osoby upoważnionej do reprezentowania Kooperanta")),
        p.Box(
            "Wpływ do Lidera",
            p.Text("Rezygnacja wpłynęła dnia ……………………………"),
            p.Signatures(p.Signature("podpis osoby przyjmującej")),
        ),
    ),
)


def may_read_signed(request: TenantRequest, file: StoredFile) -> bool:
    notice = ResignationNotice.objects.select_related("membership").filter(file=file).first()
    return notice is not None and perms.see_resignation(request.person, notice)


def printed_resignation(
    membership: Membership, regulation: RegulationVersion | None, content_type: str
) -> bytes:
    """The form to sign, filled with what is known; not kept."""
    context = resignation_context(membership, Partnership.objects.get(), regulation)
    return drawn(RESIGNATION, context, content_type)


def resignation_context(
    membership: Membership, partnership: Partnership, regulation: RegulationVersion | None
) -> dict[str, Any]:
    organisation = membership.organisation
    effect = (regulation.resignation_effect, regulation.resignation_days) if regulation else ("",)
    return {
        "lead": lead_of(partnership),
        "area": partnership.area,
        "organisation": {
            "name": organisation.name,
            "seat": organisation.address,
            "joined_on": pl_date(membership.from_on),
        },
        "effect": rules.effect_said(*effect),
    }
