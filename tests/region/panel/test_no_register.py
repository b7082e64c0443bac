"""A region without its register says so on every list, and leads to the import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tenants.registry.models import Tenant, Unit, UnitState
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import registry as make
from tests.tenants.reading import text_of

LEADS = 'href="/region/gminy/rejestr/">Wczytaj rejestr TERC</a>'


@pytest.fixture
def rops(db: None) -> Client:
    """A coordinator of a region in which nothing is known yet."""
    for rows in (Tenant, UnitState, Unit):
        rows.objects.all().delete()
    return accounts.with_fresh_factor(
        accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR, full_name="Ewa"))
    )


@pytest.mark.parametrize("path", ["", "tabela/", "gminy/"])
def test_an_empty_list_leads_to_the_import(rops: Client, path: str) -> None:
    page = text_of(rops.get(f"/region/{path}"))
    assert page.count("Rejestr jednostek jest pusty") == page.count(LEADS) == 1


def test_whoever_imports_it_stands_in_the_journal(rops: Client) -> None:
    file = SimpleUploadedFile("terc.csv", make.register_file())
    preview = rops.post("/region/gminy/rejestr/", {"file": file}).headers["Location"]
    assert not RegionEntry.objects.exists()
    for _ in range(2):
        rops.post(preview)
    entry = RegionEntry.objects.get()
    assert entry.verb == "REGISTER"
    assert entry.actor_name.startswith("Ewa (")
    assert Unit.objects.count() == 84
