"""The region, the register of units and its tenants from the command line."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click
from rich.table import Table

from kooperacja.cli.run import Hints, run
from kooperacja.cli.site import Site, console

if TYPE_CHECKING:
    from kooperacja.audit.actor import Actor
    from tenants.registry.models import Tenant

# Imports stand in functions: Django is set up when a command enters its site.
P = ParamSpec("P")


def on_site(command: Callable[P, None]) -> Callable[P, None]:
    """Runs the command on the site; a refusal is one sentence."""

    def run(site: Site, /, *args: P.args, **kwargs: P.kwargs) -> None:
        site.enter()
        from tenants.registry.rules import Impossible

        try:
            command(*args, **kwargs)
        except Impossible as refusal:
            raise click.ClickException(str(refusal)) from refusal

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    return click.pass_obj(run)


def operator() -> "Actor":
    from kooperacja.audit.actor import Actor
    from kooperacja.audit.models import Via

    return Actor(account_id=None, name=f"{getpass.getuser()} (wiersz poleceń)", via=Via.CLI)


def tenant_of(code: str) -> "Tenant":
    from tenants.registry.models import Tenant

    tenant = Tenant.objects.select_related("unit").filter(unit__code=code).first()
    if tenant is None:
        raise click.ClickException(f"Jednostka {code} nie jest tu otwarta.")
    return tenant


@click.command(help="Uruchamia serwery, stronę, zadania w tle i harmonogram.")
@click.pass_context
def up(ctx: click.Context) -> None:
    run(ctx, _first_run)


def _first_run() -> Hints:
    """The way to found the region, on a site that has none yet."""
    from django.conf import settings

    from tenants.registry.founding import issue_link

    if not (link := issue_link()):
        return []
    return [("Załóż województwo na stronie", f"{settings.SITE_URL}{link}")]


@click.command("import-terc", help="Wczytuje urzędowy plik TERC; błędny odrzuca w całości.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--voivodeship", "-w", help="Kod województwa; domyślnie to, któremu służy serwis.")
@on_site
def import_terc(file: Path, voivodeship: str | None) -> None:
    from tenants.registry.region import Region
    from tenants.registry.teryt import import_terc as read

    region = Region.objects.first()
    code = voivodeship or (region.code if region else "")
    if not code:
        raise click.ClickException("Podaj kod województwa, np. -w 16.")
    with console.status("Wczytuję rejestr"):
        result = read(file, voivodeship=code, by=operator())
    console.print(f"Rejestr wczytany, {result}.")


@click.command(
    "import-boundaries", help="Wczytuje granice gmin (GeoJSON); liczy z nich odległości."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@on_site
def import_boundaries(file: Path) -> None:
    from tenants.registry.boundaries import import_boundaries as read

    count = read(by=operator(), path=file)
    console.print(f"Granice wczytane, gmin: {count}.")


@click.group(help="Jednostki, które prowadzą tu model kooperacji.")
def tenants() -> None:
    pass


@tenants.command("list", help="Lista jednostek ze stanem.")
@on_site
def list_() -> None:
    from tenants.registry.models import Tenant

    table = Table("Kod", "Jednostka", "Stan", "Adres")
    for tenant in Tenant.objects.select_related("unit"):
        table.add_row(
            tenant.unit.code, tenant.unit.label, tenant.get_status_display(), tenant.ref.prefix
        )
    console.print(table)


@tenants.command("suspend", help="Zawiesza: nikt nie wejdzie, dane zostają.")
@click.argument("code")
@click.option("--reason", prompt="Powód", help="Powód, który zobaczą użytkownicy.")
@on_site
def suspend(code: str, reason: str) -> None:
    from tenants.registry.actions import suspend_tenant

    tenant = suspend_tenant(by=operator(), tenant=tenant_of(code), reason=reason)
    console.print(f"{tenant}: {tenant.get_status_display()}.")


@tenants.command("reopen", help="Otwiera ponownie zawieszoną albo zamkniętą.")
@click.argument("code")
@click.option("--reason", default="", help="Powód do dziennika.")
@on_site
def reopen(code: str, reason: str) -> None:
    from tenants.registry.actions import reopen_tenant

    tenant = reopen_tenant(by=operator(), tenant=tenant_of(code), reason=reason)
    console.print(f"{tenant}: {tenant.get_status_display()}.")


@tenants.command("close", help="Zamyka: dane zostają, nikt nie wejdzie.")
@click.argument("code")
@click.option("--reason", prompt="Powód", help="Powód, który zobaczą użytkownicy.")
@click.option("--yes", "is_sure", is_flag=True, help="Bez pytania.")
@on_site
def close(code: str, reason: str, is_sure: bool) -> None:
    from tenants.registry.actions import close_tenant

    tenant = tenant_of(code)
    if not is_sure:
        click.confirm(f"Zamknąć: {tenant}? Można ją później otworzyć ponownie.", abort=True)
    tenant = close_tenant(by=operator(), tenant=tenant, reason=reason)
    console.print(f"{tenant}: {tenant.get_status_display()}.")
