"""Tenants are brought to a newer release each by itself; one that fails stops no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.test import Client

from kooperacja.embedded.problems import SetupProblem
from kooperacja.tenancy.context import inside
from tenants.registry import directory
from tenants.registry.models import SchemaVersion, Tenant, Upgrade
from tenants.registry.rules import Impossible
from tenants.schemas import ddl, provisioning, upgrade, versions
from tenants.schemas.applying import Patience
from tenants.schemas.owner import migrations_in, owner, undisturbed
from tests.factories import people as make
from tests.tenants.schemas.citus import refusals
from tests.tenants.schemas.releases import NOTE, REFUSE_ONE, Deploy, deploy, source

__all__ = ["deploy"]
HASTY = Patience(lock_seconds=0.05, tries=2, rest_seconds=0.0)
FILLED = ("NO", "'brak'::character varying")
CODES = ["1605", "160501", "166101"]


def codes(tenants: list[Tenant]) -> list[str]:
    return sorted(tenant.unit.code for tenant in tenants)


def column(schema: str, name: str = "note") -> list[tuple[Any, ...]]:
    """Whether the column may be empty and what it has by default, where it is there."""
    with owner() as connection:
        return connection.execute(
            "SELECT is_nullable, column_default FROM information_schema.columns WHERE"
            " table_schema = %s AND table_name = 'people_organisation' AND column_name = %s",
            [schema, name],
        ).fetchall()


def organisation(slug: str, name: str) -> None:
    ref = directory.find(slug)
    assert ref is not None
    with inside(ref):
        make.organisation(name=name)


def test_with_nothing_to_do_nothing_is_recorded(fresh_database: str) -> None:
    assert upgrade.upgrade() == upgrade.Outcome()
    assert not Upgrade.objects.exists()


def test_every_tenant_gets_the_new_column_with_its_rows_filled(deploy: Deploy) -> None:
    organisation("gogolin", "Szkoła")
    deploy("note", source(NOTE))
    assert codes(upgrade.behind()) == CODES
    outcome = upgrade.upgrade()
    assert (codes(outcome.done), outcome.failed, outcome.waiting) == (CODES, [], [])
    for schema in ("t_160501", "t_1605", "t_166101"):
        assert column(schema) == [FILLED]
    with owner() as connection:
        said = connection.execute("SELECT note FROM t_160501.people_organisation").fetchall()
        names = migrations_in(connection, "t_1605")
    assert said == [("brak",)]
    assert ["people", "9000_note"] in names
    assert upgrade.behind() == []
    assert {one.is_done for one in Upgrade.objects.all()} == {True}


def test_keys_and_checked_numbers_are_added_one_command_at_a_time(deploy: Deploy) -> None:
    organisation("gogolin", "Szkoła")
    key = "models.ForeignKey('self', null=True, on_delete=models.PROTECT, related_name='+')"
    seats, place = "models.PositiveIntegerField(default=1)", "models.TextField(db_default='x')"
    added = {"guide": key, "seats": seats, "place": place}
    operations = [f"migrations.AddField('organisation', '{n}', {f})" for n, f in added.items()]
    deploy("key", source(", ".join(operations)))
    (step,) = [one for one in ddl.steps() if one.name == "9000_key"]
    assert refusals([*ddl.current().statements, *step.statements]) == []
    assert codes(upgrade.upgrade().done) == CODES
    assert column("t_1605", "seats") == column("t_160501", "seats") == [("NO", "1")]
    assert column("t_160501", "place") == [("NO", "'x'::text")]
    table = "t_160501.people_organisation"
    with owner() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(f"UPDATE {table} SET seats = -1".encode())
    with owner() as connection:
        connection.execute(f"UPDATE {table} SET guide_id = gen_random_uuid()".encode())
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_former_release_still_writes_where_a_column_was_added(deploy: Deploy) -> None:
    deploy("beside", source(NOTE))
    upgrade.upgrade()
    organisation("gogolin", "Szkoła")  # by a model that knows nothing of the column
    with owner() as connection:
        said = connection.execute("SELECT note FROM t_160501.people_organisation").fetchall()
    assert said == [("brak",)]


def test_a_new_table_is_the_tenants_at_once(deploy: Deploy) -> None:
    table = 'migrations.CreateModel("Extra", [("id", models.UUIDField(primary_key=True))])'
    deploy("table", source(table))
    upgrade.upgrade()
    ref = directory.find("gogolin")
    assert ref is not None
    with inside(ref):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_extra")
            assert cursor.fetchone() == (0,)


def test_python_runs_in_each_tenant_on_its_own_rows(deploy: Deploy) -> None:
    organisation("gogolin", "a")
    organisation("opole", "b")
    rename = """
