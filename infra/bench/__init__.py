"""Benchmarks: each prints one JSON line, ours beside a baseline of the same run.

A new one is a module here with a function under `@benchmark("name")`, and its name in MODULES.
"""

from importlib import import_module

import click

# In the order they run in: those that change the region's schemas come last.
MODULES = (
    "requests",
    "panel",
    "figures",
    "flood",
    "attack",
    "writes",
    "memory",
    "opening",
    "backup",
    "migrating",
    "start",
    "register",
    "meetings",
    "guard",
    "messages",
    "inbox",
    "directory",
    "importing",
    "agreements",
)
FULL_SIZE = 351  # mazowieckie, the largest voivodeship


@click.command(help="Pomiary: jeden wiersz JSON na każdy, na końcu tabela; bez nazw wszystkie.")
@click.argument("names", nargs=-1, metavar="[NAZWA]…")
@click.option("--size", default=FULL_SIZE, show_default=True, help="Liczba jednostek w regionie.")
@click.option("--list", "is_list", is_flag=True, help="Tylko wypisuje nazwy.")
def bench(names: tuple[str, ...], size: int, is_list: bool) -> None:
    from infra.bench.frame import BENCHMARKS, Bench

    for module in MODULES:
        import_module(f"infra.bench.{module}")
    if is_list:
        click.echo("\n".join(BENCHMARKS))
        return
    if unknown := set(names) - set(BENCHMARKS):
        raise click.ClickException(f"Nie ma pomiaru: {', '.join(sorted(unknown))}.")
    run = Bench(size)
    try:
        for name, function in BENCHMARKS.items():
            if not names or name in names:
                run.measure(name, function)
    finally:
        run.close()
        run.summarise()
    if run.failed:
        raise click.exceptions.Exit(1)
