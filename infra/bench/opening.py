"""What opening a tenant takes: from a spare, and by script."""

from statistics import median

from infra.bench.frame import Bench, at_most, benchmark, faster, ratio
from infra.bench.region import Region
from infra.bench.requests import register_stock
from infra.bench.stock.database import OVER_REGION

WARM, OPENINGS = 2, 15
STOCK_OPENINGS = 3
SCRIPTS, ALONE = 12, "alone"


@benchmark("open_spare")
def open_spare(bench: Bench) -> None:
    """Schema, role and rights of one more tenant from what is kept ready, against stock
    django-tenants, which runs its migrations in a new schema beside the same tenants and gives no
    rights; then all that an opening does: key, Partnership, journal and doors too."""
    region = bench.region
    register_stock(region)
    with region.worker("opening_worker") as worker:
        times = [worker.ask("spare") for _ in range(WARM + OPENINGS)][WARM:]
    with region.worker("stock_site", **OVER_REGION) as stock:
        baseline = 1000 * median(stock.ask(f"open {n}") for n in range(STOCK_OPENINGS))
    schema, whole = (1000 * median(part) for part in zip(*times, strict=True))
    bench.report(
        "open_spare",
        ours=schema,
        baseline=baseline,
        unit="ms",
        goals=(at_most(50, "ms"), faster(200)),
        stock_openings=STOCK_OPENINGS,
    )
    bench.report("open_whole", ours=whole, baseline=baseline, unit="ms", goals=(at_most(50, "ms"),))


@benchmark("open_script")
def open_script(bench: Bench) -> None:
    """A schema, its role and its rights without a spare, against psql that is told the same DDL
    and gives no rights; then the same among all tenants against a database with one."""
    alone = _region_of_one(bench.region)
    with (
        bench.region.worker("opening_worker") as many,
        bench.region.worker("opening_worker", DATABASE_URL=alone) as one,
    ):
        rounds = [(many.ask("script"), many.ask("psql"), one.ask("script")) for _ in range(SCRIPTS)]
    ours, psql, base = (1000 * median(times) for times in zip(*rounds[WARM:], strict=True))
    bench.report("open_script", ours=ours, baseline=psql, unit="ms", goals=(ratio(1.3),))
    bench.report("open_script_many", ours=ours, baseline=base, unit="ms", goals=(ratio(1.3),))


def _region_of_one(region: Region) -> str:
    url = region.make_database(ALONE)
    region.run("prepare", "found", 1, DATABASE_URL=url)
    region.run("prepare", "open", 0, 1, DATABASE_URL=url)
    return url
