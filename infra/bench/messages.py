"""A message to all members of a large team: how long whoever sends it waits."""

from itertools import chain
from statistics import median

from infra.bench.frame import Bench, at_most, benchmark

SEATS, WARM, ROUNDS, BATCH = 60, 2, 8, 2


@benchmark("message_60")
def message_60(bench: Bench) -> None:
    """The request that sends a message to 60 members, until it is queued; the slowest, beside the
    page that it leads to."""
    # The form may carry files, of which nobody sends so many a minute.
    with bench.region.worker("messages_worker", SEATS, FILES_AT_ONCE="1000") as worker:
        worker.ask(WARM)
        times = [worker.ask(BATCH) for _ in range(ROUNDS)]
    queued, pages, work = zip(*chain(*times), strict=True)
    bench.report(
        "message_60",
        ours=1000 * max(queued),
        baseline=1000 * median(pages),
        unit="ms",
        goals=(at_most(200, "ms"),),
        median=round(1000 * median(queued), 1),
        cpu=round(1000 * max(work), 1),  # without the waiting for a busy machine
        seats=SEATS,
    )
