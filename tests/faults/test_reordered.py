"""Messages that come three times and in any order leave the same state behind."""

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.inbox.models import InboxItem, OutgoingMessage
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.outbox.drain import Handler, drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.monitoring.models import Figure
from tenants.accession.actions import decisions
from tenants.people.actions import office
from tenants.registry.models import Access, Invitation
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make

# The whole delivery lies in one month: a figure is kept by its month.
START = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time()))


@pytest.fixture
def story(gmina: TenantRef) -> TenantRef:
    """A declaration was accepted, roles ended, one came back; nobody has heard of it yet."""
    with inside(gmina):
        make_partnership.found(gmina)
        account = accounts.account()
        lead = make.person(Role.LEAD, account=account)
        declaration = make_accession.filed(make.person(Role.NETWORK_OFFICER))
        decisions.accept_declaration(
            by=make.by(lead),
            declaration_id=declaration.pk,
            decided_on=timezone.localdate(),
        )
        _change_office(make.by(lead), gmina)
    return gmina


def _change_office(by: Actor, tenant: TenantRef) -> None:
    """One is dismissed before they came in, one leaves, one leaves and is back."""
    dismissed = office.invite_colleague(
        by=by, full_name="Ewa Krótka", email="ewa.krotka@example.pl", role=Role.DPO
    )
    office.end_role(by=by, assignment_id=dismissed.pk)
    _, leaver = make.signed_in(tenant, Role.SOCIAL_WORKER)
    _, returned = make.signed_in(tenant, Role.SOCIAL_WORKER)
    for person in (leaver, returned):
        office.end_role(by=by, assignment_id=person.role_assignments.get().pk)
    office.invite_colleague(
        by=by, full_name=returned.full_name, email=returned.email, role=Role.SOCIAL_WORKER
    )


def doors() -> set[tuple[str, str]]:
    """Addresses that may come in or are invited to, and as whom."""
    held = Access.objects.filter(ended_at=None).values_list("account__email", "role")
    waiting = Invitation.objects.filter(withdrawn_at=None).values_list("email", "role")
    return {*held, *waiting}


def thrice(handler: Handler) -> Handler:
    """Its worker dies twice after all was done and before it could be noted."""
    times: dict[Any, int] = {}

    def handle(message: Any, tenant: TenantRef | None) -> None:
        handler(message, tenant)
        times[message.pk] = times.get(message.pk, 0) + 1
        if times[message.pk] < 3:
            raise ConnectionError

    return handle


def deliver(wrap: Callable[[Handler], Handler], order: random.Random) -> None:
    """Both outboxes are emptied, each message after a wait of its own."""
    known = {kind: wrap(handler) for kind, handler in handlers().items()}
    for model in (Outgoing, OutgoingMessage):
        for one in model.objects.filter(done_at=None):
            one.available_at = START + timedelta(minutes=order.randrange(60))
            one.save(update_fields=["available_at"])
    for hour in range(2, 12):
        with time_machine.travel(START + timedelta(hours=hour), tick=False):
            drain(Outgoing, known)
            drain(OutgoingMessage, known)
    assert not Outgoing.objects.filter(done_at=None).exists()


def state() -> dict[str, list[Any]]:
    lines = InboxItem.objects.order_by("account_id", "url", "title")
    return {
        "lines": [(one.account_id, one.url, bool(one.done_at)) for one in lines],
        "mails": sorted(Delivery.objects.values_list("outbox_id", "email")),
        "doors": sorted(doors()),
        "figures": sorted(Figure.objects.values_list("indicator", "dimension", "value")),
    }


def test_in_any_order_and_three_times_is_as_once_and_in_order(story: TenantRef) -> None:
    states = []
    for wrap, seed in ((lambda handler: handler, 0), (thrice, 1), (thrice, 2), (thrice, 3)):
        planes = ("default", "shared")
        with inside(story):
            before = {using: transaction.savepoint(using=using) for using in planes}
            deliver(wrap, random.Random(seed))
            states.append(state())
            for using in planes:
                transaction.savepoint_rollback(before[using], using=using)
    assert all(states[0].values())
    assert states == [states[0]] * 4
    office_doors = [
        role for _, role in states[0]["doors"] if role in (Role.DPO, Role.SOCIAL_WORKER)
    ]
    assert office_doors == [Role.SOCIAL_WORKER]
