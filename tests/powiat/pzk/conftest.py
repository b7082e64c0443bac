"""A powiat with an agreement in force, and the gmina that it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.models import AskedDelegation
from tenants.agreements.models import Agreement, Party
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import county
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@dataclass
class County:
    """A school that is a party, its head, and the office."""

    tenant: TenantRef
    gmina: TenantRef
    school: Organisation
    head: Person
    office: Person
    agreement: Agreement

    @property
    def party(self) -> Party:
        parties = self.agreement.parties.select_related("agreement")
        return parties.get(organisation=self.school)

    @property
    def by_head(self) -> Actor:
        return county.by_of(self.head)

    @property
    def by_office(self) -> Actor:
        return county.by_of(self.office)

    def asked(self, **fields: Any) -> AskedDelegation:
        return county.asked(self.party, self.gmina, **fields)

    def posted(self) -> list[tuple[str, dict[str, Any]]]:
        """Letters that wait in the outbox, with what stands in them."""
        rows = Outgoing.objects.filter(kind="LETTER").order_by("created_at", "id")
        found = rows.values_list("payload", flat=True)
        return [(one["kind"], one["payload"]) for one in found if one]

    def told(self, code: str) -> list[str]:
        """The titles of what was sent, by mail or to inboxes."""
        rows = Outgoing.objects.filter(kind__in=["MAIL", "INBOX"], payload__code=code)
        found = rows.order_by("id").values_list("payload", flat=True)
        return [one.get("subject") or one["title"] for one in found]


@pytest.fixture
def school(powiat: TenantRef, gmina: TenantRef) -> Iterator[County]:
    with inside(powiat):
        make_partnership.found(powiat)
        yield settled(powiat, gmina)


def settled(tenant: TenantRef, gmina: TenantRef) -> County:
    of = make_people.organisation(name="Szkoła Przykładowa")
    head = make_people.head(of)
    office = make_people.person(Role.NETWORK_OFFICER, email="biuro@example.pl")
    agreement = county.in_force(of, units=[gmina.code])
    return County(tenant, gmina, of, head, office, agreement)
