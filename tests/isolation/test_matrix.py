"""Every page × role × tenant, with the expected status; a page missing here fails.

Columns: who asks. `-` nobody signed in, `x` an account without access, `f` the Lider of another
tenant, then those with a role here: `A` administrator, `L` Lider, `N` network officer, `S` social
worker, `D` data protection officer, `P` coordinator of the kooperant whose rows are asked for,
`O` coordinator of another kooperant. Codes: o 200, r 302, d 403, n 404, c 409, m 405.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kooperacja.audit.models import Entry
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import root_reverse, tenant_reverse
from tenants.partnership.models import AccessionDeclaration, Organisation, RoleAssignment
from tenants.registry import directory
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import accounts, partnership

VISITORS = "-xfALNSDPO"
CODES = {"o": 200, "r": 302, "d": 403, "n": 404, "c": 409, "m": 405}
OFFICE = {
    "A": Role.TENANT_ADMIN,
    "L": Role.LEAD,
    "N": Role.NETWORK_OFFICER,
    "S": Role.SOCIAL_WORKER,
    "D": Role.DPO,
}

# Which row of the tenant a page is about.
ORGANISATION, FILED, DRAFT, ROLE, FILE = "organisation", "filed", "draft", "role", "file"

PAGES: dict[str, tuple[str, str]] = {
    "home": ("", "rddooooooo"),
    "accessibility": ("", "oooooooooo"),
    "partnership:members": ("", "rddooooooo"),
    "partnership:organisations": ("", "rddooooooo"),
    "partnership:organisation_new": ("", "rddooodddd"),
    "partnership:organisation": (ORGANISATION, "rddooooooo"),
    "partnership:organisation_edit": (ORGANISATION, "rddooodddd"),
    "partnership:declarations": ("", "rddooooooo"),
    "partnership:declaration_new": ("", "rddooodddd"),
    "partnership:declaration": (FILED, "rddooonoon"),
    "partnership:declaration_signatory": (DRAFT, "rddooondnn"),
    "partnership:declaration_coordinator": (DRAFT, "rddooondnn"),
    "partnership:declaration_file": (DRAFT, "rddooondnn"),
    "partnership:declaration_accept": (FILED, "rdddoddddd"),
    "partnership:declaration_return": (FILED, "rdddoddddd"),
    "partnership:declaration_refuse": (FILED, "rdddoddddd"),
    "partnership:office": ("", "rddooddddd"),
    "partnership:office_edit": ("", "rddooddddd"),
    "partnership:become_lead": ("", "rddooddddd"),
    "partnership:invite_colleague": ("", "rddooddddd"),
    "partnership:end_role": (ROLE, "rddooddddd"),
    "partnership:accessibility_edit": ("", "rddooddddd"),
    "documents:file": (FILE, "rddooodood"),
    "audit:journal": ("", "rddooddodd"),
}


@dataclass
class Place:
    """A gmina with one row of each kind, its neighbour with rows alike, and the visitors."""

    here: TenantRef
    rows: dict[str, UUID]
    foreign: dict[str, UUID]
    clients: dict[str, Client]


def _rows() -> dict[str, UUID]:
    lead = partnership.lead()
    own = partnership.organisation()
    filed = partnership.filed(lead, own)
    draft = partnership.draft(lead, partnership.organisation())
    return {
        ORGANISATION: own.pk,
        FILED: filed.pk,
        DRAFT: draft.pk,
        ROLE: RoleAssignment.objects.get(person=lead).pk,
        FILE: StoredFile.objects.get(pk=filed.file_id).pk,
    }


@pytest.fixture
def place(gmina: TenantRef, powiat: TenantRef) -> Place:
    clients = {"-": Client(), "x": accounts.client_of(accounts.with_totp(accounts.account()))}
    with inside(powiat):
        partnership.found(powiat)
        foreign = _rows()
        clients["f"], _ = partnership.signed_in(powiat, Role.LEAD)
    with inside(gmina):
        partnership.found(gmina)
        rows = _rows()
        for letter, role in OFFICE.items():
            clients[letter], _ = partnership.signed_in(gmina, role)
        own = Organisation.objects.get(pk=rows[ORGANISATION])
        other = partnership.organisation()
        for letter, organisation in (("P", own), ("O", other)):
            clients[letter], _ = partnership.signed_in(
                gmina, Role.PARTNER_COORDINATOR, organisation=organisation
            )
    return Place(gmina, rows, foreign, clients)


def _patterns(urlconf: str) -> Iterator[str]:
    def walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern, inner)
            elif isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name}"

    yield from walk(get_resolver(urlconf), "")


def _seen(place: Place, ask: Callable[[Client], int]) -> str:
    letters = {status: letter for letter, status in CODES.items()}
    return "".join(letters.get(ask(place.clients[v]), "?") for v in VISITORS)


def _status(method: str, at: str, client: Client) -> int:
    status: int = getattr(client, method)(at).status_code
    return status


def _address(place: Place, page: str, ids: dict[str, UUID]) -> str:
    row = PAGES[page][0]
    return tenant_reverse(place.here, page, *([ids[row]] if row else []))


def test_no_page_of_a_tenant_is_missing_from_the_table() -> None:
    for urlconf in ("gmina.urls", "powiat.urls", "kooperacja.city_urls"):
        assert set(_patterns(urlconf)) == set(PAGES)


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
            assert seen[3] == ("m" if seen[3] == "m" else "n"), (page, method, seen)


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
    return sorted(AccessionDeclaration.objects.values_list("state", "version"))


def test_the_regions_pages_are_the_coordinators_alone(place: Place) -> None:
    whole = {"tenants", "home", "table", "table_csv", "changes", "register"}
    whole |= {"tenants_progress", "tenants_open"}
    coordinator = accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    for page in _patterns("region.panel.urls"):
        name = page.split(":")[-1]
        at = root_reverse(f"panel:{name}", *([] if name in whole else ["160501"]))
        assert coordinator.get(at).status_code not in {401, 403}, page
        read = [place.clients[v].get(at).status_code for v in VISITORS]
        assert read == [302] + [403] * (len(VISITORS) - 1), page
        assert {place.clients[v].post(at).status_code for v in VISITORS} <= {302, 403, 405}, page