def rename(apps, editor):
    Organisation = apps.get_model("people", "Organisation")
    for row in Organisation.objects.using(editor.connection.alias).all():
        row.name = row.name.upper()
        row.save(using=editor.connection.alias)


"""
    deploy("python", source(f"migrations.RunPython(rename), {NOTE}", functions=rename))
    assert codes(upgrade.upgrade().done) == CODES
    with owner() as connection:
        for schema, expected in (("t_160501", [("A", "brak")]), ("t_166101", [("B", "brak")])):
            query = f"SELECT name, note FROM {schema}.people_organisation"
            assert connection.execute(query.encode()).fetchall() == expected


def test_batches_that_were_cut_off_go_on_where_they_were(deploy: Deploy) -> None:
    for number in range(4):
        organisation("gogolin", f"szkoła {number}")
    fill = """
def fill(apps, editor):
    rows = apps.get_model("people", "Organisation").objects.using(editor.connection.alias)
    while batch := list(rows.filter(city="").order_by("name")[:2]):
        for row in batch:
            if row.name == "szkoła 3":
                raise ValueError
            row.city = f"{row.city}x"
        rows.bulk_update(batch, ["city"])


"""
    with owner() as connection:
        connection.execute("UPDATE t_160501.people_organisation SET city = ''")
    deploy("fill", source("migrations.RunPython(fill)", functions=fill, atomic=False))
    assert [why for _, why in upgrade.upgrade().failed] == ["people.9000_fill: ValueError"]
    with owner() as connection:
        query = "SELECT name, city FROM t_160501.people_organisation ORDER BY name"
        assert [city for _, city in connection.execute(query).fetchall()] == ["x", "x", "", ""]
        connection.execute(
            "UPDATE t_160501.people_organisation SET name = '3' WHERE name = 'szkoła 3'"
        )
    assert codes(upgrade.upgrade().done) == ["160501"]
    with owner() as connection:
        assert {city for _, city in connection.execute(query).fetchall()} == {"x"}


def test_one_that_fails_stays_as_it_was_and_says_where_without_naming_anybody(
    deploy: Deploy,
) -> None:
    organisation("krapkowicki", "Zepsuta")
    deploy("refuse", source(f"{NOTE}, migrations.RunPython(check)", functions=REFUSE_ONE))
    outcome = upgrade.upgrade()
    assert codes(outcome.done) == ["160501", "166101"]
    assert [why for _, why in outcome.failed] == ["people.9000_refuse: ValueError"]
    assert column("t_1605") == []
    (state,) = [one for one in versions.states() if one.is_behind]
    assert state.said == "aktualizacja nie udała się w people.9000_refuse: ValueError"
    with owner() as connection:
        connection.execute("UPDATE t_1605.people_organisation SET name = 'Naprawiona'")
    assert codes(upgrade.upgrade().done) == ["1605"]
    assert column("t_1605") == [FILLED]


def test_a_tenant_that_is_behind_says_so_and_the_others_work(deploy: Deploy) -> None:
    organisation("krapkowicki", "Zepsuta")
    deploy("maintenance", source("migrations.RunPython(check)", functions=REFUSE_ONE))
    upgrade.upgrade()
    for path in ("/powiat/krapkowicki/", "/powiat/krapkowicki/dostepnosc/"):
        answer = Client().get(path)
        assert answer.status_code == 503
        assert "Powiat krapkowicki: trwa aktualizacja" in answer.content.decode()
        assert answer.headers["Retry-After"]
    program = Client().get("/api/v1/tenants/1605/members/")
    assert (program.status_code, program.json()["status"]) == (503, 503)
    fragment = Client().get("/powiat/krapkowicki/", headers={"HX-Request": "true"})
    assert (fragment.status_code, b"<html" in fragment.content) == (503, False)
    assert "Powiat krapkowicki: trwa aktualizacja" in fragment.content.decode()
    assert Client().get("/gmina/gogolin/").status_code == 302
    assert [ref.slug for ref in directory.open_tenants()] == ["gogolin", "opole"]


def test_a_failing_canary_ends_the_run_before_the_others(deploy: Deploy) -> None:
    organisation("krapkowicki", "Zepsuta")
    deploy("canary", source("migrations.RunPython(check)", functions=REFUSE_ONE))
    outcome = upgrade.upgrade(canaries=["1605"])
    assert (codes([tenant for tenant, _ in outcome.failed]), outcome.done) == (["1605"], [])
    assert codes(outcome.waiting) == ["160501", "166101"]


def test_after_so_many_failures_no_further_tenant_is_begun(deploy: Deploy) -> None:
    for slug in ("krapkowicki", "gogolin", "opole"):
        organisation(slug, "Zepsuta")
    deploy("many", source("migrations.RunPython(check)", functions=REFUSE_ONE))
    outcome = upgrade.upgrade(jobs=1, stop_after=2)
    assert (len(outcome.failed), len(outcome.waiting), outcome.done) == (2, 1, [])


def test_a_migration_that_fails_on_empty_tables_reaches_no_tenant(deploy: Deploy) -> None:
    deploy("broken", source('migrations.RunSQL("ALTER TABLE nie_ma_takiej ADD x int")'))
    with pytest.raises(Exception, match="nie_ma_takiej"):
        upgrade.upgrade()
    assert not Upgrade.objects.exists()
    assert codes(upgrade.behind()) == CODES


def test_of_two_operators_one_upgrades(deploy: Deploy) -> None:
    deploy("two", source(NOTE))
    with (
        undisturbed(changing=True),
        pytest.raises(Impossible, match="Ktoś właśnie prowadzi aktualizację"),
    ):
        upgrade.upgrade()
    assert codes(upgrade.behind()) == CODES


def test_an_index_is_built_beside_those_who_write(deploy: Deploy) -> None:
    index = (
        "AddIndexConcurrently('organisation', models.Index(fields=['city'], name='org_city_9000'))"
    )
    imports = "from django.contrib.postgres.operations import AddIndexConcurrently\n\n\n"
    deploy("index", source(index, functions=imports, atomic=False))
    with owner() as connection:  # what a broken attempt left
        connection.execute("CREATE INDEX org_city_9000 ON t_1605.people_organisation (name)")
    assert codes(upgrade.upgrade().done) == CODES
    with owner() as connection:
        found = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'org_city_9000'"
        ).fetchall()
    assert [text.endswith("(city)") for (text,) in found] == [True] * 3


@contextmanager
def slow_reader(schema: str) -> Iterator[psycopg.Connection[Any]]:
    with owner() as connection:
        connection.execute(f"SELECT count(*) FROM {schema}.people_organisation".encode())
        yield connection


def test_behind_a_slow_reader_a_tenant_gives_up_and_the_others_go_on(deploy: Deploy) -> None:
    deploy("locked", source(NOTE))
    with slow_reader("t_1605"):
        outcome = upgrade.upgrade(patience=HASTY)
    assert codes(outcome.done) == ["160501", "166101"]
    assert [why for _, why in outcome.failed] == ["people.9000_locked: LockNotAvailable (55P03)"]
    assert codes(upgrade.upgrade(patience=HASTY).done) == ["1605"]


def test_a_reader_who_leaves_in_time_is_waited_for(deploy: Deploy, monkeypatch: Any) -> None:
    deploy("patient", source(NOTE))
    with slow_reader("t_1605") as reader:
        monkeypatch.setattr("time.sleep", lambda seconds: reader.rollback())
        outcome = upgrade.upgrade(patience=Patience(lock_seconds=0.05, tries=3), jobs=1)
    assert codes(outcome.done) == CODES


def test_a_closed_tenant_is_migrated_too(deploy: Deploy) -> None:
    Tenant.objects.filter(unit__code="1605").update(status="CLOSED")
    deploy("closed", source(NOTE))
    assert codes(upgrade.upgrade().done) == CODES


def test_a_schema_that_is_ahead_is_not_behind(deploy: Deploy, settings: Any) -> None:
    deploy("ahead", source(NOTE))
    upgrade.upgrade()
    settings.MIGRATION_MODULES = {}
    ddl.forget()
    assert upgrade.behind() == []


def test_data_of_a_release_that_is_given_up_are_left_alone(fresh_database: str) -> None:
    """Its tables would lie beside those of this release, without their rows."""
    SchemaVersion.objects.create(
        digest="old", statements=[], migrations=[["partnership", "0002_the_partnership"]]
    )
    with pytest.raises(SetupProblem, match=r"przed wersją 0\.2\.0.*make clean-var"):
        provisioning.migrate_shared()
    assert SchemaVersion.objects.filter(digest="old").exists()
