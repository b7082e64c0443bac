"""The telephone and the address of the ROPS: kept once, read by units where they are to ask it."""

import pytest
from click.testing import CliRunner
from django.test import Client

from kooperacja.__main__ import cli
from kooperacja.cli.site import Site
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import founding
from tenants.registry.models import Tenant
from tenants.registry.region import Region, RegionEntry
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.tenants.reading import text_of
from tests.tenants.registry.test_founding_cli import GIVEN

PAGE = "/region/rops/"
GIVES = {"rops_phone": "77 123 45 67 wew. 8", "rops_email": "rops@wzor.example"}


@pytest.fixture
def rops(db: None) -> Client:
    return accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR, full_name="Ewa"))


def kept() -> tuple[str, str]:
    return Region.objects.values_list("rops_phone", "rops_email").get()


def test_what_is_published_stands_in_the_help_and_once_in_the_journal(rops: Client) -> None:
    assert "Kontakt z ROPS (" not in text_of(Client().get("/pomoc/"))
    for _ in range(2):
        assert rops.post(PAGE, GIVES).status_code == 302
    assert kept() == (GIVES["rops_phone"], GIVES["rops_email"])
    page = Client().get("/pomoc/").content.decode()
    assert 'href="tel:771234567">77 123 45 67 wew. 8</a>' in page
    assert 'href="mailto:rops@wzor.example"' in page
    entry = RegionEntry.objects.get()
    assert (entry.verb, entry.actor_name[:4]) == ("CONTACT", "Ewa ")
    assert entry.about == "telefon 77 123 45 67 wew. 8, e-mail rops@wzor.example"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"rops_phone": "abc"}, "abc"), ({"rops_email": "rops"}, "Podaj adres e-mail")],
)
def test_a_wrong_one_changes_nothing(rops: Client, wrong: dict[str, str], said: str) -> None:
    page = rops.post(PAGE, {**GIVES, **wrong})
    assert page.status_code == 422
    assert said in text_of(page)
    assert kept() == ("", "")
    assert not RegionEntry.objects.exists()


def test_it_is_given_when_the_region_is_founded(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Site, "enter", lambda site: None)
    Region.objects.all().delete()
    contact = ("--rops-phone", "77 123 45 67", "--rops-email")
    wrong = CliRunner().invoke(cli, ["found", *GIVEN, *contact, "rops"])
    assert wrong.exit_code == 1
    assert "Podaj adres e-mail" in wrong.output
    assert founding.is_waiting()
    assert CliRunner().invoke(cli, ["found", *GIVEN, *contact, "rops@wzor.example"]).exit_code == 0
    assert kept() == ("77 123 45 67", "rops@wzor.example")


def test_who_is_shut_out_by_the_region_reads_where_to_ask(gmina: TenantRef) -> None:
    Region.objects.update(rops_phone="77 123 45 67")
    Tenant.objects.filter(pk=gmina.id).update(status="SUSPENDED", reason="Przerwa.")
    page = accounts.client_of(accounts.member(gmina, Role.TENANT_ADMIN)).get(f"{gmina.prefix}/")
    assert page.status_code == 403
    assert "(telefon 77 123 45 67)" in text_of(page)
