"""What each page of a partnership asks of the database: the same however much it shows."""

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import Organisation
from tenants.registry.roles import Role
from tests.factories import partnership as make
from tests.factories import voting
from tests.isolation.test_matrix import PAGES, address
from tests.isolation.visitors import ORGANISATION, Place, settle

COSTS = {
    "home": 17,
    "accessibility": 1,
    "partnership:members": 8,
    "partnership:organisations": 4,
    "partnership:organisation_new": 2,
    "partnership:organisation": 11,
    "partnership:organisation_edit": 3,
    "partnership:declarations": 4,
    "partnership:declaration_new": 3,
    "partnership:declaration": 4,
    "partnership:declaration_signatory": 3,
    "partnership:declaration_coordinator": 3,
    "partnership:declaration_file": 4,
    "partnership:declaration_accept": 3,
    "partnership:declaration_return": 3,
    "partnership:declaration_refuse": 3,
    "partnership:office": 4,
    "partnership:office_edit": 3,
    "partnership:become_lead": 2,
    "partnership:invite_colleague": 2,
    "partnership:end_role": 3,
    "partnership:word_templates": 3,
    "partnership:word_template": 4,
    "partnership:word_template_download": 2,
    "partnership:word_template_reset": 2,
    "partnership:accessibility_edit": 3,
    "partnership:regulations": 8,
    "partnership:regulation": 4,
    "partnership:regulation_parameters": 3,
    "partnership:regulation_points": 3,
    "partnership:regulation_clauses": 3,
    "partnership:members_log": 7,
    "partnership:members_pdf": 12,
    "partnership:members_docx": 13,
    "partnership:members_xlsx": 11,
    "partnership:profile": 3,
    "partnership:post_new": 3,
    "partnership:post_end": 3,
    "partnership:coordinator_new": 4,
    "partnership:coordinator_end": 4,
    "partnership:worker_new": 5,
    "partnership:roster": 4,
    "partnership:worker_end": 3,
    "partnership:engagement": 5,
    "partnership:flags": 5,
    "join": 4,
    "join_sent": 1,
    "join_regulation": 2,
    "partnership:recruitments": 4,
    "partnership:recruitment_new": 2,
    "partnership:recruitment": 4,
    "partnership:recruitment_step": 3,
    "partnership:recruitment_link": 5,
    "partnership:recruitment_enter": 3,
    "partnership:recruitment_forget": 3,
    "partnership:data_protection": 15,
    "partnership:own_data_protection": 10,
    "partnership:data_rules": 4,
    "partnership:data_rules_print": 3,
    "partnership:statement_new": 5,
    "partnership:agreements": 4,
    "partnership:agreement_new": 3,
    "partnership:agreement_draft": 3,
    "partnership:agreement": 4,
    "partnership:agreement_end": 3,
    "partnership:authorisations": 4,
    "partnership:authorisation_new": 6,
    "partnership:authorisation": 4,
    "partnership:authorisation_end": 3,
    "partnership:regulation_template": 3,
    "partnership:regulation_difference": 3,
    "partnership:regulation_voting": 3,
    "partnership:regulation_vote": 6,
    "partnership:regulation_paper_vote": 7,
    "partnership:regulation_withdraw": 3,
    "partnership:regulation_readers": 7,
    "partnership:resignation_new": 16,
    "partnership:resignation_print": 8,
    "partnership:resignation": 3,
    "partnership:dissolution": 8,
    "documents:file": 7,
    "audit:journal": 4,
    "partnership:applicant_invite": 4,
    "partnership:applicant_withdraw": 3,
    "partnership:declaration_statements": 4,
    "partnership:declaration_pdf": 4,
    "partnership:declaration_docx": 5,
    "partnership:resources": 4,
    "partnership:resource_new": 2,
    "partnership:resource": 3,
    "partnership:resource_edit": 3,
    "partnership:resource_end": 3,
}

PARTNERS = {
    "P": {"home": 14, "partnership:own_data_protection": 12},
    "Z": {
        "home": 11,
        "partnership:own_data_protection": 12,
        "partnership:declaration_own_file": 3,
    },
}


def cost(client: Client, url: str) -> int | None:
    with CaptureQueriesContext(connections["default"]) as asked:
        status = client.get(url).status_code
    return len(asked) if status == 200 else None


def costs(place: Place, visitor: str = "L") -> dict[str, int]:
    """By page; the Lider's pages show most."""
    client = place.clients[visitor]
    found = {page: cost(client, address(place, page, place.rows)) for page in PAGES}
    return {page: number for page, number in found.items() if number is not None}


def of_partners(place: Place) -> dict[str, dict[str, int]]:
    """What a coordinator and an applicant pay where it is not what the Lider pays."""
    return {
        visitor: {
            page: number
            for page, number in costs(place, visitor).items()
            if COSTS.get(page) != number
        }
        for visitor in PARTNERS
    }


def grow(place: Place) -> None:
    """More of everything that a page lists."""
    with inside(place.here):
        lead, own = make.lead(), Organisation.objects.get(pk=place.rows[ORGANISATION])
        member = own.memberships.get(ended_on=None)
        for one in voting.members(4):
            make.head(one)
            make.agreement(one)
            make.authorisation(make.person(), one)
            make.worker(one.memberships.get())
            make.resignation(one)
            make.asked()
            make.resource(lead)
        for _ in range(3):
            make.worker(member)
            make.agreement(own)
            make.authorisation(make.person(), own)
            make.person(Role.NETWORK_OFFICER)
            make.filed(lead)
            make.draft(lead)


def test_no_page_costs_more_when_there_is_more(gmina: TenantRef, powiat: TenantRef) -> None:
    place = settle(gmina, powiat)
    costs(place)
    few = costs(place)
    grow(place)
    assert few == costs(place) == COSTS


def test_nor_does_a_page_of_a_partner(gmina: TenantRef, powiat: TenantRef) -> None:
    place = settle(gmina, powiat)
    of_partners(place)
    few = of_partners(place)
    grow(place)
    assert few == of_partners(place) == PARTNERS
