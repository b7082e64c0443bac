"""The journal of the region: who did what to it, narrowed and taken away."""

import pytest
from django.test import Client

from kooperacja.audit.actor import named
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import actions, contacts
from tenants.registry.models import Tenant
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.tenants.reading import text_of

PAGE = "/region/dziennik/"
EWA, ADAM = named("Ewa Wojewódzka"), named("Adam Powiatowy")


@pytest.fixture
def rops(db: None) -> Client:
    return accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR, full_name="Ewa"))


@pytest.fixture
def entries(gmina: TenantRef) -> None:
    """Two people, three acts."""
    contacts.change(by=ADAM, rops_phone="77 123 45 67", rops_email="")
    tenant = Tenant.objects.select_related("unit").get(pk=gmina.id)
    shut = actions.suspend_tenant(by=EWA, tenant=tenant, reason="Przerwa.")
    actions.reopen_tenant(by=EWA, tenant=shut)


def test_who_changed_what_is_read_day_by_day(rops: Client, entries: None) -> None:
    page = text_of(rops.get(PAGE))
    assert "3 wpisy" in page
    assert page.count("Ewa Wojewódzka") == 1
    assert "zawieszono jednostkę" in page
    assert "Gogolin (160501). Powód: Przerwa." in page


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"osoba": "adam"}, "1 wpis."),
        ({"czego": "gogolin"}, "2 wpisy."),
        ({"czynnosc": "UNIT_REOPENED"}, "1 wpis."),
        ({"do": "2020-01-01"}, "Żaden wpis nie odpowiada"),
    ],
)
def test_it_is_narrowed_and_no_name_stands_in_the_address(
    rops: Client, entries: None, chosen: dict[str, str], left: str
) -> None:
    assert rops.post(PAGE, chosen).headers["Location"] == PAGE
    assert left in text_of(rops.get(PAGE))
    rops.post(PAGE, {})
    assert "3 wpisy." in text_of(rops.get(PAGE))


def test_the_file_is_what_was_chosen_and_wants_the_second_factor(
    rops: Client, entries: None
) -> None:
    rops.post(PAGE, {"osoba": "Adam"})
    assert rops.get(f"{PAGE}csv/").status_code == 302
    file = accounts.with_fresh_factor(rops).get(f"{PAGE}csv/").content.decode()
    assert "zmieniono telefon albo adres e-mail ROPS;telefon 77 123 45 67" in file
    assert "Ewa Wojewódzka" not in file
    assert rops.get(f"{PAGE}exe/").status_code == 404


def test_a_refused_act_leaves_no_entry(gmina: TenantRef) -> None:
    tenant = Tenant.objects.select_related("unit").get(pk=gmina.id)
    stale = Tenant.objects.get(pk=gmina.id)
    actions.suspend_tenant(by=EWA, tenant=tenant, reason="Przerwa.")
    with pytest.raises(Exception, match="Ktoś właśnie zmienił stan"):
        actions.close_tenant(by=EWA, tenant=stale, reason="Koniec.")
    assert [one.verb for one in RegionEntry.objects.all()] == ["UNIT_SUSPENDED"]
