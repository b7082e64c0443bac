"""Asks ClamAV about an upload, where its socket is configured; no answer means no."""

import socket
import struct

from django.conf import settings

from kooperacja.documents.errors import RejectedUpload, ScannerUnavailable

_CHUNK = 64 * 1024
_SECONDS = 30.0


def scan(content: bytes) -> None:
    """Returns for a clean file; raises for an infected one and for a silent scanner."""
    if not settings.CLAMAV_SOCKET:
        return
    try:
        answer = _ask(content)
    except OSError as error:
        raise ScannerUnavailable from error
    if answer.endswith("FOUND"):
        raise RejectedUpload(
            "W tym pliku program antywirusowy znalazł złośliwe oprogramowanie. "
            "Plik nie został przyjęty; zgłoś to administratorowi."
        )
    if answer != "stream: OK":
        raise ScannerUnavailable


def _ask(content: bytes) -> str:
    with _connect() as connection:
        connection.settimeout(_SECONDS)
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            part = content[start : start + _CHUNK]
            connection.sendall(struct.pack("!I", len(part)) + part)
        connection.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connect() -> socket.socket:
    address: str = settings.CLAMAV_SOCKET
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)
