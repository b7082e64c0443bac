"""The region's list of advisers changes, and units shut their doors: what becomes of support (POR support)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from kooperacja import offers
from kooperacja.audit.models import Entry
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem, Refused
from tenants.demo import support as demo
from tenants.people.actions import advisers as acts
from tenants.people.models import RoleAssignment
from tenants.registry import actions, advisers, tasks
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tenants.registry.support import Adviser, AdviserProposal
from tests.factories import accounts, support
from tests.factories import people as make
from tests.offering import offer
from tests.tenants.reading import HOME, text_of

REGION = "/region/doradcy/"


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def change(adviser: Adviser, **values: Any) -> Adviser:
    """Save the region's entry with some values changed."""
    adviser.refresh_from_db()
    said = support.values_of(adviser, **values)
    return advisers.change(
        by=support.ROPS, adviser_id=adviser.pk, version=adviser.version, values=said
    )


def let_in(tenant: TenantRef, **values: Any) -> AdviserProposal:
    """An adviser who came in by the invitation."""
    with inside(tenant):
        proposal = support.confirmed(tenant, **values)
        support.signed_in(tenant, proposal)
    return proposal


def state_of(proposal: AdviserProposal) -> str:
    proposal.refresh_from_db()
    return proposal.state


def doors() -> int:
    return Access.objects.filter(role=Role.ADVISER, ended_at=None).count()


def roles(tenant: TenantRef) -> int:
    with inside(tenant):
        today = timezone.localdate()
        return RoleAssignment.objects.on(today).filter(role=Role.ADVISER).count()


def told(tenant: TenantRef, verb: str) -> list[Entry]:
    with inside(tenant):
        return list(Entry.objects.filter(verb=verb).order_by("at", "id"))


def row(tenant: TenantRef) -> Tenant:
    return Tenant.objects.get(pk=tenant.id)


# --- The unit is shut --------------------------------------------------------------------------


def test_a_suspended_unit_loses_the_proposal_that_waits_and_keeps_its_adviser(
    partnership: TenantRef,
) -> None:
    kept, waiting = let_in(partnership), support.proposed(partnership)
    with inside(partnership):
        manager = support.manager(partnership)

    actions.suspend_tenant(by=support.ROPS, tenant=row(partnership), reason="audyt")

    assert (state_of(kept), state_of(waiting)) == ("CONFIRMED", "WITHDRAWN")
    assert waiting.reason == "zawieszono jednostkę: audyt"
    assert (roles(partnership), doors()) == (1, 1)
    history = RegionEntry.objects.filter(subject_id=waiting.adviser_id).order_by("at", "id")
    assert list(history.values_list("verb", flat=True)) == ["ADVISER_PROPOSED", "ADVISER_WITHDRAWN"]
    actions.reopen_tenant(by=support.ROPS, tenant=row(partnership))
    with inside(partnership), pytest.raises(Problem, match="nie można teraz zrobić"):
        acts.confirm(by=manager, proposal_id=waiting.pk)
    assert (state_of(kept), roles(partnership)) == ("CONFIRMED", 1)


def test_in_a_closed_unit_support_ends_too_and_the_adviser_hears_of_it(
    partnership: TenantRef,
) -> None:
    ended, waiting = let_in(partnership), support.proposed(partnership)

    actions.close_tenant(by=support.ROPS, tenant=row(partnership), reason="łączenie gmin")

    assert (state_of(ended), state_of(waiting)) == ("ENDED", "WITHDRAWN")
    assert ended.end_reason == waiting.reason == "zamknięto jednostkę: łączenie gmin"
    assert (roles(partnership), doors()) == (0, 0)
    drain(OutgoingMessage, handlers())
    assert "łączenie gmin" in str(mail.outbox[-1].body)
    assert mail.outbox[-1].to == [ended.adviser.email]
    actions.reopen_tenant(by=support.ROPS, tenant=row(partnership))
    assert (state_of(ended), roles(partnership), doors()) == ("ENDED", 0, 0)


def test_advisers_of_other_units_stay(partnership: TenantRef, powiat: TenantRef) -> None:
    elsewhere, waiting = let_in(powiat), support.proposed(powiat)
    actions.close_tenant(by=support.ROPS, tenant=row(partnership), reason="łączenie gmin")
    assert (state_of(elsewhere), state_of(waiting)) == ("CONFIRMED", "PROPOSED")
    assert (roles(powiat), doors()) == (1, 1)


# --- The list changes --------------------------------------------------------------------------


