"""Errors as problem documents (RFC 9457), in Polish."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.exceptions import ValidationError as WrongValue
from django.db import Error as DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import serializers
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    ParseError,
    UnsupportedMediaType,
    ValidationError,
)
from rest_framework.response import Response

from api.v1.parsers import Unreadable
from kooperacja.documents.errors import RejectedUpload
from kooperacja.ui.forms import Asked
from kooperacja.ui.problems import NOTHING_DONE, RETRY_SECONDS, Problem
from kooperacja.ui.server_problems import problem_of_database
from kooperacja.writes import AlreadySaved, StaleForm

MEDIA_TYPE = "application/problem+json"
TITLES = {
    HTTPStatus.BAD_REQUEST: "Nieprawidłowe żądanie",
    HTTPStatus.UNAUTHORIZED: "Brak ważnego klucza",
    HTTPStatus.FORBIDDEN: "Brak dostępu",
    HTTPStatus.NOT_FOUND: "Nie znaleziono",
    HTTPStatus.METHOD_NOT_ALLOWED: "Niedozwolona metoda",
    HTTPStatus.CONFLICT: "Konflikt z zapisanymi danymi",
    HTTPStatus.GONE: "Już tego nie ma",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Nieobsługiwany rodzaj treści",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Dane nie przeszły kontroli",
    HTTPStatus.TOO_MANY_REQUESTS: "Za dużo żądań",
    HTTPStatus.SERVICE_UNAVAILABLE: "Usługa chwilowo niedostępna",
}
_DETAILS = {
    HTTPStatus.UNAUTHORIZED: "Podaj klucz w nagłówku: Authorization: Bearer koop_…",
    HTTPStatus.NOT_FOUND: "Pod tym adresem niczego nie ma.",
    HTTPStatus.TOO_MANY_REQUESTS: "Klucz wykorzystał limit żądań na minutę.",
}

_STALE = Problem(
    "Ktoś właśnie zmienił te dane",
    "Odczytaj je i wyślij zmianę jeszcze raz, z obecną wersją.",
    kept="Twoja zmiana nie została zapisana.",
)


class Unprocessable(ValidationError):
    """Well-formed, but not what an office may enter: a wrong check digit, a number in use."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


class Similar(Exception):
    """An entry like the one that is sent is there; the caller says if it is the same."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked.key)
        self.asked = asked


class FieldErrorSerializer(serializers.Serializer[Any]):
    """A mistake in one field or parameter."""

    name = serializers.CharField()
    reason = serializers.CharField()


class SimilarSerializer(serializers.Serializer[Any]):
    """An entry that may be what was sent."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    reason = serializers.CharField(help_text="Co się zgadza.")


