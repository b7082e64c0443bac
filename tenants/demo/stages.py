"""The stages of the demo's units: Lider who came in, invitations that nobody took (REG §1.3.b)."""

from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from tenants.demo import words
from tenants.demo.places import MONTH, place_of
from tenants.people.models import Person, RoleAssignment
from tenants.registry import invitations
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import Role

# In these two the first story's people are the Lider; in the third nobody is any more.
OTHERWISE_LED, LEFT = ("160501", "166101"), "160504"
# Administrators were invited here so many days ago.
INVITED = {"160503": 5, "160505": 2}


def come_in(tenant: Tenant, by: str) -> None:
    """The unit was opened when its partnership began, and its Lider came in then."""
    opened_at = timezone.now() - place_of(tenant.unit.code).months * MONTH
    Tenant.objects.filter(pk=tenant.pk).update(opened_at=opened_at)
    if tenant.unit.code in OTHERWISE_LED:
        return
    with inside(tenant.ref), transaction.atomic():
        held = RoleAssignment.objects.filter(role=Role.LEAD).select_related("person")
        account = _account(held.order_by("from_on", "pk")[0].person)
    access, _ = Access.objects.get_or_create(
        account=account,
        tenant=tenant,
        role=Role.LEAD,
        defaults={"granted_by": by},
    )
    has_left = tenant.unit.code == LEFT
    Access.objects.filter(pk=access.pk).update(
        granted_at=opened_at,
        ended_at=timezone.now() - timedelta(days=40) if has_left else None,
        ended_by=by if has_left else "",
    )


def _account(person: Person) -> Account:
    """Without a password nobody can use it."""
    account, _ = Account.objects.get_or_create(
        email=person.email, defaults={"full_name": person.full_name, "password": "!"}
    )
    if person.account_id is None:
        person.account_id = account.pk
        person.save(update_fields=["account_id"])
    return account


def invite(tenant: Tenant, by: Actor) -> None:
    """Invite the administrator of a unit in which nobody works yet, as many days ago as it needs."""
    if Invitation.objects.filter(tenant=tenant).exists():
        return
    name = words.person(Random(tenant.unit.code))  # noqa: S311 - the same at every start
    invitation = invitations.invite(
        by=by,
        email=words.email(name, int(tenant.unit.code)),
        full_name=name,
        tenant=tenant,
        role=Role.TENANT_ADMIN,
    )
    sent_at = timezone.now() - timedelta(days=INVITED[tenant.unit.code])
    Tenant.objects.filter(pk=tenant.pk).update(opened_at=sent_at)
    Invitation.objects.filter(pk=invitation.pk).update(
        created_at=sent_at, expires_at=sent_at + invitations.VALID_FOR
    )
