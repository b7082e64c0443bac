"""The office's own people: who comes in first, is invited and leaves (REG §1.3.b)."""

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people import rules
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


@pytest.fixture
def keeper(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(in_partnership, Role.LEAD, Role.TENANT_ADMIN)
    return client


def test_the_first_administrator_comes_in_and_appoints_the_lead_but_not_themselves(
    partnership: TenantRef,
) -> None:
    account = accounts.member(partnership, Role.TENANT_ADMIN)
    client = accounts.with_fresh_factor(accounts.client_of(account))
    invite = PARTNERSHIP + "osrodek/zaproszenie/"

    assert "Zaproś osobę, która reprezentuje Lidera" in text_of(client.get(HOME))
    own = {
        "full_name": account.full_name,
        "email": account.email,
        "role": Role.LEAD,
        "basis": "powołanie nr 7",
    }
    refused = client.post(invite, own)
    assert refused.status_code == 422
    assert refused.context["form"].errors["email"][0].startswith("Nikt nie nadaje roli samemu sob")
    assert [f'value="{value}"' in text_of(refused) for value in own.values()] == [True] * 4
    other = {
        "full_name": "Lidia Liderska",
        "email": "lidia@example.pl",
        "role": Role.LEAD,
        "basis": "powołanie nr 7",
    }
    client.post(invite, other)

    with inside(partnership):
        person = Person.objects.get(account_id=account.pk)
        held = set(RoleAssignment.objects.values_list("person__full_name", "role"))
    assert held == {(person.full_name, Role.TENANT_ADMIN), ("Lidia Liderska", Role.LEAD)}


def test_a_colleague_is_invited_and_the_role_ended(keeper: Client) -> None:
    data = {"full_name": "Nowa Osoba", "email": "nowa@example.pl", "role": Role.NETWORK_OFFICER}
    keeper.post(PARTNERSHIP + "osrodek/zaproszenie/", data)
    page = keeper.post(PARTNERSHIP + "osrodek/zaproszenie/", data, follow=True)
    assert "To już zapisano" in text_of(page)
    (role,) = RoleAssignment.objects.filter(role=Role.NETWORK_OFFICER)

    assert keeper.get(f"{PARTNERSHIP}osrodek/role/{role.pk}/koniec/").status_code == 200
    keeper.post(f"{PARTNERSHIP}osrodek/role/{role.pk}/koniec/")

    role.refresh_from_db()
    assert role.ended_on == timezone.localdate()


def test_who_represents_the_lider_does_so_on_a_basis_that_is_kept(
    in_partnership: TenantRef,
) -> None:
    client, _ = make.signed_in(in_partnership, Role.TENANT_ADMIN)
    url, roles = PARTNERSHIP + "osrodek/zaproszenie/", RoleAssignment.objects.count()
    who = {"full_name": "Lidia Liderska", "email": "lidia@example.pl", "role": Role.LEAD}
    officer = {**who, "role": Role.NETWORK_OFFICER, "basis": "powołanie nr 7"}
    for wrong, said in ((who, rules.NO_BASIS), (officer, "To pole dotyczy tylko osoby")):
        page = client.post(url, wrong)
        assert page.status_code == 422
        assert said in text_of(page)
    assert RoleAssignment.objects.count() == roles

    client.post(url, {**who, "basis": "powołanie nr 7 z 2 stycznia 2026 r."})

    given = RoleAssignment.objects.get(role=Role.LEAD)
    assert given.basis == "powołanie nr 7 z 2 stycznia 2026 r."
    assert Entry.objects.get(verb="ROLE_GIVEN", object_id=given.pk).why == given.basis
    assert "(powołanie nr 7 z 2 stycznia 2026 r.)" in text_of(client.get(PARTNERSHIP + "osrodek/"))


def test_a_partner_does_not_see_the_people_of_the_office(
    in_partnership: TenantRef,
) -> None:
    organisation = make.organisation()
    client, _ = make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=organisation)
    assert client.get(PARTNERSHIP + "osrodek/").status_code == 403
