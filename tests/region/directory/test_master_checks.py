"""Master cards are asked about, reached by the ROPS, and known to be silent in every basket (REG §3.5.a)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Refused
from region.directory.models import ListedService
from tenants.baskets.family import offered
from tenants.baskets.indicators import services_confirmed
from tenants.baskets.models.services import Service
from tenants.masters import tasks
from tenants.masters.actions import keepers, rounds, services
from tenants.masters.models import MasterCall, MasterCheck, MasterKeeper, MasterService
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tests.factories import accounts
from tests.factories import masters as make
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.region.directory.conftest import Adopted

LATE = "/region/karty-do-potwierdzenia/"
SILENT = "Brak kontaktu z instytucją"


def letters(kind: str = "master-due") -> list[str]:
    """The accounts to which mails of one kind went, in turn."""
    rows = OutgoingMessage.objects.filter(kind="MAIL", dedupe__startswith=f"{kind}:")
    return [row.dedupe.split(":")[1] for row in rows.order_by("created_at", "pk")]


def browser(who: Account) -> Client:
    return accounts.with_fresh_factor(accounts.client_of(who))


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def nights(first: date, days: int) -> Iterator[date]:
    """The night's work on each of so many days."""
    for number in range(days):
        day = first + timedelta(days=number)
        with time_machine.travel(day):
            tasks.ask_keepers()
        yield day


def now(service: MasterService) -> MasterService:
    return MasterService.objects.select_related("card").get(pk=service.pk)


def is_offered(adopted: Adopted) -> list[bool]:
    """Tells of each unit if a family may be sent to the service there, in the order of the units."""
    found = []
    for unit, service_id in adopted.ids.items():
        with inside(unit):
            found.append(
                service_id in {one.entry.service_id for one in offered(timezone.localdate())}
            )
    return found


def everywhere(adopted: Adopted) -> None:
    """The workers carry what was said into the units, and what they list to the region."""
    carried()
    carried(*adopted.ids)


@pytest.fixture
def rops() -> Account:
    return accounts.member(None, Role.ROPS_COORDINATOR, full_name="Regina Pokazowa")


@pytest.fixture
def late(adopted: Adopted) -> MasterService:
    """The service, confirmed last more than a year ago in all units."""
    with time_machine.travel(timezone.now() - timedelta(days=400)):
        services.confirm(by=accounts.acting(adopted.keeper), service_id=adopted.master.pk)
    everywhere(adopted)
    return now(adopted.master)


def called(adopted: Adopted, late: MasterService, rops: Account, times: int = 1) -> MasterCheck:
    """The round of the card, in which the ROPS tried in vain so many times."""
    tasks.ask_keepers()
    check = MasterCheck.objects.get(card=late.card)
    for _ in range(times):
        rounds.call(by=accounts.acting(rops), check_id=check.pk, key=uuid7(), how=How.PHONE)
    everywhere(adopted)
    return check


def test_four_letters_and_two_weeks_more_make_it_silent_in_every_basket(
    adopted: Adopted, late: MasterService, rops: Account
) -> None:
    today = timezone.localdate()
    sent = {}
    for day in nights(today, 60):
        sent[(day - today).days] = len(letters())
        if now(late).silent_since:
            break
    assert [day for day in sent if sent[day] > sent.get(day - 1, 0)] == [0, 14, 28, 42]
    assert (day - today).days == 56
    assert letters() == [str(adopted.keeper.pk)] * 4
    assert letters("master-call") == [str(rops.pk)]
    with time_machine.travel(day):
        everywhere(adopted)
        assert is_offered(adopted) == [False, False, False]
        for unit, service_id in adopted.ids.items():
            assert ListedService.objects.get(pk=service_id).facts["is_silent"] is True
            with inside(unit):
                assert services_confirmed(day) == {"CONFIRMED": 0, "LATE": 1}
        services.confirm(by=accounts.acting(adopted.keeper), service_id=late.pk)
        everywhere(adopted)
        assert is_offered(adopted) == [True, True, True]
        assert not MasterCheck.objects.filter(closed_on=None).exists()
        tasks.ask_keepers()
    assert len(letters()) == 4


def test_a_confirmed_one_is_asked_about_no_more(adopted: Adopted, late: MasterService) -> None:
    tasks.ask_keepers()
    tasks.ask_keepers()
    assert len(letters()) == 1
    services.confirm(by=accounts.acting(adopted.keeper), service_id=late.pk)
    assert [len(letters()) for _ in nights(timezone.localdate(), 30)] == [1] * 30


