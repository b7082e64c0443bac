"""What a deploy costs: with nothing to migrate, and with one new field for every tenant."""

import subprocess
import time
from pathlib import Path
from statistics import mean, median

from infra.bench.frame import Bench, at_most, benchmark, faster, ratio
from infra.bench.region import ROOT, Region, Worker
from infra.bench.stock.database import ENVIRONMENT
from infra.bench.stock_site import stock_site
from infra.release import write_newer_release
from kooperacja.embedded.postgres import binaries

NOOPS, SAMPLE = 7, 6

_FIELD = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "LAST")]
    operations = [
        migrations.AddField(
            "organisation", "{name}", models.CharField(max_length=20, default="brak")
        )
    ]
"""


@benchmark("migrate_noop")
def migrate_noop(bench: Bench) -> None:
    """All that `kooperacja migrate` does once it runs, when nothing is to be done; against
    `migrate_schemas` over a sample of tenants, multiplied up to as many as ours."""
    with bench.region.worker("migrating_worker") as worker:
        times = [worker.ask("migrate")["seconds"] for _ in range(NOOPS)]
    with stock_site(bench.region) as stock:
        sample = _open_sample(stock)
        baseline = median(stock.ask("migrate") for _ in range(3))
    bench.report(
        "migrate_noop",
        ours=median(times),
        baseline=baseline * bench.size / sample,
        unit="s",
        goals=(at_most(0.5, "s"),),
        stock_tenants=sample,
    )


@benchmark("migrate_addfield")
def migrate_addfield(bench: Bench) -> None:
    """One AddField with a default over all tenants, two at a time; against one psql that is told
    the same statements for each, and against `migrate_schemas` over a sample, multiplied up."""
    region = bench.region
    newer = _newer_release(region)
    with region.worker("migrating_worker", **newer, BENCH_SETTINGS="kooperacja.settings") as ours:
        said, schemas = ours.ask("statements"), ours.ask("schemas")
        before = _psql(region, schemas, said, "psql_before")
        run = ours.ask("migrate")
        after = _psql(region, schemas, said, "psql_after")
    assert (run["done"], run["failed"]) == (len(schemas), 0)
    with stock_site(region) as stock:
        sample = _open_sample(stock)
    with stock_site(region, **newer, BENCH_SETTINGS=ENVIRONMENT["DJANGO_SETTINGS_MODULE"]) as stock:
        slow = stock.ask("migrate") * len(schemas) / sample
    seconds, psql = run["seconds"], mean([before, after])
    bench.report("migrate_addfield", ours=seconds, baseline=psql, unit="s", goals=(ratio(1.3),))
    bench.report(
        "migrate_addfield_stock",
        ours=seconds,
        baseline=slow,
        unit="s",
        goals=(faster(25),),
        stock_tenants=sample,
    )


def _open_sample(stock: Worker) -> int:
    while (known := stock.ask("count")) < SAMPLE:
        stock.ask(f"open {known}")
    return int(known)


def _newer_release(region: Region) -> dict[str, str]:
    """The environment of a process that runs it."""
    package = write_newer_release(
        region.var,
        real=ROOT / "tenants" / "people" / "migrations",
        module="tenants.people.migrations",
        name="bench_field",
        source=_FIELD.format(name="bench_field"),
    )
    return {
        "DJANGO_SETTINGS_MODULE": "infra.bench.newer_settings",
        "BENCH_PACKAGE": package,
        "PYTHONPATH": str(region.var),
    }


def _psql(region: Region, schemas: list[str], statements: list[str], field: str) -> float:
    """Seconds for the same statements, about a field of another name."""
    told = [line.replace("bench_field", field) for line in statements]
    path = Path(region.var) / f"{field}.sql"
    begin = "BEGIN;\nSET LOCAL search_path TO {}, ext;\n"
    text = "".join(begin.format(one) + ";\n".join([*told, "COMMIT;\n"]) for one in schemas)
    path.write_text(text)
    command = [binaries() / "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f", path, region.url]
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began
