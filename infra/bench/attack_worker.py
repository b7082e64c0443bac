"""Visits a page of a running site, or attacks it: attack_worker PORT.

`visit N` answers with milliseconds and failures. `begin WHOSE UPLOADS SEARCHES SENDERS` attacks
until `end`, which answers with what the site said: how often each status, and where it led.

Each of the attackers sends again as soon as it is answered, so as many are under way as can be. One
who is told to come later (429, 503) comes about a second later, as one does who presses the button again:
how often a program may ask is for the proxy to say. It works when the site leaves CPU to it,
since an attacker has a machine of its own.
"""

import json
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from http.client import HTTPConnection, HTTPException
from random import uniform
from statistics import quantiles
from threading import Event, Lock, Thread

import django
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from uuid6 import uuid7

from infra.bench.prepare import read, session_of

PAGE = "/partnerstwo/instytucje/"
SEARCH = PAGE + "?szukaj=" + "+".join("abcdefghij"[n % 10] for n in range(50))
CSRF = "a" * 32
SECONDS_A_BYTE = 2
PATIENCE_SECONDS = 60
LATER, NICE = {429, 503}, 19


class Visitor:
    """Somebody with a session in one tenant."""

    def __init__(self, port: int, prefix: str, session: str, name: str = "") -> None:
        self.port, self.prefix, self.name = port, prefix, name
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}"}

    def ask(self, path: str) -> tuple[int, bytes]:
        status, _, body = self.answer(path)
        return status, body

    def answer(self, path: str, form: bytes | None = None) -> tuple[int, str, bytes]:
        """The answer's status, where it leads, and the page."""
        connection = HTTPConnection("localhost", self.port, timeout=PATIENCE_SECONDS)
        method, headers = "GET", self.headers
        if form is not None:
            method, headers = "POST", headers | {"Content-Type": MULTIPART_CONTENT}
        try:
            connection.request(method, self.prefix + path, form, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read()
        except (OSError, HTTPException):
            return 0, "", b""
        finally:
            connection.close()


class Attack:
    """Threads that send without a pause, and what they were told."""

    def __init__(self, port: int) -> None:
        self.port, self.over, self.lock = port, Event(), Lock()
        self.said: dict[str, Counter[str]] = {"uploads": Counter(), "searches": Counter()}
        self.threads: list[Thread] = []

    def begin(self, accounts: list[Visitor], searches: int, senders: int) -> None:
        from infra.bench.hostile import upload_of

        for number, account in enumerate(accounts):
            path, form = upload_of(account, number)
            body = encode_multipart(BOUNDARY, form | {"csrfmiddlewaretoken": CSRF})
            self._start("uploads", partial(account.answer, path, body))
        for number in range(searches):
            account = accounts[number % len(accounts)]
            self._start("searches", partial(account.answer, SEARCH))
        for _ in range(senders):
            self._run(self._send_slowly)
        os.nice(NICE)
        time.sleep(1)  # all are under way

    def end(self) -> dict[str, dict[str, int]]:
        self.over.set()
        for thread in self.threads:
            thread.join()
        return {kind: dict(sorted(told.items())) for kind, told in self.said.items()}

    def _start(self, kind: str, send: Callable[[], tuple[int, str, bytes]]) -> None:
        def work() -> None:
            while not self.over.is_set():
                status, destination, _ = send()
                with self.lock:
                    self.said[kind][f"{status} {destination}".strip()] += 1
                if status in LATER:
                    self.over.wait(uniform(0.5, 1.5))  # noqa: S311

        self._run(work)

    def _run(self, work: Callable[[], None]) -> None:
        thread = Thread(target=work, daemon=True)
        thread.start()
        self.threads.append(thread)

    def _send_slowly(self) -> None:
        head = "POST /konto/zaloguj/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
        while not self.over.is_set():
            try:
                with socket.create_connection(("localhost", self.port), timeout=20) as slow:
                    slow.sendall(head.encode())
                    while not self.over.wait(SECONDS_A_BYTE):
                        slow.sendall(b"x")
            except OSError:
                continue  # cut off after a minute; another comes


def main() -> None:
    django.setup()
    port = int(sys.argv[1])
    prefix, session = next(iter(read("cookies").items()))
    visitor, attack = Visitor(port, prefix, session), Attack(port)
    for line in sys.stdin:
        task, *words = line.split()
        answer: object = None
        if task == "visit":
            answer = _visit(visitor, int(words[0]))
        elif task == "begin":
            whose, uploads, searches, senders = words[0], *map(int, words[1:])
            attack = Attack(port)
            attack.begin(_accounts(port, whose, uploads), searches, senders)
        else:
            answer = attack.end()
        print(json.dumps(answer), flush=True)


def _visit(visitor: Visitor, pages: int) -> dict[str, float]:
    times, failed = [], 0
    for _ in range(pages):
        began = time.perf_counter()
        status, body = visitor.ask(PAGE)
        times.append(1000 * (time.perf_counter() - began))
        failed += status != 200 or b"Przychodnia" not in body
    cuts = quantiles(times, n=20)
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1), "failed": failed}


def _accounts(port: int, whose: str, number: int) -> list[Visitor]:
    """So many of the office of the visitor's tenant, or of its neighbour."""
    from allauth.mfa.models import Authenticator

    from kooperacja.accounts.models import Account
    from tenants.demo import build
    from tenants.registry.models import Access, Tenant
    from tenants.registry.roles import Role

    prefix = list(read("cookies"))[0 if whose == "same" else 1]
    tenant = next(one for one in Tenant.objects.select_related("unit") if one.ref.prefix == prefix)
    found = []
    for each in range(number):
        name = f"Napastnik-{uuid7()}"
        email = f"{name.lower()}@pokaz.example"
        account = Account.objects.create_user(email=email, full_name=name)
        # Who may send what `upload_of` gives them: a Word form, or a PDF.
        role = Role.TENANT_ADMIN if each % 2 else Role.NETWORK_OFFICER
        known = build.in_tenant(tenant, account, role)
        Access.objects.create(account=account, tenant=tenant, role=role, granted_by="b", **known)
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
        found.append(Visitor(port, prefix, session_of(account, has_proof=True), name))
    return found


if __name__ == "__main__":
    main()
