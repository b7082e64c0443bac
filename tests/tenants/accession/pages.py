"""Pages of recruitment, declarations, resignations, dissolution and community resources."""

from django.utils import timezone

from tenants.partnership.actions import decisions, recruitment
from tenants.partnership.models import AccessionDeclaration, Organisation, Recruitment
from tests.declared import ALL, FILE, KEEPERS, LEAD, MEMBERS, NOTHING, PUBLIC, May, Page, Rows
from tests.factories import partnership as make

# Whoever keeps the papers and the kooperant concerned; for others it is not there.
OF_KOOPERANT = May(KEEPERS + "DPH", hidden="SWOZ")
OF_APPLICANT = May(KEEPERS + "Z", hidden="SPHWO")

PAGES = [
    Page("partnership:declarations", ALL, 4),
    Page("partnership:declaration_new", KEEPERS, 3),
    Page(
        "partnership:declaration",
        OF_KOOPERANT,
        4,
        of="filed",
        seen=("draft", "begun", "filed", "accepted", "returned", "refused"),
    ),
    Page(
        "partnership:declaration_signatory",
        OF_APPLICANT,
        3,
        of="draft",
        seen=("draft", "begun", "accepted"),
    ),
    Page("partnership:declaration_coordinator", OF_APPLICANT, 3, of="draft", seen=("begun",)),
    Page(
        "partnership:declaration_file",
        May(KEEPERS, hidden="SPHWO", led="Z"),
        4,
        of="draft",
        seen=("begun", "returned"),
    ),
    Page("partnership:declaration_accept", LEAD, 3, of="filed", seen=("filed", "accepted")),
    Page("partnership:declaration_return", LEAD, 3, of="filed"),
    Page("partnership:declaration_refuse", LEAD, 3, of="filed"),
    Page("join", PUBLIC, 4),
    Page("join_sent", PUBLIC, 1),
    Page("partnership:recruitments", KEEPERS + "D", 4, seen=("", NOTHING)),
    Page("partnership:recruitment_new", KEEPERS, 2),
    Page(
        "partnership:recruitment",
        KEEPERS + "D",
        4,
        of="asked",
        seen=("asked", "joined", "declined"),
    ),
    Page("partnership:recruitment_step", KEEPERS, 3, of="asked"),
    Page("partnership:recruitment_link", KEEPERS, 5, of="asked"),
    Page("partnership:recruitment_enter", KEEPERS, 3, of="asked"),
    Page("partnership:recruitment_forget", KEEPERS, 3, of="asked", seen=("declined",)),
    Page(
        "partnership:resignation_new",
        KEEPERS + "PH",
        16,
        of="organisation",
        seen=("member", "free"),
    ),
    Page(
        "partnership:resignation_print",
        KEEPERS + "PH",
        8,
        of="organisation",
        more=("pdf",),
        seen=FILE,
    ),
    Page("partnership:resignation", OF_KOOPERANT, 3, of="resignation"),
    Page("partnership:dissolution", MEMBERS, 8),
    Page("partnership:applicant_invite", KEEPERS, 4, of="free", seen=("free", "member")),
    Page("partnership:applicant_withdraw", KEEPERS, 3, of="draft"),
    Page(
        "partnership:declaration_statements",
        OF_APPLICANT,
        4,
        of="draft",
        seen=("draft", "accepted"),
    ),
    Page("partnership:declaration_own_file", May("Z", hidden="SPHWO"), {"Z": 3}, of="draft"),
    Page("partnership:declaration_pdf", OF_APPLICANT, 4, of="draft", seen=FILE),
    Page("partnership:declaration_docx", OF_APPLICANT, 5, of="draft", seen=FILE),
    Page("partnership:resources", MEMBERS, 4, seen=("", NOTHING)),
    Page("partnership:resource_new", KEEPERS, 2),
    Page("partnership:resource", MEMBERS, 3, of="resource"),
    Page("partnership:resource_edit", KEEPERS, 3, of="resource"),
    Page("partnership:resource_end", KEEPERS, 3, of="resource"),
]


def _institution(rows: Rows, state: str) -> Organisation:
    name = f"Fundacja Wsparcia – {state}"
    return make.organisation(name=name, street="ul. Księdza Konstantego Damrota 12A/4")


def _returned(rows: Rows) -> AccessionDeclaration:
    filed = make.filed(rows["lead"], _institution(rows, "do poprawy"))
    return decisions.return_declaration(
        by=make.by(rows["lead"]),
        declaration_id=filed.pk,
        reason="Brakuje pieczęci na drugiej stronie.",
    )


def _refused(rows: Rows) -> AccessionDeclaration:
    filed = make.filed(rows["lead"], _institution(rows, "odmowa"))
    return decisions.refuse_declaration(
        by=make.by(rows["lead"]),
        declaration_id=filed.pk,
        reason="Instytucja nie działa w tej gminie.",
    )


def _accepted(rows: Rows) -> AccessionDeclaration:
    filed = make.filed(rows["lead"], make.organisation(name=make.LONG))
    decisions.accept_declaration(
        by=make.by(rows["lead"]),
        declaration_id=filed.pk,
        decided_on=timezone.localdate(),
    )
    return filed


def _joined(rows: Rows) -> Recruitment:
    return recruitment.link_recruitment(
        by=make.by(rows["lead"]),
        recruitment_id=make.asked(institution_name=make.LONG).pk,
        organisation_id=rows["member"].pk,
    )


def _declined(rows: Rows) -> Recruitment:
    return recruitment.move_recruitment(
        by=make.by(rows["lead"]),
        recruitment_id=make.asked(institution_name="Klub Seniora „Pogodna Jesień”").pk,
        version=0,
        state="DECLINED",
        happened_on=timezone.localdate(),
        note="Działa tylko w sąsiedniej gminie.",
    )


ROWS = {
    "filed": lambda rows: make.filed(rows["lead"], rows["organisation"]),
    "file": lambda rows: rows["filed"].file,
    "draft": lambda rows: make.stated(rows["lead"], make.draft(rows["lead"], make.organisation())),
    "own_organisation": lambda rows: rows["draft"].organisation,
    "begun": lambda rows: make.draft(rows["lead"], _institution(rows, "projekt")),
    "accepted": _accepted,
    "returned": _returned,
    "refused": _refused,
    "asked": lambda rows: make.asked(institution_name=f"Stowarzyszenie {make.LONG}"),
    "joined": _joined,
    "declined": _declined,
    "resignation": lambda rows: make.resignation(rows["member"]),
    "resource": lambda rows: make.resource(rows["lead"], name=f"KGW {make.LONG}"),
}


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make.resignation(one)
        make.asked()
        make.resource(rows["lead"])
    for _ in range(3):
        make.filed(rows["lead"])
        make.draft(rows["lead"])
