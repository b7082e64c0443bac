"""Every page of a tenant × role × tenant, with the expected status; a page missing here fails.

Columns: who asks. `-` nobody signed in, `x` an account without access, `e` an administrator here
whose access ended, `f` the Lider of another tenant, `R` the region's coordinator, then those with a
role here: `A` administrator, `L` Lider, `N` network officer, `S` social worker, `D` data protection
officer, `P` `H` `W` coordinator, head and worker of the kooperant whose rows are asked for, `O`
coordinator of another kooperant. Codes: o 200, r 302, d 403, n 404, c 409, m 405.
"""

from collections.abc import Callable
from functools import partial
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
    OF_KOOPERANT,
    OFFICE,
    ORGANISATION,
    POST,
    RECRUITMENT,
    RESIGNATION,
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
    "home": ("", "rddddooooooooo"),
    "accessibility": ("", "oooooooooooooo"),
    "partnership:members": ("", "rddddooooooooo"),
    "partnership:organisations": ("", "rddddooooooooo"),
    "partnership:organisation_new": ("", "rddddooodddddd"),
    "partnership:organisation": (ORGANISATION, "rddddooooooooo"),
    "partnership:organisation_edit": (ORGANISATION, "rddddooodddddd"),
    "partnership:declarations": ("", "rddddooooooooo"),
    "partnership:declaration_new": ("", "rddddooodddddd"),
    "partnership:declaration": (FILED, "rddddooonooonn"),
    "partnership:declaration_signatory": (DRAFT, "rddddooondnnnn"),
    "partnership:declaration_coordinator": (DRAFT, "rddddooondnnnn"),
    "partnership:declaration_file": (DRAFT, "rddddooondnnnn"),
    "partnership:declaration_accept": (FILED, "rdddddoddddddd"),
    "partnership:declaration_return": (FILED, "rdddddoddddddd"),
    "partnership:declaration_refuse": (FILED, "rdddddoddddddd"),
    "partnership:office": ("", "rddddooddddddd"),
    "partnership:office_edit": ("", "rddddooddddddd"),
    "partnership:become_lead": ("", "rddddooddddddd"),
    "partnership:invite_colleague": ("", "rddddooddddddd"),
    "partnership:end_role": (ROLE, "rddddooddddddd"),
    "partnership:word_templates": ("", "rddddooddddddd"),
    "partnership:word_template": (TEMPLATE, "rddddooddddddd"),
    "partnership:word_template_download": (TEMPLATE, "rddddooddddddd"),
    "partnership:word_template_reset": (TEMPLATE, "rddddooddddddd"),
    "partnership:accessibility_edit": ("", "rddddooddddddd"),
    "partnership:regulations": ("", "rddddooooooooo"),
    "partnership:regulation": (CHANGE, "rddddooooooooo"),
    "partnership:regulation_parameters": (CHANGE, "rddddooodddddd"),
    "partnership:regulation_points": (CHANGE, "rddddooodddddd"),
    "partnership:regulation_clauses": (CHANGE, "rddddooodddddd"),
    "partnership:regulation_adopt": (CHANGE, "rdddddcddddddd"),
    "partnership:members_log": ("", "rddddooooooooo"),
    "partnership:members_pdf": ("", "rddddooooooooo"),
    "partnership:members_xlsx": ("", "rddddooooooooo"),
    "partnership:profile": (ORGANISATION, "rddddoooddoodd"),
    "partnership:post_new": (ORGANISATION, "rddddooodddddd"),
    "partnership:post_end": (POST, "rddddooodddddd"),
    "partnership:coordinator_new": (ORGANISATION, "rddddooodddodd"),
    "partnership:coordinator_end": (SEAT, "rddddooodddodd"),
    "partnership:worker_new": (ORGANISATION, "rddddooodddodd"),
    "partnership:roster": ("", "rddddooooooooo"),
    "partnership:worker_end": (WORKER, "rddddooodddodd"),
    "partnership:engagement": (ORGANISATION, "rdddddoddddddd"),
    "partnership:flags": (ORGANISATION, "rdddddoddddddd"),
    "join": ("", "oooooooooooooo"),
    "join_sent": ("", "oooooooooooooo"),
    "join_regulation": ("", "oooooooooooooo"),
    "partnership:recruitments": ("", "rddddooododddd"),
    "partnership:recruitment_new": ("", "rddddooodddddd"),
    "partnership:recruitment": (RECRUITMENT, "rddddooododddd"),
    "partnership:recruitment_step": (RECRUITMENT, "rddddooodddddd"),
    "partnership:recruitment_link": (RECRUITMENT, "rddddooodddddd"),
    "partnership:recruitment_enter": (RECRUITMENT, "rddddooodddddd"),
    "partnership:recruitment_forget": (RECRUITMENT, "rddddooodddddd"),
    "partnership:data_protection": ("", "rddddooodooodo"),
    "partnership:own_data_protection": ("", "rddddooooooooo"),
    "partnership:data_rules": ("", "rddddooooooooo"),
    "partnership:statement_new": ("", "rddddooodddddd"),
    "partnership:agreements": ("", "rddddooodooodo"),
    "partnership:agreement_new": ("", "rddddooodddddd"),
    "partnership:agreement_draft": ("", "rddddooodddddd"),
    "partnership:agreement": (AGREEMENT, "rddddooonooonn"),
    "partnership:agreement_end": (AGREEMENT, "rddddooondddnn"),
    "partnership:authorisations": ("", "rddddooodooodo"),
    "partnership:authorisation_new": ("", "rddddooodddddd"),
    "partnership:authorisation": (AUTHORISATION, "rddddooonooonn"),
    "partnership:authorisation_end": (AUTHORISATION, "rddddooondddnn"),
    "partnership:regulation_amend": ("", "rddddcccdddddd"),
    "partnership:regulation_difference": (CHANGE, "rddddooooooooo"),
    "partnership:regulation_voting": (CHANGE, "rdddddoddddddd"),
    "partnership:regulation_vote": (VOTING, "rdddddodddoodd"),
    "partnership:regulation_paper_vote": (VOTING, "rddddooodddddd"),
    "partnership:regulation_close": (VOTING, "rdddddcddddddd"),
    "partnership:regulation_withdraw": (VOTING, "rdddddoddddddd"),
    "partnership:regulation_acknowledge": (CHANGE, "rddddmmmmmmmmm"),
    "partnership:regulation_readers": (CHANGE, "rddddooodddddd"),
    "partnership:resignation_new": (ORGANISATION, "rddddoooddoodd"),
    "partnership:resignation_print": (ORGANISATION, "rddddoooddoodd"),
    "partnership:resignation": (RESIGNATION, "rddddooonooonn"),
    "partnership:dissolution": ("", "rddddooooooooo"),
    "documents:file": (FILE, "rddddooodooodd"),
    "audit:journal": ("", "rddddooddodddd"),
}

