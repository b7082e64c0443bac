"""The region learns counts alone of resignations and data protection."""

from datetime import date

from kooperacja.tenancy.ref import TenantRef
from tenants.accession.indicators import resigned_by_sector
from tenants.data_protection.indicators import data_protection_coverage
from tests.factories import accession as make_accession
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make

DAY = date(2026, 5, 12)


def test_resignations_are_counted_in_the_month_of_their_effect(in_partnership: TenantRef) -> None:
    for day in (date(2026, 4, 30), date(2026, 5, 1), DAY, date(2026, 5, 13)):
        make_accession.resignation(make.organisation(sector="NGO"), day)
    assert resigned_by_sector(DAY) == {"NGO": 2}
    assert resigned_by_sector(date(2026, 4, 30)) == {"NGO": 1}


def test_a_kooperant_is_covered_when_every_coordinator_is_authorised(
    in_partnership: TenantRef,
) -> None:
    whole, half, none = (make_partnership.member(make.organisation()) for _ in range(3))
    for membership in (whole, half):
        make_papers.agreement(membership.organisation)
    make_papers.authorisation(whole.coordinators.get().person, whole.organisation)
    make_papers.authorisation(none.coordinators.get().person, none.organisation)
    make_papers.agreement(none.organisation, scope="CONTACTS")
    assert data_protection_coverage(DAY) == {"WHOLE": 1, "AGREEMENT": 1, "NEITHER": 1}
    assert data_protection_coverage(date(2023, 1, 1)) == {"WHOLE": 0, "AGREEMENT": 0, "NEITHER": 0}