def test_two_attempts_of_the_rops_make_it_silent_and_its_word_by_telephone_brings_it_back(
    adopted: Adopted, late: MasterService, rops: Account
) -> None:
    client = browser(rops)
    tasks.ask_keepers()
    assert "czeka na odpowiedź" in text_of(client.get(LATE))
    check = MasterCheck.objects.get()
    for _ in range(2):
        assert is_offered(adopted) == [True, True, True]
        sent = {"key": uuid7(), "how": "PHONE"}
        assert client.post(f"{LATE}{check.pk}/", sent).status_code == 302
        assert client.post(f"{LATE}{check.pk}/", sent).status_code == 302  # the same form again
        everywhere(adopted)
    assert MasterCall.objects.count() == 2
    assert is_offered(adopted) == [False, False, False]
    assert "brak kontaktu" in text_of(client.get(LATE))
    unit = next(iter(adopted.ids))
    assert SILENT in text_of(Client().get(adopted.of(unit)))
    assert client.post(late.url_of("confirm"), {"how": "OWNER"}).status_code == 422
    assert client.post(late.url_of("confirm"), {"how": "PHONE"}).status_code == 302
    everywhere(adopted)
    assert is_offered(adopted) == [True, True, True]
    assert SILENT not in text_of(Client().get(adopted.of(unit)))
    with inside(unit):
        here = Service.objects.get(pk=adopted.ids[unit])
        assert (here.confirmed_how, here.confirmed_by_name) == (How.PHONE, "Regina Pokazowa, ROPS")
    assert "Każda karta w katalogu jest potwierdzona." in text_of(client.get(LATE))
    verbs = RegionEntry.objects.order_by("-at", "-id").values_list("verb", flat=True)
    assert list(verbs[:4]) == [
        *("MASTER_CONFIRMED", "MASTER_SILENT", "MASTER_CALLED", "MASTER_CALLED")
    ]


def test_a_basket_says_who_may_settle_a_silent_one(
    adopted: Adopted, late: MasterService, rops: Account
) -> None:
    called(adopted, late, rops, 2)
    unit = next(iter(adopted.ids))
    with inside(unit):
        lead, _ = make_people.signed_in(unit, Role.LEAD)
    page = text_of(lead.get(f"{unit.prefix}/koszyk/uslugi/{adopted.ids[unit]}/"))
    assert SILENT in page
    assert "opiekun karty w katalogu albo ROPS" in page


def test_where_nobody_keeps_the_card_the_rops_hears_at_once_and_settles_it(
    adopted: Adopted, late: MasterService, rops: Account
) -> None:
    keeper = MasterKeeper.objects.get()
    keepers.end(by=accounts.acting(rops), keeper_id=keeper.pk)
    tasks.ask_keepers()
    assert (letters(), letters("master-call")) == ([], [str(rops.pk)])
    client = browser(rops)
    assert "nikt nie prowadzi karty" in text_of(client.get(LATE))
    end = {"ended_on": timezone.localdate(), "why": "koniec projektu"}
    assert client.post(late.url_of("end"), end).status_code == 302
    assert not MasterCheck.objects.filter(closed_on=None).exists()
    everywhere(adopted)
    assert is_offered(adopted) == [False, False, False]


def test_a_keeper_who_was_taken_off_is_not_written_to_and_confirms_nothing(
    adopted: Adopted, late: MasterService, rops: Account
) -> None:
    keepers.end(by=accounts.acting(rops), keeper_id=MasterKeeper.objects.get().pk)
    tasks.ask_keepers()
    assert letters() == []
    assert browser(adopted.keeper).post(late.url_of("confirm"), {"how": "OWNER"}).status_code == 404
    with pytest.raises(Refused):
        services.confirm(by=accounts.acting(adopted.keeper), service_id=late.pk)
    assert now(late).confirmed_on == late.confirmed_on


def test_a_keeper_of_another_institution_may_do_nothing_here(
    adopted: Adopted, late: MasterService, rops: Account
) -> None:
    stranger = accounts.with_totp(accounts.account())
    make.card(stranger, next(iter(adopted.ids)))
    check = called(adopted, late, rops)
    client = browser(stranger)
    for page in ("", "confirm", "cycle", "end"):
        assert client.get(late.url_of(page)).status_code == 404
    assert client.post(late.url_of("confirm"), {"how": "PHONE"}).status_code == 404
    for at in (LATE, f"{LATE}{check.pk}/"):
        assert client.get(at).status_code == 403
    by = accounts.acting(stranger)
    with pytest.raises(Refused):
        services.confirm(by=by, service_id=late.pk, how=How.PHONE)
    with pytest.raises(Refused):
        rounds.call(by=by, check_id=check.pk, key=uuid7(), how=How.PHONE)
    with pytest.raises(Refused):  # nor does its own keeper note attempts to reach itself
        rounds.call(
            by=accounts.acting(adopted.keeper), check_id=check.pk, key=uuid7(), how=How.PHONE
        )
    assert now(late) == late
    assert (now(late).version, MasterCall.objects.count()) == (late.version, 1)


def test_one_mail_asks_a_keeper_about_all_cards(adopted: Adopted, late: MasterService) -> None:
    other = make.card(adopted.keeper, next(iter(adopted.ids)))
    make.service(adopted.keeper, other, name="Druga, nigdy nie potwierdzona")
    tasks.ask_keepers()
    (mail,) = OutgoingMessage.objects.filter(dedupe__startswith="master-due:")
    assert all(card.url in mail.payload["text"] for card in (late.card, other))
    assert mail.payload["subject"].replace("\N{NO-BREAK SPACE}", " ").endswith("2 karty")


def test_a_shorter_cycle_holds_in_every_basket(adopted: Adopted) -> None:
    today = timezone.localdate()
    services.confirm(by=accounts.acting(adopted.keeper), service_id=adopted.master.pk)
    service = now(adopted.master)
    sent = {"version": service.version, "cycle": "30"}
    assert browser(adopted.keeper).post(service.url_of("cycle"), sent).status_code == 302
    everywhere(adopted)
    for unit, service_id in adopted.ids.items():
        with inside(unit):
            here = Service.objects.get(pk=service_id)
            assert (here.cycle, here.due_on) == (30, today + timedelta(days=30))
    with time_machine.travel(today + timedelta(days=30)):
        tasks.ask_keepers()
    assert len(letters()) == 1
