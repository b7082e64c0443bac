"""The command that runs the site with the demo region."""

import os

import click

from kooperacja.cli.run import Hints, run
from kooperacja.cli.site import console


@click.command(help="To samo co up, z pokazowym województwem o zmyślonych danych.")
@click.pass_context
def demo(ctx: click.Context) -> None:
    os.environ["DEMO"] = "1"
    run(ctx, _build)


def _build() -> Hints:
    # Models can be imported only now that the site was entered.
    from tenants.demo.build import build

    with console.status("Otwieram pokazowe województwo…") as status:
        accounts = build(progress=lambda text: status.update(text))
    return [(f"Konto:  {who}", how) for who, how in accounts]
