"""Somebody who opens pages of a running site over HTTP, with a session and forms of their own."""

from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.waiting import PATIENCE_SECONDS

# Django asks for the same in the cookie and in the form; signing in changes the cookie.
CSRF = "a" * 32


@dataclass(frozen=True)
class Answer:
    """What the site said."""

    status: int
    headers: HTTPMessage
    content: bytes

    @cached_property
    def text(self) -> str:
        return self.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    @property
    def location(self) -> str:
        return self.headers["Location"] or ""


def _unread(value: Any) -> Any:
    """A file of one's own to read, since two threads may send the same."""
    if not isinstance(value, SimpleUploadedFile):
        return value
    content: Any = value.file
    return SimpleUploadedFile(value.name or "", content.getvalue(), value.content_type or "")


class Browser:
    """Keeps its cookies; `of` takes over the session in which a test's client signed in."""

    def __init__(self, port: int, **cookies: str) -> None:
        self.port = port
        self.cookies = {"csrftoken": CSRF, **cookies}

    @classmethod
    def of(cls, client: Client, port: int) -> "Browser":
        return cls(port, sessionid=client.cookies["sessionid"].value)

    def get(self, path: str, **headers: str) -> Answer:
        return self._send("GET", path, None, headers)

    def post(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Answer:
        form = {"csrfmiddlewaretoken": self.cookies["csrftoken"], **(data or {})}
        body = encode_multipart(BOUNDARY, {name: _unread(one) for name, one in form.items()})
        return self._send("POST", path, body, {"Content-Type": MULTIPART_CONTENT, **headers})

    def send_json(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        return self._send("POST", path, body, {"Content-Type": "application/json", **headers})

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, {"Cookie": cookies, **headers})
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer
