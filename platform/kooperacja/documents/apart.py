"""A long paper is drawn by a program of its own, which may die without hurting a worker."""

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO

from kooperacja.documents import drawer
from kooperacja.documents.errors import Overloaded

WALL_SECONDS, CPU_SECONDS, MEGABYTES = 300.0, 240, 1536
# While somebody waits for it, in a thread of the server.
WAITED_SECONDS, WAITED_CPU_SECONDS, WAITED_MEGABYTES = 60.0, 30, 512
WAITED_NICE = 10  # pages come first; a worker's own niceness is handed down


class CannotDraw(Exception):
    """The program that drew it died, or used up its time of the processor or its memory."""


def drawn_apart(
    html: str, tell: Callable[[int], object] = int, *, while_waiting: bool = False
) -> bytes:
    """The PDF of a page; `tell` hears each second how many pages are laid out.

    Overloaded when the clock ran out before its time of the processor.
    """
    wall, cpu, memory, nice = WALL_SECONDS, CPU_SECONDS, MEGABYTES, 0
    if while_waiting:
        wall, cpu, memory = WAITED_SECONDS, WAITED_CPU_SECONDS, WAITED_MEGABYTES
        nice = WAITED_NICE
    command = [sys.executable, "-I", drawer.__file__, *map(str, (cpu, memory, nice))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        is_late = threading.Event()
        watch = threading.Timer(wall, _stop, (process, is_late))
        watch.start()
        # It talks before it has read all, but a pipe holds what it says in that time.
        try:
            process.stdin.write(html.encode())
            process.stdin.close()
            content = _heard(process.stdout, tell)
            process.wait()
        except BrokenPipeError:
            content = b""
        finally:
            watch.cancel()
            process.kill()
    if is_late.is_set() and process.returncode != 0:
        raise Overloaded
    if process.returncode != 0 or not content:
        raise CannotDraw(process.returncode)
    return content


def _stop(process: "subprocess.Popen[bytes]", is_late: threading.Event) -> None:
    is_late.set()
    process.kill()


def _heard(answer: IO[bytes], tell: Callable[[int], object]) -> bytes:
    for line in answer:
        if line == b"pdf\n":
            return answer.read()
        tell(int(line))
    return b""
