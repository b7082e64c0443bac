"""A tenant's counts of its members for the region."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from kooperacja import offers
from kooperacja.indicators import TOTAL, Indicator, KeyDay
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.models import Agreement
from tenants.partnership.indicators import (
    KEY_SECTORS,
    KOOPERANCI_WITH_COORDINATOR,
    key_sectors_present,
    members_with_coordinator,
)
from tests.factories import accession as make_accession
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make_agreements
from tests.factories import partnership as make_partnership
from tests.factories import people as make

DAY = date(2025, 6, 1)


def test_a_member_has_a_coordinator_until_the_day_the_last_one_ended(
    in_partnership: TenantRef,
) -> None:
    make_partnership.member(make.organisation())
    left = make_partnership.member(make.organisation())
    left.coordinators.update(ended_on=DAY)
    make_partnership.member(make.organisation(), ended_on=DAY)

    assert members_with_coordinator(date(2025, 5, 31)) == {"WITH": 3, "WITHOUT": 0}
    assert members_with_coordinator(DAY) == {"WITH": 1, "WITHOUT": 1}


def test_two_coordinators_of_a_member_count_once(in_partnership: TenantRef) -> None:
    member = make_partnership.member(make.organisation())
    member.coordinators.create(person=make.person(), from_on=member.from_on)

    assert members_with_coordinator(DAY) == {"WITH": 1, "WITHOUT": 0}


def test_a_key_sector_is_present_with_its_first_member(in_partnership: TenantRef) -> None:
    for sector in ("HEALTH", "HEALTH", "CULTURE"):
        make_partnership.member(make.organisation(sector=sector))
    make_partnership.member(make.organisation(sector="NGO"), ended_on=DAY)

    present = key_sectors_present(DAY)

    assert {sector for sector, is_there in present.items() if is_there} == {"HEALTH"}
    assert set(present.values()) == {0, 1}
    assert key_sectors_present(date(2025, 5, 31))["NGO"] == 1


@pytest.mark.parametrize(
    "published", [*offers.of(Indicator), *offers.of(KeyDay)], ids=lambda one: one.code
)
def test_what_is_published_names_the_tables_that_it_reads(
    in_partnership: TenantRef, published: Indicator | KeyDay
) -> None:
    """It is counted anew when one of them changes, so none may be forgotten."""
    make_accession.resignation(make.organisation(), DAY)
    agreement = make_agreements.whole(
        "C", 2
    )  # whose parties are asked for only while it is in force
    make_force.in_force(agreement, dict.fromkeys(agreement.parties.all(), DAY), DAY)
    Agreement.objects.update(created_at=datetime(2025, 5, 1, tzinfo=UTC))
    with CaptureQueriesContext(connections["default"]) as captured:
        published.find(DAY) if isinstance(published, KeyDay) else published.compute(DAY)
    statements = " ".join(query["sql"] for query in captured)
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', statements))
    assert read == {model._meta.db_table for model in published.tables}


def test_the_definitions_know_their_dimensions(in_partnership: TenantRef) -> None:
    make_partnership.member(make.organisation(sector="HEALTH"))

    assert KOOPERANCI_WITH_COORDINATOR.compute(DAY)[TOTAL] == 1
    assert KEY_SECTORS.compute(DAY)[TOTAL] == 1
