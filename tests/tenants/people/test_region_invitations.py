"""The region's own invitations of administrators, on the page of the office."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import Invitation
from tenants.registry.roles import Role
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

OFFICE = PARTNERSHIP + "osrodek/"


def _invited(tenant: TenantRef) -> Invitation:
    return Invitation.objects.create(
        email="nowa@example.pl",
        full_name="Ewa Nowa",
        tenant_id=tenant.id,
        role=Role.TENANT_ADMIN,
        token_hash="0" * 64,
        invited_by="Roman Ropsowy",
        expires_at=timezone.now() + timedelta(hours=72),
    )


def test_administrators_alone_see_whom_the_region_invited(in_partnership: TenantRef) -> None:
    admin, _ = make.signed_in(in_partnership, Role.TENANT_ADMIN)
    lead: Client = make.signed_in(in_partnership, Role.LEAD)[0]
    _invited(in_partnership)

    said, other = text_of(admin.get(OFFICE)), text_of(lead.get(OFFICE))

    assert "Administratorzy zaproszeni przez ROPS" in said
    assert "nowa@example.pl" in said
    assert "zaproszenie wysłane, ważne do" in said
    assert "nowa@example.pl" not in other
    assert "Ewa Nowa" not in other
