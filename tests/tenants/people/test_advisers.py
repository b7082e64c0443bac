"""An adviser of the ROPS: on the region's list, proposed to a unit, let in by it, gone at once (POR support)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.models import Entry
from kooperacja.inbox.models import InboxItem, OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.people.actions import advisers as acts
from tenants.people.models import RoleAssignment
from tenants.registry import advisers, invitations
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tenants.registry.support import Adviser, AdviserProposal
from tenants.registry.tasks import end_adviser, end_advisers
from tests.factories import accounts, support
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

REGION = "/region/doradcy/"
UNIT = "/region/gminy/160501/"
WHO = {
    "full_name": "Dorota Doradcza",
    "function": "doradca do spraw kooperacji",
    "email": "Dorota@rops.example",
    "phone": "77 111 22 33",
    "from_on": "2026-01-01",
    "until": "",
}
KEY = "01900000-0000-7000-8000-0000000000ad"
WHY = {"reason": "Zmiana podziału zadań w ROPS"}


@pytest.fixture
def rops(db: None) -> Client:
    who = accounts.member(None, Role.ROPS_COORDINATOR, email="regina@rops.example")
    return accounts.with_fresh_factor(accounts.client_of(who))


@pytest.fixture
def lead(partnership: TenantRef) -> Client:
    with inside(partnership):
        return make.signed_in(partnership, Role.LEAD)[0]


@pytest.fixture
def let_in(partnership: TenantRef) -> AdviserProposal:
    with inside(partnership):
        return support.confirmed(partnership)


@pytest.fixture
def own(partnership: TenantRef, let_in: AdviserProposal) -> Client:
    """The browser of the adviser who was let in."""
    with inside(partnership):
        return support.signed_in(partnership, let_in)[0]


def deliver(tenant: TenantRef) -> None:
    with inside(tenant):
        drain(Outgoing, handlers())
    drain(OutgoingMessage, handlers())


def answering(proposal: AdviserProposal) -> str:
    return f"{PARTNERSHIP}doradcy/{proposal.pk}/"


def held(tenant: TenantRef) -> list[RoleAssignment]:
    with inside(tenant):
        today = timezone.localdate()
        return list(RoleAssignment.objects.on(today).filter(role=Role.ADVISER))


def verbs(tenant: TenantRef) -> list[str]:
    with inside(tenant):
        found = Entry.objects.filter(verb__startswith="ADVISER_").order_by("at", "id")
        return list(found.values_list("verb", flat=True))


def letters_to(address: str) -> str:
    return "\n".join(str(one.body) for one in mail.outbox if one.to == [address])


def test_from_the_list_over_the_units_consent_to_its_agreements(
    partnership: TenantRef, rops: Client, lead: Client
) -> None:
    assert rops.post(f"{REGION}nowy/", {**WHO, "key": KEY}).status_code == 302
    adviser = Adviser.objects.get()
    assert rops.post(f"{UNIT}doradca/", {"adviser_id": adviser.pk}).status_code == 302
    proposal = AdviserProposal.objects.get()
    assert (proposal.state, held(partnership)) == ("PROPOSED", [])
    deliver(partnership)
    assert "ROPS proponuje doradcę: Dorota Doradcza" in mail.outbox[-1].subject
    assert answering(proposal) in text_of(lead.get(HOME))

    page = lead.post(answering(proposal), {"agrees": "tak"}, follow=True)

    assert "Zapisano zgodę. Dorota Doradcza dostanie zaproszenie na adres" in text_of(page)
    assert verbs(partnership) == ["ADVISER_PROPOSED", "ADVISER_CONFIRMED"]
    deliver(partnership)
    assert InboxItem.objects.get(code="ADVISER_PROPOSED").done_at is not None
    assert "wspiera jednostkę" in letters_to("regina@rops.example")
    assert "jednostka zgodziła się" in letters_to("dorota@rops.example")
    (invitation,) = Invitation.objects.all()
    assert (invitation.email, invitation.role) == ("dorota@rops.example", Role.ADVISER)
    account = invitations.accept_as_new(
        invitation=invitation, full_name="Dorota", password=accounts.PASSWORD
    )
    waiting = accounts.client_of(account)
    assert "drugi-skladnik" in waiting.get(f"{HOME}porozumienia/").headers["Location"]
    client = accounts.with_fresh_factor(accounts.client_of(accounts.with_totp(account)))
    assert client.get(f"{HOME}porozumienia/").status_code == 200
    assert "Twoje wsparcie" in text_of(client.get(HOME))


def test_a_refusal_needs_a_reason_and_lets_nobody_in(
    partnership: TenantRef, rops: Client, lead: Client
) -> None:
    by = Actor(Account.objects.get(email="regina@rops.example").pk, "Regina")
    proposal = support.proposed(partnership, by)
    assert lead.post(answering(proposal), {"agrees": "nie"}).status_code == 422
    lead.post(answering(proposal), {"agrees": "nie", "reason": "Mamy już doradcę."})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("REFUSED", "Mamy już doradcę.")
    assert held(partnership) == []
    deliver(partnership)
    assert not Invitation.objects.exists()
    assert "Mamy już doradcę." in letters_to("regina@rops.example")
    assert "Powód: Mamy już doradcę." in text_of(rops.get(f"{UNIT}ludzie/"))
    again = lead.post(answering(proposal), {"agrees": "tak"})
    assert (again.status_code, held(partnership)) == (409, [])


@pytest.mark.parametrize("role", [Role.NETWORK_OFFICER, Role.DPO, Role.SOCIAL_WORKER])
def test_only_who_manages_people_answers(partnership: TenantRef, lead: Client, role: str) -> None:
    proposal = support.proposed(partnership)
    with inside(partnership):
        client, person = make.signed_in(partnership, role)
        by = Actor(person.account_id, "Ktoś", person_id=person.pk)
        for answer in ({"agrees": True}, {"agrees": False}):
            with pytest.raises(Refused):
                acts.answer(by=by, proposal_id=proposal.pk, reason="nie", **answer)
    assert client.post(answering(proposal), {"agrees": "tak"}).status_code == 403
    proposal.refresh_from_db()
    assert (proposal.state, held(partnership)) == ("PROPOSED", [])


def test_another_unit_neither_sees_nor_answers(
    partnership: TenantRef, powiat: TenantRef, lead: Client
) -> None:
    proposal = support.proposed(partnership)
    with inside(powiat):
        stranger, person = make.signed_in(powiat, Role.LEAD)
        by = Actor(person.account_id, "Obcy", person_id=person.pk)
        with pytest.raises(Refused):
            acts.confirm(by=by, proposal_id=proposal.pk)
        with pytest.raises(Refused):
            acts.refuse(by=by, proposal_id=proposal.pk, reason="nie")
    at = answering(proposal).replace(HOME, "/powiat/krapkowicki/")
    assert stranger.get(at).status_code == 404
    proposal.refresh_from_db()
    assert (proposal.state, held(partnership), held(powiat)) == ("PROPOSED", [], [])


def _by_region(rops: Client, lead: Client, own: Client, support: AdviserProposal) -> Any:
    return rops.post(f"{REGION}propozycje/{support.pk}/koniec/", WHY)


def _by_unit(rops: Client, lead: Client, own: Client, support: AdviserProposal) -> Any:
    return lead.post(f"{answering(support)}koniec/", WHY)


def _by_adviser(rops: Client, lead: Client, own: Client, support: AdviserProposal) -> Any:
    return own.post(f"{answering(support)}koniec/", WHY)


def _off_the_list(rops: Client, lead: Client, own: Client, support: AdviserProposal) -> Any:
    return rops.post(f"{REGION}{support.adviser_id}/koniec/", WHY)


@pytest.mark.parametrize("end", [_by_region, _by_unit, _by_adviser, _off_the_list])
def test_whoever_ends_it_the_next_request_is_refused(
    partnership: TenantRef,
    rops: Client,
    lead: Client,
    own: Client,
    let_in: AdviserProposal,
    end: Any,
) -> None:
    assert own.get(f"{HOME}porozumienia/").status_code == 200

    assert end(rops, lead, own, let_in).status_code == 302

    # The session ended with the access; a new one meets a shut door, before any outbox was drained.
    assert own.get(f"{HOME}porozumienia/").status_code == 302
    account = Account.objects.get(email=let_in.adviser.email)
    again = accounts.with_fresh_factor(accounts.client_of(account))
    assert again.get(f"{HOME}porozumienia/").status_code == 403
    let_in.refresh_from_db()
    assert (let_in.state, let_in.end_reason) == ("ENDED", WHY["reason"])
    assert held(partnership) == []
    deliver(partnership)
    assert WHY["reason"] in letters_to(let_in.adviser.email)
    assert verbs(partnership)[-1] == "ADVISER_ENDED"


def test_one_who_never_took_the_invitation_finds_it_withdrawn(
    partnership: TenantRef, rops: Client, let_in: AdviserProposal
) -> None:
    deliver(partnership)
    (invitation,) = Invitation.objects.all()
    _by_region(rops, rops, rops, let_in)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_a_term_that_passed_closes_access_before_the_night_and_the_door_in_it(
    partnership: TenantRef, lead: Client, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(end_adviser, "delay", end_adviser)
    until = timezone.localdate() + timedelta(days=2)
    with inside(partnership):
        proposal = support.confirmed(partnership, until=until)
        support.signed_in(partnership, proposal)
    waiting = support.proposed(partnership, until=until)
    assert len(held(partnership)) == 1

    time_machine.move_to(timezone.now() + timedelta(days=3))

    assert held(partnership) == []  # whenever the night's work comes
    assert Access.objects.filter(role=Role.ADVISER, ended_at=None).exists()
    for _ in range(2):
        end_advisers()
    assert not Access.objects.filter(role=Role.ADVISER, ended_at=None).exists()
    states = AdviserProposal.objects.filter(pk__in=[proposal.pk, waiting.pk])
    assert set(states.values_list("state", flat=True)) == {"ENDED", "WITHDRAWN"}
    assert verbs(partnership).count("ADVISER_ENDED") == 1


def test_a_new_last_day_moves_the_end_of_the_role(
    partnership: TenantRef, rops: Client, let_in: AdviserProposal, time_machine: Any
) -> None:
    adviser, last = let_in.adviser, timezone.localdate() + timedelta(days=1)
    said = {**WHO, "email": adviser.email, "until": last.isoformat(), "version": 0}
    assert rops.post(f"{REGION}{adviser.pk}/zmiana/", said).status_code == 302
    (role,) = held(partnership)
    assert role.ended_on == last + timedelta(days=1)

    assert rops.post(f"{REGION}{adviser.pk}/zmiana/", said | {"email": "inny@x.pl", "version": 1})
    adviser.refresh_from_db()
    assert adviser.email == let_in.adviser.email  # by which the account comes in
    rops.post(f"{REGION}{adviser.pk}/zmiana/", said | {"until": "", "version": 1})
    (role,) = held(partnership)
    assert role.ended_on is None
    end_advisers()
    assert len(held(partnership)) == 1


def test_an_address_of_somebody_else_lets_nobody_in(partnership: TenantRef, lead: Client) -> None:
    with inside(partnership):
        other = make.person(Role.SOCIAL_WORKER, full_name="Zofia Inna", email="wspolny@x.pl")
        by = support.manager(partnership)
    proposal = support.proposed(partnership, email=other.email)
    with inside(partnership), pytest.raises(Problem, match="nie można teraz wpuścić"):
        acts.confirm(by=by, proposal_id=proposal.pk)
    proposal.refresh_from_db()
    assert (proposal.state, held(partnership)) == ("PROPOSED", [])


def test_the_region_keeps_the_history_of_its_list(
    partnership: TenantRef, rops: Client, lead: Client
) -> None:
    for _ in range(2):  # sent twice
        rops.post(f"{REGION}nowy/", {**WHO, "key": KEY})
    adviser = Adviser.objects.get()
    page = rops.post(f"{REGION}nowy/", {**WHO, "key": KEY.replace("ad", "ae")})
    assert (page.status_code, "jest już doradca z tym adresem" in text_of(page)) == (422, True)
    advisers.propose(by=support.ROPS, tenant=_row(partnership), adviser_id=adviser.pk)
    rops.post(f"{REGION}{adviser.pk}/koniec/", WHY)

    known = RegionEntry.objects.filter(subject_id=adviser.pk).order_by("at", "id")
    assert list(known.values_list("verb", flat=True)) == [
        *("ADVISER_ADDED", "ADVISER_PROPOSED", "ADVISER_OVER")
    ]
    history = text_of(rops.get(f"{REGION}{adviser.pk}/"))
    assert "Wpisano doradcę ROPS" in history and WHY["reason"] in history
    assert AdviserProposal.objects.get().state == "WITHDRAWN"
    with pytest.raises(Problem, match="nie można teraz zaproponować"):
        advisers.propose(by=SYSTEM, tenant=_row(partnership), adviser_id=adviser.pk)


def _row(tenant: TenantRef) -> Tenant:
    return Tenant.objects.get(pk=tenant.id)
