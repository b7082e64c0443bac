"""Looking for services of a region of 351 units with 150 services each; writing its directory anew."""

from typing import Any

from infra.bench import FULL_SIZE
from infra.bench.frame import Bench, at_most, benchmark
from infra.bench.inbox import p95
from infra.bench.region import Worker
from infra.bench.workers import on_schedule, working

SERVICES, ROUNDS, CHANGES, ADOPTING = 150, 10, 10, 30


@benchmark("directory")
def directory(bench: Bench) -> None:
    """95th percentiles of the search over all services, whatever is asked, and of a rebuild."""
    site = {"BROKER_URL": bench.region.broker_url}
    arguments = ("directory_worker", SERVICES, FULL_SIZE * SERVICES)
    with bench.region.worker(*arguments, **site) as worker:
        _rebuild(bench, worker)
        rows = worker.ask("fill")
        _search(bench, "directory_search", worker, "search", most=50, rows=rows)
        scans = worker.ask("plans")
        bench.report("directory_scans_whole_table", ours=len(scans), unit="zapytań", scans=scans)
        _search(bench, "basket_search", worker, "basket", most=30, rows=SERVICES)
        with working(bench.region, **site), on_schedule(bench.region, **site):
            worker.ask("publish")  # waits for the workers to start
            for task in ("publish", "hide"):
                bench.report(
                    f"directory_{task}",
                    ours=max(worker.ask(task) for _ in range(CHANGES)),
                    unit="s",
                    goals=(at_most(5, "s"),),
                    changes=CHANGES,
                )
            _confirm(bench, site)
    assert not scans, f"reads the whole table: {scans}"


def _confirm(bench: Bench, site: dict[str, str]) -> None:
    """A county card that many units took over is asked about and confirmed once (REG §3.5.a)."""
    units = min(ADOPTING, bench.size)
    with bench.region.worker("adopting_worker", units, **site) as worker:
        found = worker.ask("confirm")
    bench.report(
        "directory_confirmed",
        ours=found["seconds"],
        unit="s",
        goals=(at_most(5, "s"),),
        units=units,
        messages=found["messages"],
        acts=found["acts"],
    )
    assert (found["messages"], found["acts"]) == (1, 1), found


def _rebuild(bench: Bench, worker: Worker) -> None:
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


def _search(
    bench: Bench, name: str, worker: Worker, task: str, *, most: float, **more: Any
) -> None:
    """The 95th percentile of all questions, and of each."""
    times = [worker.ask(task) for _ in range(ROUNDS)]
    each = {asked: p95([round_[asked] for round_ in times]) for asked in times[0]}
    bench.report(
        name,
        ours=p95([one for round_ in times for one in round_.values()]),
        unit="ms",
        goals=(at_most(most, "ms"),),
        slowest=max(each, key=each.__getitem__),
        each={asked: round(one, 1) for asked, one in each.items()},
        **more,
    )
