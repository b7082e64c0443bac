"""A person of an institution of many gminas sees their places by institution."""

import re
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import named
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.actions import organisations
from tenants.people.actions.invitations import invite_to_role
from tenants.people.models import Organisation
from tenants.registry import invitations, outbox
from tenants.registry.models import Access, Invitation, Tenant
from tenants.registry.roles import Role
from tests.factories import accounts as make
from tests.factories import partnership, people

POLICE, COURT = "531421533", "000000000"


def works(who: Account, tenant: TenantRef, name: str, number: str = "", **more: Any) -> None:
    row = make.access(who, tenant, organisation_name=name, organisation_id=uuid7(), **more)
    Access.objects.filter(pk=row.pk).update(organisation_number=number)


def groups(client: Client) -> list[tuple[str, list[str]]]:
    """What stands under "Gdzie pracujesz": institution (or none) and links to its places."""
    page = client.get("/konto/").content.decode()
    rows = re.findall(r"<li>(.*?)</li>", page[page.index('id="miejsca"') :], re.S)
    named = [(re.search(r"<h3>(.*?)</h3>", row), row) for row in rows]
    places = r'<a href="/(?:gmina|powiat)/([^"/]*)/">'
    return [(name[1] if name else "", re.findall(places, row)) for name, row in named]


def test_one_institution_of_three_tenants_is_one_group(
    gmina: TenantRef, powiat: TenantRef, city: TenantRef
) -> None:
    who = make.account()
    works(who, gmina, "Komenda Policji w Krapkowicach", POLICE)
    works(who, powiat, "KPP Krapkowice", POLICE)
    works(who, city, "Komenda Powiatowa Policji w Krapkowicach", POLICE)
    works(who, city, "Komenda Powiatowa Policji w Krapkowicach", POLICE, role=Role.PARTNER_HEAD)
    works(make.account(), gmina, "Sąd Rejonowy", COURT)
    client = make.client_of(who)
    name = "Komenda Powiatowa Policji w Krapkowicach"
    assert groups(client) == [(name, [powiat.slug, gmina.slug, city.slug])]
    page = client.get("/konto/").content.decode()
    assert "jako koordynator Partnerstwa, kierujący instytucją" in page
    assert "Sąd" not in page


def test_the_same_name_with_another_number_is_another_institution(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who = make.with_totp(make.account())
    works(who, gmina, "Poradnia", POLICE)
    works(who, powiat, "Poradnia", COURT)
    make.access(who, gmina, Role.DPO)
    assert sorted(groups(make.client_of(who))) == [
        ("", [gmina.slug]),
        ("Poradnia", [gmina.slug]),
        ("Poradnia", [powiat.slug]),
    ]


def test_without_a_number_a_name_says_nothing_outside_its_tenant(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    who = make.account()
    for tenant in (gmina, powiat):
        works(who, tenant, "Koło gospodyń")
    assert [len(places) for _, places in groups(make.client_of(who))] == [1, 1]


def test_the_page_costs_the_same_however_many_places_there_are(
    gmina: TenantRef, powiat: TenantRef, city: TenantRef
) -> None:
    who = make.account()
    client = make.client_of(who)
    works(who, gmina, "Komenda", POLICE)
    groups(client)
    counts = []
    for tenant in (powiat, city):
        works(who, tenant, "Komenda", POLICE)
        with CaptureQueriesContext(connections["shared"]) as captured:
            groups(client)
        counts.append(len(captured))
    assert counts == [9, 9]


@pytest.fixture
def school(gmina: TenantRef) -> Organisation:
    with inside(gmina):
        partnership.found(gmina)
        return people.organisation(name="Szkoła", regon="")


def told(gmina: TenantRef, kind: str) -> Any:
    with inside(gmina):
        return Outgoing.objects.filter(kind=kind).latest("id")


def tell(gmina: TenantRef) -> None:
    message = told(gmina, "ORGANISATION")
    with inside(gmina):
        outbox.organisation_changed(message, gmina)


def edit(gmina: TenantRef, of: Organisation, **values: str) -> None:
    with inside(gmina):
        organisations.edit_organisation(
            by=people.by(people.lead()),
            organisation_id=of.pk,
            version=of.version,
            values=values,
        )


def test_a_number_entered_later_reaches_who_works_there_or_is_invited(
    gmina: TenantRef, powiat: TenantRef, school: Organisation
) -> None:
    who, tenant = make.account(), Tenant.objects.get(pk=gmina.id)
    make.access(who, gmina, organisation_name="Szkoła", organisation_id=school.pk)
    works(who, powiat, "Szkoła Podstawowa", POLICE)
    invitation = invitations.invite(
        by=named("Lider"),
        email="nowa@example.pl",
        full_name="Nowa Osoba",
        tenant=tenant,
        role=Role.PARTNER_HEAD,
        organisation_id=school.pk,
        organisation_name="Szkoła",
    )
    client = make.client_of(who)
    assert len(groups(client)) == 2
    edit(gmina, school, regon=POLICE, name="Szkoła Podstawowa")
    for _ in range(2):  # delivered twice, the second changes nothing
        tell(gmina)
    assert groups(client) == [("Szkoła Podstawowa", [powiat.slug, gmina.slug])]
    new = invitations.accept_as_new(
        invitation=invitation, full_name="Nowa Osoba", password=make.PASSWORD
    )
    assert Access.objects.get(account=new).organisation_number == POLICE


def test_of_two_changes_told_out_of_order_the_newer_stays(
    gmina: TenantRef, school: Organisation
) -> None:
    make.access(make.account(), gmina, organisation_name="Szkoła", organisation_id=school.pk)
    edit(gmina, school, name="Szkoła nr 1")
    first = told(gmina, "ORGANISATION")
    with inside(gmina):
        school.refresh_from_db()
    edit(gmina, school, name="Szkoła nr 2")
    for message in (told(gmina, "ORGANISATION"), first):
        with inside(gmina):
            outbox.organisation_changed(message, gmina)
    assert Access.objects.get(organisation_id=school.pk).organisation_name == "Szkoła nr 2"


def test_an_institution_of_the_same_id_in_another_tenant_keeps_its_name(
    gmina: TenantRef, powiat: TenantRef, school: Organisation
) -> None:
    who = make.account()
    make.access(who, powiat, organisation_name="Inna", organisation_id=school.pk)
    edit(gmina, school, regon=POLICE)
    tell(gmina)
    row = Access.objects.get(account=who)
    assert (row.organisation_name, row.organisation_number) == ("Inna", "")


def test_an_invitation_brings_the_number(gmina: TenantRef, school: Organisation) -> None:
    edit(gmina, school, regon=POLICE)
    with inside(gmina):
        school.refresh_from_db()
        invite_to_role(
            by=people.BY,
            person=people.person(),
            role=Role.PARTNER_COORDINATOR,
            organisation=school,
            from_on=people.ESTABLISHED,
        )
    with inside(gmina):
        outbox.invite(told(gmina, "INVITATION"), gmina)
    assert Invitation.objects.get().organisation_number == POLICE


def test_a_change_of_the_address_alone_is_told_to_nobody(
    gmina: TenantRef, school: Organisation
) -> None:
    edit(gmina, school, city="Opole")
    with inside(gmina):
        assert not Outgoing.objects.filter(kind="ORGANISATION").exists()
