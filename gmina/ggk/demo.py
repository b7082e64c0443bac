"""The GGK of a gmina of the demo: founded once its county has an agreement in force; a delegate in it."""

from datetime import date, timedelta

from uuid6 import uuid7

from gmina.ggk.actions import asking, groups, seating
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.rules import FUNCTIONS
from gmina.ggk.standing import county_of
from gmina.ggk.workflow import DelegationState
from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.demo import carry
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
    for agreement, gmina in _gminas(tenant):
        with inside(gmina):
            _found(agreement, today)
        carry(gmina)


def accept(tenant: TenantRef, today: date) -> None:
    """Let the first delegate whom a county has just named take the seat."""
    for _, gmina in _gminas(tenant):
        with inside(gmina):
            _accept(today)
        carry(gmina)


def _gminas(county: TenantRef) -> list[tuple[PublishedAgreement, TenantRef]]:
    """Gminas of the demo that a county's agreements name, each with the agreement; of a gmina none."""
    if county.kind == TenantKind.GMINA:
        return []
    agreements = PublishedAgreement.objects.filter(tenant_id=county.id, ended_on=None)
    named = [(one, directory().find_by_code(code)) for one in agreements for code in one.units]
    return [(one, gmina) for one, gmina in named if gmina and gmina.status == "ACTIVE"]


def _accept(today: date) -> None:
    """Take the seat with the statement on secrecy, unless somebody has one already."""
    if DelegationRequest.objects.exclude(accepted_on=None).exists():
        return
    named = DelegationRequest.objects.filter(state=DelegationState.NAMED).select_related("person")
    row = named.order_by("answered_on", "pk").first()
    if row is not None and row.person is not None:
        name, number = row.person.full_name, row.person.pk
        by = Actor(None, name, role=Role.DELEGATE, via=Via.TASK, person_id=number, day=today)
        seating.accept(by=by, delegation_id=row.pk)


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