class ProblemSerializer(serializers.Serializer[Any]):
    """An error, as RFC 9457 describes it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    kept = serializers.CharField(required=False, help_text="Co zapisano, a czego nie.")
    errors = FieldErrorSerializer(many=True, required=False)  # type: ignore[assignment]
    similar = SimilarSerializer(
        many=True, required=False, help_text="Wpisy, z którymi można pomylić to, co wysłano (409)."
    )
    answer = serializers.CharField(
        required=False, help_text="Jeśli to inny wpis, wyślij to samo z tą wartością w answered."
    )


def problem_response(failure: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception of a view; None lets a defect be a defect."""
    if isinstance(failure, AlreadySaved):
        try:
            answer: Response = context["view"].answer(failure.obj.pk)
        except Unprocessable as unread:
            return _of_framework(unread)
        return answer
    if isinstance(failure, WrongValue):
        return _of_framework(Unprocessable(_by_field(failure)))
    if isinstance(failure, RejectedUpload):
        return _of_framework(Unprocessable({failure.field: [failure.words]}))
    if isinstance(failure, Similar):
        return _of_similar(failure.asked)
    if isinstance(failure, StaleForm):
        failure = _STALE
    if isinstance(failure, Problem):
        detail = " ".join(filter(None, (failure.explanation, failure.clause)))
        kept: dict[str, Any] = {"kept": failure.kept} if failure.kept else {}
        return _response(failure.status, detail or failure.title, title=failure.title, **kept)
    if isinstance(failure, DatabaseError):
        known = problem_of_database(failure)
        return _response(known.status, known.explanation, title=known.title) if known else None
    if isinstance(failure, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _response(HTTPStatus.BAD_REQUEST, "Żądanie jest za duże albo ma za dużo pól.")
    if isinstance(failure, Http404):
        return _response(HTTPStatus.NOT_FOUND, "")
    if isinstance(failure, PermissionDenied):
        return _response(HTTPStatus.FORBIDDEN, str(failure))
    if isinstance(failure, APIException):
        return _of_framework(failure, context["view"])
    return None


def _of_similar(asked: Asked) -> Response:
    similar = [
        {"id": str(known.pk), "name": str(known), "reason": why} for known, why in asked.about
    ]
    return _response(
        HTTPStatus.CONFLICT,
        "Sprawdź, czy to nie jeden z tych wpisów. Jeśli nie, wyślij to samo z polem answered.",
        title="Podobny wpis już jest",
        kept=NOTHING_DONE,
        similar=similar,
        answer=asked.key,
    )


def _by_field(wrong: WrongValue) -> dict[str, list[str]]:
    """The mistakes that an action found, by the names of its fields."""
    if not hasattr(wrong, "error_dict"):
        return {"": wrong.messages}
    messages = wrong.message_dict
    return {"" if name == NON_FIELD_ERRORS else name: messages[name] for name in messages}


def _of_framework(failure: APIException, view: Any = None) -> Response:
    headers = {}
    if challenge := getattr(failure, "auth_header", ""):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(failure, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    if isinstance(failure, ValidationError):
        errors = list(_field_errors(failure.detail))
        return _response(failure.status_code, "Popraw wskazane pola.", errors=errors)
    return _response(failure.status_code, _in_words(failure, view), headers=headers)


def _in_words(failure: APIException, view: Any) -> str:
    """The framework's own sentences are English, or repeat what was sent."""
    match failure:
        case Unreadable():
            return str(failure.detail)
        case ParseError():
            return "Treści żądania nie da się odczytać. Sprawdź, czy nie jest ucięta."
        case UnsupportedMediaType():
            taken = " albo ".join(parser.media_type for parser in view.parser_classes)
            return f"Wyślij treść jako {taken} (nagłówek Content-Type)."
        case MethodNotAllowed():
            return f"Ten adres przyjmuje: {', '.join(view.allowed_methods)}."
    return str(failure.detail)


def _field_errors(detail: Any, name: str = "") -> list[dict[str, str]]:
    if isinstance(detail, dict) and set(detail) == {"message", "code"}:
        return [{"name": name, "reason": str(detail["message"])}]
    if isinstance(detail, dict):
        return [
            error
            for key, inner in detail.items()
            for error in _field_errors(inner, f"{name}.{key}" if name else str(key))
        ]
    if isinstance(detail, list):
        return [error for inner in detail for error in _field_errors(inner, name)]
    return [{"name": name, "reason": str(detail)}]


def body(status: int, detail: str, title: str = "", **more: Any) -> dict[str, Any]:
    known = HTTPStatus(status)
    return {
        "type": "about:blank",
        "title": title or TITLES.get(known, known.phrase),
        "status": int(status),
        "detail": _DETAILS.get(known, detail) or detail,
        **more,
    }


def _response(
    status: int, detail: str, *, title: str = "", headers: dict[str, str] | None = None, **more: Any
) -> Response:
    values = body(status, detail, title, **more)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers = {"Retry-After": RETRY_SECONDS, **(headers or {})}
    return Response(values, status=status, headers=headers or {}, content_type=MEDIA_TYPE)


@csrf_exempt
def unknown_address(request: HttpRequest) -> HttpResponse:
    """Any other address of the interface."""
    status = HTTPStatus.NOT_FOUND
    return JsonResponse(body(status, ""), status=status, content_type=MEDIA_TYPE)
