"""The first page of a tenant, and the people of the office."""

from typing import Any

from django.utils import timezone

from kooperacja.tenancy.context import current_tenant
from tenants.accession.papers import ANNOTATED_DECLARATION
from tenants.people.models import Organisation, OrganisationMerge, PersonMerge, RoleAssignment
from tenants.registry.models import AdministratorProposal, Tenant
from tenants.registry.roles import Role
from tests.declared import ALL, FILE, HEADS, KEEPERS, Page, Rows, may
from tests.factories import invitations as make_invitations
from tests.factories import people as make
from tests.factories import support as make_support
from tests.factories.returned import returned

PAGES = [
    Page("home", ALL, {"L": 63, "P": 40, "Z": 15}),
    Page("people:journal_csv", HEADS + "D", 30, seen=FILE),
    Page("people:journal_xlsx", HEADS + "D", 30, seen=FILE),
    Page("calendar", ALL, {"L": 34, "P": 26, "Z": 8}),
    Page("search", ALL, {"L": 2}),
    Page("people:office", HEADS, 7),
    Page("people:administrator", HEADS, 2, of="proposal"),
    Page(
        "people:administrator_stop",
        may(not_now="ALNSD"),
        of="proposal",
        seen="opens once nobody is left who could agree: registry/test_proposals.py",
    ),
    Page("people:adviser", HEADS, 2, of="adviser_proposal"),
    Page(
        "people:adviser_end",
        may(f"{HEADS}V", hidden="NSDPHWOZTG"),
        {"L": 2, "V": 3},
        of="adviser_support",
    ),
    Page("people:invite_colleague", HEADS, 2),
    Page("people:end_role", HEADS, 3, of="role"),
    Page("people:invitation", HEADS, 3, of="invited", seen=("invited", "role")),
    Page("people:invitation_again", HEADS, 3, of="invited"),
    Page("people:invitation_withdraw", HEADS, 3, of="invited", seen=("invited", "role")),
    Page("people:people", KEEPERS, 4),
    Page("people:unreached", KEEPERS, 9),
    Page("people:unreached_settle", KEEPERS, 3, of="unreached"),
    Page("people:person", KEEPERS, 8, of="named", seen=("named",)),
    Page("people:person_edit", KEEPERS, 4, of="named"),
    Page("people:person_strike", KEEPERS, 5, of="slip"),
    Page("people:person_merge", KEEPERS, 5, of="named"),
    Page("people:person_merge_with", KEEPERS, 12, of="two_people"),
    Page("people:person_part", KEEPERS, 6, of="merged_person"),
    Page("people:organisation_strike", KEEPERS, 4, of="unused"),
    Page("people:organisation_merge", KEEPERS, 5, of="organisation"),
    Page("people:organisation_merge_with", KEEPERS, 16, of="two_organisations"),
    Page("people:organisation_part", KEEPERS, 5, of="merged_organisation"),
]

ROWS = {
    "invited": lambda rows: _invited(),
    "lead": lambda rows: make.lead(),
    "proposal": lambda rows: _proposal(),
    "adviser_proposal": lambda rows: make_support.proposed(current_tenant()),
    "adviser_support": lambda rows: make_support.confirmed(current_tenant()),
    "role": lambda rows: RoleAssignment.objects.get(person=rows["lead"]),
    "organisation": lambda rows: make.organisation(),
    "free": lambda rows: make.organisation(name="Ochotnicza Straż Pożarna"),
    "post": lambda rows: rows["worker"].indicated_by.posts.get(),
    "named": lambda rows: make.person(full_name=make.LONG[:80]),
    "slip": lambda rows: make.person(),
    "unreached": lambda rows: returned(rows["slip"].email),
    "unused": lambda rows: make.organisation(),
    "two_people": lambda rows: (rows["named"].pk, rows["slip"].pk),
    "two_organisations": lambda rows: (rows["unused"].pk, rows["organisation"].pk),
    "merged_person": lambda rows: merged(make.person(), rows["named"]).source,
    "merged_organisation": lambda rows: merged(make.organisation(), rows["organisation"]).source,
    "template": ANNOTATED_DECLARATION.kind,
}


def _proposal() -> AdministratorProposal:
    tenant = Tenant.objects.get(pk=current_tenant().id)
    return AdministratorProposal.objects.create(
        tenant=tenant, email="ewa@example.pl", full_name="Ewa Lis", proposed_by="ROPS"
    )


def _invited() -> RoleAssignment:
    """A role whose invitation was sent and is open."""
    role = make.person(Role.NETWORK_OFFICER, full_name=make.LONG).role_assignments.get()
    make_invitations.sent(role)
    return role


def merged(source: Any, target: Any) -> Any:
    """One entry made one with another, with nothing that refers to it."""
    model = OrganisationMerge if isinstance(source, Organisation) else PersonMerge
    return model.objects.create(
        source=source, target=target, merged_on=timezone.localdate(), merged_by="test"
    )


def more(rows: Rows) -> None:
    for one in rows["others"]:
        make.head(one)
    for _ in range(3):
        make.person(Role.NETWORK_OFFICER)
