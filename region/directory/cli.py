"""The command that rebuilds the region's directory of services."""

import click

from kooperacja.cli.site import console, progress
from tenants.registry.cli import on_site

# Imports stand in functions: Django is set up when a command enters its site.


@click.command(help="Zapisuje katalog usług województwa od nowa, jednostka po jednostce.")
@click.option("--continue", "only_left", is_flag=True, help="Dokończ przerwane.")
@on_site
def rebuild_directory(only_left: bool) -> None:
    from region.directory.rebuilding import rebuild

    with progress("Zapisuję katalog usług", transient=True) as tell:
        count = rebuild(tell, only_left=only_left)
    console.print(f"Zapisane jednostki: {count}.")
