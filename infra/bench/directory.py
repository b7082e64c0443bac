"""Looking for services of a region of 351 units with 150 services each; and writing its directory anew."""

from infra.bench import FULL_SIZE
from infra.bench.frame import Bench, at_most, benchmark
from infra.bench.inbox import p95

SERVICES, ROUNDS = 150, 10


@benchmark("directory")
def directory(bench: Bench) -> None:
    """95th percentiles of the search over all services, whatever is asked, and of a rebuild."""
    with bench.region.worker("directory_worker", SERVICES, FULL_SIZE * SERVICES) as worker:
        seconds, units, listed = worker.ask("rebuild")
        bench.report(
            "directory_rebuild",
            ours=seconds * FULL_SIZE / units,  # one unit after another, each as many services
            unit="s",
            goals=(at_most(60, "s"),),
            units=units,
            services=listed,
            one_unit_ms=round(1000 * seconds / units, 1),
        )
        rows = worker.ask("fill")
        times = [worker.ask("search") for _ in range(ROUNDS)]
        slowest = {asked: p95([round_[asked] for round_ in times]) for asked in times[0]}
        bench.report(
            "directory_search",
            ours=p95([one for round_ in times for one in round_.values()]),
            unit="ms",
            goals=(at_most(50, "ms"),),
            rows=rows,
            slowest=max(slowest, key=slowest.__getitem__),
            slowest_p95=round(max(slowest.values()), 1),
        )
        scans = worker.ask("plans")
        bench.report(
            "directory_scans_whole_table", ours=len(scans), unit="zapytań", goals=(at_most(0, ""),)
        )
