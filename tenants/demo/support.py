"""Advisers of the ROPS in the demo: one whom a powiat let in, one who waits (POR support)."""

from dataclasses import replace
from datetime import timedelta

from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor, signed
from kooperacja.audit.models import Via
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from tenants.people.actions import advisers as acts
from tenants.people.models import Person, RoleAssignment
from tenants.registry import advisers, invitations, outbox
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import Role
from tenants.registry.support import Adviser

ADVISER, WAITING = "doradca@pokaz.example", "doradca2@pokaz.example"
PEOPLE = {ADVISER: "Dorota Pokazowa", WAITING: "Damian Pokazowy"}
_FUNCTION = "doradca do spraw kooperacji"


def write(region: Actor, powiat: Tenant, gmina: Tenant) -> None:
    """Two on the region's list: the powiat let the first one in, the second waits in the gmina."""
    first, second = (_listed(region, email) for email in PEOPLE)
    proposal = advisers.propose(by=region, tenant=powiat, adviser_id=first.pk)
    door = Access.objects.filter(tenant=powiat, role=Role.LEAD, ended_at=None)
    lead = door.select_related("account").order_by("granted_at")[0].account
    by = Actor(lead.pk, signed(lead.full_name, lead.email), via=Via.TASK)
    with inside(powiat.ref):
        person = Person.objects.of_account(lead.pk)
        assert person is not None  # the account was made with it
        acts.confirm(by=replace(by, person_id=person.pk), proposal_id=proposal.pk)
    advisers.propose(by=region, tenant=gmina, adviser_id=second.pk)


def come_in(powiat: Tenant, account: Account) -> None:
    """The first one takes the invitation at once."""
    with inside(powiat.ref):
        role = RoleAssignment.objects.get(role=Role.ADVISER, person__email=account.email)
        Person.objects.filter(pk=role.person_id).update(account_id=account.pk)
        message = Outgoing.objects.get(dedupe=f"{outbox.INVITED}{role.pk}")
        outbox.invite(message, powiat.ref)
    invitations.accept(invitation=Invitation.objects.get(source_id=message.pk), account=account)


def _listed(region: Actor, email: str) -> Adviser:
    values = {
        "full_name": PEOPLE[email],
        "function": _FUNCTION,
        "email": email,
        "phone": "77 000 00 10",
        "from_on": region.today - timedelta(days=60),
        "until": region.today + timedelta(days=300),
    }
    return advisers.add(by=region, key=uuid7(), values=values)
