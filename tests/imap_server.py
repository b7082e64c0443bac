"""A mailbox on this machine that speaks as much IMAP as a reader of it needs."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PASSWORD = "tajne haslo"


@dataclass
class Kept:
    """One message, its marks and the folder it lies in."""

    content: bytes
    flags: set[str] = field(default_factory=set)
    folder: str = "INBOX"


class Mailbox(socketserver.ThreadingTCPServer):
    """Keeps messages by their numbers; `breaks_at` is a command at which it hangs up, once."""

    daemon_threads = True

    def __init__(self, keeps_marks: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.kept: dict[int, Kept] = {}
        self.said: list[str] = []
        self.keeps_marks, self.breaks_at = keeps_marks, ""

    def put(self, content: bytes) -> Kept:
        kept = self.kept[len(self.kept) + 1] = Kept(content)
        return kept

    @property
    def url(self) -> str:
        return f"imap://odpowiedzi%40poczta:tajne%20haslo@127.0.0.1:{self.server_address[1]}"


class Talk(socketserver.StreamRequestHandler):
    """One conversation with a reader."""

    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"* OK IMAP4rev1 test\r\n")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.server.said.append(command)
            if self.server.breaks_at and self.server.breaks_at in command:
                self.server.breaks_at = ""
                return
            status = self._answer(command)
            self.wfile.write(f"{tag} {status} done\r\n".encode())
            if command == "LOGOUT":
                return

    def _answer(self, command: str) -> str:
        name = "_".join(re.match(r"UID \w+|\w+", command)[0].split()).lower()  # type: ignore[index]
        answer = getattr(self, f"_{name}", None)
        return answer(command) or "OK" if answer else "BAD"

    def _capability(self, command: str) -> None:
        self.wfile.write(b"* CAPABILITY IMAP4rev1 MOVE\r\n")

    def _login(self, command: str) -> str:
        return "OK" if command == f'LOGIN odpowiedzi@poczta "{PASSWORD}"' else "NO"

    def _select(self, command: str) -> str:
        self.wfile.write(f"* {len(self.server.kept)} EXISTS\r\n".encode())
        return "OK" if command == 'SELECT "INBOX"' else "NO"

    def _logout(self, command: str) -> None:
        self.wfile.write(b"* BYE\r\n")

    def _uid_search(self, command: str) -> None:
        marked = "UNKEYWORD" not in command
        found = [
            str(uid)
            for uid, kept in self.server.kept.items()
            if kept.folder == "INBOX" and r"\Seen" not in kept.flags
            if ("kooperacja-later" in kept.flags) == marked
        ]
        self.wfile.write(f"* SEARCH {' '.join(found)}\r\n".encode())

    def _uid_fetch(self, command: str) -> None:
        uid, most = map(int, re.findall(r"FETCH (\d+) .*<0\.(\d+)>", command)[0])
        content = self.server.kept[uid].content[:most]
        head = f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(content)}}}\r\n"
        self.wfile.write(head.encode() + content + b")\r\n")

    def _uid_store(self, command: str) -> str:
        uid, flag = re.findall(r"STORE (\d+) \+FLAGS\.SILENT \((.+)\)", command)[0]
        if not self.server.keeps_marks and not flag.startswith("\\"):
            return "NO"
        self.server.kept[int(uid)].flags.add(flag)
        return "OK"

    def _uid_move(self, command: str) -> None:
        uid, folder = re.findall(r'MOVE (\d+) "(.+)"', command)[0]
        self.server.kept[int(uid)].folder = folder


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[Mailbox]:
    with mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield mailbox
        finally:
            mailbox.shutdown()
            thread.join()
