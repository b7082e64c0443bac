"""How long the region's pages take with all its units, against the bare SQL of their figures."""

from collections.abc import Sequence
from itertools import chain
from statistics import median, quantiles

from infra.bench.frame import Bench, at_most, benchmark

PAGES = {"panel_page": "/region/", "panel_page_table": "/region/tabela/"}
WARM, ROUNDS, BATCH = 10, 20, 10


@benchmark("panel_page")
def panel_page(bench: Bench) -> None:
    """95th percentiles of the map and of the table, each page and its SQL by turns."""
    with bench.region.worker("panel_worker") as worker:
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
                tenants=bench.size,
            )


def _p95(seconds: Sequence[float]) -> float:
    return 1000 * quantiles(seconds, n=20)[-1]
