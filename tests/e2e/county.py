"""A county that is about to make its agreement, and one of its gminas: a browser of the office of each,
and of the head of a school.

Run as a program it does what would only repeat: `parties` adds the other ten to the draft, `sign`
enters the signatures of all who still have to sign, but for the school.
"""

import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from kooperacja.audit.actor import Actor, named  # noqa: E402
from kooperacja.tenancy.context import inside  # noqa: E402
from kooperacja.tenancy.ref import TenantRef  # noqa: E402
from tenants.agreements.models import Agreement  # noqa: E402
from tenants.agreements.workflow import PartyState  # noqa: E402
from tenants.people.models import RoleAssignment  # noqa: E402
from tenants.registry import directory  # noqa: E402
from tenants.registry.roles import Role  # noqa: E402
from tenants.schemas import actions as schemas  # noqa: E402
from tests.e2e import walkers  # noqa: E402
from tests.factories import accounts  # noqa: E402
from tests.factories import agreements as make_agreements  # noqa: E402
from tests.factories import people as make  # noqa: E402
from tests.waiting import until  # noqa: E402

COUNTY, GMINA = "1604", "160403"
SCHOOL, HEAD = "Zespół Szkół Zmyślonych w Kluczborku", "Halina Dyrektorska-Zmyślona"
ADDRESS = "dyrektor@example.pl"
CENTRE = "Powiatowe Centrum Pomocy Rodzinie Zmyślone w Kluczborku"
HOSPITAL = "Szpital Powiatowy Zmyślony w Kluczborku"
OTHERS = 10


def found() -> dict[str, Client]:
    """Open the county and the gmina; who makes the agreement, signs for the school, and asks."""
    county, gmina = _opened(COUNTY), _opened(GMINA)
    with inside(county):
        school = make.organisation(name=SCHOOL)
        lead, _ = make.signed_in(county, Role.LEAD)
        head = accounts.with_totp(accounts.account(ADDRESS, HEAD))
        walkers.with_role(county, head, Role.PARTY, school)
        for name in (CENTRE, HOSPITAL):
            make.head(make.organisation(name=name))
    with inside(gmina):
        asks, _ = make.signed_in(gmina, Role.LEAD)
    return {"COUNTY_LEAD": lead, "COUNTY_SCHOOL": accounts.client_of(head), "COUNTY_GMINA": asks}


def _opened(code: str) -> TenantRef:
    tenant = schemas.open_tenant(by=named("test"), code=code)
    # The site's worker may be at it already.
    until(lambda: schemas.finish_opening(tenant), what=f"{code} is open")
    opened = directory.find(tenant.slug)
    assert opened is not None
    return opened


def add_parties(draft: Agreement, by: Actor) -> None:
    for number in range(1, OTHERS + 1):
        name = f"Instytucja Zmyślona nr {number}"
        party = make_agreements.party(draft, who=by, name=name, seat="w Kluczborku")
        make_agreements.contact(party, who=by)


def sign(agreement: Agreement, by: Actor) -> None:
    for party in agreement.parties.filter(state=PartyState.WAITING).exclude(name=SCHOOL):
        make_agreements.entered(party, who=by)


def main(step: str) -> None:
    county = directory.find("kluczborski")
    assert county is not None
    with inside(county):
        by = make.by(RoleAssignment.objects.get(role=Role.LEAD).person)
        {"parties": add_parties, "sign": sign}[step](Agreement.objects.latest("created_at"), by)


if __name__ == "__main__":
    main(sys.argv[1])
