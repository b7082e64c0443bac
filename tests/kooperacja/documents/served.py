"""A server of trusted lists on loopback, which may also answer badly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """What lies under each address: a body, or an address to go on to."""

    address: str = ""
    bodies: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    endless: set[str] = field(default_factory=set)

    def put(self, path: str, body: bytes) -> str:
        self.bodies[path] = body
        return self.address + path


@contextmanager
def serving() -> Iterator[Served]:
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, served)

        def log_message(self, *given: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield served
        server.shutdown()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, served: Served) -> None:
    path = handler.path
    if path in served.redirects:
        handler.send_response(302)
        handler.send_header("Location", served.redirects[path])
        handler.end_headers()
    elif path in served.endless:
        handler.send_response(200)
        handler.end_headers()
        _write_without_end(handler)
    elif path in served.bodies:
        body = served.bodies[path]
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if path in served.cut else body)
    else:
        handler.send_error(404)


def _write_without_end(handler: BaseHTTPRequestHandler) -> None:
    try:
        while True:
            handler.wfile.write(b" " * 65536)
    except OSError:  # the one who asked has had enough
        pass
