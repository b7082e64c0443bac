"""A partnership of a thousand members: its register of a day and its list of institutions."""

from collections.abc import Sequence
from itertools import chain
from statistics import median, quantiles

from infra.bench.frame import Bench, at_most, benchmark

MEMBERS = 1000
PAGES = {
    "register_1000": "czlonkowie/?dzien=2026-01-01",
    "register_1000_organisations": "instytucje/",
}
WARM, ROUNDS, BATCH = 10, 20, 10


@benchmark("register_1000")
def register_1000(bench: Bench) -> None:
    """95th percentiles of both pages on the server, each page and its bare SQL by turns."""
    with bench.region.worker("register_worker", MEMBERS) as worker:
        for name, path in PAGES.items():
            worker.ask(f"{path} {WARM}")
            times = [worker.ask(f"{path} {BATCH}") for _ in range(ROUNDS)]
            pages, bare, work = zip(*chain(*times), strict=True)
            bench.report(
                name,
                ours=_p95(pages),
                baseline=_p95(bare),
                unit="ms",
                goals=(at_most(100, "ms"),),
                median=round(1000 * median(pages), 1),
                cpu_p95=round(_p95(work), 1),  # without the waiting for a busy machine
                members=MEMBERS,
            )


def _p95(seconds: Sequence[float]) -> float:
    return 1000 * quantiles(seconds, n=20)[-1]
