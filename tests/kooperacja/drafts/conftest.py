"""A partnership with a kooperant whose coordinator is filling in its profile."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from lxml import html

from kooperacja.accounts.models import Account
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make

PARTNERSHIP = "/gmina/gogolin/partnerstwo/"
TYPED = "Prowadzimy świetlicę dla dzieci z Kowalskich i Nowaków"


@dataclass
class Writer:
    """Somebody in a browser on the page of a form."""

    client: Client
    person: Person | None
    page: str
    home: str = "/gmina/gogolin/"

    def form(self, page: str = "") -> dict[str, Any]:
        """The values of the form as the page shows it, as a browser would send them."""
        answer = self.client.get(page or self.page)
        assert answer.status_code == 200, answer
        (shown,) = html.fromstring(answer.content.decode()).xpath('//form[@class="k-form"]')
        return {name: value.lstrip("\n") for name, value in shown.form_values()}

    def text(self, page: str = "") -> str:
        """The words of the page."""
        content = self.client.get(page or self.page).content.decode()
        return " ".join(html.fromstring(content).text_content().split())

    def type(self, page: str = "", **typed: str) -> Any:
        """Type into the form, so that its draft is kept."""
        return self.client.post(f"{self.home}szkic/", self.form(page) | typed)

    def lose_session(self) -> None:
        del self.client.cookies["sessionid"]

    def sign_in(self) -> None:
        self.client.force_login(self.account)
        accounts.with_fresh_factor(self.client)

    @property
    def account(self) -> Account:
        assert self.person is not None
        return Account.objects.get(pk=self.person.account_id)


def writer(tenant: TenantRef, organisation: Organisation, *roles: str) -> Writer:
    """A person of the tenant on the page of the institution's profile; its coordinator, if no other."""
    given = {"organisation": None if roles else organisation}
    client, person = make.signed_in(tenant, *(roles or (Role.PARTNER_COORDINATOR,)), **given)
    return Writer(client, person, f"{PARTNERSHIP}instytucje/{organisation.pk}/profil/")


@pytest.fixture
def partnership(gmina: TenantRef) -> Iterator[TenantRef]:
    with inside(gmina):
        make_partnership.found(gmina)
        yield gmina


@pytest.fixture
def kooperant(partnership: TenantRef) -> Organisation:
    organisation = make.organisation(name="Szkoła w Gogolinie")
    make_partnership.member(organisation)
    return organisation


@pytest.fixture
def lidia(partnership: TenantRef, kooperant: Organisation) -> Writer:
    """The Lider's representative, who may fill in the same profile."""
    return writer(partnership, kooperant, Role.LEAD)


@pytest.fixture
def anna(partnership: TenantRef, kooperant: Organisation) -> Writer:
    return writer(partnership, kooperant)