# What an address takes besides the row.
MORE_PARTS = {"partnership:resignation_print": ("pdf",)}


@pytest.fixture
def place(gmina: TenantRef, powiat: TenantRef) -> Place:
    return settle(gmina, powiat)


def _seen(place: Place, ask: Callable[[Client], int]) -> str:
    letters = {status: letter for letter, status in CODES.items()}
    return "".join(letters.get(ask(place.clients[v]), "?") for v in VISITORS)


def _status(method: str, at: str, client: Client) -> int:
    status: int = getattr(client, method)(at).status_code
    return status


def _address(place: Place, page: str, ids: dict[str, UUID | str]) -> str:
    row = PAGES[page][0]
    more = MORE_PARTS.get(page, ())
    return tenant_reverse(place.here, page, *([ids[row]] if row else []), *more)


def test_no_page_of_a_tenant_is_missing_from_the_table() -> None:
    for urlconf in settings.TENANT_URLCONFS.values():
        assert sorted(names_of(get_resolver(urlconf).url_patterns)) == sorted(PAGES)


def test_no_role_is_missing_from_the_columns() -> None:
    assert {*OFFICE.values(), *OF_KOOPERANT.values(), Role.ROPS_COORDINATOR} == set(Role)


def test_each_role_reads_what_it_may_and_nothing_else(place: Place) -> None:
    seen = {}
    for page in PAGES:
        at = _address(place, page, place.rows)
        seen[page] = _seen(place, partial(_status, "get", at))
    assert seen == {page: expected for page, (_, expected) in PAGES.items()}


def test_a_neighbours_row_does_not_exist_here_for_anybody(place: Place) -> None:
    for page in (page for page, (row, _) in PAGES.items() if row):
        at = _address(place, page, place.foreign)
        for method in ("get", "post"):
            seen = _seen(place, partial(_status, method, at))
            assert not set(seen) & {"o", "c"}, (page, method, seen)
            assert seen[VISITORS.index("A")] in "mn", (page, method, seen)


def test_who_may_not_read_a_page_changes_nothing_by_sending_to_it(place: Place) -> None:
    with inside(place.here):
        before = (Entry.objects.exclude(verb="ENTERED").count(), _state())
    for page, (_, expected) in PAGES.items():
        at = _address(place, page, place.rows)
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
    for page, (row, _) in PAGES.items():
        for ids in (place.rows, place.foreign) if row else (place.rows,):
            seen = _seen(place, partial(_status, "get", _address(place, page, ids)))
            assert not set(seen) & {"o", "c"}, (page, seen)


def test_a_tenant_that_does_not_exist_has_no_page(place: Place) -> None:
    for page in PAGES:
        at = _address(place, page, place.rows)
        for other in ("/gmina/nieznana/", "/powiat/gogolin/"):
            seen = _seen(place, partial(_status, "get", at.replace("/gmina/gogolin/", other)))
            assert set(seen) == {"n"}, (page, other, seen)


def _state() -> list[tuple[str, int]]:
    found = AccessionDeclaration.objects.values_list("state", "version")
    return sorted([*found, *RegulationVersion.objects.values_list("state", "version")])
