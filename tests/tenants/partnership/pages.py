"""Pages of institutions and members: the register, coordinators, workers, engagement, the office."""

from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.roles import Role
from tests.declared import FILE, HEADS, KEEPERS, LEAD, MEMBERS, NOTHING, PUBLIC, May, Page, Rows
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting

PAGES = [
    Page("accessibility", PUBLIC, 2),
    Page("partnership:organisations", MEMBERS, 4, seen=("", NOTHING)),
    Page("partnership:own_institutions", "PHO", {"P": 6}),
    Page("partnership:organisation_new", KEEPERS, 2),
    Page(
        "partnership:organisation",
        MEMBERS,
        {"L": 16, "P": 13},
        of="organisation",
        seen=("member", "free", "own_organisation"),
    ),
    Page(
        "partnership:organisation_edit",
        KEEPERS,
        4,
        of="organisation",
        seen=("member", "own_organisation"),
    ),
    Page("partnership:office_edit", HEADS, 3),
    Page("partnership:word_templates", HEADS, 6),
    Page("partnership:word_template", HEADS, 4, of="template"),
    Page("partnership:word_template_download", HEADS, 2, of="template", seen=FILE),
    Page("partnership:word_template_reset", HEADS, 3, of="template"),
    Page("partnership:accessibility_edit", HEADS, 3),
    Page("partnership:profile", KEEPERS + "PH", 3, of="organisation", seen=("member",)),
    Page("partnership:post_new", KEEPERS, 3, of="organisation", seen=("member",)),
    Page("partnership:post_end", KEEPERS, 3, of="post"),
    Page("partnership:members", MEMBERS, 8, seen=("", "?dzien=2020-01-01", "?dzien=2999-01-01")),
    Page("partnership:members_log", MEMBERS, 7, seen=("", NOTHING, "?rodzaj=koordynator")),
    Page("partnership:members_pdf", MEMBERS, 12, seen=FILE),
    Page("partnership:members_prepare", MEMBERS, 2, seen=("?dzien=2026-01-01",)),
    Page("partnership:members_docx", MEMBERS, 13, seen=FILE),
    Page("partnership:members_xlsx", MEMBERS, 12, seen=FILE),
    Page(
        "partnership:coordinator_new", KEEPERS + "H", 4, of="organisation", seen=("member", "free")
    ),
    Page("partnership:coordinator_end", KEEPERS + "H", 4, of="seat"),
    Page(
        "partnership:readers",
        f"{KEEPERS}PH",
        {"L": 6, "P": 7},
        of="organisation",
        seen=("member", "own_organisation"),
    ),
    Page("partnership:readers_new", "PH", {"P": 5}, of="member"),
    Page("partnership:readers_all", KEEPERS, 4, seen=("", NOTHING)),
    Page("partnership:reader_end", f"{KEEPERS}PH", 3, of="let_in"),
    Page("partnership:worker_new", KEEPERS + "H", 5, of="organisation", seen=("member",)),
    Page("partnership:documentation", MEMBERS, {"L": (33, 34), "P": 38}, seen=("", "?rok=1999")),
    Page("partnership:documentation_pack", KEEPERS, 23, seen=("",)),
    Page("partnership:documentation_symbols", KEEPERS, 3),
    Page("partnership:documentation_edit", May(KEEPERS, hidden="SWOZTG"), 11, of="file"),
    Page("partnership:roster", MEMBERS, 4, seen=("", NOTHING)),
    Page("partnership:worker_end", KEEPERS + "H", 3, of="worker"),
    Page("partnership:engagement", LEAD, 5, of="organisation", seen=("member",)),
    Page("partnership:flags", LEAD, 5, of="organisation", seen=("member",)),
]

ROWS = {
    # A member can't declare, so the institution has declared before.
    "membership": lambda rows: make_partnership.member(rows["filed"].organisation),
    "member": lambda rows: rows["membership"].organisation,
    "seat": lambda rows: rows["membership"].coordinators.get(),
    "worker": lambda rows: make_partnership.worker(rows["membership"]),
    "let_in": lambda rows: _reader(rows["member"]),
    "others": lambda rows: voting.members(4),
}


def _reader(of: Organisation) -> RoleAssignment:
    """A worker who was let in."""
    return make.person(Role.PARTNER_WORKER, organisation=of).role_assignments.get()


def more(rows: Rows) -> None:
    for _ in range(3):
        _reader(rows["member"])
    for one in rows["others"]:
        make_partnership.worker(one.memberships.get(ended_on=None))
    for _ in range(3):
        make_partnership.worker(rows["membership"])
