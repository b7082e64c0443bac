"""Draws a draft of C with so many parties: "docx rounds" or "pdf rounds" gives the ms and the processor's ms of each."""

import json
import sys
import time

from infra.bench.prepare import read


def main() -> None:
    from django.core.wsgi import get_wsgi_application

    get_wsgi_application()
    from kooperacja.documents.drawing import FORMATS
    from kooperacja.tenancy.context import inside
    from tenants.agreements.models import Agreement
    from tenants.agreements.papers import printed_agreement
    from tenants.registry import directory
    from tests.factories import agreements as make

    prefix = list(read("cookies"))[-1]
    tenant = next(one for one in directory.open_tenants() if one.prefix == prefix)
    with inside(tenant):
        by = make.by()
        pk = make.whole("C", int(sys.argv[1])).pk
        for line in sys.stdin:
            kind, rounds = line.split()
            times = []
            for _ in range(int(rounds) + 1):  # the first one warms up
                began, worked = time.perf_counter(), time.process_time()
                printed_agreement(Agreement.objects.get(pk=pk), FORMATS[kind], by=by)
                ended, done = time.perf_counter(), time.process_time()
                times.append((1000 * (ended - began), 1000 * (done - worked)))
            print(json.dumps(times[1:]), flush=True)


if __name__ == "__main__":
    main()
