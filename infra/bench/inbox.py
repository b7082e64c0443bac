"""The inbox of somebody who works in many units, against the bare SQL of its lines."""

from collections.abc import Sequence
from itertools import chain
from statistics import median, quantiles

from infra.bench.frame import Bench, at_most, benchmark

UNITS, LINES, OTHERS = 12, 2000, 20_000
PAGES = {
    "inbox_2000": "/konto/skrzynka/",
    "inbox_2000_last_page": "/konto/skrzynka/?strona=80",
    "inbox_2000_done": "/konto/skrzynka/?stan=zalatwione",
    "inbox_2000_home": "/konto/",
}
WARM, ROUNDS, BATCH = 5, 20, 5


@benchmark("inbox")
def inbox(bench: Bench) -> None:
    """95th percentiles of its pages: 2,000 lines wait, as many are done, others have 20,000."""
    with bench.region.worker("inbox_worker", UNITS, LINES, OTHERS) as worker:
        for name, path in PAGES.items():
            worker.ask(f"{path} {WARM}")
            times = [worker.ask(f"{path} {BATCH}") for _ in range(ROUNDS)]
            pages, bare, work = zip(*chain(*times), strict=True)
            bench.report(
                name,
                ours=p95(pages),
                baseline=p95(bare),
                unit="ms",
                goals=(at_most(100, "ms"),),
                median=round(1000 * median(pages), 1),
                cpu_p95=round(p95(work), 1),  # without the waiting for a busy machine
                units=UNITS,
                lines=LINES,
            )


def p95(seconds: Sequence[float]) -> float:
    return 1000 * quantiles(seconds, n=20)[-1]
