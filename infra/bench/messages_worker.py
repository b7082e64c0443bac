"""Sends messages to all in its own process: `SEATS`.

A number sends so many messages, each in a thread of its own, and answers with the seconds of each
request, those of the page it leads to, and those of this process's work on the request.
"""

import json
import sys
import time
from typing import Any
from uuid import uuid4

import django


def main() -> None:
    django.setup()
    from infra.bench.meetings_worker import _filled
    from kooperacja.tenancy.context import inside
    from tests.factories import meetings as make

    seats = int(sys.argv[1])
    tenant, client, _ = _filled(2, seats)
    with inside(tenant):
        begin = f"{tenant.prefix}/miedzy-spotkaniami/korespondencja/nowa/{make.pzk().pk}/"
    for line in sys.stdin:
        answers = [_sent(client, begin, seats, tenant) for _ in range(int(line))]
        print(json.dumps(answers), flush=True)


def _sent(client: Any, begin: str, seats: int, tenant: Any) -> tuple[float, float, float]:
    from kooperacja.tenancy.context import inside
    from tenants.dialogue.models import Notice

    client.get(begin)
    said = {"key": str(uuid4()), "of": "lider", "subject": "Pomiar", "text": "Pomiar " * 100}
    began, before = time.perf_counter(), time.process_time()
    answer = client.post(begin, said)
    request, work = time.perf_counter() - began, time.process_time() - before
    assert answer.status_code == 302, answer.status_code
    began = time.perf_counter()
    assert client.get(answer["Location"]).status_code == 200
    page = time.perf_counter() - began
    with inside(tenant):
        assert Notice.objects.filter(kind="message").count() >= seats
    return request, page, work


if __name__ == "__main__":
    main()
