"""The four parts of a unit's page: each has its address, its name and what belongs there alone."""

import re

import pytest
from django.test import Client

from kooperacja.audit.actor import named
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import actions, teryt
from tenants.registry.models import Tenant, UnitState
from tenants.registry.proposals import invite_first
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tenants.registry.workflow import RegionVerb
from tests.factories import accounts
from tests.factories import registry as make
from tests.tenants.reading import text_of

UNIT = "/region/gminy/160501/"
PARTS = {"": "Stan", "liczby/": "Liczby", "ludzie/": "Ludzie", "historia/": "Historia"}
EWA = named("Ewa Wojewódzka")


def _tenant(gmina: TenantRef) -> Tenant:
    return Tenant.objects.select_related("unit").get(pk=gmina.id)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("code", ["160501", "160502"])
def test_each_part_leads_to_all_and_says_which_it_is(
    coordinator: Client, gmina: TenantRef, part: str, code: str
) -> None:
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    page = coordinator.get(f"/region/gminy/{code}/{part}").content.decode()
    nav = re.search(r'<nav aria-label="Części strony jednostki">(.*?)</nav>', page, re.S)
    assert nav
    links = re.findall(r'<a href="([^"]+)"(?: aria-current="(\w+)")?><span [^>]+>(\w+)', nav[1])
    assert links == [
        (f"/region/gminy/{code}/{address}", "page" if address == part else "", name)
        for address, name in PARTS.items()
    ]


def test_a_unit_that_lacks_its_lider_is_told_so_once(coordinator: Client, gmina: TenantRef) -> None:
    accounts.member(gmina, Role.TENANT_ADMIN)
    Tenant.objects.filter(pk=gmina.id).update(opened_at="2026-01-01T08:00+01:00")
    said = text_of(coordinator.get(UNIT))
    assert said.count("nikt nie reprezentuje tu Lidera") == 1
    assert "Zaproponuj administratora" in said


def test_the_history_tells_what_the_region_did_and_nothing_of_other_units(
    coordinator: Client, gmina: TenantRef, powiat: TenantRef
) -> None:
    tenant = _tenant(gmina)
    shut = actions.suspend_tenant(by=EWA, tenant=tenant, reason="Przerwa.")
    actions.close_tenant(by=EWA, tenant=_tenant(powiat), reason="Koniec pracy (160501).")
    actions.reopen_tenant(by=EWA, tenant=shut)
    said = text_of(coordinator.get(f"{UNIT}historia/"))
    assert said.index("Wznowiono jednostkę") < said.index("Zawieszono jednostkę")
    assert "Powód: Przerwa." in said
    assert "Ewa Wojewódzka" in said
    assert "Otwarto jednostkę" in said
    assert "Koniec pracy" not in said


def test_the_history_tells_who_came_and_how_the_unit_was_called(
    coordinator: Client, gmina: TenantRef
) -> None:
    tenant = _tenant(gmina)
    tenant.admin_email, tenant.admin_name = "adam@example.pl", "Adam Pierwszy"
    invite_first(by=EWA, tenant=tenant)
    who = accounts.account()
    tenant.invitation_set.update(accepted_at="2026-11-02T08:00+01:00", accepted_by=who)
    UnitState.objects.create(
        unit=tenant.unit, name="Gogolin Stary", rodz="2", valid_from="1999-01-01"
    )
    said = text_of(coordinator.get(f"{UNIT}historia/"))
    assert "Przyjęto zaproszenie administratora OPS" in said
    assert "Adam Pierwszy, adam@example.pl" in said
    assert "Gogolin Stary, gmina wiejska" in said


def test_every_entry_about_a_unit_begins_with_its_name_and_code(gmina: TenantRef) -> None:
    of_units = {verb for verb in RegionVerb if verb.startswith(("UNIT_", "ADMIN_"))}
    tenant = _tenant(gmina)
    invite = {"tenant": tenant, "email": "ewa@example.pl", "name": "Ewa (1605) Lis"}
    actions.invite_administrator(by=EWA, **invite)
    actions.suspend_tenant(by=EWA, tenant=tenant, reason="(1605)")
    kept = RegionEntry.objects.filter(verb__in=of_units)
    assert kept.count() == 2
    assert {one.about.partition(" (160501)")[0] for one in kept} == {tenant.unit.label}
