"""An institution of many gminas is recognised by its number; each gmina's row stays its own."""

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.models import InstitutionNote
from tenants.exchange.outbox import institution
from tenants.people.actions import organisations
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make

NEW = "/gmina/gogolin/partnerstwo/instytucje/nowa/"
POLICE = {
    "name": "Komenda Numer 1",
    "sector": "SAFETY",
    "city": "Krapkowice",
    "regon": make.regon(4321),
    "email": "komenda@example.pl",
    "phone": "77 400 00 01",
}


def enter(person: Person, **changed: str) -> Organisation:
    return organisations.add_organisation(
        by=make.by(person), key=uuid7(), values={**POLICE, **changed}
    )


def deliver(place: TenantRef) -> None:
    for message in Outgoing.objects.filter(kind="INSTITUTION").order_by("created_at"):
        institution(message, place)


@pytest.fixture
def keeper(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    return client


def test_what_one_gmina_noted_another_finds_by_the_number(
    partnership: TenantRef, powiat: TenantRef, keeper: Client
) -> None:
    with inside(powiat):
        make_partnership.found(powiat)
        enter(make.lead())
        deliver(powiat)
    page = keeper.get(NEW, {"regon": POLICE["regon"]}).content.decode()
    assert 'value="Komenda Numer 1"' in page
    assert "Tę instytucję zna już ktoś w\u00a0województwie" in page
    # Neither who knows it, nor its contact there.
    assert "krapkowicki" not in page.replace("powiat krapkowicki</span>", "")
    assert POLICE["email"] not in page
    with inside(partnership):
        assert not Organisation.objects.filter(regon=POLICE["regon"]).exists()


def test_the_exchange_holds_public_data_alone(lead: Person, in_partnership: TenantRef) -> None:
    enter(lead)
    deliver(in_partnership)
    (message,) = Outgoing.objects.filter(kind="INSTITUTION")
    assert set(message.payload).isdisjoint({"email", "phone", "id"})
    assert InstitutionNote.objects.get().name == POLICE["name"]


def test_a_correction_is_noted_and_other_gminas_rows_stay(
    lead: Person, in_partnership: TenantRef
) -> None:
    made = enter(lead)
    organisations.edit_organisation(
        by=make.by(lead),
        organisation_id=made.pk,
        version=made.version,
        values={"name": "Komenda Powiatowa Numer 1"},
    )
    deliver(in_partnership)
    assert InstitutionNote.objects.get().name == "Komenda Powiatowa Numer 1"


def test_without_a_number_nothing_leaves_the_tenant(lead: Person) -> None:
    enter(lead, regon="")
    assert not Outgoing.objects.filter(kind="INSTITUTION").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [("123456789", "nie zgadza się cyfra kontrolna"), (make.regon(99), "nikt w\u00a0województwie")],
)
def test_a_wrong_or_unknown_number_says_so(keeper: Client, number: str, said: str) -> None:
    answer = keeper.get(NEW, {"regon": number})
    assert answer.status_code == 200
    assert said in answer.content.decode()
