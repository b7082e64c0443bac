"""Who fills in a declaration neither learns nor takes nor writes anybody else (REG §1.5)."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.accession.actions import decisions
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.accession.conftest import Came
from tests.tenants.reading import PARTNERSHIP, text_of


def name_coordinator(client: Client, declaration: AccessionDeclaration, **who: str) -> Any:
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/koordynator/"
    values = {"version": declaration.version, "position": "pedagog", "phone": "700 000 000"}
    return client.post(url, {**values, **who})


def strangers(lead: Person) -> list[Person]:
    """The Lider, somebody of another institution, and one whom another declaration names."""
    other = make_accession.draft(lead).coordinator
    assert other is not None
    return [lead, make.head(make.organisation(name="Inna")), other]


@pytest.mark.parametrize("knows_the_name", [True, False])
def test_an_applicant_neither_learns_nor_takes_nor_writes_anybody_else(
    partnership: TenantRef, came_in: Came, lead: Person, knows_the_name: bool
) -> None:
    client, _, declaration = came_in
    for stranger in strangers(lead):
        before = Person.objects.values().get(pk=stranger.pk)
        name = stranger.full_name if knows_the_name else "Ktoś Inny"
        page = name_coordinator(client, declaration, full_name=name, email=stranger.email)

        assert page.status_code == 422
        assert "Ten adres jest zajęty" in text_of(page)
        if not knows_the_name:
            assert stranger.full_name not in text_of(page)
        with inside(partnership):
            assert Person.objects.values().get(pk=stranger.pk) == before
            declaration.refresh_from_db()
        assert declaration.coordinator_id is None


def test_by_name_alone_nobody_of_the_office_is_taken(
    partnership: TenantRef, came_in: Came, lead: Person
) -> None:
    client, _, declaration = came_in
    lead.posts.create(
        organisation=declaration.organisation, function="prezes", from_on=make.ESTABLISHED
    )
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/podpis/"
    values = {"version": declaration.version, "full_name": lead.full_name, "function": "dyrektor"}
    client.post(url, {**values, "phone": "700 000 000"})

    with inside(partnership):
        declaration.refresh_from_db()
        lead.refresh_from_db()
    assert declaration.signatory_id not in {None, lead.pk}
    assert lead.phone == ""


def test_the_same_page_sent_again_means_the_same_person(
    partnership: TenantRef, came_in: Came
) -> None:
    client, _, declaration = came_in
    for _ in range(2):
        name_coordinator(client, declaration, full_name="Ewa Pedagog", email="ewa@example.pl")
        with inside(partnership):
            declaration.refresh_from_db()
    with inside(partnership):
        assert Person.objects.get(full_name="Ewa Pedagog").pk == declaration.coordinator_id


def test_who_applies_may_be_the_coordinator(partnership: TenantRef, came_in: Came) -> None:
    client, applicant, declaration = came_in
    name_coordinator(client, declaration, full_name=applicant.full_name, email=applicant.email)
    with inside(partnership):
        declaration.refresh_from_db()
    assert declaration.coordinator_id == applicant.pk


def test_what_an_applicant_writes_of_the_institution_stays_in_the_unit(
    partnership: TenantRef, came_in: Came
) -> None:
    client, _, declaration = came_in
    organisation = declaration.organisation
    values = {"version": organisation.version, "name": "Żart", "sector": "NGO", "city": "Nigdzie"}
    values["regon"] = organisation.regon
    url = f"{PARTNERSHIP}instytucje/{organisation.pk}/zmiana/"
    assert client.post(url, values).status_code == 302
    with inside(partnership):
        organisation.refresh_from_db()
        assert organisation.name == "Żart"
        assert not Outgoing.objects.filter(kind="INSTITUTION").exists()


def test_a_head_takes_nobody_of_the_office_either(in_partnership: TenantRef, lead: Person) -> None:
    member = make_partnership.member(make.organisation())
    client, _ = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=member.organisation)
    url = f"{PARTNERSHIP}instytucje/{member.organisation_id}/koordynator/"
    who = {"key": uuid7(), "full_name": lead.full_name, "email": lead.email}
    page = client.post(url, {**who, "position": "x", "from_on": timezone.localdate()})
    assert (page.status_code, "Ten adres jest zajęty" in text_of(page)) == (422, True)
    with inside(in_partnership):
        assert RoleAssignment.objects.get(person=lead).role == Role.LEAD


@pytest.mark.parametrize("decide", ["return", "refuse"])
def test_a_lead_in_conflict_can_send_it_back_or_refuse_but_not_accept(
    in_partnership: TenantRef, lead: Person, decide: str
) -> None:
    declaration = make_accession.filed(lead)
    AccessionDeclaration.objects.filter(pk=declaration.pk).update(coordinator=lead)
    with pytest.raises(Refused):
        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)

    act = {"return": decisions.return_declaration, "refuse": decisions.refuse_declaration}[decide]
    act(by=make.by(lead), declaration_id=declaration.pk, reason="Wskażcie inną osobę.")

    declaration.refresh_from_db()
    assert declaration.state == {"return": "RETURNED", "refuse": "REFUSED"}[decide]
