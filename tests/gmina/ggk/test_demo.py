"""The demo shows a GGK with a delegate in it, and both units know the same of it."""

import pytest
from django.utils import timezone

from gmina.ggk.models import DelegationRequest, Group
from kooperacja import offers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.models import AskedDelegation
from tenants.data_protection.models import ConfidentialityStatement
from tenants.exchange.models import Letter
from tenants.teams import perms as teams
from tenants.teams.models import Team
from tests.factories import county
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried


def write(tenant: TenantRef) -> None:
    for written in offers.of(offers.DemoWritten):
        written.run(tenant, timezone.localdate())


@pytest.fixture
def units(gmina: TenantRef, powiat: TenantRef) -> tuple[TenantRef, TenantRef]:
    with inside(gmina):
        make_partnership.found(gmina)
        make_people.lead()
    write(gmina)
    with inside(powiat):
        make_partnership.found(powiat)
        parties = [make_people.organisation() for _ in range(3)]
        for of in parties:
            make_people.head(of)
        county.in_force(*parties, units=[gmina.code])
    for _ in range(2):  # as at each start
        write(powiat)
    return gmina, powiat


def test_somebody_sits_in_the_group_and_reads_it(units: tuple[TenantRef, TenantRef]) -> None:
    gmina, _ = units
    with inside(gmina):
        states = DelegationRequest.objects.values_list("state", flat=True)
        assert sorted(states) == ["ASKED", "SEATED", "WITHDRAWN"]
        row = DelegationRequest.objects.select_related("person").get(state="SEATED")
        assert row.person is not None
        statements = ConfidentialityStatement.objects.filter(person=row.person)
        assert statements.get().organisation_id == row.organisation_id
        assert teams.read(row.person, Team.objects.get(rests_on=Group.objects.get().pk))


def test_the_county_knows_the_same_also_after_the_workers_came(
    units: tuple[TenantRef, TenantRef],
) -> None:
    gmina, powiat = units
    for _ in range(2):
        with inside(gmina):
            here = dict(DelegationRequest.objects.values_list("pk", "state"))
        with inside(powiat):
            there = dict(AskedDelegation.objects.values_list("request_id", "state"))
        assert here == there
        assert not Letter.objects.filter(delivered_at=None).exists()
        carried(gmina, powiat)
