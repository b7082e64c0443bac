"""The register of members as a paper, and what the papers of the partnership share (REG §5.1.a)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from kooperacja.documents import parts as p
from kooperacja.documents.documentation import chosen_of, packed, readable_papers
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.papers import Pack, Paper
from kooperacja.documents.perms import readable
from kooperacja.ui.polish import counted, pl_date
from kooperacja.ui.sheets import XLSX, Sheet, content_of
from tenants.partnership import perms
from tenants.partnership.models import Partnership
from tenants.partnership.register import coordinators_of, flags_of, level_of, members_in_order
from tenants.people.models import Person

# What the examples share.
LEAD = {"name": "Ośrodek Pomocy Społecznej", "address": "ul. Przykładowa 1", "contact": ""}
_ASK = "do uzupełnienia"
PRIVACY = {
    "administrator": LEAD["name"],
    "contact": "ul. Przykładowa 1, ops@example.pl",
    "dpo": "Irena Przykładowa, iod@example.pl",
    "kept": "przez czas członkostwa",
}
DAY = pl_date(date(2026, 1, 2))
AREA = "Gmina Przykładowa"


def lead_of(partnership: Partnership) -> dict[str, str]:
    """The Lider in the letterhead."""
    return {"name": partnership.lead_said, "address": partnership.lead_address, "contact": ""}


def privacy_of(partnership: Partnership) -> dict[str, str]:
    """The data of the office that a privacy notice tells (GDPR art. 13)."""
    contact = (partnership.lead_address, partnership.contact_email, partnership.contact_phone)
    return {
        "administrator": partnership.lead_said,
        "contact": ", ".join(filter(None, contact)) or _ASK,
        "dpo": partnership.dpo_said or _ASK,
        "kept": partnership.papers_kept_said,
    }


REGISTER = Paper(
    order=50,
    kind="REGISTER",
    name="Rejestr członków",
    title="Rejestr członków Partnerskiego Zespołu Kooperacyjnego na dzień {{ day }}",
    short="Rejestr członków na dzień {{ day }}",
    is_wide=True,
    listed=("Rejestr członków", "partnership:members"),
    may_take=lambda person, prepared: perms.see_members(person),
    example={
        "lead": LEAD,
        "area": AREA,
        "day": DAY,
        "printed_on": DAY,
        "count": "1 kooperant",
        "members": [
            {
                "name": "Szkoła Podstawowa nr 1",
                "about": "edukacja, ul. Przykładowa 2",
                "regon": "",
                "from_on": DAY,
                "coordinators": "Anna Przykładowa",
                "level": "stałe",
                "flags": "kluczowa, niezbędna we współpracy",
                "workers": "2",
            }
        ],
    },
    parts=(
        p.Title(
            "Rejestr członków",
            "Partnerskiego Zespołu Kooperacyjnego (obszar działania: {{ area or '…………' }}), "
            "stan na dzień {{ day }}",
        ),
        p.Text(
            "Lider: {{ lead.name }}. Oprócz niego {{ count }}. Podstawa: § 5 ust. 1 lit. a "
            "Regulaminu. Wydrukowano {{ printed_on }}"
        ),
        p.Table(
            "member in members",
            p.Column("Lp.", "loop.index", 12),
            p.Column(
                "Instytucja, sektor, siedziba", "**{{ member.name }}**\n{{ member.about }}", 68
            ),
            p.Column("REGON", "member.regon", 30),
            p.Column("Członek od", "member.from_on", 36),
            p.Column("Koordynatorzy Partnerstwa", "{{ member.coordinators or 'brak' }}", 44),
            p.Column(
                "Zaangażowanie i cechy",
                "{{ member.level or 'nie określono' }}"
                "{% if member.flags %}; {{ member.flags }}{% endif %}",
                46,
            ),
            p.Column("Do ZZK", "member.workers", 16),
            is_small=True,
        ),
    ),
)
# Narrow, and wrapped: printed on one page across, it is still read.
_SHEET: tuple[tuple[str, int, Callable[[Any], Any]], ...] = (
    ("Instytucja", 28, lambda member: member.organisation.name),
    ("Sektor", 14, lambda member: member.organisation.get_sector_display()),
    ("Siedziba", 20, lambda member: member.organisation.address),
    ("NIP", 11, lambda member: member.organisation.nip),
    ("REGON", 15, lambda member: member.organisation.regon),
    ("KRS", 11, lambda member: member.organisation.krs),
    ("E-mail", 20, lambda member: member.organisation.email),
    ("Telefon", 13, lambda member: member.organisation.phone),
    ("Członek od", 11, lambda member: member.from_on),
    ("Koordynatorzy Partnerstwa", 20, coordinators_of),
    ("Stopień zaangażowania", 14, level_of),
    ("Cechy", 28, flags_of),
    ("Wskazani do ZZK", 10, lambda member: member.workers),
)


def register_context(day: date, today: date) -> dict[str, Any]:
    """The fields of the print; `today` is the day on which it was made."""
    partnership = Partnership.objects.get()
    members = [_printed(member) for member in members_in_order(day)]
    return {
        "lead": lead_of(partnership),
        "area": partnership.area,
        "day": pl_date(day),
        "printed_on": pl_date(today),
        "count": counted(len(members), "kooperant", "kooperantów", "kooperantów"),
        "members": members,
    }


def _printed(member: Any) -> dict[str, str]:
    institution = member.organisation
    return {
        "name": institution.name,
        "about": f"{institution.get_sector_display()}, {institution.address}",
        "regon": institution.regon,
        "from_on": pl_date(member.from_on),
        "coordinators": coordinators_of(member),
        "level": level_of(member),
        "flags": flags_of(member),
        "workers": str(member.workers),
    }


def register_xlsx(day: date) -> bytes:
    """The register of a day with the Lider's name above it."""
    partnership = Partnership.objects.get()
    members = members_in_order(day)
    sheet = Sheet(
        title=f"Rejestr członków na dzień {pl_date(day)}",
        headings=tuple(label for label, _, _ in _SHEET),
        rows=[[value(member) for _, _, value in _SHEET] for member in members],
        facts=(f"Lider: {partnership.lead_name}", f"Obszar działania: {partnership.area}"),
        widths=tuple(width for _, width, _ in _SHEET),
    )
    return content_of(sheet, XLSX)


