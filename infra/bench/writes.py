"""What it costs a write that the region and the people concerned hear of it."""

from itertools import chain
from statistics import median

from infra.bench.frame import Bench, benchmark, ratio

WARM, ROUNDS, BATCH = 5, 50, 4


@benchmark("write_cost")
def write_cost(bench: Bench) -> None:
    """Admitting an institution (its document is not drawn), against the same action that leaves
    out the dirty mark and every message of the outbox."""
    region = bench.region
    broker = {"BROKER_URL": region.broker_url}
    with (
        region.worker("admit_worker", "whole", **broker) as whole,
        region.worker("admit_worker", "bare", **broker) as bare,
    ):
        for _ in range(WARM):
            whole.ask(BATCH), bare.ask(BATCH)
        times = [(whole.ask(BATCH), bare.ask(BATCH)) for _ in range(ROUNDS)]
    ours, baseline = (1000 * median(chain(*side)) for side in zip(*times, strict=True))
    bench.report("write_cost", ours=ours, baseline=baseline, unit="ms", goals=(ratio(1.2),))
