"""The largest file that is taken, of institutions and of services: read, judged, written, brought again."""

from infra.bench.frame import Bench, at_most, benchmark

ROWS = 10_000
MOST_MB = 300


@benchmark("import")
def importing(bench: Bench) -> None:
    """Seconds of each step of a file, the memory of its worker, and what the same file changes."""
    with bench.region.worker(
        "importing_worker", ROWS, BROKER_URL=bench.region.broker_url
    ) as worker:
        for kind in ("institutions", "services"):
            found = worker.ask(kind)
            more = {"rows": ROWS, "changed_again": found["changed_again"]}
            named = f"import_{kind}"
            bench.report(
                f"{named}_preview",
                ours=found["read"] + found["judged"],
                unit="s",
                goals=(at_most(30, "s"),),
                read=found["read"],
                **more,
            )
            bench.report(
                f"{named}_page",
                ours=1000 * found["page"],
                unit="ms",
                goals=(at_most(1000, "ms"),),
                **more,
            )
            bench.report(
                f"{named}_written",
                ours=found["written"],
                unit="s",
                goals=(at_most(300, "s"),),
                messages=found["messages"],
                **more,
            )
            bench.report(
                f"{named}_memory",
                ours=found["memory"],
                unit="MB",
                goals=(at_most(MOST_MB, "MB"),),
                **more,
            )
            assert not found["changed_again"], "the same file changes something"
