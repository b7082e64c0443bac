"""How long the region's pages take with all its units, against the bare SQL of their figures."""

from statistics import quantiles

from infra.bench.frame import Bench, at_most, benchmark

PAGES = {"panel_page": "/region/", "panel_page_table": "/region/tabela/"}
WARM, ROUNDS, BATCH = 10, 20, 10


@benchmark("panel_page")
def panel_page(bench: Bench) -> None:
    """95th percentiles of the map and of the table, each page and its SQL by turns."""
    with bench.region.worker("panel_worker") as worker:
        for name, path in PAGES.items():
            worker.ask(f"{path} {WARM}")
            pages, bare = [], []
            for _ in range(ROUNDS):
                for page_seconds, sql_seconds in worker.ask(f"{path} {BATCH}"):
                    pages.append(1000 * page_seconds)
                    bare.append(1000 * sql_seconds)
            bench.report(
                name,
                ours=_p95(pages),
                baseline=_p95(bare),
                unit="ms",
                goals=(at_most(100, "ms"),),
                median=round(quantiles(pages, n=2)[0], 1),
                tenants=bench.size,
            )


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
