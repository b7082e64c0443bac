"""Failures in words: what happened, what to do, whether anything was lost."""

import codecs
import logging
import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin

from kooperacja.ui.problems import PERHAPS_SAVED, RETRY_SECONDS, Problem
from kooperacja.ui.server_problems import problem_of_server

logger = logging.getLogger(__name__)

_FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}
KEPT = "Niczego nie zapisaliśmy i niczego nie usunęliśmy."


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as a page in its place, or as a fragment for htmx."""
    if _is_program(request):
        return _in_a_while(_document(problem))
    name = "errors/_fragment.html" if is_htmx(request) else "errors/problem.html"
    page = HttpResponse(
        render_to_string(name, {"problem": problem}, request), status=problem.status
    )
    page.is_crowded = problem.is_crowded  # type: ignore[attr-defined]
    return _in_a_while(page)


def plain_answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The same without a request's context: it asks neither the session nor the database."""
    name = "errors/_fragment.html" if is_htmx(request) else "errors/plain.html"
    values = {"problem": problem, "request_id": getattr(request, "request_id", "")}
    if _is_program(request):
        response = _document(problem)
    else:
        response = HttpResponse(render_to_string(name, values), status=problem.status)
    return _in_a_while(response)


def _in_a_while(response: HttpResponse) -> HttpResponse:
    """Say when to try again what can't be done now."""
    if response.status_code == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/v")


def _document(problem: Problem) -> HttpResponse:
    """The document of RFC 9457, for what fails before the API's own views."""
    document = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.explanation,
    }
    return JsonResponse(document, status=problem.status, content_type="application/problem+json")


class CharsetMiddleware(MiddlewareMixin):
    """Refuses a form in another encoding than its page had: Python knows some that can't be read."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.content_type not in _FORMS or not request.encoding:
            return None
        if codecs.lookup(request.encoding).name == "utf-8":
            request.encoding = "utf-8"  # the one name by which Django knows it
            return None
        problem = Problem(
            "Nie znamy tego kodowania znaków",
            "Formularze przyjmujemy w UTF-8, tak jak wysyła je przeglądarka.",
            status=415,
            kept=KEPT,
        )
        return plain_answer(request, problem)


class ProblemMiddleware(MiddlewareMixin):
    """Answers what a view raised for people to read, and a database or disk that can't serve."""

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        if isinstance(failure, Problem):
            return answer(request, failure)
        if problem := problem_of_server(failure):
            logger.error("database or disk refused a request", exc_info=failure)
            return plain_answer(request, problem)
        return None


def _interrupted(failure: BaseException) -> Problem:
    """The problem of a session that can't be saved: Django calls a lost database a deleted session too.

    The view was done before.
    """
    behind = failure.__context__
    while behind is not None:
        if lost := problem_of_server(behind):
            lost.kept = PERHAPS_SAVED
            return lost
        behind = behind.__context__
    return Problem(
        "Sesja została zakończona w trakcie tej czynności",
        "Nastąpiło wylogowanie w innej karcie albo zmieniły się Twoje uprawnienia. "
        "Zaloguj się ponownie.",
        status=400,
        kept=PERHAPS_SAVED,
        href="/konto/",
        action="Zaloguj się",
    )


# --- Handlers named by the URLconfs ----------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, Problem):
        return answer(request, exception)
    if isinstance(exception, SessionInterrupted):
        return plain_answer(request, _interrupted(exception))
    return plain_answer(
        request,
        Problem(
            "Nie rozumiemy tego żądania",
            "Adres lub wysłane dane są niepoprawne. Wróć do poprzedniej strony i spróbuj "
            "jeszcze raz. Jeśli wysyłasz plik, sprawdź, czy nie jest za duży.",
            status=400,
            kept=KEPT,
        ),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, Problem):
        return answer(request, exception)
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    default = (
        "Twoja rola nie obejmuje tej strony. Jeśli powinna, napisz do administratora "
        "swojej jednostki."
    )
    return answer(
        request, Problem("Nie masz dostępu do tej strony", reason or default, status=403, kept=KEPT)
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, Problem):
        return answer(request, exception)
    return answer(
        request,
        Problem(
            "Nie ma takiej strony",
            "Sprawdź, czy adres jest cały i bez pomyłek. Strona mogła też zostać przeniesiona "
            "albo nie jest dostępna dla Twojego konta.",
            status=404,
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    if problem := problem_of_server(sys.exc_info()[1]):
        return plain_answer(request, problem)
    return plain_answer(
        request,
        Problem(
            "Coś się u nas zepsuło",
            "To błąd platformy, nie Twój; jest zapisany w jej dzienniku. Wróć do poprzedniej "
            "strony i spróbuj za kilka minut.",
            status=500,
            kept="Zmiana, którą właśnie wysyłano, nie została zapisana. "
            "Wcześniejsze dane są bezpieczne.",
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old, or was sent from elsewhere."""
    return answer(
        request,
        Problem(
            "Formularz stracił ważność",
            "Strona była otwarta zbyt długo albo w innej karcie nastąpiło wylogowanie. "
            "Wróć do formularza, odśwież stronę i wyślij ją ponownie. Przeglądarka musi "
            "przyjmować ciasteczka tej strony.",
            status=403,
            kept="Wysłane dane nie zostały zapisane. "
            "Przycisk „Wstecz” przeglądarki zwykle pokazuje je jeszcze raz.",
        ),
    )
