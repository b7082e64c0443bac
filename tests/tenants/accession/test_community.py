"""Helpers of the local community: read by all members, kept by the office (REG §5.1.e)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Refused
from tenants.accession.actions import community
from tenants.accession.models.community import CommunityResource
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.tenants.reading import text_of

LIST = "/gmina/gogolin/partnerstwo/zasoby/"


def data(**changed: Any) -> dict[str, Any]:
    return {
        "name": "KGW Kamionek",
        "kind": "RURAL_WOMEN",
        "offers": "Posiłki dla seniorów",
        "from_on": "2026-01-01",
        **changed,
    }


@pytest.fixture
def officer(in_partnership: TenantRef) -> Client:
    return make.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]


def test_the_office_enters_once_and_a_member_reads(
    officer: Client, in_partnership: TenantRef
) -> None:
    member, _ = make.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=make.organisation()
    )
    sent = data(key=uuid7())
    officer.post(LIST + "nowy/", sent)
    again = officer.post(LIST + "nowy/", sent, follow=True)

    assert "To już zapisano" in text_of(again)
    with inside(in_partnership):
        resource = CommunityResource.objects.get()
        assert Entry.objects.filter(verb="RESOURCE_ADDED", object_id=resource.pk).exists()
    assert "Posiłki dla seniorów" in text_of(member.get(f"{LIST}{resource.pk}/"))
    assert "KGW Kamionek" in text_of(member.get(LIST))


def test_two_editors_see_both_texts_and_lose_none(officer: Client, lead: Person) -> None:
    resource = make_accession.resource(lead)
    url = f"{LIST}{resource.pk}/zmiana/"
    assert officer.post(url, data(version=0, name="Pierwsza")).status_code == 302

    page = officer.post(url, data(version=0, name="Druga"))

    assert page.status_code == 409
    assert "Pierwsza" in text_of(page)
    assert "Druga" in text_of(page)


def test_who_helps_no_longer_leaves_the_list_and_stays_in_the_history(
    officer: Client, lead: Person
) -> None:
    resource = make_accession.resource(lead, name="Dawni Wolontariusze")

    officer.post(f"{LIST}{resource.pk}/koniec/", {"ended_on": "2026-01-31"})

    assert "Dawni Wolontariusze" not in text_of(officer.get(LIST))
    assert "Dawni Wolontariusze" in text_of(officer.get(LIST + "?stan=zakonczone"))
    assert officer.post(f"{LIST}{resource.pk}/zmiana/", data(version=1)).status_code == 409


def test_help_does_not_end_before_it_began(officer: Client, lead: Person) -> None:
    resource = make_accession.resource(lead, from_on=date(2026, 2, 1))
    with pytest.raises(ValidationError, match="ended_on"):
        community.end_resource(
            by=make.by(lead), resource_id=resource.pk, ended_on=date(2026, 1, 31)
        )
    page = officer.post(f"{LIST}{resource.pk}/koniec/", {"ended_on": "2026-01-31"})
    assert page.status_code == 422
    assert "Najwcześniej 1 lutego 2026 r." in text_of(page)


def test_help_begins_and_ends_no_later_than_today(officer: Client, lead: Person) -> None:
    resource = make_accession.resource(lead)
    page = officer.post(f"{LIST}{resource.pk}/koniec/", {"ended_on": "2099-01-01"})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["ended_on"]
    with pytest.raises(ValidationError, match="from_on"):
        make_accession.resource(lead, from_on=date(2099, 1, 1))
    assert [row.ended_on for row in CommunityResource.objects.all()] == [None]


def test_a_partner_changes_nothing(in_partnership: TenantRef, lead: Person) -> None:
    resource = make_accession.resource(lead)
    partner = make.person(Role.PARTNER_COORDINATOR, organisation=make.organisation())
    with pytest.raises(Refused):
        community.edit_resource(
            by=make.by(partner), resource_id=resource.pk, version=0, values={"name": "X"}
        )
    resource.refresh_from_db()
    assert resource.version == 0


def test_the_list_is_searched_filtered_and_costs_the_same(
    officer: Client, lead: Person, in_partnership: TenantRef
) -> None:
    make_accession.resource(lead, name="Łączność", offers="radio")
    officer.get(LIST)
    few = queries(officer)
    with inside(in_partnership):
        for _ in range(8):
            make_accession.resource(lead, kind="CLUB", offers="sala")

    assert (few, queries(officer)) == (4, 4)
    found = text_of(officer.get(LIST + "?szukaj=lacznosc+RADIO"))
    assert "Łączność" in found
    assert "OSP Numer" not in found
    assert "Łączność" not in text_of(officer.get(LIST + "?rodzaj=CLUB"))


def queries(client: Client) -> int:
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(LIST).status_code == 200
    return len(asked)
