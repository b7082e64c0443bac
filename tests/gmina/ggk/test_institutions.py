"""The institution whose delegate comes is that of the register, though its entry was mended (POR-C §2.4.2)."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from gmina.ggk.models import DelegationRequest, Group
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation, OrganisationMerge
from tests.factories import ggk as make
from tests.factories import people as make_people


def test_whose_entry_was_merged_into_another_sends_its_delegate_for_that_one(
    gmina: TenantRef, group: Group, answered: Callable[..., Any]
) -> None:
    with inside(gmina):
        row = make.asked(group)
        source = make_people.organisation(name="Szkoła Pokazowa", regon=row.party_number)
        target = make_people.organisation(
            name="Zespół Szkół Pokazowych", regon=make_people.regon(8)
        )
        OrganisationMerge.objects.create(
            source=source, target=target, merged_on=timezone.localdate(), merged_by="Ewa Testowa"
        )
        count = Organisation.objects.count()
    answered(row)
    with inside(gmina):
        found = DelegationRequest.objects.get(pk=row.pk)
        assert (found.state, found.organisation) == ("NAMED", target)
        assert Organisation.objects.count() == count