def test_both_journals_keep_every_former_value(partnership: TenantRef) -> None:
    proposal = let_in(partnership, full_name="Dorota Dawna", phone="77 111 11 11")
    until = date(2030, 5, 3)
    change(proposal.adviser, full_name="Dorota Nowa", phone="", until=until)

    known = RegionEntry.objects.filter(verb="ADVISER_CHANGED").order_by("at", "id")
    who = "Dorota Nowa, doradca do spraw kooperacji"
    assert list(known.values_list("about", flat=True)) == [
        f"Imię i nazwisko: Dorota Dawna → Dorota Nowa ({who})",
        f"Telefon: 77 111 11 11 → brak ({who})",
        f"Wspiera do (ostatni dzień): brak → {pl_date(until)} ({who})",
    ]
    (entry,) = told(partnership, "ADVISER_CHANGED")
    assert entry.data == {
        "full_name": ["Dorota Dawna", "Dorota Nowa"],
        "phone": ["77 111 11 11", ""],
        "until": [None, "2030-05-03"],
    }
    assert "Dorota Dawna → Dorota Nowa" in entry.why


def test_a_former_value_is_whole_however_long_the_entry(partnership: TenantRef) -> None:
    former = f"{'d' * 50}@{'.'.join(['x' * 60] * 3)}.pl"
    adviser = support.adviser(email=former, full_name="Ż" * 200)
    change(adviser, email="nowy@rops.example")
    (entry,) = RegionEntry.objects.filter(verb="ADVISER_CHANGED")
    assert former in entry.about


def test_the_journal_of_the_unit_says_from_which_state_to_which(partnership: TenantRef) -> None:
    proposal = let_in(partnership)
    advisers.call_off(by=support.ROPS, proposal_id=proposal.pk, reason="koniec projektu")
    (confirmed,), (ended,) = (
        told(partnership, "ADVISER_CONFIRMED"),
        told(partnership, "ADVISER_ENDED"),
    )
    assert confirmed.data["state"] == ["PROPOSED", "CONFIRMED"]
    assert ended.data["state"] == ["CONFIRMED", "ENDED"]


@pytest.mark.parametrize("moved", [1, -1])
def test_a_first_day_that_came_is_not_moved_ahead(partnership: TenantRef, moved: int) -> None:
    proposal = let_in(partnership)
    with pytest.raises(ValidationError, match="nie można przesunąć"):
        change(proposal.adviser, from_on=days(moved), phone="600 000 000")
    adviser = Adviser.objects.get()
    assert (adviser.from_on, adviser.phone, adviser.version) == (support.SINCE, "77 000 00 00", 0)
    assert not RegionEntry.objects.filter(verb="ADVISER_CHANGED").exists()
    assert (state_of(proposal), told(partnership, "ADVISER_CHANGED")) == ("CONFIRMED", [])


def test_a_first_day_to_come_is_moved_and_one_that_came_may_be_earlier(db: None) -> None:
    adviser = support.adviser(from_on=days(5))
    for day in (days(10), days(3), days(0), days(-7)):
        assert change(adviser, from_on=day).from_on == day


def test_a_last_day_that_has_passed_ends_everything_at_once(partnership: TenantRef) -> None:
    adviser = support.adviser()
    supported = advisers.propose(by=support.ROPS, tenant=row(partnership), adviser_id=adviser.pk)
    with inside(partnership):
        acts.confirm(by=support.manager(partnership), proposal_id=supported.pk)
        supported.refresh_from_db()
        support.signed_in(partnership, supported)
    waiting = advisers.propose(by=support.ROPS, tenant=_opole(), adviser_id=adviser.pk)

    change(adviser, until=days(-1))

    assert (state_of(supported), state_of(waiting)) == ("ENDED", "WITHDRAWN")
    assert supported.end_reason.startswith("minął ostatni dzień wsparcia: ")
    assert (roles(partnership), doors()) == (0, 0)


def test_todays_last_day_lasts_until_midnight(partnership: TenantRef) -> None:
    proposal = let_in(partnership)
    change(proposal.adviser, until=days(0))
    assert (state_of(proposal), roles(partnership), doors()) == ("CONFIRMED", 1, 1)


def _opole() -> Tenant:
    return Tenant.objects.get(unit__code="166101")


# --- The night, and who may not end ------------------------------------------------------------


