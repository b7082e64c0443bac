"""Every page of a tenant × role × tenant, with the expected status; a page missing here fails.

Columns: who asks. `-` nobody signed in, `x` an account without access, `e` an administrator here
whose access ended, `f` the Lider of another tenant, `R` the region's coordinator, then those with a
role here: `A` administrator, `L` Lider, `N` network officer, `S` social worker, `D` data protection
officer, `P` `H` `W` coordinator, head and worker of the kooperant whose rows are asked for, `O`
coordinator of another kooperant, `Z` who was invited to fill in the draft. Codes: o 200, r 302, d 403, n 404, c 409, m 405.
"""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import tenant_reverse
from tenants.partnership.models import AccessionDeclaration, RegulationVersion
from tenants.registry import directory
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.e2e.pages import names_of
from tests.isolation.visitors import (
    AGREEMENT,
    AUTHORISATION,
    CHANGE,
    DRAFT,
    FILE,
    FILED,
    FREE,
    OF_KOOPERANT,
    OFFICE,
    ORGANISATION,
    POST,
    RECRUITMENT,
    RESIGNATION,
    RESOURCE,
    ROLE,
    SEAT,
    TEMPLATE,
    VISITORS,
    VOTING,
    WORKER,
    Place,
    settle,
)

CODES = {"o": 200, "r": 302, "d": 403, "n": 404, "c": 409, "m": 405}

