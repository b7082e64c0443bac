"""Invitations that were sent, for tests."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kooperacja.audit.actor import named
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.context import current_tenant
from tenants.people.models import RoleAssignment
from tenants.registry.invitations import VALID_FOR, invite
from tenants.registry.models import Invitation, Tenant


def sent(role: RoleAssignment, **changed: Any) -> Invitation:
    """The invitation to a role of the tenant one is in, as its outbox sends it."""
    of = role.organisation
    values = {
        "email": role.person.email,
        "full_name": role.person.full_name,
        "tenant": Tenant.objects.select_related("unit").get(pk=current_tenant().id),
        "role": role.role,
        "organisation_id": of.pk if of else None,
        "organisation_name": of.name if of else "",
        "person_id": role.person_id,
        "assignment_id": role.pk,
        **changed,
    }
    return invite(by=named("Ewa Kierowniczka"), **values)


def made_older(invitation: Invitation, by: timedelta) -> Invitation:
    """As if it had been sent earlier by so much."""
    invitation.created_at = timezone.now() - by
    invitation.expires_at = invitation.created_at + VALID_FOR
    invitation.save(update_fields=["created_at", "expires_at"])
    return invitation


def link() -> str:
    """The link in the newest mail."""
    text: str = OutgoingMessage.objects.latest("id").payload["text"]
    found = re.search(r"http://testserver(/konto/zaproszenie/\S+)", text)
    assert found
    return found[1]
