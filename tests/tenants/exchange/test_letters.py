"""A letter of one tenant is read in another, once, however often and late it comes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from kooperacja.audit.actor import named
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange import letters
from tenants.exchange.letters import LetterKind, LetterRef, Undeliverable, WrongLetter
from tenants.exchange.models import Letter
from tenants.exchange.tasks import wake_held
from tenants.registry import actions
from tenants.registry.models import Tenant
from tests.factories.exchange import carried, post
from tests.offering import offer

GREETING = "GREETING"
Change = Callable[..., Tenant]


def _read(letter: LetterRef) -> None:
    record(by=letter.by, verb="GREETED", why=letter.payload["words"])


def _returned(letter: LetterRef) -> None:
    record(by=letter.by, verb="RETURNED", why=f"{letter.addressee.name}: {letter.payload['words']}")


@pytest.fixture(autouse=True)
def greetings(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, LetterKind(GREETING, frozenset({"words"}), _read))
    offer(monkeypatch, Undeliverable(GREETING, _returned))


def heard(tenant: TenantRef) -> list[tuple[str, str, str]]:
    with inside(tenant):
        entries = Entry.objects.filter(verb__in=["GREETED", "RETURNED"]).order_by("at", "id")
        return list(entries.values_list("verb", "actor_name", "why"))


def change(action: Change, tenant: TenantRef) -> None:
    """The region changes the state of a tenant."""
    action(by=named("Anna"), tenant=Tenant.objects.get(pk=tenant.id), reason="brak umowy")


def test_a_letter_is_read_inside_its_addressee_and_leaves_nothing(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    post(gmina, powiat.id, GREETING, words="Dzień dobry")
    carried(gmina)
    assert heard(powiat) == [("GREETED", gmina.name, "Dzień dobry")]
    assert heard(gmina) == []
    letter = Letter.objects.get()
    assert (letter.payload, letter.delivered_at is not None, letter.held_why) == ({}, True, "")
    assert list(OutgoingMessage.objects.filter(kind="LETTER_DUE").values_list("payload")) == [({},)]
    with inside(gmina):
        assert Outgoing.objects.get(kind="LETTER").payload == {}


def test_what_its_sender_rolled_back_is_no_letter(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(gmina), transaction.atomic():
        letters.post(to=powiat.id, kind=GREETING, payload={"words": "Stop"}, dedupe="one")
        transaction.set_rollback(True)
    carried(gmina)
    assert (heard(powiat), Letter.objects.count()) == ([], 0)


def test_delivered_three_times_it_is_read_once(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(gmina), transaction.atomic():
        letters.post(to=powiat.id, kind=GREETING, payload={"words": "Raz"}, dedupe="one")
        message = Outgoing.objects.get(kind="LETTER")
        for _ in range(3):
            letters.take_in(message, gmina)
    carried(gmina)
    for _ in range(3):
        letters.settle(Letter.objects.get().pk)
    assert heard(powiat) == [("GREETED", gmina.name, "Raz")]


def test_letters_that_come_in_another_order_are_all_read_once(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    post(gmina, powiat.id, GREETING, words="Pierwszy")
    post(gmina, powiat.id, GREETING, "two", words="Drugi")
    with inside(gmina):
        for message in reversed(Outgoing.objects.filter(kind="LETTER")):
            letters.take_in(message, gmina)
    carried()
    assert {why for _, _, why in heard(powiat)} == {"Pierwszy", "Drugi"}
    carried(gmina)
    assert len(heard(powiat)) == 2


def test_a_reader_that_fails_leaves_the_letter_to_be_read_again(
    gmina: TenantRef, powiat: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_broken = [True]

    def read(letter: LetterRef) -> None:
        record(by=letter.by, verb="GREETED", why="w połowie")
        if is_broken:
            raise ZeroDivisionError

    offer(monkeypatch, LetterKind("FRAGILE", frozenset(), read))
    post(gmina, powiat.id, "FRAGILE")
    carried(gmina)
    assert (heard(powiat), Letter.objects.get().is_settled) == ([], False)
    is_broken.clear()
    letters.settle(Letter.objects.get().pk)
    assert heard(powiat) == [("GREETED", gmina.name, "w połowie")]


def test_a_suspended_addressee_reads_it_when_it_works_again(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    change(actions.suspend_tenant, powiat)
    post(gmina, powiat.id, GREETING, words="Czekamy")
    carried(gmina)
    assert (heard(powiat), Letter.objects.get().held_why) == ([], "SUSPENDED")
    assert Letter.objects.get().payload == {"words": "Czekamy"}
    change(actions.reopen_tenant, powiat)
    carried()
    assert heard(powiat) == [("GREETED", gmina.name, "Czekamy")]


def test_the_clock_finds_a_held_letter_of_which_nobody_told(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    change(actions.suspend_tenant, powiat)
    post(gmina, powiat.id, GREETING, words="Czekamy")
    carried(gmina)
    wake_held()
    carried()
    assert heard(powiat) == []
    Tenant.objects.filter(pk=powiat.id).update(status="ACTIVE")
    wake_held()
    carried()
    assert heard(powiat) == [("GREETED", gmina.name, "Czekamy")]


def test_a_letter_to_a_closed_tenant_comes_back(gmina: TenantRef, powiat: TenantRef) -> None:
    change(actions.close_tenant, powiat)
    post(gmina, powiat.id, GREETING, words="Halo")
    carried(gmina)
    assert heard(gmina) == [("RETURNED", gmina.name, f"{powiat.name}: Halo")]
    letter = Letter.objects.get()
    assert (letter.payload, letter.delivered_at, letter.returned_at is not None) == ({}, None, True)
    change(actions.reopen_tenant, powiat)
    carried()
    assert (heard(powiat), len(heard(gmina))) == ([], 1)


@pytest.mark.parametrize("is_suspended_first", [False, True])
def test_a_letter_that_outlasts_closing_is_read_when_its_addressee_opens_again(
    gmina: TenantRef, powiat: TenantRef, monkeypatch: pytest.MonkeyPatch, is_suspended_first: bool
) -> None:
    kind = LetterKind("FAREWELL", frozenset({"words"}), _read, outlasts_closing=True)
    offer(monkeypatch, kind)
    change(actions.suspend_tenant if is_suspended_first else actions.close_tenant, powiat)
    post(gmina, powiat.id, "FAREWELL", words="Koniec")
    carried(gmina)
    if is_suspended_first:
        change(actions.close_tenant, powiat)
    wake_held()
    carried(gmina)
    assert (heard(powiat), Letter.objects.get().held_why) == ([], "CLOSED")
    change(actions.reopen_tenant, powiat)
    carried()
    assert (heard(gmina), heard(powiat)) == ([], [("GREETED", gmina.name, "Koniec")])


def test_what_comes_back_waits_for_a_suspended_sender(gmina: TenantRef, powiat: TenantRef) -> None:
    post(gmina, powiat.id, GREETING, words="Halo")
    with inside(gmina):
        letters.take_in(Outgoing.objects.get(kind="LETTER"), gmina)
    change(actions.close_tenant, powiat)
    change(actions.suspend_tenant, gmina)
    carried()
    assert (heard(gmina), Letter.objects.get().held_why) == ([], "SENDER")
    change(actions.reopen_tenant, gmina)
    carried()
    assert [verb for verb, _, _ in heard(gmina)] == ["RETURNED"]


def test_a_city_writes_to_itself(city: TenantRef) -> None:
    post(city, city.id, GREETING, words="Do siebie")
    carried(city)
    assert heard(city) == [("GREETED", city.name, "Do siebie")]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (GREETING, {"words": "Tak", "pesel": "44051401359"}),
        (GREETING, {"words": {"pesel": "44051401359"}}),
        (GREETING, {"words": "x" * 1001}),
        ("UNKNOWN", {}),
    ],
)
def test_what_its_kind_does_not_name_leaves_no_tenant(
    gmina: TenantRef, powiat: TenantRef, kind: str, payload: dict[str, Any]
) -> None:
    with pytest.raises(WrongLetter):
        post(gmina, powiat.id, kind, **payload)
    # Nor does it when somebody wrote into the outbox itself.
    with inside(gmina):
        message = {"to": str(powiat.id), "kind": kind, "payload": payload, "dedupe": "one"}
        Outgoing.objects.create(kind="LETTER", payload=message, dedupe="letter:one")
    carried(gmina)
    assert (heard(powiat), Letter.objects.count()) == ([], 0)
    with inside(gmina):
        assert Outgoing.objects.get(kind="LETTER").last_error == "WrongLetter"
