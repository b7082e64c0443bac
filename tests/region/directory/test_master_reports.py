"""A mistake that a reader of a unit finds reaches whoever holds that part, and its unit hears of the end (REG §3.6)."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.actions import ask_outside
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Missing
from tenants.baskets.actions import adopting
from tenants.baskets.models.checks import ServiceReport
from tenants.masters import tasks
from tenants.masters.actions import keepers, reports
from tenants.masters.models import MasterKeeper, MasterReport
from tenants.masters.reporting import REPORT
from tenants.people.models import Person
from tenants.registry import actions as registry
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import masters as make
from tests.factories import people as make_people
from tests.factories.exchange import carried
from tests.region.directory.conftest import Adopted

TEXT = "Nikt nie odbiera telefonu."


@dataclass
class Reader:
    """Somebody of the Lider's office who reads the basket of a unit that follows the service."""

    adopted: Adopted
    unit: TenantRef
    client: Client
    person: Person

    def tells(self, **sent: str) -> ServiceReport:
        at = f"{self.unit.prefix}/koszyk/uslugi/{self.adopted.ids[self.unit]}/blad/"
        answer = self.client.post(at, {"key": uuid7(), "text": TEXT, **sent})
        assert answer.status_code == 302, answer.content.decode()
        carried(self.unit)
        return self.report

    @property
    def report(self) -> ServiceReport:
        with inside(self.unit):
            return ServiceReport.objects.get()


@pytest.fixture
def reader(adopted: Adopted, gmina: TenantRef) -> Reader:
    with inside(gmina):
        client, person = make_people.signed_in(gmina, Role.LEAD)
    return Reader(adopted, gmina, client, person)


@pytest.fixture
def rops() -> Account:
    return accounts.member(None, Role.ROPS_COORDINATOR, full_name="Regina Pokazowa")


def told() -> list[str]:
    """The accounts to which a mail about a mistake went."""
    rows = OutgoingMessage.objects.filter(kind="MAIL", dedupe__startswith="master-reported:")
    return [row.dedupe.rpartition(":")[2] for row in rows.order_by("pk")]


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def test_what_the_master_holds_reaches_its_keeper_and_the_unit_hears_that_it_was_seen_to(
    reader: Reader, adopted: Adopted
) -> None:
    Account.objects.filter(pk=adopted.keeper.pk).update(full_name="Opiekunka Zmyślona")
    reader.tells(part="CONTACT")
    report = MasterReport.objects.get()
    assert (report.text, report.tenant_id) == (TEXT, reader.unit.id)
    assert told() == [str(adopted.keeper.pk)]
    client = accounts.client_of(adopted.keeper)
    page = text_of(client.get(adopted.master.url))
    assert TEXT in page
    assert reader.person.full_name not in page
    for _ in range(2):  # the same sent again
        assert client.post(f"/katalog/karty/zgloszenia/{report.pk}/").status_code == 302
    carried()
    here = reader.report
    assert here.settled_on is not None
    assert here.settled_by_name == f"{make.COUNTY_HELP} (katalog województwa)"
    assert TEXT not in text_of(client.get(adopted.master.url))


def test_where_nobody_keeps_the_card_the_rops_hears(
    reader: Reader, adopted: Adopted, rops: Account
) -> None:
    keepers.end(by=accounts.acting(rops), keeper_id=MasterKeeper.objects.get().pk)
    reader.tells(part="OTHER")
    assert told() == [str(rops.pk)]
    client = accounts.client_of(rops)
    at = f"/katalog/karty/zgloszenia/{MasterReport.objects.get().pk}/"
    assert client.post(at).status_code == 302
    carried()
    assert reader.report.settled_on is not None


def test_what_the_unit_said_itself_stays_there(reader: Reader) -> None:
    reader.tells(part="PLACE")  # the street is the unit's own
    assert not MasterReport.objects.exists()
    assert (told(), reader.report.is_of_master) == ([], False)


def test_one_must_say_what_is_wrong(reader: Reader, adopted: Adopted) -> None:
    at = f"{reader.unit.prefix}/koszyk/uslugi/{adopted.ids[reader.unit]}/blad/"
    assert reader.client.post(at, {"key": uuid7(), "text": TEXT}).status_code == 422
    with inside(reader.unit):
        assert not ServiceReport.objects.exists()


def test_a_keeper_of_another_institution_sees_and_settles_nothing(
    reader: Reader, adopted: Adopted
) -> None:
    reader.tells(part="OTHER")
    report = MasterReport.objects.get()
    stranger = accounts.with_totp(accounts.account())
    make.card(stranger, reader.unit)
    client = accounts.client_of(stranger)
    at = f"/katalog/karty/zgloszenia/{report.pk}/"
    assert (client.get(at).status_code, client.post(at).status_code) == (404, 404)
    with pytest.raises(Missing):
        reports.close(by=accounts.acting(stranger), report_id=report.pk)
    assert MasterReport.objects.get().settled_on is None


def test_a_unit_reports_nothing_of_what_it_does_not_follow(
    reader: Reader, adopted: Adopted
) -> None:
    with inside(reader.unit):
        by = make_people.by(reader.person)
        adopting.detach(by=by, service_id=adopted.ids[reader.unit])
        payload = {"report_id": uuid7(), "service_id": adopted.master.pk, "text": "Podrobione"}
        ask_outside(kind=REPORT, payload=payload, dedupe="forged")
    carried(reader.unit)
    assert not MasterReport.objects.exists()
    reader.tells()  # its own now: nothing is asked but what is wrong
    assert not reader.report.is_of_master


def test_a_unit_that_was_shut_hears_when_it_opens_again(reader: Reader, adopted: Adopted) -> None:
    reader.tells(part="OTHER")
    row = Tenant.objects.get(pk=reader.unit.id)
    by = accounts.acting(adopted.keeper)
    registry.suspend_tenant(by=by, tenant=row, reason="brak umowy")
    reports.close(by=by, report_id=MasterReport.objects.get().pk)
    carried()
    assert not MasterReport.objects.get().is_told
    registry.reopen_tenant(by=by, tenant=Tenant.objects.get(pk=row.pk), reason="jest umowa")
    tasks.catch_up()
    carried()
    assert reader.report.settled_on is not None
