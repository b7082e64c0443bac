"""A mail server that takes whatever it is sent, for tests that look at it."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs; dies `deaths` times with the mail in its hands."""

    daemon_threads = True

    def __init__(self, deaths: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.deaths, self.taken, self.raw = deaths, list[Message](), list[bytes]()


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
            self.wfile.write(b"250 ok\r\n")

    def _take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.raw.append(b"".join(lines))
        self.server.taken.append(message_from_bytes(self.server.raw[-1]))


@contextmanager
def serving(server: MailServer, settings: Any) -> Iterator[MailServer]:
    """Meanwhile the site sends its mail there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
