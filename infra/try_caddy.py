"""Starts Caddy with our Caddyfile before an echoing server, and looks at what it lets through.

try_caddy.py CADDY: the path of the program.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CADDYFILE = Path(__file__).with_name("Caddyfile")
TOKEN = "a-token-nobody-may-read-in-a-log"  # noqa: S105

LARGE, LARGE_BYTES = "/large", 20 * 1024 * 1024


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers it was asked with."""

    begun = 0  # bodies that the site waited for
    given = threading.Event()  # the last byte of the large file

    def do_POST(self) -> None:
        Echo.begun += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        if self.path == LARGE:
            self._give_large()
            return
        self.send_response(200)
        self.send_header("X-Where", TOKEN)
        self.end_headers()
        self.wfile.write(json.dumps({k.lower(): v for k, v in self.headers.items()}).encode())

    def _give_large(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.send_header("Content-Length", str(LARGE_BYTES))
        self.end_headers()
        self.wfile.write(b"x" * LARGE_BYTES)
        Echo.given.set()

    def log_message(self, *_: object) -> None:
        pass


class Upstream(ThreadingHTTPServer):
    """The site, as Caddy sees it; silent when Caddy cuts a request short."""

    def handle_error(self, *_: object) -> None:
        pass


def ask(port: int, method: str, path: str, *, size: int = 0) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4", "Cookie": TOKEN}
    connection.request(method, path, body=b"x" * size or None, headers=headers)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def look(port: int) -> None:
    answer, body = ask(port, "GET", f"/konto/zaproszenie/{TOKEN}/?t={TOKEN}")
    seen = json.loads(body)
    assert answer.status == 200
    assert seen["x-forwarded-proto"] == "http", "the client's own word was believed"
    assert seen["x-forwarded-for"] == "127.0.0.1", "the client's own word was believed"
    assert seen["x-request-id"]
    for path in ("/health", "/health/live", "/health/ready", "//health/live"):
        answer, body = ask(port, "GET", path)
        assert (answer.status, body) == (404, ""), f"{path} is public"
    answer, _ = ask(port, "POST", "/", size=21 * 1024 * 1024)
    assert answer.status == 200, "a file of the permitted size was refused"
    answer, body = ask(port, "POST", "/", size=26 * 1024 * 1024)
    assert (answer.status, body) == (413, "Przesłane dane są za duże."), answer.status


def look_at_slow_sender(port: int) -> None:
    """The site hears of a request when it is whole."""
    before = Echo.begun
    with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\nx")
        time.sleep(1)
        assert Echo.begun == before, "a slow sender holds a thread of the site"
        slow.sendall(b"xx")
        assert slow.recv(12).endswith(b"200"), "a request that came slowly was refused"
    assert Echo.begun == before + 1


def look_at_slow_reader(port: int) -> None:
    """The site has given a large file away while its reader has taken next to nothing."""
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(20)
        slow.connect(("127.0.0.1", port))
        slow.sendall(f"GET {LARGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert slow.recv(12).endswith(b"200"), "a large file was refused"
        assert Echo.given.wait(10), "a slow reader holds a thread of the site"


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def main(caddy: str) -> None:
    upstream = Upstream(("127.0.0.1", 0), Echo)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "log"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "CADDY_ADMIN": f"unix/{home}/admin.sock",
            "ACME_EMAIL": "admin@example.org",
            "DOMAIN": f"http://127.0.0.1:{port}",
            "UPSTREAM": f"127.0.0.1:{upstream.server_port}",
        }
        command = [caddy, "run", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
        with log.open("wb") as file:
            process = subprocess.Popen(command, env=environment, stdout=file, stderr=file)
        try:
            wait_for(port)
            look(port)
            look_at_slow_sender(port)
            look_at_slow_reader(port)
            upstream.shutdown()
            upstream.server_close()
            answer, body = ask(port, "GET", f"/konto/zaproszenie/{TOKEN}/")
            assert (answer.status, body[:6]) == (502, "Serwis"), (answer.status, body)
        finally:
            process.terminate()
            process.wait(20)
        text = log.read_text()
        assert '"status":413' in text, "requests are not logged"
        assert TOKEN not in text, "the log holds a token"
    print("Caddy: headers, /health, limit of bodies, slow clients, pages of errors, log: as meant.")


if __name__ == "__main__":
    main(sys.argv[1])
