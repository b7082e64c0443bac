"""Pages of several apps: who may open them and what they cost."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, queries_of


@pytest.fixture
def keeper(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(in_partnership, Role.LEAD, Role.TENANT_ADMIN)
    return client


@pytest.mark.parametrize(
    "path",
    [
        "instytucje/nowa/",
        "instytucje/{organisation}/zmiana/",
        "deklaracje/nowa/",
        "deklaracje/{declaration}/podpis/",
        "deklaracje/{declaration}/koordynator/",
        "deklaracje/{declaration}/zlozenie/",
        "deklaracje/{declaration}/przyjecie/",
        "deklaracje/{declaration}/zwrot/",
        "deklaracje/{declaration}/odmowa/",
        "osrodek/dane/",
        "osrodek/zaproszenie/",
        "osrodek/dostepnosc/",
    ],
)
def test_a_partner_may_not_do_the_offices_work(
    in_partnership: TenantRef, lead: Person, path: str
) -> None:
    own = make_accession.filed(lead)
    before = AccessionDeclaration.objects.values().get()
    client, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=own.organisation
    )
    url = PARTNERSHIP + path.format(organisation=own.organisation_id, declaration=own.pk)

    for page in (client.get(url), client.post(url, {"reason": "x", "decided_on": "2026-01-01"})):
        assert page.status_code == 403

    assert AccessionDeclaration.objects.values().get() == before


PAGES = {
    "": 47,
    "partnerstwo/czlonkowie/": 8,
    "partnerstwo/czlonkowie/historia/": 7,
    "partnerstwo/instytucje/": 4,
    "partnerstwo/deklaracje/": 6,
    "partnerstwo/regulamin/": 11,
}


@pytest.mark.parametrize(("path", "queries"), PAGES.items())
def test_a_list_costs_the_same_however_long_it_is(
    keeper: Client, partnership: TenantRef, lead: Person, path: str, queries: int
) -> None:
    make_partnership.member(make_accession.filed(lead).organisation)
    keeper.get(HOME + path)
    few = queries_of(keeper, HOME + path)
    # A request leaves the URLconf of the root behind, so the tenant is entered again.
    with inside(partnership):
        for number in range(20):
            make_partnership.member(
                make.organisation(name=f"Instytucja {number}"), date(2024, 5, 1)
            )
        make_accession.filed(lead)

    assert (few, queries_of(keeper, HOME + path)) == (queries, queries)


@pytest.mark.parametrize(
    "path", ["instytucje/", "deklaracje/", "osrodek/zaproszenie/", "osrodek/", "deklaracje/nowa/"]
)
def test_the_offices_pages_open(keeper: Client, lead: Person, path: str) -> None:
    make_accession.filed(lead)
    assert keeper.get(PARTNERSHIP + path).status_code == 200


def test_what_is_not_there_answers_404(keeper: Client) -> None:
    for path in ("instytucje", "deklaracje"):
        assert keeper.get(f"{PARTNERSHIP}{path}/{uuid4()}/").status_code == 404
