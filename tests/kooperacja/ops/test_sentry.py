"""An error report leaves with the type and place of the error, and with nothing a person gave."""

import logging
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
import sentry_sdk
from django.test import Client
from django.urls import path
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from kooperacja.ops import sentry

PESEL = "44051401458"
NAME = "Wanda Malinowska-Próbna"


class FakeTransport(Transport):
    """Keeps what would have been sent."""

    sent: list[Envelope]

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        super().__init__(options)
        FakeTransport.sent = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope)


def broken(request: Any, **kwargs: Any) -> NoReturn:
    person = {"pesel": PESEL, "name": NAME}
    sentry_sdk.add_breadcrumb(message=f"read {PESEL}", data=person)
    logging.getLogger("kooperacja.test").warning("person %s", PESEL)
    try:
        raise KeyError(PESEL)
    except KeyError as error:
        raise ValueError(f"no such person: {PESEL} {NAME}") from error


urlpatterns = [path("broken/<str:who>/", broken)]


@pytest.fixture
def sent(settings: Any) -> Iterator[list[Envelope]]:
    settings.SENTRY_DSN = "https://key@sentry.invalid/1"
    with sentry_sdk.isolation_scope():
        sentry.start(transport=FakeTransport)
        yield FakeTransport.sent
        sentry_sdk.get_client().close()
        sentry_sdk.get_global_scope().set_client(None)


def _everything(sent: list[Envelope]) -> str:
    assert sent
    return b"".join(envelope.serialize() for envelope in sent).decode()


@pytest.mark.urls(__name__)
def test_an_error_of_a_page_tells_its_type_and_place_alone(sent: list[Envelope]) -> None:
    client = Client(raise_request_exception=False, headers={"X-Person": PESEL})
    client.cookies["person"] = PESEL
    client.post(f"/broken/{PESEL}/?pesel={PESEL}", {"pesel": PESEL, "name": NAME})
    text = _everything(sent)
    assert '"ValueError"' in text
    assert "test_sentry.py" in text
    assert '"broken"' in text
    assert PESEL not in text
    assert "Malinowska" not in text


def test_a_logged_error_tells_its_logger_alone(sent: list[Envelope]) -> None:
    logging.getLogger("kooperacja.test").error("no %s", PESEL, extra={"name_of": NAME})
    text = _everything(sent)
    assert "kooperacja.test error" in text
    assert PESEL not in text
    assert "Malinowska" not in text


def test_an_error_outside_a_page_tells_no_values(sent: list[Envelope]) -> None:
    secret = PESEL
    try:
        int(f"{secret}x")
    except ValueError as error:
        sentry_sdk.set_user({"email": "wanda@example.pl"})
        sentry_sdk.set_tag("person", PESEL)
        sentry_sdk.set_context("person", {"pesel": PESEL})
        sentry_sdk.capture_exception(error)
    text = _everything(sent)
    assert '"ValueError"' in text
    assert PESEL not in text
    assert "wanda" not in text


def test_nothing_is_sent_without_a_dsn(settings: Any) -> None:
    settings.SENTRY_DSN = ""
    sentry.start(transport=FakeTransport)
    assert not sentry_sdk.get_client().is_active()
