"""ClamAV, where it is configured, has the last word; its silence is a no."""

import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kooperacja.documents import antivirus
from kooperacja.documents.errors import RejectedUpload, ScannerUnavailable


@contextmanager
def scanner(path: Path, answer: Callable[[bytes], bytes]) -> Iterator[None]:
    """A server that speaks ClamAV's INSTREAM."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            self.wfile.write(answer(content))

    with socketserver.UnixStreamServer(str(path), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def verdict(content: bytes) -> bytes:
    return b"stream: Eicar FOUND\0" if b"EICAR" in content else b"stream: OK\0"


@pytest.fixture
def path(tmp_path: Path, settings: Any) -> Path:
    settings.CLAMAV_SOCKET = str(tmp_path / "s")
    return tmp_path / "s"


def test_a_clean_file_passes_and_an_infected_one_does_not(path: Path) -> None:
    with scanner(path, verdict):
        antivirus.scan(b"x" * 200_000)
        with pytest.raises(RejectedUpload, match="złośliwe"):
            antivirus.scan(b"x" * 200_000 + b"EICAR")


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"\xff\0"])
def test_any_other_answer_means_no(path: Path, answer: bytes) -> None:
    with scanner(path, lambda content: answer), pytest.raises(ScannerUnavailable):
        antivirus.scan(b"x")


def test_a_silent_scanner_means_no(path: Path) -> None:
    with pytest.raises(ScannerUnavailable):
        antivirus.scan(b"x")


def test_without_a_scanner_nothing_is_asked(settings: Any) -> None:
    settings.CLAMAV_SOCKET = ""
    antivirus.scan(b"EICAR")
