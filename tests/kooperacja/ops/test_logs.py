"""Logs: one line an event, with ids, without tokens and personal data."""

import json
import logging
from typing import Any, NoReturn

import pytest
from django.test import Client
from django.urls import path

from kooperacja.ops.context import working_on
from tests.logged import Lines


def broken(request: Any, token: str) -> NoReturn:
    raise ValueError("Wanda 44051401458 wanda@example.pl")


urlpatterns = [path("zaproszenie/<str:token>/", broken)]


def test_an_event_is_one_line_with_the_callers_extras(lines: Lines) -> None:
    with working_on("request-1"):
        logging.getLogger("x").warning("two\nlines", extra={"count": 2})
    (event,) = lines()
    assert (event["message"], event["count"], event["request"]) == ("two\nlines", 2, "request-1")
    assert event["level"] == "WARNING"


def test_an_event_has_our_fields_alone(lines: Lines) -> None:
    logging.getLogger("x").warning({"pesel": "44051401458"}, stack_info=True)
    (event,) = lines()
    assert (event.keys(), event["message"]) == (
        {"at", "level", "logger", "message"},
        "{'pesel': '…'}",
    )


@pytest.mark.parametrize(
    "number", ["440514_01359", "440514:01359", "440514 | 01359", "44051401359"]
)
def test_a_parted_pesel_is_masked_and_a_moment_is_not(lines: Lines, number: str) -> None:
    logging.getLogger("x").warning("PESEL:%s since 2026-11-28 10:30:15", number)
    (event,) = lines()
    assert event["message"] == "PESEL:… since 2026-11-28 10:30:15"


def test_an_error_keeps_its_place_and_loses_its_values(lines: Lines) -> None:
    try:
        raise ValueError("PESEL 44051401458 of wanda@example.pl\nDETAIL: row")
    except ValueError:
        logging.getLogger("x").exception("failed")
    (event,) = lines()
    assert event["error"][0] == "ValueError: PESEL … of …@…"
    assert "test_logs.py" in event["error"][1]


@pytest.mark.urls(__name__)
def test_a_requests_line_names_the_route_and_never_the_token(lines: Lines, db: None) -> None:
    client = Client(raise_request_exception=False)
    response = client.get("/zaproszenie/tajny-zeton/?q=1", headers={"X-Request-ID": "from-proxy"})
    assert response.headers["X-Request-ID"] == "from-proxy"
    access = next(event for event in lines() if event["logger"] == "kooperacja.access")
    assert access["route"] == "zaproszenie/<str:token>/"
    assert (access["status"], access["request"]) == (500, "from-proxy")
    assert "tajny-zeton" not in json.dumps(lines())
    assert "44051401458" not in json.dumps(lines())


@pytest.mark.parametrize("given", ["", "short", "with space in it", "x" * 65])
def test_a_strange_request_id_is_replaced(given: str) -> None:
    response = Client().get("/health/live", headers={"X-Request-ID": given})
    assert len(response.headers["X-Request-ID"]) == 36
