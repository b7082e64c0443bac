"""A mail server that takes what it is sent, for tests that look at it, or as badly as they want."""

import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

_RECIPIENT = re.compile(rb"RCPT TO:<([^>]*)>", re.IGNORECASE)


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs; dies `deaths` times with the mail in its hands.

    It refuses the addresses that it is told to. Of the mail that is the `silent_at`-th it never
    says that it took it, and keeps the client waiting until it is `released`.
    """

    daemon_threads = True

    def __init__(self, deaths: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.deaths, self.taken, self.raw = deaths, list[Message](), list[bytes]()
        self.refusal = b"451 later"
        self.refusals, self.silent_at, self.released = 0, 0, threading.Event()
        self.behave()

    def behave(self) -> None:
        """From now on it takes everything."""
        self.refuses: Callable[[str], bool] = lambda address: False
        self.silent_at = 0
        self.released.set()

    def fall_silent_at(self, number: int) -> None:
        self.released.clear()
        self.silent_at = number


class Talk(socketserver.StreamRequestHandler):
    """One conversation with a client."""

    server: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                self._take()
                if self.server.deaths:
                    self.server.deaths -= 1
                    return
                if len(self.server.taken) == self.server.silent_at:
                    self.server.released.wait()
                    return
            if (to := _RECIPIENT.match(line)) and self.server.refuses(to[1].decode()):
                self.server.refusals += 1
                self.wfile.write(self.server.refusal + b"\r\n")
                continue
            self.wfile.write(b"250 ok\r\n")

    def _take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.raw.append(b"".join(lines))
        self.server.taken.append(message_from_bytes(self.server.raw[-1]))


@contextmanager
def listening(server: MailServer) -> Iterator[MailServer]:
    """Meanwhile it takes mail."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def serving(server: MailServer, settings: Any) -> Iterator[MailServer]:
    """Meanwhile the site sends its mail there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    with listening(server):
        yield server
