"""The office sees on which addresses mail does not arrive, until that is over."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.inbox.actions import queue_mail
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.inbox.returned import SILENCE, came_back
from kooperacja.letters import Letter
from kooperacja.notifications import tasks
from kooperacja.notifications.models import AddressSettled, Returned
from kooperacja.returns import Return
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation, Person
from tenants.people.returned import unreached
from tenants.people.today import addresses_to_correct
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make
from tests.factories.returned import delivered, returned

AT = "/gmina/gogolin/partnerstwo/osoby/bez-poczty/"
SCHOOL = "Sekretariat@szkola.example.pl"


@pytest.fixture(autouse=True)
def _inside(gmina: TenantRef) -> Iterator[None]:
    with inside(gmina):
        yield


@pytest.fixture
def school() -> Organisation:
    return make.organisation(name="Szkoła", email=SCHOOL.lower())


def listed() -> list[str]:
    return [one.email for one in unreached()]


def test_an_address_is_listed_with_whoever_has_it_its_reason_and_its_mails(
    school: Organisation,
) -> None:
    person = make.person(full_name="Anna Testowa", email=SCHOOL)
    for days_ago in (9, 3):
        returned(SCHOOL, days_ago=days_ago)
    returned(SCHOOL, is_final=False, status="4.4.1")
    [one] = unreached()
    assert [holder.name for holder in one.holders] == [person.full_name, school.name]
    assert one.reason == "nie ma takiej skrzynki"
    assert [name for name, _ in one.told] == ["Zaproszenie na spotkanie"] * 2
    assert one.since < one.newest.returned_at


def test_of_a_mail_about_a_dispute_the_office_reads_no_more_than_that_it_was_one(
    school: Organisation,
) -> None:
    for code in ("DISPUTE_REPORTED", "DISPUTE_NEWS"):
        returned(SCHOOL, code=code)
    [one] = unreached()
    assert [name for name, _ in one.told] == ["Wiadomość"] * 2


def test_it_goes_when_the_address_was_changed(school: Organisation) -> None:
    returned(SCHOOL)
    assert listed() == [SCHOOL]
    school.email = "nowy@szkola.example.pl"
    school.save()
    assert listed() == []


@pytest.mark.parametrize(("days_ago", "is_listed"), [(2, True), (SILENCE.days + 1, False)])
def test_it_goes_when_a_later_mail_stayed_long_enough(
    school: Organisation, days_ago: int, is_listed: bool
) -> None:
    returned(SCHOOL, days_ago=30)
    delivered(SCHOOL.lower(), days_ago=days_ago)
    assert bool(listed()) is is_listed


def test_a_later_mail_that_came_back_too_or_an_earlier_one_is_no_sign(
    school: Organisation,
) -> None:
    later = delivered(SCHOOL, days_ago=20)
    returned(SCHOOL, days_ago=30)
    returned(SCHOOL, days_ago=19, outbox_id=later.outbox_id)
    delivered(SCHOOL, days_ago=40)
    assert listed() == [SCHOOL]


def test_an_account_is_told_itself_and_the_office_of_it(school: Organisation) -> None:
    account = accounts.account(email="jan@example.pl")
    own = make.person(Role.PARTNER_COORDINATOR, organisation=school, account=account, email="")
    returned("jan@example.pl", account_id=account.pk)
    returned(SCHOOL)
    keeper = make.person(Role.NETWORK_OFFICER, account=accounts.account())

    def rows(person: Person) -> list[tuple[str, str]]:
        waiting = addresses_to_correct(person, timezone.localdate())
        return [(one.title, one.text) for one in waiting]

    assert rows(own) == [
        (
            "Popraw swój adres e-mail",
            "Wiadomości na adres jan@example.pl nie dochodzą: nie ma takiej skrzynki.",
        )
    ]
    assert rows(keeper) == [
        (
            "Popraw adresy, do których poczta nie dochodzi",
            "Do poprawienia: 2\N{NO-BREAK SPACE}adresy.",
        )
    ]
    account.email = "nowy@example.pl"
    account.save()
    assert rows(own) == []


def test_a_mail_of_the_shared_plane_counts_where_its_reader_works_or_is_invited(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who = accounts.member(gmina, email="jan@example.pl")
    make.person(account=who, full_name="Jan Testowy")
    queue_mail(to=who.email, letter=Letter("x", "x", "x"), dedupe="summary:1")
    tasks.drain_shared()
    [sent] = OutgoingMessage.objects.order_by("pk")
    for _ in range(2):
        came_back(sent.pk, Return(True, "5.2.1", "550 5.2.1 disabled"))
        tasks.drain_shared()
    [one] = unreached()
    assert [holder.name for holder in one.holders] == ["Jan Testowy"]
    assert [name for name, _ in one.told] == ["Codzienne podsumowanie"]
    assert one.reason == "skrzynka jest wyłączona"
    with inside(powiat):
        assert not Returned.objects.exists()


@pytest.fixture
def keeper(gmina: TenantRef) -> Client:
    account = accounts.member(gmina, Role.NETWORK_OFFICER)
    make.person(Role.NETWORK_OFFICER, account=account)
    return accounts.client_of(account)


def test_settled_it_goes_with_an_entry_until_another_comes_back(
    keeper: Client, school: Organisation, gmina: TenantRef
) -> None:
    row = returned(SCHOOL)
    shown = keeper.get(AT).content.decode()
    assert "nie ma takiej skrzynki" in shown
    assert f"{row.pk}/sprawdzony/" in shown
    for _ in range(2):
        assert keeper.post(f"{AT}{row.pk}/sprawdzony/").status_code == 302
    assert "Żadna wiadomość nie wróciła" in keeper.get(AT).content.decode()
    with inside(gmina):
        assert AddressSettled.objects.get().email == SCHOOL
        assert Entry.objects.filter(verb="ADDRESS_SETTLED").count() == 1
        returned(SCHOOL, days_ago=-0.001)
        assert listed() == [SCHOOL]


def test_what_a_server_says_is_shown_as_text(keeper: Client, school: Organisation) -> None:
    returned(SCHOOL, said="550 <script>alert(1)</script>")
    shown: Any = keeper.get(AT).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
