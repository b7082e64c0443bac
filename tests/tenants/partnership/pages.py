"""Pages of members: the register, coordinators, designated workers, engagement."""

from tests.declared import FILE, KEEPERS, LEAD, MEMBERS, NOTHING, Page, Rows
from tests.factories import partnership as make
from tests.factories import voting

PAGES = [
    Page("partnership:members", MEMBERS, 8, seen=("", "?dzien=2020-01-01", "?dzien=2999-01-01")),
    Page("partnership:members_log", MEMBERS, 7, seen=("", NOTHING, "?rodzaj=koordynator")),
    Page("partnership:members_pdf", MEMBERS, 12, seen=FILE),
    Page("partnership:members_docx", MEMBERS, 13, seen=FILE),
    Page("partnership:members_xlsx", MEMBERS, 11, seen=FILE),
    Page(
        "partnership:coordinator_new", KEEPERS + "H", 4, of="organisation", seen=("member", "free")
    ),
    Page("partnership:coordinator_end", KEEPERS + "H", 4, of="seat"),
    Page("partnership:worker_new", KEEPERS + "H", 5, of="organisation", seen=("member",)),
    Page("partnership:roster", MEMBERS, 4, seen=("", NOTHING)),
    Page("partnership:worker_end", KEEPERS + "H", 3, of="worker"),
    Page("partnership:engagement", LEAD, 5, of="organisation", seen=("member",)),
    Page("partnership:flags", LEAD, 5, of="organisation", seen=("member",)),
]

ROWS = {
    # A member can't declare, so the institution has declared before.
    "membership": lambda rows: make.member(rows["filed"].organisation),
    "member": lambda rows: rows["membership"].organisation,
    "seat": lambda rows: rows["membership"].coordinators.get(),
    "worker": lambda rows: make.worker(rows["membership"]),
    "others": lambda rows: voting.members(4),
}


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make.worker(one.memberships.get(ended_on=None))
    for _ in range(3):
        make.worker(rows["membership"])
