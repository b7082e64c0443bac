"""What the whole wall costs a page of a tenant, against the same view in plain Django."""

from contextlib import ExitStack
from statistics import median

from infra.bench.frame import Bench, Goal, benchmark, ratio
from infra.bench.region import Region, Worker
from infra.bench.stock.database import OVER_REGION

BATCH = 9  # requests of one side before the next has its turn
ONE_ROUNDS, PASSES = 60, 2


@benchmark("request_one")
def request_one(bench: Bench) -> None:
    """The page of one tenant again and again, by all three."""
    _compare(bench, "request_one", how="one", rounds=ONE_ROUNDS, warm=15, goal=ratio(1.2))


@benchmark("request_rotating")
def request_rotating(bench: Bench) -> None:
    """The page of each tenant in turn, each by its own person; plain Django serves one tenant."""
    a_pass = -(-bench.size // BATCH)
    _compare(
        bench,
        "request_rotating",
        how="rotating",
        rounds=a_pass * PASSES,
        warm=a_pass,
        goal=ratio(1.45),
    )


def _compare(bench: Bench, name: str, *, how: str, rounds: int, warm: int, goal: Goal) -> None:
    """Medians of batches taken in turns, after `warm` rounds that are not counted."""
    region = bench.region
    register_stock(region)
    plain = {"DJANGO_SETTINGS_MODULE": "infra.bench.plain_settings", "PLAIN_SCHEMA": _first(region)}
    with ExitStack() as stack:
        sides = [
            stack.enter_context(region.worker("request_worker", how)),
            stack.enter_context(region.worker("request_worker", "one", **plain)),
            stack.enter_context(region.worker("request_worker", how, **OVER_REGION)),
        ]
        for _ in range(warm):
            _round(sides)
        times = [_round(sides) for _ in range(rounds)]
    ours, baseline, stock = (median(one) for one in zip(*times, strict=True))
    bench.report(
        name,
        ours=ours,
        baseline=baseline,
        unit="ms",
        goals=(goal,),
        stock=round(stock, 4),
        stock_ratio=round(stock / baseline, 3),
        tenants=bench.size if how == "rotating" else 1,
    )


def _round(sides: list[Worker]) -> list[float]:
    """Milliseconds a request of each side, by its own clock."""
    return [1000 * side.ask(BATCH) / BATCH for side in sides]


def register_stock(region: Region) -> None:
    """Let stock django-tenants work in the region's own database, once."""
    mark = region.var / "stock-registered"
    if not mark.exists():
        region.run("request_worker", "register", **OVER_REGION)
        mark.touch()


def _first(region: Region) -> str:
    return (region.var / "first-schema").read_text()
