"""The program that draws one long paper: HTML on standard input, a PDF on standard output.

    python -I drawer.py <seconds of CPU> <megabytes> <niceness>

Each second it says how many pages are laid out, a number on a line; then comes the line "pdf", and
the file. It ends when nobody listens any more.
"""

import logging
import os
import re
import resource
import sys
import threading

_PAGE = re.compile(r"Page (\d+)$")


class _Pages(logging.Handler):
    """Remembers the page that is being laid out."""

    number = 0

    def emit(self, record: logging.LogRecord) -> None:
        if found := _PAGE.search(record.getMessage()):
            self.number = int(found[1])


def main(cpu_seconds: int, megabytes: int, nice: int) -> None:
    os.nice(nice)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS knows this limit and does not keep it
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    pages, is_drawn = _Pages(), threading.Event()
    teller = threading.Thread(target=_tell, args=(pages, is_drawn), daemon=True)
    teller.start()
    # Costly to load: the first word is to be said before.
    from kooperacja.documents import typeset

    typeset.PROGRESS.setLevel(logging.INFO)
    typeset.PROGRESS.addHandler(pages)
    content = typeset.pdf_of_html(sys.stdin.buffer.read().decode())
    is_drawn.set()
    teller.join()
    sys.stdout.buffer.write(b"pdf\n" + content)


def _tell(pages: _Pages, is_drawn: threading.Event) -> None:
    while not is_drawn.wait(1):
        try:
            sys.stdout.buffer.write(b"%d\n" % pages.number)
            sys.stdout.buffer.flush()
        except OSError:
            os._exit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
