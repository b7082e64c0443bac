"""A service of a master card that a gmina follows, for tests of both sides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.baskets.actions import adopting
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.today import services_wait
from tenants.baskets.workflow import EntryState
from tenants.masters.actions import services
from tenants.masters.models import MasterService
from tenants.people.models import Organisation, Person
from tenants.services.terms import Cost
from tests.factories import accounts
from tests.factories import masters as make
from tests.factories.exchange import carried

LOCAL: dict[str, Any] = {"note": "We wtorki w urzędzie gminy.", "phone": "77 400 00 55"}


@dataclass
class Followed:
    """A service of a master card, its keeper, and its copy in a gmina."""

    master: MasterService
    keeper: Account
    tenant: TenantRef
    office: Actor
    service_id: UUID

    @property
    def by(self) -> Actor:
        return accounts.acting(self.keeper)

    @property
    def service(self) -> Service:
        return Service.objects.get(pk=self.service_id)

    @property
    def entry(self) -> ServiceEntry:
        return self.service.entries.get(state=EntryState.ACCEPTED)

    def say(self, action: Callable[..., MasterService], **values: Any) -> None:
        """The keeper says something in the directory, and the workers carry it."""
        action(by=self.by, service_id=self.master.pk, **values)
        carried(self.tenant)

    def edit(self, **values: Any) -> None:
        now = MasterService.objects.get(pk=self.master.pk)
        self.say(services.edit, version=now.version, values=values)

    def refuses(self, act: Callable[..., Any], **values: Any) -> None:
        """The unit may not say it, and nothing of it is said."""
        before = (self.service.version, self.entry)
        with pytest.raises(Problem, match="prowadzi się w katalogu") as refused:
            act(by=self.office, service_id=self.service_id, **values)
        assert refused.value.status == 403
        assert (self.service.version, self.entry) == before

    def waiting(self) -> list[str]:
        """What of services waits for the Lider today."""
        with inside(self.tenant):  # a request before may have left its addresses
            lead = Person.objects.get(pk=self.office.person_id)
            return [one.title for one in services_wait(lead, timezone.localdate())]


def text_of(answer: Any) -> str:
    """A page without the spaces that keep words together."""
    return str(answer.content.decode().replace("\N{NO-BREAK SPACE}", " "))


@pytest.fixture
def keeper() -> Account:
    return accounts.with_totp(accounts.account())


@pytest.fixture
def master(keeper: Account, powiat: TenantRef) -> MasterService:
    card = make.card(keeper, powiat)
    return make.service(keeper, card, cost=Cost.PARTLY, cost_about="20 zł")


def adopted(office: Actor, master: MasterService, **values: Any) -> Service:
    return adopting.adopt(by=office, master_id=master.pk, key=uuid7(), values=values)


@pytest.fixture
def institution(in_partnership: TenantRef) -> Organisation:
    return make.kooperant(in_partnership)[0]


@pytest.fixture
def followed(
    master: MasterService,
    keeper: Account,
    institution: Organisation,
    in_partnership: TenantRef,
    office: Actor,
) -> Followed:
    service = adopted(office, master, **LOCAL)
    carried(in_partnership)
    return Followed(master, keeper, in_partnership, office, service.pk)
