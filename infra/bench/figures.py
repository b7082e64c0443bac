"""How soon the region sees what changed in a tenant, with the workers and the broker of a site."""

from infra.bench.frame import Bench, at_most, benchmark
from infra.bench.workers import working

TENANTS = 30


@benchmark("figures_fresh")
def figures_fresh(bench: Bench) -> None:
    """An institution is admitted in one tenant after another, then in as many at once: the slowest
    time from the commit to the new total in the region; its baseline is the goal alone."""
    region = bench.region
    count = min(TENANTS, bench.size)
    with (
        working(region),
        region.worker("admit_worker", "fresh", BROKER_URL=region.broker_url) as worker,
    ):
        worker.ask("single 1")  # the first also waits for the workers to start
        single = worker.ask(f"single {count}")
        burst = worker.ask(f"burst {count}")
    more = {"changes": count, "tenants": bench.size}
    goals = (at_most(5, "s"),)
    bench.report("figures_fresh", ours=max(single), unit="s", goals=goals, **more)
    bench.report("figures_fresh_burst", ours=max(burst), unit="s", goals=goals, **more)
