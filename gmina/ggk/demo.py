"""The GGK of a gmina of the demo: founded once its county of the demo has an agreement in force."""

from datetime import date, timedelta

from uuid6 import uuid7

from gmina.ggk.actions import asking, groups
from gmina.ggk.models import Group
from gmina.ggk.rules import FUNCTIONS
from gmina.ggk.standing import county_of
from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.models import PublishedAgreement
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.registry.rules import TenantKind

_PUBLISHES = "COUNTY_AGREEMENT"
_ASKED = 3  # institutions at most, the last of which is let alone again


def write(tenant: TenantRef, today: date) -> None:
    """Let gminas found their groups under the agreements of a county that has just been written."""
    if tenant.kind == TenantKind.GMINA:
        return
    with inside(tenant):  # no worker carries anything yet
        for message in Outgoing.objects.filter(kind=_PUBLISHES, done_at=None).order_by("id"):
            handlers()[_PUBLISHES](message, tenant)
    for agreement in PublishedAgreement.objects.filter(tenant_id=tenant.id, ended_on=None):
        for code in agreement.units:
            gmina = directory().find_by_code(code)
            if gmina is not None and gmina.status == "ACTIVE":
                with inside(gmina):
                    _found(agreement, today)


def _found(agreement: PublishedAgreement, today: date) -> None:
    held = RoleAssignment.objects.filter(ended_on=None).select_related("person").order_by("pk")
    lead = held.filter(role=Role.LEAD).first()
    if lead is None or Group.objects.exists():
        return
    name = lead.person.full_name
    by = Actor(None, name, role=lead.role, via=Via.TASK, person_id=lead.person_id)
    group = groups.found(by=by, key=uuid7(), agreement_id=agreement.agreement_id)
    worker = held.filter(role__in=[Role.SOCIAL_WORKER, Role.NETWORK_OFFICER]).first() or lead
    groups.appoint(by=by, group_id=group.pk, person_id=worker.person_id)
    parties = county_of(group).bound()[:_ASKED]
    for number, (party, function) in enumerate(zip(parties, FUNCTIONS, strict=False), 1):
        row = asking.ask(
            by=by,
            group_id=group.pk,
            key=uuid7(),
            party_id=party.party_id,
            function=function,
            from_on=today + timedelta(days=7),
            answer_by=today + timedelta(days=14 + number),
        )
        if number == _ASKED:
            asking.withdraw(by=by, delegation_id=row.pk, version=row.version)
