"""Pages of recruitment, declarations, resignations, dissolution and community resources."""

from django.utils import timezone

from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import current_tenant
from tenants.accession.actions import decisions, recruitment
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.models.recruitment import Recruitment
from tenants.accession.papers import DECLARATION_ANNEX
from tenants.people.models import Organisation, Person
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.declared import (
    ALL,
    FILE,
    HEADS,
    KEEPERS,
    LEAD,
    MEMBERS,
    NOTHING,
    PUBLIC,
    May,
    Page,
    Rows,
)
from tests.factories import accession as make_accession
from tests.factories import people as make

# Whoever keeps the papers and the kooperant concerned; for others it is not there.
OF_KOOPERANT = May(KEEPERS + "DPH", hidden="SWOZTG")
OF_APPLICANT = May(KEEPERS + "Z", hidden="SPHWOTG")

PAGES = [
    Page("accession:declarations", ALL.replace("V", ""), {"L": 6, "P": 4, "Z": 4}),
    Page("accession:declaration_new", KEEPERS, 5),
    Page(
        "accession:declaration",
        OF_KOOPERANT,
        8,
        of="filed",
        seen=("draft", "begun", "filed", "accepted", "returned", "refused"),
    ),
    Page(
        "accession:declaration_signatory",
        OF_APPLICANT,
        4,
        of="draft",
        seen=("draft", "begun", "accepted"),
    ),
    Page("accession:declaration_coordinator", OF_APPLICANT, 4, of="draft", seen=("begun",)),
    Page(
        "accession:declaration_file",
        May(KEEPERS, hidden="SPHWOTG", led="Z"),
        7,
        of="draft",
        seen=("begun", "returned"),
    ),
    Page("accession:declaration_annex", OF_APPLICANT, 4, of="draft", seen=("begun", "returned")),
    Page("accession:annex_remove", OF_APPLICANT, {"L": 3, "Z": 4}, of="annex"),
    Page("accession:declaration_accept", LEAD, 6, of="filed", seen=("filed", "accepted")),
    Page("accession:declaration_return", LEAD, 3, of="filed"),
    Page("accession:declaration_refuse", LEAD, 3, of="filed"),
    Page(
        "accession:declaration_renew",
        May(not_now=LEAD),
        of="filed",
        seen="asked when another version came into force: test_dates_in_order.py",
    ),
    Page("join", PUBLIC, 4),
    Page("join_sent", PUBLIC, 1),
    Page("accession:recruitments", KEEPERS + "D", 5, seen=("", NOTHING)),
    Page("accession:recruitment_new", KEEPERS, 3),
    Page(
        "accession:recruitment",
        KEEPERS + "D",
        5,
        of="asked",
        seen=("asked", "joined", "declined"),
    ),
    Page("accession:recruitment_step", KEEPERS, 3, of="asked"),
    Page("accession:recruitment_link", KEEPERS, 5, of="asked"),
    Page("accession:recruitment_enter", KEEPERS, 3, of="asked"),
    Page("accession:recruitment_forget", May(not_now=KEEPERS), of="asked", seen=("declined",)),
    Page(
        "accession:resignation_new",
        KEEPERS + "PH",
        22,
        of="organisation",
        seen=("member", "free"),
    ),
    Page(
        "accession:resignation_print",
        KEEPERS + "PH",
        8,
        of="organisation",
        more=("pdf",),
        seen=FILE,
    ),
    Page("accession:resignations", MEMBERS, {"L": 4, "P": 4}, seen=("", NOTHING)),
    Page("accession:resignation", OF_KOOPERANT, 4, of="resignation"),
    Page("accession:dissolution", MEMBERS, 7),
    Page("accession:applicant_invite", KEEPERS, 8, of="free"),
    Page("accession:applicant_remind", KEEPERS, 4, of="draft"),
    Page("accession:applicant_withdraw", KEEPERS, 3, of="draft"),
    Page(
        "accession:declaration_statements",
        OF_APPLICANT,
        6,
        of="draft",
        seen=("draft", "accepted"),
    ),
    Page("accession:declaration_own_file", May("Z", hidden="SPHWOTG"), {"Z": 5}, of="draft"),
    Page("accession:declaration_pdf", OF_APPLICANT, 5, of="draft", seen=FILE),
    Page("accession:declaration_docx", OF_APPLICANT, 6, of="draft", seen=FILE),
    Page("own_papers", May("l"), {"l": 16}),
    Page("own_paper", May("l", hidden=ALL), {"l": 18}, of="own_paper", seen=FILE),
    Page("accession:view_withhold", HEADS, 3, of="leaver"),
    Page("accession:resources", MEMBERS, 4, seen=("", NOTHING)),
    Page("accession:resource_new", KEEPERS, 2),
    Page("accession:resource", MEMBERS, 3, of="resource"),
    Page("accession:resource_edit", KEEPERS, 3, of="resource"),
    Page("accession:resource_end", KEEPERS, 3, of="resource"),
]


