"""Benchmarks: each prints one JSON line, ours beside a baseline of the same run."""

import json

import click


def report(name: str, *, ours: float, baseline: float, unit: str) -> None:
    line = {
        "name": name,
        "ours": round(ours, 4),
        "baseline": round(baseline, 4),
        "ratio": round(ours / baseline, 3),
        "unit": unit,
    }
    click.echo(json.dumps(line))


@click.group(
    help="Pomiary: jeden wiersz JSON na każdy; bez nazwy wszystkie.", invoke_without_command=True
)
@click.pass_context
def bench(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        for command in bench.commands.values():
            ctx.invoke(command)


def _register() -> None:
    from infra.bench.requests import request_one
    from infra.bench.start import demo_start

    bench.add_command(request_one)
    bench.add_command(demo_start)


_register()
