"""What a crash leaves half done is found, and mended where that loses nothing."""

import logging
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner
from django.utils import timezone

from kooperacja.__main__ import cli
from kooperacja.audit.actor import named
from tenants.backup import doctor
from tenants.registry import teryt
from tenants.registry.models import Spare, Tenant, Upgrade
from tenants.schemas import actions, spares
from tenants.schemas.owner import owner
from tests.factories import registry as make


@pytest.fixture(autouse=True)
def register(fresh_database: str, settings: Any) -> Iterator[None]:
    settings.SPARE_TENANTS = 1
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def execute(statement: str) -> None:
    with owner() as connection:
        connection.execute(statement.encode())


def found() -> list[tuple[str, str]]:
    return [(finding.where, finding.said) for finding in doctor.examine()]


def mend() -> None:
    for finding in doctor.examine():
        if finding.mend is not None:
            finding.mend()


def half_open(step: str) -> None:
    """An opening that dies in one of its steps."""
    tenant = actions.open_tenant(by=named("test"), code="160504")
    steps = [
        (said, mock.Mock(side_effect=OSError) if said == step else do)
        for said, do in actions._STEPS
    ]
    with mock.patch.object(actions, "_STEPS", tuple(steps)):
        assert not actions.finish_opening(tenant)


@pytest.mark.parametrize("step", [said for said, _ in actions._STEPS])
def test_an_opening_broken_at_any_step_is_finished(step: str) -> None:
    spares.refill()
    half_open(step)
    assert found() == [("gmina wiejska Walce", f"otwieranie nie jest skończone: {step} (OSError)")]
    mend()
    assert found() == []
    assert Tenant.objects.get(unit__code="160504").status == "ACTIVE"


def _interrupted() -> None:
    Upgrade.objects.create(
        tenant=Tenant.objects.get(unit__code="1605"), before="a", after="b", began_at=timezone.now()
    )


MENDED: dict[str, Callable[[], None]] = {
    "prawa w bazie nie zgadzają się z planem": lambda: execute(
        "GRANT UPDATE ON t_1605.audit_entry TO koop_test_t_1605"
    ),
    "rejestr podaje inną wersję danych, niż one same": lambda: execute(
        "DELETE FROM t_1605.django_migrations WHERE app = 'audit'"
    ),
    "aktualizacja została przerwana": _interrupted,
    "pozostałość po przerwanym przygotowaniu": lambda: execute("CREATE SCHEMA r_0123456789ab"),
    "zapas jest niekompletny": lambda: execute("CREATE SCHEMA s_0123456789ab"),
}


@pytest.mark.parametrize("said", MENDED)
def test_it_is_found_and_mended(said: str) -> None:
    assert found() == []
    MENDED[said]()
    assert [text for _, text in found()] == [said]
    mend()
    assert found() == []


def test_rights_of_a_stranger_are_taken_back() -> None:
    execute("GRANT SELECT ON t_1605.people_person TO koop_test_t_160501")
    assert [text for _, text in found()] == ["prawa w bazie nie zgadzają się z planem"]
    mend()
    assert found() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE SCHEMA t_999999", "dane bez jednostki w rejestrze: sprawdź, czyje są"),
        ("DROP SCHEMA t_1605 CASCADE", "brak danych t_1605: odtwórz je z kopii"),
        ("DELETE FROM crypto_tenantkey", "brak klucza szyfrowania: odtwórz go z kopii"),
    ],
)
def test_what_may_hold_or_miss_somebodys_data_is_left_to_a_person(
    statement: str, said: str
) -> None:
    execute(statement)
    before = found()
    assert {text for _, text in before} == {said}
    mend()
    assert found() == before


def test_a_spare_without_its_role_is_removed() -> None:
    spares.refill()
    spare = Spare.objects.get()
    execute(f"DROP OWNED BY {spare.role_name}; DROP ROLE {spare.role_name}")
    mend()
    assert (found(), Spare.objects.count()) == ([], 0)


def test_roles_of_another_database_are_not_touched() -> None:
    execute("CREATE ROLE koop_test_s_0123456789ab")
    assert found() == []
    execute("DROP ROLE IF EXISTS koop_test_s_0123456789ab")


def test_the_command_says_what_it_found_and_ends_with_an_error() -> None:
    with mock.patch("kooperacja.cli.site.Site.enter"):
        sound = CliRunner().invoke(cli, ["doctor"])
        assert (sound.exit_code, sound.stdout.strip()) == (0, "Wszystko się zgadza.")
        assert sound.stderr.startswith("Nie pobrano listy zaufanych wystawców podpisów")
        execute("CREATE SCHEMA r_0123456789ab")
        seen = CliRunner().invoke(cli, ["doctor"])
        assert (seen.exit_code, "r_0123456789ab" in seen.output) == (1, True)
        assert CliRunner().invoke(cli, ["doctor", "--mend"]).exit_code == 0
