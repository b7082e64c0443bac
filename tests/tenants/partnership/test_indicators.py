"""What a tenant counts of its members for the region."""

from datetime import date

from kooperacja.indicators import TOTAL
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.indicators import (
    KEY_SECTORS,
    KOOPERANCI_WITH_COORDINATOR,
    key_sectors_present,
    members_with_coordinator,
)
from tests.factories import partnership as make

DAY = date(2025, 6, 1)


def test_a_member_has_a_coordinator_until_the_day_the_last_one_ended(
    in_partnership: TenantRef,
) -> None:
    make.member(make.organisation())
    left = make.member(make.organisation())
    left.coordinators.update(ended_on=DAY)
    make.member(make.organisation(), ended_on=DAY)

    assert members_with_coordinator(date(2025, 5, 31)) == {"WITH": 3, "WITHOUT": 0}
    assert members_with_coordinator(DAY) == {"WITH": 1, "WITHOUT": 1}


def test_two_coordinators_of_a_member_count_once(in_partnership: TenantRef) -> None:
    member = make.member(make.organisation())
    member.coordinators.create(person=make.person(), from_on=member.from_on)

    assert members_with_coordinator(DAY) == {"WITH": 1, "WITHOUT": 0}


def test_a_key_sector_is_present_with_its_first_member(in_partnership: TenantRef) -> None:
    for sector in ("HEALTH", "HEALTH", "CULTURE"):
        make.member(make.organisation(sector=sector))
    make.member(make.organisation(sector="NGO"), ended_on=DAY)

    present = key_sectors_present(DAY)

    assert {sector for sector, is_there in present.items() if is_there} == {"HEALTH"}
    assert set(present.values()) == {0, 1}
    assert key_sectors_present(date(2025, 5, 31))["NGO"] == 1


def test_the_definitions_know_their_dimensions(in_partnership: TenantRef) -> None:
    make.member(make.organisation(sector="HEALTH"))

    assert KOOPERANCI_WITH_COORDINATOR.compute(DAY)[TOTAL] == 1
    assert KEY_SECTORS.compute(DAY)[TOTAL] == 1