PAGES: dict[str, tuple[str, str]] = {
    "home": ("", "rddddoooooooooo"),
    "accessibility": ("", "ooooooooooooooo"),
    "partnership:members": ("", "rddddoooooooood"),
    "partnership:organisations": ("", "rddddoooooooood"),
    "partnership:organisation_new": ("", "rddddoooddddddd"),
    "partnership:organisation": (ORGANISATION, "rddddoooooooood"),
    "partnership:organisation_edit": (ORGANISATION, "rddddoooddddddd"),
    "partnership:declarations": ("", "rddddoooooooooo"),
    "partnership:declaration_new": ("", "rddddoooddddddd"),
    "partnership:declaration": (FILED, "rddddooonooonnn"),
    "partnership:declaration_signatory": (DRAFT, "rddddooondnnnno"),
    "partnership:declaration_coordinator": (DRAFT, "rddddooondnnnno"),
    "partnership:declaration_file": (DRAFT, "rddddooondnnnnr"),
    "partnership:declaration_accept": (FILED, "rdddddodddddddd"),
    "partnership:declaration_return": (FILED, "rdddddodddddddd"),
    "partnership:declaration_refuse": (FILED, "rdddddodddddddd"),
    "partnership:office": ("", "rddddoodddddddd"),
    "partnership:office_edit": ("", "rddddoodddddddd"),
    "partnership:become_lead": ("", "rddddoodddddddd"),
    "partnership:invite_colleague": ("", "rddddoodddddddd"),
    "partnership:end_role": (ROLE, "rddddoodddddddd"),
    "partnership:word_templates": ("", "rddddoodddddddd"),
    "partnership:word_template": (TEMPLATE, "rddddoodddddddd"),
    "partnership:word_template_download": (TEMPLATE, "rddddoodddddddd"),
    "partnership:word_template_reset": (TEMPLATE, "rddddoodddddddd"),
    "partnership:accessibility_edit": ("", "rddddoodddddddd"),
    "partnership:regulations": ("", "rddddoooooooooo"),
    "partnership:regulation": (CHANGE, "rddddoooooooood"),
    "partnership:data_rules_print": (CHANGE, "rddddoooooooood"),
    "partnership:regulation_parameters": (CHANGE, "rddddoooddddddd"),
    "partnership:regulation_points": (CHANGE, "rddddoooddddddd"),
    "partnership:regulation_clauses": (CHANGE, "rddddoooddddddd"),
    "partnership:regulation_adopt": (CHANGE, "rdddddcdddddddd"),
    "partnership:members_log": ("", "rddddoooooooood"),
    "partnership:members_pdf": ("", "rddddoooooooood"),
    "partnership:members_docx": ("", "rddddoooooooood"),
    "partnership:members_xlsx": ("", "rddddoooooooood"),
    "partnership:profile": (ORGANISATION, "rddddoooddooddd"),
    "partnership:post_new": (ORGANISATION, "rddddoooddddddd"),
    "partnership:post_end": (POST, "rddddoooddddddd"),
    "partnership:coordinator_new": (ORGANISATION, "rddddooodddoddd"),
    "partnership:coordinator_end": (SEAT, "rddddooodddoddd"),
    "partnership:worker_new": (ORGANISATION, "rddddooodddoddd"),
    "partnership:roster": ("", "rddddoooooooood"),
    "partnership:worker_end": (WORKER, "rddddooodddoddd"),
    "partnership:engagement": (ORGANISATION, "rdddddodddddddd"),
    "partnership:flags": (ORGANISATION, "rdddddodddddddd"),
    "join": ("", "ooooooooooooooo"),
    "join_sent": ("", "ooooooooooooooo"),
    "join_regulation": ("", "ooooooooooooooo"),
    "partnership:recruitments": ("", "rddddooododdddd"),
    "partnership:recruitment_new": ("", "rddddoooddddddd"),
    "partnership:recruitment": (RECRUITMENT, "rddddooododdddd"),
    "partnership:recruitment_step": (RECRUITMENT, "rddddoooddddddd"),
    "partnership:recruitment_link": (RECRUITMENT, "rddddoooddddddd"),
    "partnership:recruitment_enter": (RECRUITMENT, "rddddoooddddddd"),
    "partnership:recruitment_forget": (RECRUITMENT, "rddddoooddddddd"),
    "partnership:data_protection": ("", "rddddooodooodod"),
    "partnership:own_data_protection": ("", "rddddoooooooooo"),
    "partnership:data_rules": ("", "rddddoooooooooo"),
    "partnership:statement_new": ("", "rddddoooddddddd"),
    "partnership:agreements": ("", "rddddooodooodod"),
    "partnership:agreement_new": ("", "rddddoooddddddd"),
    "partnership:agreement_draft": ("", "rddddoooddddddd"),
    "partnership:agreement": (AGREEMENT, "rddddooonooonnn"),
    "partnership:agreement_end": (AGREEMENT, "rddddooondddnnn"),
    "partnership:authorisations": ("", "rddddooodooodod"),
    "partnership:authorisation_new": ("", "rddddoooddddddd"),
    "partnership:authorisation": (AUTHORISATION, "rddddooonooonnn"),
    "partnership:authorisation_end": (AUTHORISATION, "rddddooondddnnn"),
    "partnership:regulation_template": ("", "rddddoooddddddd"),
    "partnership:regulation_amend": ("", "rddddcccddddddd"),
    "partnership:regulation_difference": (CHANGE, "rddddoooooooood"),
    "partnership:regulation_voting": (CHANGE, "rdddddodddddddd"),
    "partnership:regulation_vote": (VOTING, "rdddddodddooddd"),
    "partnership:regulation_paper_vote": (VOTING, "rddddoooddddddd"),
    "partnership:regulation_close": (VOTING, "rdddddcdddddddd"),
    "partnership:regulation_withdraw": (VOTING, "rdddddodddddddd"),
    "partnership:regulation_acknowledge": (CHANGE, "rddddmmmmmmmmmm"),
    "partnership:regulation_readers": (CHANGE, "rddddoooddddddd"),
    "partnership:resignation_new": (ORGANISATION, "rddddoooddooddd"),
    "partnership:resignation_print": (ORGANISATION, "rddddoooddooddd"),
    "partnership:resignation": (RESIGNATION, "rddddooonooonnn"),
    "partnership:dissolution": ("", "rddddoooooooood"),
    "documents:file": (FILE, "rddddooodoooddd"),
    "audit:journal": ("", "rddddooddoddddd"),
    "partnership:applicant_invite": (FREE, "rddddoooddddddd"),
    "partnership:applicant_withdraw": (DRAFT, "rddddoooddddddd"),
    "partnership:declaration_statements": (DRAFT, "rddddooondnnnno"),
    "partnership:declaration_own_file": (DRAFT, "rdddddddndnnnno"),
    "partnership:declaration_pdf": (DRAFT, "rddddooondnnnno"),
    "partnership:declaration_docx": (DRAFT, "rddddooondnnnno"),
    "partnership:resources": ("", "rddddoooooooood"),
    "partnership:resource_new": ("", "rddddoooddddddd"),
    "partnership:resource": (RESOURCE, "rddddoooooooood"),
    "partnership:resource_edit": (RESOURCE, "rddddoooddddddd"),
    "partnership:resource_end": (RESOURCE, "rddddoooddddddd"),
}

