"""The region only proposes an administrator to a unit that lives; the unit has the last word."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kooperacja.audit.actor import Actor, named
from kooperacja.audit.models import Entry
from kooperacja.inbox.models import InboxItem, OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.registry import actions, proposals
from tenants.registry.models import Access, AdministratorProposal, Invitation, Tenant
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

WHO = {"name": "Ewa Obca", "email": "ewa@obca.example"}


@pytest.fixture
def rops(db: None) -> Any:
    return accounts.member(None, Role.ROPS_COORDINATOR)


def of_region(account: Any) -> Actor:
    return Actor(account_id=account.pk, name="Regina (rops@example.pl)")


def unit(tenant: TenantRef) -> Tenant:
    return Tenant.objects.get(pk=tenant.id)


def propose(by: Any, tenant: TenantRef) -> AdministratorProposal:
    made = actions.invite_administrator(by=of_region(by), tenant=unit(tenant), **WHO)
    assert made is not None
    return made


def at_work(tenant: TenantRef, *roles: str) -> tuple[Client, Actor]:
    with inside(tenant):
        client, person = make.signed_in(tenant, *roles)
    return client, Actor(person.account_id, person.full_name, person_id=person.pk)


def deliver(tenant: TenantRef) -> None:
    with inside(tenant):
        drain(Outgoing, handlers())
    drain(OutgoingMessage, handlers())


def verbs(tenant: TenantRef) -> list[str]:
    with inside(tenant):
        found = Entry.objects.filter(verb__contains="ADMIN").order_by("at", "id")
        return list(found.values_list("verb", flat=True))


def invited() -> list[str]:
    return list(Invitation.objects.values_list("email", flat=True))


def page_of(proposal: AdministratorProposal) -> str:
    return f"{PARTNERSHIP}osrodek/administrator/{proposal.pk}/"


@pytest.mark.parametrize("role", [Role.TENANT_ADMIN, Role.LEAD])
def test_nobody_is_invited_into_a_unit_with_people_before_it_agrees(
    partnership: TenantRef, rops: Any, role: str
) -> None:
    client, _ = at_work(partnership, role)
    proposal = propose(rops, partnership)

    assert (proposal.state, invited()) == ("PROPOSED", [])
    assert unit(partnership).admin_email == ""
    assert "Ewa Obca, ewa@obca.example" in text_of(client.get(HOME))
    deliver(partnership)
    assert "ROPS proponuje administratora OPS: Ewa Obca" in mail.outbox[-1].subject
    assert InboxItem.objects.get(code="ADMINISTRATOR_PROPOSED").done_at is None

    page = client.post(page_of(proposal), {"agrees": "tak"}, follow=True)

    assert "wysłano zaproszenie" in text_of(page)
    (invitation,) = Invitation.objects.all()
    assert (invitation.email, invitation.role) == ("ewa@obca.example", Role.TENANT_ADMIN)
    assert unit(partnership).admin_email == "ewa@obca.example"
    assert "Ewa Obca" not in text_of(client.get(HOME))
    assert verbs(partnership) == ["ADMINISTRATOR_PROPOSED", "ADMINISTRATOR_CONFIRMED"]
    deliver(partnership)
    assert InboxItem.objects.get(code="ADMINISTRATOR_PROPOSED").done_at is not None
    (letter,) = [one for one in mail.outbox if one.to == [rops.email]]
    assert "wysłano zaproszenie" in letter.body


def test_a_refusal_needs_a_reason_and_says_it_to_the_region(
    partnership: TenantRef, rops: Any
) -> None:
    client, _ = at_work(partnership, Role.LEAD)
    proposal = propose(rops, partnership)

    page = client.post(page_of(proposal), {"agrees": "nie"})
    assert (page.status_code, "dlaczego się nie zgadzasz" in text_of(page)) == (422, True)
    client.post(page_of(proposal), {"agrees": "nie", "reason": "Nie znamy tej osoby."})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("REFUSED", "Nie znamy tej osoby.")
    assert invited() == []
    deliver(partnership)
    (letter,) = [one for one in mail.outbox if one.to == [rops.email]]
    assert "Nie znamy tej osoby." in letter.body
    region = accounts.with_fresh_factor(accounts.client_of(rops))
    assert "Powód: Nie znamy tej osoby." in text_of(region.get("/region/gminy/160501/ludzie/"))


def test_the_second_factor_is_asked_before_the_answer(partnership: TenantRef, rops: Any) -> None:
    client, _ = at_work(partnership, Role.LEAD)
    proposal = propose(rops, partnership)
    old = accounts.with_fresh_factor(client, lasts=-3600)

    assert "/konto/potwierdz/" in old.post(page_of(proposal), {"agrees": "tak"}).url
    proposal.refresh_from_db()
    assert (proposal.state, invited()) == ("PROPOSED", [])


@pytest.mark.parametrize("role", [Role.NETWORK_OFFICER, Role.DPO, Role.SOCIAL_WORKER])
def test_only_who_manages_people_agrees(partnership: TenantRef, rops: Any, role: str) -> None:
    at_work(partnership, Role.LEAD)
    client, actor = at_work(partnership, role)
    proposal = propose(rops, partnership)

    assert client.post(page_of(proposal), {"agrees": "tak"}).status_code == 403
    with pytest.raises(Refused):
        proposals.confirm(by=actor, proposal_id=proposal.pk)
    assert invited() == []


def test_neither_the_region_nor_another_unit_answers(
    partnership: TenantRef, powiat: TenantRef, rops: Any
) -> None:
    at_work(partnership, Role.LEAD)
    _, stranger = at_work(powiat, Role.LEAD)
    proposal = propose(rops, partnership)

    for by in (of_region(rops), stranger, named("System")):
        with pytest.raises(Refused):
            proposals.confirm(by=by, proposal_id=proposal.pk)
    assert invited() == []


def test_with_nobody_left_to_agree_the_office_is_told_and_has_72_hours(
    partnership: TenantRef, rops: Any, time_machine: Any
) -> None:
    at_work(partnership, Role.NETWORK_OFFICER)
    at_work(partnership, Role.DPO)
    _, gone = at_work(partnership, Role.TENANT_ADMIN)
    Access.objects.filter(account=gone.account_id).update(ended_at=timezone.now())

    proposal = propose(rops, partnership)
    deliver(partnership)

    assert (proposal.state, invited()) == ("WAITING", [])
    assert InboxItem.objects.filter(code="ADMINISTRATOR_WAITS").count() == 2
    time_machine.move_to(timezone.now() + timedelta(hours=71, minutes=59))
    deliver(partnership)
    assert invited() == []
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    deliver(partnership)
    assert invited() == ["ewa@obca.example"]
    assert verbs(partnership) == ["ADMINISTRATOR_WAITS", "TENANT_ADMIN_INVITED"]


def test_anybody_of_the_office_stops_it_for_good(
    partnership: TenantRef, rops: Any, time_machine: Any
) -> None:
    client, _ = at_work(partnership, Role.SOCIAL_WORKER)
    proposal = propose(rops, partnership)
    waiting = text_of(client.get(HOME))
    assert "Ewa Obca" in waiting
    assert "()" not in waiting
    page = page_of(proposal) + "zatrzymanie/"
    assert "Zatrzymać zaproszenie" in text_of(client.get(page))

    client.post(page, {"reason": "Mamy własną osobę."})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("REFUSED", "Mamy własną osobę.")
    time_machine.move_to(timezone.now() + timedelta(hours=80))
    deliver(partnership)
    assert invited() == []
    assert verbs(partnership) == ["ADMINISTRATOR_WAITS", "ADMINISTRATOR_STOPPED"]


def test_who_came_back_in_the_meantime_is_asked(
    partnership: TenantRef, rops: Any, time_machine: Any
) -> None:
    at_work(partnership, Role.DPO)
    proposal = propose(rops, partnership)
    at_work(partnership, Role.LEAD)
    time_machine.move_to(timezone.now() + timedelta(hours=73))
    deliver(partnership)

    proposal.refresh_from_db()
    assert (proposal.state, invited()) == ("PROPOSED", [])


def test_a_shut_door_or_a_newer_proposal_takes_it_back(partnership: TenantRef, rops: Any) -> None:
    at_work(partnership, Role.DPO)
    first, second = propose(rops, partnership), propose(rops, partnership)
    actions.suspend_tenant(by=of_region(rops), tenant=unit(partnership), reason="spór")

    states = AdministratorProposal.objects.filter(pk__in=[first.pk, second.pk])
    assert set(states.values_list("state", flat=True)) == {"WITHDRAWN"}
    proposals.send_due(proposal_id=second.pk)
    assert invited() == []


def test_an_empty_unit_has_one_invitation_at_a_time(gmina: TenantRef, rops: Any) -> None:
    by = of_region(rops)
    for email in ("pierwsza@example.pl", "druga@example.pl"):
        made = actions.invite_administrator(by=by, tenant=unit(gmina), email=email, name="Ewa")
        assert made is None

    (still,) = Invitation.objects.filter(withdrawn_at=None)
    assert still.email == "druga@example.pl"


def test_an_answer_given_twice_says_so(partnership: TenantRef, rops: Any) -> None:
    client, _ = at_work(partnership, Role.LEAD)
    proposal = propose(rops, partnership)
    for _ in range(2):
        page = client.post(page_of(proposal), {"agrees": "tak"}, follow=True)
    assert "To już zapisano" in text_of(page)
    _, other = at_work(partnership, Role.TENANT_ADMIN)
    with pytest.raises(Problem, match="nie czeka już"):
        proposals.refuse(by=other, proposal_id=proposal.pk, reason="za późno")
    assert len(invited()) == 1
