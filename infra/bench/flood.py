"""What a tenant that floods the workers costs the others, with the workers of a site."""

from contextlib import ExitStack
from statistics import median

from infra.bench.frame import Bench, at_most, benchmark
from infra.bench.workers import on_schedule, working

FLOOD, MESSAGES = 10_000, 20
SHARDS = 16  # as shipped; a small region takes fewer, so that some tenant shares the flooded one
# Where the flood is, and whose message goes through it.
CASES = {
    "flood_delay": "outbox apart",
    "flood_delay_same_shard": "outbox beside",
    "flood_delay_tasks": "tasks apart",
}


@benchmark("flood_delay")
def flood_delay(bench: Bench) -> None:
    """One tenant has 10,000 messages in its outbox, each with its nudge, then as many tasks in its
    queue; meanwhile others write one each: the slowest from its commit to its end, and the same
    with no flood."""
    region = bench.region
    shards = max(2, min(SHARDS, bench.size // 4))
    site = {"BROKER_URL": region.broker_url, "TENANT_SHARDS": str(shards)}
    with ExitStack() as stack:
        worker = stack.enter_context(region.worker("flood_worker", **site))
        stack.enter_context(working(region, **site))
        stack.enter_context(on_schedule(region, **site))
        worker.ask("none apart 1 0")  # waits for the workers to start
        for name, case in CASES.items():
            _, whose = case.split()
            calm = worker.ask(f"none {whose} {MESSAGES} 0")
            flooded = worker.ask(f"{case} {MESSAGES} {FLOOD}")
            assert flooded["left"], "the flood was over before the last message"
            bench.report(
                name,
                ours=max(flooded["waits"]),
                baseline=max(calm["waits"]),
                unit="s",
                goals=(at_most(2, "s"),),
                median=round(median(flooded["waits"]), 3),
                messages=MESSAGES,
                flood=FLOOD,
                flood_left=flooded["left"],
                shards=shards,
                tenants=bench.size,
            )
        # Fewer and without a goal: a nudge that waits stands for all, so nothing makes such a queue.
        (waited,) = worker.ask(f"tasks beside 1 {FLOOD // 10}")["waits"]
        bench.report("flood_delay_tasks_same_shard", ours=waited, unit="s", flood=FLOOD // 10)
