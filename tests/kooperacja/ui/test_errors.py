"""Failures say in Polish what happened, what to do and what was kept."""

import errno
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from kooperacja.ui import errors
from kooperacja.ui.errors import ProblemMiddleware
from kooperacja.ui.problems import Missing, Problem, Refused


def _request(**headers: str) -> HttpRequest:
    return RequestFactory().get("/", headers=headers)


def _caught(failure: Exception, **headers: str) -> HttpResponse | None:
    middleware = ProblemMiddleware(lambda request: HttpResponse())
    return middleware.process_exception(_request(**headers), failure)


def _lost(cause: Exception | None) -> OperationalError:
    failure = OperationalError("server closed the connection: host=10.0.0.7 user=secret")
    failure.__cause__ = cause
    return failure


PROBLEM = Problem("Deklaracja już przyjęta", "Zrobił to ktoś inny.", clause="§ 1 ust. 5")


def test_a_problem_is_told_on_a_page() -> None:
    response = _caught(PROBLEM)
    assert response is not None
    assert response.status_code == 409
    page = response.content.decode()
    assert "<h1>Deklaracja już przyjęta</h1>" in page
    assert "§\xa01\xa0ust.\xa05" in page
    assert "<html" in page


def test_htmx_gets_a_fragment() -> None:
    response = _caught(PROBLEM, **{"HX-Request": "true"})
    assert response is not None
    assert response.status_code == 409
    page = response.content.decode()
    assert 'role="alert"' in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (None, "Chwilowo nie mamy połączenia z bazą danych"),
        (psycopg.errors.AdminShutdown(), "Chwilowo nie mamy połączenia z bazą danych"),
        (psycopg.errors.DiskFull(), "Na serwerze zabrakło miejsca"),
        (psycopg.errors.DeadlockDetected(), "Serwer jest chwilowo zajęty"),
    ],
)
def test_a_database_that_cannot_serve_is_503(cause: Exception | None, words: str) -> None:
    response = _caught(_lost(cause))
    assert response is not None
    assert response.status_code == 503
    assert response["Retry-After"] == "15"
    page = response.content.decode()
    assert f"<h1>{words}</h1>" in page
    assert "Nic nie zostało zapisane" in page
    assert "secret" not in page


def test_a_defect_in_a_query_is_not_blamed_on_the_database() -> None:
    failure = DataError("wrong")
    failure.__cause__ = psycopg.errors.StringDataRightTruncation()
    assert _caught(failure) is None
    assert _caught(ValueError()) is None


def test_a_database_lost_in_a_middleware_is_503_too() -> None:
    try:
        raise _lost(None)
    except OperationalError:
        response = errors.server_error(_request())
    assert response.status_code == 503


def test_the_error_page_touches_neither_session_nor_database(
    django_assert_num_queries: Any,
) -> None:
    request = _request()
    assert errors.server_error(request).status_code == 500
    assert not hasattr(request, "session")


def test_only_what_is_meant_for_people_is_shown() -> None:
    shown = [
        errors.permission_denied(_request(), PermissionDenied("Tylko Lider przyjmuje.")),
        errors.permission_denied(_request(), Refused("Nie dziś", "Tylko Lider przyjmuje.")),
    ]
    assert all(b"Tylko Lider" in page.content and page.status_code == 403 for page in shown)
    hidden = errors.page_not_found(_request(), Http404("No Organisation matches"))
    assert hidden.status_code == 404
    assert b"No Organisation" not in hidden.content
    bad = errors.bad_request(_request(), SuspiciousOperation("Invalid HTTP_HOST"))
    assert bad.status_code == 400
    assert b"HTTP_HOST" not in bad.content


def test_a_problem_can_be_a_404() -> None:
    response = errors.page_not_found(_request(), Missing("Nie ma takiego pliku"))
    assert response.status_code == 404
    assert "Nie ma takiego pliku" in response.content.decode()


def test_an_old_form_is_403() -> None:
    response = errors.csrf_failure(_request())
    assert response.status_code == 403
    assert "Formularz stracił ważność" in response.content.decode()


def _session_not_saved(behind: Exception) -> HttpResponse:
    try:
        try:
            raise behind
        except DatabaseError as lost:
            raise UpdateError from lost
    except UpdateError as failure:
        interrupted = SessionInterrupted()
        interrupted.__context__ = failure
        return errors.bad_request(_request(), interrupted)


def test_a_database_lost_under_the_session_is_no_bad_request() -> None:
    response = _session_not_saved(_lost(None))
    assert response.status_code == 503
    assert "mogła się zapisać" in response.content.decode()


def test_a_session_that_ended_under_a_request_says_so() -> None:
    response = _session_not_saved(DatabaseError("Forced update did not affect any rows."))
    assert response.status_code == 400
    assert "Sesja została zakończona w trakcie" in response.content.decode()


def test_a_full_disk_is_503_and_another_fault_of_a_file_is_a_defect() -> None:
    response = _caught(OSError(errno.ENOSPC, "No space left on device", "/tmp/x"))
    assert response is not None
    assert response.status_code == 503
    page = response.content.decode()
    assert "<h1>Na serwerze zabrakło miejsca</h1>" in page
    assert "/tmp" not in page
    assert _caught(FileNotFoundError(errno.ENOENT, "x")) is None