def test_each_proposal_is_ended_by_a_task_of_its_own(
    partnership: TenantRef, powiat: TenantRef, time_machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = days(2)
    first, second = let_in(partnership, until=until), let_in(powiat, until=until)
    actions.suspend_tenant(by=support.ROPS, tenant=row(powiat), reason="audyt")
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(tasks.end_adviser, "delay", lambda *args: asked.append(args))
    time_machine.move_to(timezone.now() + timedelta(days=3))

    tasks.end_advisers()

    assert sorted(asked) == sorted(
        [(str(partnership.id), str(first.pk)), (str(powiat.id), str(second.pk))]
    )
    assert (state_of(first), state_of(second)) == ("CONFIRMED", "CONFIRMED")
    tasks.end_adviser(str(powiat.id), str(second.pk))
    assert (state_of(first), state_of(second)) == ("CONFIRMED", "ENDED")


def test_nobody_ends_or_answers_for_another_unit(partnership: TenantRef, powiat: TenantRef) -> None:
    """Not even who manages both, from the other one."""
    supported, waiting = let_in(partnership), support.proposed(partnership)
    account = accounts.account()
    for tenant in (partnership, powiat):
        with inside(tenant):
            person = make.person(Role.LEAD, account=account)
        accounts.access(account, tenant, Role.LEAD)
    with inside(powiat):
        there = replace(make.by(person), account_id=account.pk)
        with pytest.raises(AdviserProposal.DoesNotExist):
            acts.leave(by=there, proposal_id=supported.pk, reason="pomyłka")
        for agrees in (True, False):
            with pytest.raises(Refused):
                acts.answer(by=there, proposal_id=waiting.pk, agrees=agrees, reason="nie")
    assert (state_of(supported), state_of(waiting)) == ("CONFIRMED", "PROPOSED")
    assert (roles(partnership), roles(powiat), doors()) == (1, 0, 1)


def test_where_two_apps_would_end_the_role_nothing_is_ended(
    partnership: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = let_in(partnership)
    offer(monkeypatch, *offers.of(advisers.RoleOfAdviser))
    with pytest.raises(ValueError, match="too many values"):
        advisers.call_off(by=support.ROPS, proposal_id=proposal.pk, reason="koniec")
    assert (state_of(proposal), roles(partnership), doors()) == ("CONFIRMED", 1, 1)


# --- The region's pages ------------------------------------------------------------------------


@pytest.fixture
def rops(db: None) -> Client:
    who = accounts.member(None, Role.ROPS_COORDINATOR)
    return accounts.with_fresh_factor(accounts.client_of(who))


def test_the_page_of_an_adviser_leads_to_the_end_in_each_unit(
    partnership: TenantRef, rops: Client
) -> None:
    proposal = support.proposed(partnership)
    at, to_end = f"{REGION}{proposal.adviser_id}/", f"{REGION}propozycje/{proposal.pk}/koniec/"
    assert to_end in text_of(rops.get(at))
    assert rops.post(to_end, {"reason": "pomyłka"}).status_code == 302
    assert to_end not in text_of(rops.get(at))


def test_from_the_page_of_an_adviser_a_unit_is_asked_once(
    partnership: TenantRef, rops: Client
) -> None:
    adviser, former = support.adviser(), support.adviser(until=days(-1))
    at, unit = f"{REGION}{adviser.pk}/zaproponuj/", row(partnership)
    assert at in text_of(rops.get(f"{REGION}{adviser.pk}/"))
    assert "zaproponuj/" not in text_of(rops.get(f"{REGION}{former.pk}/"))
    for _ in range(2):
        rops.post(at, {"tenant": unit.pk})
    proposal = AdviserProposal.objects.get()
    assert (proposal.adviser, proposal.tenant, proposal.state) == (adviser, unit, "PROPOSED")
    assert str(unit.pk) not in text_of(rops.get(at))
    assert doors() == roles(partnership) == 0
    rops.post(f"{REGION}{former.pk}/zaproponuj/", {"tenant": unit.pk})
    assert AdviserProposal.objects.count() == 1


def test_the_adviser_of_the_demo_has_taken_the_invitation(
    partnership: TenantRef, powiat: TenantRef
) -> None:
    with inside(powiat):
        account = accounts.account()
        lead = make.person(Role.LEAD, account=account)
    Access.objects.create(
        account=account, tenant_id=powiat.id, role=Role.LEAD, person_id=lead.pk, granted_by="x"
    )
    demo.write(support.ROPS, row(powiat), row(partnership))
    demo.come_in(row(powiat), accounts.account(email=demo.ADVISER))
    assert doors() == roles(powiat) == 1
    for _ in range(2):
        with inside(powiat):
            drain(Outgoing, handlers())
    (invitation,) = Invitation.objects.filter(role=Role.ADVISER)
    assert invitation.accepted_at is not None
    assert doors() == 1


def test_names_stand_as_in_a_polish_dictionary(partnership: TenantRef, rops: Client) -> None:
    names = ("Zenon Nowak", "Łucja Nowak", "Lucyna Nowak", "Żaneta Nowak", "Ądam Nowak")
    people = [support.adviser(full_name=name) for name in names]
    in_order = ["Ądam", "Lucyna", "Łucja", "Zenon", "Żaneta"]

    def order_on(page: Any) -> list[str]:
        text = text_of(page)
        return sorted((name.split()[0] for name in names), key=text.index)

    assert order_on(rops.get(REGION)) == in_order
    assert order_on(rops.get("/region/gminy/160501/doradca/")) == in_order
    for one in people:
        advisers.propose(by=support.ROPS, tenant=row(partnership), adviser_id=one.pk)
    with inside(partnership):
        client, _ = make.signed_in(partnership, Role.LEAD)
    assert order_on(client.get(f"{HOME}partnerstwo/osrodek/")) == in_order