def _documentation(context: Mapping[str, Any]) -> bytes:
    """All that whoever asked for it may read today."""
    person = Person.objects.get(pk=context["person"])
    facts = (context["place"], f"Stan na {pl_date(timezone.localdate())}")
    return packed(person, year=context["year"], kind=context["kind"], facts=facts)


def _papers_in(context: Mapping[str, Any]) -> dict[str, Any]:
    """The papers that come into the pack, with their kinds."""
    mine = readable_papers(Person.objects.get(pk=context["person"]))
    chosen = chosen_of(mine, year=context["year"], kind=context["kind"])
    return {"papers": [[str(one.pk), one.kind] for one in chosen]}


def _may_take(person: Person | None, prepared: PreparedFile) -> bool:
    """Only whoever asked for it, for another may read other papers; and still reads all in it."""
    if person is None or person.account_id is None or not perms.keep_documentation(person):
        return False
    if not prepared.asked_by.filter(account_id=person.account_id).exists():
        return False
    papers = [(UUID(pk), kind) for pk, kind in prepared.context.get("papers", ())]
    return len(readable(person, papers)) == len(papers)


DOCUMENTATION = Pack(
    kind="DOCUMENTATION",
    make=_documentation,
    example={"person": "", "year": "", "kind": "", "place": "", "digest": ""},
    listed=("Dokumentacja", "partnership:documentation"),
    may_take=_may_take,
    leaves=_papers_in,
)
