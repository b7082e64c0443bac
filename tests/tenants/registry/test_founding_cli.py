"""The command that founds the region says in sentences what it did and what is to be done."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from kooperacja.__main__ import cli
from kooperacja.cli.site import Site
from tenants.registry import cli as registry_cli
from tenants.registry import founding, founding_cli, invitations
from tenants.registry.models import Invitation
from tenants.registry.region import Region
from tests.tenants.registry.test_founding import ASKED, BY, left

GIVEN = (
    *("--code", "16", "--rops", ASKED["rops_name"]),
    *("--coordinator-name", "Ewa Wojewódzka", "--coordinator-email", "ewa@rops.example"),
)


class Refusing(BaseEmailBackend):
    """A server of mail that is not there."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def empty(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Site, "enter", lambda site: None)
    Region.objects.all().delete()


def found(*options: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["found", *options], input=typed)


def test_it_founds_the_region_and_sends_the_invitation_at_once() -> None:
    result = found(*GIVEN)
    assert result.exit_code == 0
    assert "Założono województwo: opolskie" in result.stdout
    assert "Wysłano zaproszenie na adres ewa@rops.example, ważne do" in result.stdout
    assert [one.to for one in mail.outbox] == [["ewa@rops.example"]]
    assert "administrator serwera (" in str(mail.outbox[0].body)


def test_what_is_left_out_is_asked_for() -> None:
    result = found(typed="08\nROPS w Zielonej Górze\nEwa\newa@rops.example\n")
    assert "16 opolskie" in result.stdout
    assert Region.objects.get().code == "08"
    assert Invitation.objects.get().full_name == "Ewa"


@pytest.mark.parametrize(
    ("options", "typed", "sent"), [((), "n\n", 1), ((), "", 1), ((), "t\n", 1), ((), "y\n", 2)]
)
def test_said_again_it_asks_before_it_sends_again(
    options: tuple[str, ...], typed: str, sent: int
) -> None:
    found(*GIVEN)
    result = found(*options, typed=typed)
    assert result.exit_code == 0
    assert "Województwo opolskie jest już założone." in result.stdout
    assert "Wysłać zaproszenie jeszcze raz, na adres ewa@rops.example?" in result.stdout
    assert len(mail.outbox) == sent


def test_a_script_may_say_that_it_shall_be_sent_again_and_where() -> None:
    found(*GIVEN)
    result = found("--again", "--coordinator-email", "nowa@rops.example")
    assert result.exit_code == 0
    assert [one.to for one in mail.outbox] == [["ewa@rops.example"], ["nowa@rops.example"]]
    before = left()
    assert found(*GIVEN, "--no-again").exit_code == 0
    assert left() == before


def test_once_a_coordinator_works_it_says_so_and_asks_for_nothing() -> None:
    found(*GIVEN)
    invitations.accept_as_new(invitation=Invitation.objects.get(), full_name="Ewa", password="x")
    before = left()
    result = found()
    assert result.exit_code == 0
    assert "ma koordynatora ROPS, który zaprasza następnych" in result.stdout
    assert left() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--code", "14"), "Ten serwis służy już innemu województwu: opolskie."),
        (("--coordinator-email", "ewa", "--again"), "„ewa” nie jest adresem e-mail."),
        (("--link",), "Województwo jest już założone."),
    ],
)
def test_a_refusal_is_one_sentence(options: tuple[str, ...], said: str) -> None:
    found(*GIVEN)
    before = left()
    result = found(*options)
    assert (result.exit_code, result.stderr) == (1, f"Error: {said}\n")
    assert left() == before


def test_where_mail_cannot_be_sent_the_region_stays_and_the_way_on_is_said(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    result = found(*GIVEN)
    assert result.exit_code == 1
    assert "zaproszenia nie udało się wysłać (ConnectionRefusedError)" in result.stderr
    assert "`kooperacja found --again`" in result.stderr
    assert Region.objects.get().code == "16"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert found("--again").exit_code == 0
    assert mail.outbox[-1].to == ["ewa@rops.example"]


def test_a_site_that_runs_may_be_sending_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kooperacja.outbox.drain.drain", lambda *args: 0)
    monkeypatch.setattr(founding_cli, "WAITS", 1)
    assert "Działający serwis wysyła właśnie zaproszenie" in found(*GIVEN).stdout
    assert mail.outbox == []


def test_settings_that_look_unset_are_told(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH, settings.SITE_URL = tmp_path, "http://localhost:8000"
    said = found(*GIVEN).stdout
    assert f"leży w pliku w {tmp_path}" in said
    assert "ustaw EMAIL_BACKEND i EMAIL_HOST" in said
    assert "Dla innych ustaw SITE_URL" in said
    assert len(list(tmp_path.iterdir())) == 1


def test_settings_that_are_set_are_not(settings: Any) -> None:
    settings.SITE_URL = "https://kooperacja.example"
    settings.DEFAULT_FROM_EMAIL = "Kooperacja <kooperacja@rops.example>"
    assert "ustaw" not in found(*GIVEN).stdout.lower()


def test_it_prints_a_link_that_opens_the_page() -> None:
    links = [re.search(r"(/pierwsze-uruchomienie/\S+)", found("--link").stdout) for _ in "12"]
    former, now = [link[1] for link in links if link]
    assert Client().get(former).status_code == 404
    assert Client().get(now).status_code == 200


def test_the_start_of_the_site_says_how_to_found_the_region_until_it_is() -> None:
    ((words, link),) = registry_cli._first_run()
    assert words == "Załóż województwo na stronie"
    assert link.startswith("http://testserver/pierwsze-uruchomienie/")
    founding.found_region(by=BY, **ASKED)
    assert registry_cli._first_run() == []
