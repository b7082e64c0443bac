"""How big a connection's backend grows that visits every tenant."""

from infra.bench.frame import Bench, at_most, benchmark


@benchmark("backend_memory")
def backend_memory(bench: Bench) -> None:
    """The largest backend while one process reads every table of every tenant; against one whose
    connection is never replaced."""
    region = bench.region
    with region.worker("memory_worker") as worker:
        ours = worker.ask()
    with region.worker("memory_worker", TENANTS_PER_CONNECTION="1000000") as worker:
        never = worker.ask()
    bench.report(
        "backend_memory", ours=ours, baseline=never, unit="MB", goals=(at_most(256, "MB"),)
    )
