"""Advisers of the ROPS for tests: on the region's list, proposed, let in."""

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from kooperacja.audit.actor import Actor, named
from kooperacja.tenancy.ref import TenantRef
from tenants.people.actions import advisers as acts
from tenants.people.models import Person
from tenants.registry import advisers
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tenants.registry.support import Adviser, AdviserProposal
from tests.factories import accounts
from tests.factories import people as make

ROPS = named("Regina Testowa")
SINCE = date(2026, 1, 1)
_numbers = itertools.count(1)


def adviser(**values: Any) -> Adviser:
    """Somebody on the region's list."""
    number = next(_numbers)
    return Adviser.objects.create(
        **{
            "full_name": f"Doradca Testowy {number}",
            "function": "doradca do spraw kooperacji",
            "email": f"doradca{number}@rops.example",
            "phone": "77 000 00 00",
            "from_on": SINCE,
            **values,
        }
    )


def values_of(of: Adviser, **changed: Any) -> dict[str, Any]:
    """What the region's form about somebody on the list says, with some of it changed."""
    names = ("full_name", "function", "email", "phone", "from_on", "until")
    return {name: getattr(of, name) for name in names} | changed


def proposed(tenant: TenantRef, by: Actor = ROPS, **values: Any) -> AdviserProposal:
    """An adviser who waits for the unit's answer; it has somebody who answers."""
    row = Tenant.objects.get(pk=tenant.id)
    return advisers.propose(by=by, tenant=row, adviser_id=adviser(**values).pk)


def manager(tenant: TenantRef) -> Actor:
    """An administrator of the tenant one is in, who may answer for it."""
    account = accounts.account()
    person = make.person(Role.TENANT_ADMIN, account=account)
    Access.objects.create(
        account=account,
        tenant_id=tenant.id,
        role=Role.TENANT_ADMIN,
        person_id=person.pk,
        granted_by="test",
    )
    return replace(make.by(person), account_id=account.pk, name=person.full_name)


def confirmed(tenant: TenantRef, **values: Any) -> AdviserProposal:
    """An adviser whom the unit let in; in the tenant."""
    proposal = proposed(tenant, **values)
    acts.confirm(by=manager(tenant), proposal_id=proposal.pk)
    proposal.refresh_from_db()
    return proposal


def signed_in(tenant: TenantRef, support: AdviserProposal) -> tuple[Client, Person]:
    """A browser of the adviser, who took the invitation; in the tenant."""
    account = accounts.with_totp(accounts.account(email=support.adviser.email))
    person = Person.objects.get(role_assignments=support.assignment_id)
    Person.objects.filter(pk=person.pk).update(account_id=account.pk)
    Access.objects.create(
        account=account,
        tenant_id=tenant.id,
        role=Role.ADVISER,
        person_id=person.pk,
        assignment_id=support.assignment_id,
        granted_by="test",
        granted_at=timezone.now(),
    )
    return accounts.with_fresh_factor(accounts.client_of(account)), person