def _own_paper(rows: Rows) -> StoredFile:
    """A file that a kooperant handed in with its declaration, long ago."""
    upload = make.pdf("pelnomocnictwo.pdf")
    file = store_upload(by=make.BY, upload=upload, kind=DECLARATION_ANNEX)
    declaration = rows["membership"].declaration
    DeclarationAnnex.objects.create(declaration=declaration, kind="POWER", file=file)
    return file


def _leaver(rows: Rows) -> Person:
    _, gone = make.signed_in(current_tenant(), Role.PARTNER_HEAD, organisation=rows["member"])
    Access.objects.filter(person_id=gone.pk).update(ended_at=timezone.now())
    return gone


def _institution(rows: Rows, state: str) -> Organisation:
    name = f"Fundacja Wsparcia – {state}"
    return make.organisation(name=name, street="ul. Księdza Konstantego Damrota 12A/4")


def _returned(rows: Rows) -> AccessionDeclaration:
    filed = make_accession.filed(rows["lead"], _institution(rows, "do poprawy"))
    return decisions.return_declaration(
        by=make.by(rows["lead"]),
        declaration_id=filed.pk,
        reason="Brakuje pieczęci na drugiej stronie.",
    )


def _refused(rows: Rows) -> AccessionDeclaration:
    filed = make_accession.filed(rows["lead"], _institution(rows, "odmowa"))
    return decisions.refuse_declaration(
        by=make.by(rows["lead"]),
        declaration_id=filed.pk,
        reason="Instytucja nie działa w tej gminie.",
    )


def _accepted(rows: Rows) -> AccessionDeclaration:
    filed = make_accession.filed(rows["lead"], make.organisation(name=make.LONG))
    decisions.accept_declaration(
        by=make.by(rows["lead"]),
        declaration_id=filed.pk,
        decided_on=timezone.localdate(),
    )
    return filed


def _joined(rows: Rows) -> Recruitment:
    return recruitment.link_recruitment(
        by=make.by(rows["lead"]),
        recruitment_id=make_accession.asked(institution_name=make.LONG).pk,
        organisation_id=rows["member"].pk,
    )


def _declined(rows: Rows) -> Recruitment:
    return recruitment.move_recruitment(
        by=make.by(rows["lead"]),
        recruitment_id=make_accession.asked(institution_name="Klub Seniora „Pogodna Jesień”").pk,
        version=0,
        state="DECLINED",
        happened_on=timezone.localdate(),
        note="Działa tylko w sąsiedniej gminie.",
    )


ROWS = {
    "filed": lambda rows: make_accession.filed(rows["lead"], rows["organisation"]),
    "file": lambda rows: rows["filed"].file,
    "draft": lambda rows: make_accession.stated(
        rows["lead"], make_accession.draft(rows["lead"], make.organisation())
    ),
    "own_organisation": lambda rows: rows["draft"].organisation,
    "annex": lambda rows: make_accession.annex(rows["lead"], rows["draft"]),
    "own_paper": _own_paper,
    "leaver": _leaver,
    "begun": lambda rows: make_accession.draft(rows["lead"], _institution(rows, "projekt")),
    "accepted": _accepted,
    "returned": _returned,
    "refused": _refused,
    "asked": lambda rows: make_accession.asked(institution_name=f"Stowarzyszenie {make.LONG}"),
    "joined": _joined,
    "declined": _declined,
    "resignation": lambda rows: make_accession.resignation(rows["member"]),
    "resource": lambda rows: make_accession.resource(rows["lead"], name=f"KGW {make.LONG}"),
}


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make_accession.resignation(one)
        make_accession.asked()
        make_accession.resource(rows["lead"])
    for _ in range(3):
        make_accession.filed(rows["lead"])
        make_accession.draft(rows["lead"])
