"""Somebody is invited again to a unit in which they worked before."""

from kooperacja.accounts.models import Account
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from tenants.people.actions.invitations import invite_to_role, take_role
from tenants.people.models import Person
from tenants.registry.models import Invitation
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make


def test_the_invitation_goes_to_the_address_that_the_account_has_now(
    lead: Person, in_partnership: TenantRef
) -> None:
    of = make.organisation()
    since = make_partnership.member(of).from_on
    _, head = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=of)
    Account.objects.filter(pk=head.account_id).update(email="nowy.adres@example.pl")
    take_role(by=make.by(lead), assignment=head.role_assignments.get())
    drain(Outgoing, handlers())

    invite_to_role(
        by=make.by(lead), person=head, role=Role.PARTNER_HEAD, organisation=of, from_on=since
    )
    drain(Outgoing, handlers())

    assert Invitation.objects.get().email == "nowy.adres@example.pl"