# What an address takes besides the row.
MORE_PARTS = {
    "partnership:data_rules_print": ("pdf",),
    "partnership:resignation_print": ("pdf",),
}


@pytest.fixture
def place(gmina: TenantRef, powiat: TenantRef) -> Place:
    return settle(gmina, powiat)


def _seen(place: Place, ask: Callable[[Client], int]) -> str:
    letters = {status: letter for letter, status in CODES.items()}
    return "".join(letters.get(ask(place.clients[v]), "?") for v in VISITORS)


def _status(method: str, at: str, client: Client) -> int:
    status: int = getattr(client, method)(at).status_code
    return status


def address(place: Place, page: str, ids: dict[str, UUID | str]) -> str:
    row = PAGES[page][0]
    more = MORE_PARTS.get(page, ())
    return tenant_reverse(place.here, page, *([ids[row]] if row else []), *more)


def test_no_page_of_a_tenant_is_missing_from_the_table() -> None:
    for urlconf in settings.TENANT_URLCONFS.values():
        assert sorted(names_of(get_resolver(urlconf).url_patterns)) == sorted(PAGES)


def test_no_role_is_missing_from_the_columns() -> None:
    assert {
        *OFFICE.values(),
        *OF_KOOPERANT.values(),
        Role.ROPS_COORDINATOR,
        Role.APPLICANT,
    } == set(Role)


def test_each_role_reads_what_it_may_and_nothing_else(place: Place) -> None:
    seen = {}
    for page in PAGES:
        at = address(place, page, place.rows)
        seen[page] = _seen(place, partial(_status, "get", at))
    assert seen == {page: expected for page, (_, expected) in PAGES.items()}


def test_a_neighbours_row_does_not_exist_here_for_anybody(place: Place) -> None:
    for page in (page for page, (row, _) in PAGES.items() if row):
        at = address(place, page, place.foreign)
        for method in ("get", "post"):
            seen = _seen(place, partial(_status, method, at))
            assert not set(seen) & {"o", "c"}, (page, method, seen)
            assert seen[VISITORS.index("A")] in "mn", (page, method, seen)


def test_who_may_not_read_a_page_changes_nothing_by_sending_to_it(place: Place) -> None:
    with inside(place.here):
        before = (Entry.objects.exclude(verb="ENTERED").count(), _state())
    for page, (_, expected) in PAGES.items():
        at = address(place, page, place.rows)
        for visitor, code in zip(VISITORS, expected, strict=True):
            if code in "rd":
                status = place.clients[visitor].post(at, {"reason": "próba"}).status_code
                assert status in {302, 403, 405}, (page, visitor, status)
    with inside(place.here):
        assert (Entry.objects.exclude(verb="ENTERED").count(), _state()) == before


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
def test_a_tenant_that_is_not_open_shows_no_page_to_anybody(place: Place, status: str) -> None:
    Tenant.objects.filter(pk=place.here.id).update(status=status)
    directory.forget()
    for page in PAGES:
        seen = _seen(place, partial(_status, "get", address(place, page, place.rows)))
        assert not set(seen) & {"o", "c"}, (page, seen)


def test_a_tenant_that_does_not_exist_has_no_page(place: Place) -> None:
    for page, other in zip(PAGES, cycle(("/gmina/nieznana/", "/powiat/gogolin/")), strict=False):
        at = address(place, page, place.rows)
        seen = _seen(place, partial(_status, "get", at.replace("/gmina/gogolin/", other)))
        assert set(seen) == {"n"}, (page, other, seen)


def _state() -> list[tuple[str, int]]:
    found = AccessionDeclaration.objects.values_list("state", "version")
    return sorted([*found, *RegulationVersion.objects.values_list("state", "version")])
