"""A slip in the name or the address of a person is corrected (REG §5.1.a)."""

from typing import Any

import pytest
from django.test import Client

from kooperacja.accounts.models import Account
from kooperacja.audit.models import Entry
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person, RoleAssignment
from tenants.registry.models import Invitation
from tenants.registry.roles import Role
from tests.factories import invitations as make_invitations
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

RIGHT = "jan.nowy@example.pl"


@pytest.fixture
def invited(lead: Person) -> RoleAssignment:
    """Of somebody whose address was mistyped."""
    of = make.organisation()
    person = make.head(of, full_name="Jan Nowi", email="jan.nowi@example.pl")
    role = person.role_assignments.get()
    make_invitations.sent(role)
    return role


def correct(client: Client, person: Person, **changed: str) -> Any:
    data = {"full_name": "Jan Nowy", "email": RIGHT, "phone": "", "version": "0", **changed}
    return client.post(f"{PARTNERSHIP}osoby/{person.pk}/zmiana/", data)


def test_the_name_and_the_address_are_corrected_with_an_entry(
    keeper: Client, invited: RoleAssignment
) -> None:
    person = invited.person
    shown = text_of(keeper.get(f"{PARTNERSHIP}osoby/{person.pk}/"))
    assert f"{PARTNERSHIP}osoby/{person.pk}/zmiana/" in shown

    assert correct(keeper, person).status_code == 302

    person.refresh_from_db()
    assert (person.full_name, person.email) == ("Jan Nowy", RIGHT)
    entry = Entry.objects.get(verb="PERSON_EDITED")
    assert entry.object_id == person.pk
    assert "jan.nowi@example.pl" not in str(entry.data)
    assert Entry.objects.filter(verb="INVITATION_WITHDRAWN", object_id=invited.pk).exists()


def test_who_got_the_invitation_by_mistake_can_not_take_it(
    keeper: Client, invited: RoleAssignment
) -> None:
    to_stranger = make_invitations.link()
    correct(keeper, invited.person)
    assert Client().get(to_stranger).status_code == 410

    again = f"{PARTNERSHIP}role/{invited.pk}/zaproszenie/ponownie/"
    page = keeper.get(again)
    assert RIGHT in text_of(page)
    keeper.post(again, {"seen": page.context["form"].initial["seen"]})

    assert Invitation.objects.filter(withdrawn_at=None).get().email == RIGHT
    assert RIGHT in text_of(Client().get(make_invitations.link()))


def test_without_an_address_nothing_is_sent(keeper: Client, invited: RoleAssignment) -> None:
    correct(keeper, invited.person, email="")
    again = f"{PARTNERSHIP}role/{invited.pk}/zaproszenie/ponownie/"
    seen = Invitation.objects.get().pk

    page = keeper.post(again, {"seen": str(seen)})

    assert "nie podano adresu e-mail" in text_of(page)
    assert Invitation.objects.count() == 1


def test_nobody_gets_the_address_of_another(keeper: Client, invited: RoleAssignment) -> None:
    make.head(make.organisation(), email=RIGHT)

    page = correct(keeper, invited.person)

    assert page.status_code == 422
    assert "Ten adres jest zajęty" in text_of(page)
    invited.person.refresh_from_db()
    assert invited.person.email == "jan.nowi@example.pl"
    assert Invitation.objects.get().withdrawn_at is None


def test_a_form_that_is_stale_changes_nothing(keeper: Client, invited: RoleAssignment) -> None:
    Person.objects.filter(pk=invited.person_id).update(phone="77 400 00 01", version=1)

    assert correct(keeper, invited.person).status_code == 409

    invited.person.refresh_from_db()
    assert invited.person.phone == "77 400 00 01"


@pytest.mark.parametrize(
    ("role", "of_office", "status"),
    [
        (Role.NETWORK_OFFICER, False, 302),
        (Role.NETWORK_OFFICER, True, 403),
        (Role.DPO, False, 403),
        (Role.TENANT_ADMIN, True, 302),
    ],
)
def test_who_may_correct_whom(
    in_partnership: TenantRef, role: str, of_office: bool, status: int
) -> None:
    client, _ = make.signed_in(in_partnership, role)
    person = make.person(Role.LEAD) if of_office else make.person()

    assert correct(client, person).status_code == status

    person.refresh_from_db()
    assert (person.email == RIGHT) == (status == 302)


def test_the_account_signs_in_as_before(keeper: Client, in_partnership: TenantRef) -> None:
    _, person = make.signed_in(in_partnership)
    before = Account.objects.get(pk=person.account_id).email

    correct(keeper, person)

    assert Account.objects.get(pk=person.account_id).email == before
    assert Person.objects.of_account(person.account_id) == person
