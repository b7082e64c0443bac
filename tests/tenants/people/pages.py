"""Pages of institutions, people and the office, and the first page of a tenant."""

from tenants.partnership.models import RoleAssignment
from tenants.partnership.papers.declaration import ANNOTATED_DECLARATION
from tenants.registry.roles import Role
from tests.declared import ALL, FILE, HEADS, KEEPERS, MEMBERS, NOTHING, PUBLIC, Page, Rows
from tests.factories import partnership as make

PAGES = [
    Page("home", ALL, {"L": 17, "P": 14, "Z": 11}),
    Page("accessibility", PUBLIC, 1),
    Page("partnership:organisations", MEMBERS, 4, seen=("", NOTHING)),
    Page("partnership:organisation_new", KEEPERS, 2),
    Page(
        "partnership:organisation",
        MEMBERS,
        11,
        of="organisation",
        seen=("member", "free", "own_organisation"),
    ),
    Page(
        "partnership:organisation_edit",
        KEEPERS,
        3,
        of="organisation",
        seen=("member", "own_organisation"),
    ),
    Page("partnership:office", HEADS, 4),
    Page("partnership:office_edit", HEADS, 3),
    Page("partnership:become_lead", HEADS, 2),
    Page("partnership:invite_colleague", HEADS, 2),
    Page("partnership:end_role", HEADS, 3, of="role"),
    Page("partnership:word_templates", HEADS, 3),
    Page("partnership:word_template", HEADS, 4, of="template"),
    Page("partnership:word_template_download", HEADS, 2, of="template", seen=FILE),
    Page("partnership:word_template_reset", HEADS, 2, of="template"),
    Page("partnership:accessibility_edit", HEADS, 3),
    Page("partnership:profile", KEEPERS + "PH", 3, of="organisation", seen=("member",)),
    Page("partnership:post_new", KEEPERS, 3, of="organisation", seen=("member",)),
    Page("partnership:post_end", KEEPERS, 3, of="post"),
]

ROWS = {
    "lead": lambda rows: make.lead(),
    "role": lambda rows: RoleAssignment.objects.get(person=rows["lead"]),
    "organisation": lambda rows: make.organisation(),
    "free": lambda rows: make.organisation(name="Ochotnicza Straż Pożarna"),
    "post": lambda rows: rows["worker"].indicated_by.posts.get(),
    "template": ANNOTATED_DECLARATION.kind,
}


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make.head(one)
    for _ in range(3):
        make.person(Role.NETWORK_OFFICER)
