"""A meeting of a very large team: convening it, its page, and the paper that comes of it."""

import smtplib
import time
from collections.abc import Sequence
from contextlib import ExitStack
from email.message import EmailMessage
from itertools import chain
from statistics import median, quantiles

from infra.bench.frame import Bench, at_most, benchmark
from infra.bench.workers import on_schedule, working
from tests.mail_server import MailServer, listening

FEW, INVITED, CONVENED = 3, 500, 3
SEATS, ITEMS = 60, 30
WARM, ROUNDS, BATCH = 5, 20, 5
PAPERS = 5


@benchmark("convening")
def convening(bench: Bench) -> None:
    """A team of 500 more is convened, with workers and a mail server beside: the slowest request,
    beside a small team's, and until the last mail is taken, beside as many bare mails."""
    region = bench.region
    with ExitStack() as stack:
        server = stack.enter_context(listening(MailServer()))
        site = {
            "BROKER_URL": region.broker_url,
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(server.server_address[1]),
        }
        worker = stack.enter_context(
            region.worker("meetings_worker", "convene", FEW, INVITED, **site)
        )
        stack.enter_context(working(region, **site))
        stack.enter_context(on_schedule(region, **site))
        worker.ask("few")  # waits for the workers to start
        rounds = [
            (_bare(server), worker.ask("few")[0], *worker.ask("many")) for _ in range(CONVENED)
        ]
    bare, small, requests, works, out = zip(*rounds, strict=True)
    bench.report(
        "convening_request",
        ours=1000 * max(requests),
        baseline=1000 * max(small),
        unit="ms",
        goals=(at_most(150, "ms"),),
        cpu=round(1000 * max(works), 1),  # without the waiting for a busy machine
        invited=INVITED,
    )
    bench.report(
        "convening_out",
        ours=max(out),
        baseline=max(bare),
        unit="s",
        goals=(at_most(10, "s"),),
        median=round(median(out), 2),
        invited=INVITED,
    )


def _bare(server: MailServer) -> float:
    """Seconds of as many mails of one line, each in a conversation of its own."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@pokaz.example", "b@pokaz.example", "Spotkanie"
    mail.set_content("Spotkanie.")
    began = time.perf_counter()
    for _ in range(INVITED):
        client = smtplib.SMTP(*server.server_address)
        client.send_message(mail)
        client.quit()
    return time.perf_counter() - began


@benchmark("meeting_page")
def meeting_page(bench: Bench) -> None:
    """95th percentile of the page of a convened meeting of 60 seats, beside its SQL alone."""
    with bench.region.worker("meetings_worker", "page", SEATS) as worker:
        worker.ask(f"page {WARM}")
        times = [worker.ask(f"page {BATCH}") for _ in range(ROUNDS)]
    pages, bare, work = zip(*chain(*times), strict=True)
    bench.report(
        "meeting_page",
        ours=_p95(pages),
        baseline=_p95(bare),
        unit="ms",
        goals=(at_most(100, "ms"),),
        median=round(1000 * median(pages), 1),
        cpu_p95=round(_p95(work), 1),  # without the waiting for a busy machine
        seats=SEATS,
    )


@benchmark("minutes_pdf")
def minutes_pdf(bench: Bench) -> None:
    """Minutes of 30 decisions, with the voice of each institution, as PDF; the slowest, beside
    those of one decision."""
    with bench.region.worker("meetings_worker", "paper", ITEMS) as worker:
        voices = worker.ask("voices")
        worker.ask("paper 1")
        long, work, short = zip(*worker.ask(f"paper {PAPERS}"), strict=True)
    bench.report(
        "minutes_pdf",
        ours=max(long),
        baseline=max(short),
        unit="s",
        goals=(at_most(1, "s"),),
        median=round(median(long), 2),
        cpu=round(max(work), 2),
        items=ITEMS,
        voices=voices,
    )


def _p95(seconds: Sequence[float]) -> float:
    return 1000 * quantiles(seconds, n=20)[-1]
