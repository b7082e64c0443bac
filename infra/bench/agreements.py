"""An agreement of twelve parties as a Word file and as PDF/UA."""

from statistics import median, quantiles

from infra.bench.frame import Bench, at_most, benchmark

PARTIES, ROUNDS = 12, 20
GOALS = {"docx": 300, "pdf": 1000}


@benchmark("agreement_12")
def agreement_12(bench: Bench) -> None:
    """95th percentiles of drawing the draft, with its rows read anew each time."""
    with bench.region.worker("agreements_worker", PARTIES) as worker:
        for kind, most in GOALS.items():
            times, work = zip(*worker.ask(f"{kind} {ROUNDS}"), strict=True)
            bench.report(
                f"agreement_12_{kind}",
                ours=quantiles(times, n=20)[-1],
                unit="ms",
                goals=(at_most(most, "ms"),),
                median=round(median(times), 1),
                # Without the waiting for a busy machine.
                cpu_p95=round(quantiles(work, n=20)[-1], 1),
            )
