"""A tenant opens from a schema kept ready, and the pool is filled again."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from prometheus_client import REGISTRY

from kooperacja.audit.actor import named
from kooperacja.tenancy.context import inside
from tenants.backup import doctor
from tenants.people.models import Organisation
from tenants.registry import directory, teryt
from tenants.registry.models import Spare, Tenant
from tenants.schemas import actions, provisioning, spares, tasks, upgrade
from tenants.schemas.doctor import Seen
from tenants.schemas.owner import owner
from tests.factories import people as make_there
from tests.factories import registry as make
from tests.tenants.schemas.releases import NOTE, REFUSE_ONE, Deploy, deploy, source

__all__ = ["deploy"]
CODES = ["160502", "160503", "160504"]


@pytest.fixture(autouse=True)
def register(fresh_database: str, settings: Any) -> None:
    settings.SPARE_TENANTS = 2
    teryt.import_terc(make.OWN_FILE, voivodeship="16")


def schemas(prefix: str) -> list[str]:
    with owner() as connection:
        rows = connection.execute("SELECT nspname FROM pg_namespace ORDER BY 1").fetchall()
    return [name for (name,) in rows if name.startswith(prefix)]


def opened(code: str) -> Tenant:
    tenant = actions.open_tenant(by=named("test"), code=code)
    assert actions.finish_opening(tenant)
    return Tenant.objects.get(pk=tenant.pk)


def rights(schema: str) -> set[tuple[Any, ...]]:
    """Everything anybody may do with the tables of a schema, by the roles' own kind."""
    with owner() as connection:
        rows = connection.execute(
            "SELECT c.relname, replace(acl.grantee::regrole::text, %s, ''), acl.privilege_type"
            " FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl"
            " WHERE c.relnamespace = %s::regnamespace",
            [schema, schema],
        )
        return set(rows.fetchall())


def test_the_pool_is_filled_once_and_to_its_size() -> None:
    assert (spares.refill(), spares.refill()) == (2, 0)
    assert schemas("s_") == sorted(Spare.objects.values_list("schema_name", flat=True))


def test_a_tenant_made_of_a_spare_is_like_one_made_by_script() -> None:
    by_script = opened(CODES[0])
    spares.refill()
    of_spare = opened(CODES[1])
    assert Spare.objects.count() == 1
    assert of_spare.ddl == by_script.ddl
    assert rights(of_spare.schema_name) == rights(by_script.schema_name)
    ref = directory.find(of_spare.slug)
    assert ref is not None
    with inside(ref):
        make_there.organisation(name="Szkoła")
        assert Organisation.objects.get().name == "Szkoła"
    assert doctor.examine() == []


def test_an_empty_pool_delays_but_stops_nobody() -> None:
    spares.refill()
    for code in CODES:
        assert opened(code).status == "ACTIVE"
    assert (Spare.objects.count(), schemas("s_")) == (0, [])


def test_openings_at_once_take_different_spares() -> None:
    spares.refill()
    tenants = [actions.open_tenant(by=named("test"), code=code) for code in CODES]

    def finish(tenant: Tenant) -> bool:
        try:
            return actions.finish_opening(tenant)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(finish, tenants)) == [True] * 3
    assert doctor.examine() == []


def test_an_opening_while_the_doctor_looks_is_seen_whole(monkeypatch: Any) -> None:
    spares.refill()
    look, meanwhile = Seen._names, list(CODES[:2])

    def names(self: Any, query: str) -> set[str]:
        found = look(self, query)
        if meanwhile:
            opened(meanwhile.pop())
        return found

    monkeypatch.setattr(Seen, "_names", names)
    assert doctor.examine() == []
    assert Spare.objects.count() == 0


def test_a_spare_of_another_version_is_replaced_and_never_given_to_anybody(deploy: Deploy) -> None:
    spares.refill()
    old = set(schemas("s_"))
    deploy("note", source(NOTE))
    provisioning.migrate_shared()
    opened(CODES[0])
    assert set(schemas("s_")) == old
    assert spares.refill() == 2
    assert not set(schemas("s_")) & old


def test_an_operator_sees_how_many_are_ready_and_who_is_behind(deploy: Deploy) -> None:
    tasks.fill_spares()
    assert figures() == [2, 0, 0]
    ref = directory.find("krapkowicki")
    assert ref is not None
    with inside(ref):
        make_there.organisation(name="Zepsuta")
    deploy("refuse", source("migrations.RunPython(check)", functions=REFUSE_ONE))
    upgrade.upgrade(only=["1605", "160501"])
    tasks.fill_spares()
    assert figures() == [2, 2, 1]


def figures() -> list[float | None]:
    names = ("spares_ready", "tenants_behind", "upgrades_failed")
    return [REGISTRY.get_sample_value(f"kooperacja_{name}") for name in names]


def test_a_spare_that_somebody_removed_is_passed_over() -> None:
    spares.refill()
    gone = Spare.objects.all()[0]
    with owner() as connection:
        connection.execute(f"DROP SCHEMA {gone.schema_name} CASCADE".encode())
    assert opened(CODES[0]).status == "ACTIVE"
