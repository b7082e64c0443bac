"""A malformed variable of the environment is one sentence that names it, not a traceback."""

import runpy
import sys
from pathlib import Path

import pytest

import kooperacja
from kooperacja.ops import exporter

SETTINGS = str(Path(kooperacja.__file__).parent / "settings.py")
NUMBERS = (
    *("PORT", "EMAIL_PORT", "METRICS_PORT", "SPARE_TENANTS", "TENANTS_PER_CONNECTION"),
    *("TENANT_SHARDS", "TRUSTED_PROXY_COUNT", "SESSION_ABSOLUTE_HOURS", "SESSION_IDLE_MINUTES"),
)
WRONG = {
    **dict.fromkeys(NUMBERS, ("abc", "-1", "1.5", "٣", "9" * 5000)),
    "TENANT_SHARDS": ("0", "abc"),
    "HTTPS": ("tak",),
    "DEBUG": ("2",),
    "LOG_LEVEL": ("głośno",),
    "DATABASE_URL": ("postgres://ja:tajne@baza:abc/x", "postgres://[::1/x"),
    "SHARED_DATABASE_URL": ("postgres://ja:tajne@baza:99999/x",),
    "INCOMING_MAIL_ADDRESS": ("odpowiedzi", "a+b@example.pl", "dlugie-odpowiedzi@example.pl", "a@"),
    "INCOMING_IMAP_URL": (
        "https://ja:tajne@poczta",
        "imaps://ja:tajne@poczta:abc",
        "imaps:///x",
        "imaps://ja:hasło@x",
    ),
}


def read(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.delitem(sys.modules, "kooperacja.accounts.allauth_settings", raising=False)
    runpy.run_path(SETTINGS)


@pytest.mark.parametrize("name", WRONG)
def test_a_malformed_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for value in WRONG[name]:
        with pytest.raises(SystemExit) as ended:
            read(monkeypatch, name, value)
        said = str(ended.value)
        assert said.startswith(f"{name}: ")
        assert said.endswith(".")
        assert "\n" not in said
        assert "tajne" not in said


@pytest.mark.parametrize("name", NUMBERS)
def test_an_empty_number_is_as_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    read(monkeypatch, name, "")


@pytest.mark.parametrize("value", ["", "0", "abc", "-1", "99999"])
def test_the_exporter_says_so_too_and_opens_no_port(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("METRICS_PORT", value)
    monkeypatch.delattr(exporter, "start_http_server")
    with pytest.raises(SystemExit) as ended:
        exporter.main()
    assert str(ended.value).startswith("METRICS_PORT: ")
