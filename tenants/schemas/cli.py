"""Schemas of tenants from the command line: brought up to date, opened, looked at."""

from typing import TYPE_CHECKING

import click
from rich.progress import Progress
from rich.table import Table

from kooperacja.cli.site import console, progress
from tenants.registry.cli import on_site, operator, tenants

if TYPE_CHECKING:
    from tenants.registry.models import Tenant
    from tenants.schemas.upgrade import Outcome

# Imports stand in functions: Django is set up when a command enters its site.


@click.command(help="Doprowadza bazę i dane jednostek do tej wersji programu.")
@click.option("--canary", "canaries", multiple=True, help="Kod jednostki, która idzie pierwsza.")
@click.option("--only", multiple=True, help="Kod jednostki; bez tej opcji wszystkie.")
@click.option("--jobs", default=2, show_default=True, help="Ile jednostek naraz.")
@click.option("--stop-after", default=3, show_default=True, help="Po ilu błędach przestać.")
@on_site
def migrate(canaries: tuple[str, ...], only: tuple[str, ...], jobs: int, stop_after: int) -> None:
    from django.conf import settings

    from tenants.schemas import provisioning
    from tenants.schemas.upgrade import upgrade

    with console.status("Przygotowuję bazę danych…"):
        provisioning.migrate_shared()
    with progress("Aktualizuję jednostki", transient=True) as tell_progress:
        outcome = upgrade(
            canaries=canaries or settings.CANARY_TENANTS,
            only=only,
            jobs=jobs,
            stop_after=stop_after,
            progress=tell_progress,
        )
    tell(outcome)


def tell(outcome: "Outcome") -> None:
    for tenant, why in outcome.failed:
        console.print(f"{tenant}: {why}", style="red")
    if outcome.done or outcome.failed:
        console.print(
            f"Zaktualizowane jednostki: {len(outcome.done)}, błędy: {len(outcome.failed)}, "
            f"czekają: {len(outcome.waiting)}."
        )
    if outcome.failed:
        console.print(
            "Jednostki bez aktualizacji pokazują stronę o przerwie, pozostałe pracują. "
            "Usuń przyczynę i uruchom `kooperacja migrate` jeszcze raz.",
            style="yellow",
        )
        raise click.exceptions.Exit(1)


@click.command("sync-roles", help="Nadaje na nowo role i prawa w bazie, np. po odtworzeniu kopii.")
@on_site
def sync_roles() -> None:
    from tenants.schemas import provisioning

    with console.status("Nadaję prawa…"):
        provisioning.sync_roles()
    console.print("Role i prawa są zgodne z planem.")


@tenants.command("open", help="Otwiera gminy i powiaty o podanych kodach TERYT.")
@click.argument("codes", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="Wszystkie jednostki województwa.")
@click.option(
    "--admin-email", default="", help="Adres pierwszego administratora (jedna jednostka)."
)
@click.option("--admin-name", default="", help="Jego imię i nazwisko.")
@on_site
def open_(codes: tuple[str, ...], is_all: bool, admin_email: str, admin_name: str) -> None:
    from tenants.schemas import actions

    by = operator()
    codes = _all_codes() if is_all else codes
    if not codes:
        raise click.UsageError("Podaj kod TERYT albo --all.")
    if admin_email and len(codes) > 1:
        raise click.UsageError("Administratora podaje się przy jednej jednostce.")
    if admin_email:
        waiting = [
            actions.open_tenant(
                by=by, code=codes[0], admin_email=admin_email, admin_name=admin_name
            )
        ]
    else:
        opened = actions.open_many(by=by, codes=codes)
        waiting = list(opened.tenants)
        for _, reason in opened.refused:
            console.print(reason, style="yellow")
    _finish(waiting)
    if len(codes) == 1 and not waiting:
        raise click.exceptions.Exit(1)


def _all_codes() -> tuple[str, ...]:
    from tenants.registry.models import Tenant
    from tenants.registry.region import Region
    from tenants.registry.teryt import candidates

    known = set(Tenant.objects.values_list("unit__code", flat=True))
    codes = candidates(Region.here().code).values_list("code", flat=True)
    return tuple(code for code in codes if code not in known)


def _finish(waiting: "list[Tenant]") -> None:
    from tenants.registry.models import Tenant
    from tenants.schemas.actions import finish_opening

    with Progress(console=console) as bar:
        for tenant in bar.track(waiting, description="Otwieram"):
            if finish_opening(tenant):
                console.print(f"{tenant}: otwarta.")
                continue
            failure = Tenant.objects.get(pk=tenant.pk).failure
            console.print(f"{tenant}: {failure or 'otwiera ją proces w tle'}.", style="yellow")


@tenants.command("versions", help="W jakiej wersji są dane jednostek i co się nie udało.")
@on_site
def versions() -> None:
    from tenants.schemas.versions import states

    table = Table("Kod", "Jednostka", "Wersja", "Stan", "Kiedy", "Sekundy")
    for state in states():
        seconds = "" if state.seconds is None else f"{state.seconds:.2f}"
        table.add_row(
            state.tenant.unit.code,
            state.tenant.unit.label,
            state.version,
            state.said,
            state.at,
            seconds,
        )
    console.print(table)
