"""The institution whose delegate comes is that of the register, though its entry was mended (POR-C §2.4.2)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from gmina.ggk.models import DelegationRequest, Group
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.actions import remember_institution
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


def test_of_a_protected_place_no_address_comes_with_its_delegate(
    gmina: TenantRef, powiat: TenantRef, group: Group, answered: Callable[..., Any]
) -> None:
    with inside(gmina):
        row = make.asked(group)
    noted = {"name": "Dom Pokazowy", "regon": row.party_number, "street": "ul. Ukryta 7"}
    remember_institution({**noted, "city": "Krapkowice"}, source_id=uuid4())
    hidden = {"hides_seat": True, "said_at": timezone.now().isoformat()}
    remember_institution({"name": "Dom", "regon": row.party_number, **hidden}, source_id=powiat.id)
    answered(row)
    with inside(gmina):
        of = DelegationRequest.objects.get(pk=row.pk).organisation
        assert of is not None
        assert (of.regon, of.street, of.postal_code, of.city) == (row.party_number, "", "", "")
