"""The register of units and its tenants from the command line."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click
from rich.progress import Progress
from rich.table import Table

from kooperacja.cli.site import Site, console

if TYPE_CHECKING:
    from kooperacja.audit.actor import Actor
    from tenants.registry.models import Tenant
    from tenants.schemas.upgrade import Outcome

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
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Aktualizuję jednostki", total=None, visible=False)
        outcome = upgrade(
            canaries=canaries or settings.CANARY_TENANTS,
            only=only,
            jobs=jobs,
            stop_after=stop_after,
            progress=lambda done, total: bar.update(
                task, completed=done, total=total, visible=True
            ),
        )
    tell(outcome)


def tell(outcome: "Outcome") -> None:
    for tenant, why in outcome.failed:
        console.print(f"{tenant}: {why}", style="red", highlight=False)
    if outcome.done or outcome.failed:
        console.print(
            f"Zaktualizowane jednostki: {len(outcome.done)}, błędy: {len(outcome.failed)}, "
            f"czekają: {len(outcome.waiting)}.",
            highlight=False,
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


@click.command(help="Szuka tego, co zostało zrobione w połowie; z --mend naprawia.")
@click.option("--mend", "may_mend", is_flag=True, help="Napraw to, co można bez straty danych.")
@on_site
def doctor(may_mend: bool) -> None:
    from tenants.schemas.doctor import examine

    findings = examine()
    for finding in findings:
        console.print(f"[yellow]{finding.where}[/yellow]: {finding.said}", highlight=False)
    if may_mend:
        for finding in findings:
            if finding.mend is not None:
                finding.mend()
        findings = examine()
        for finding in findings:
            console.print(f"[red]Zostało: {finding.where}: {finding.said}[/red]", highlight=False)
    if findings:
        raise click.exceptions.Exit(1)
    console.print("Wszystko się zgadza.")


@click.command("import-terc", help="Wczytuje urzędowy plik TERC; błędny odrzuca w całości.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--voivodeship", "-w", help="Kod województwa; domyślnie to, któremu służy serwis.")
@on_site
def import_terc(file: Path, voivodeship: str | None) -> None:
    from tenants.registry.models import Region
    from tenants.registry.teryt import import_terc as read

    region = Region.objects.first()
    code = voivodeship or (region.code if region else "")
    if not code:
        raise click.ClickException("Podaj kod województwa, np. -w 16.")
    with Progress(console=console) as bar:
        task = bar.add_task("Wczytuję rejestr", total=None)
        result = read(
            file,
            voivodeship=code,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    console.print(f"Rejestr wczytany, {result}.", highlight=False)


@click.group(help="Jednostki, które prowadzą tu model kooperacji.")
def tenants() -> None:
    pass


@tenants.command("open", help="Otwiera gminy i powiaty o podanych kodach TERYT.")
@click.argument("codes", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="Wszystkie jednostki województwa.")
@click.option(
    "--admin-email", default="", help="Adres pierwszego administratora (jedna jednostka)."
)
@click.option("--admin-name", default="", help="Jego imię i nazwisko.")
@on_site
def open_(codes: tuple[str, ...], is_all: bool, admin_email: str, admin_name: str) -> None:
    from tenants.registry import actions

    by = operator().name
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
            console.print(reason, style="yellow", highlight=False)
    _finish(waiting)
    if len(codes) == 1 and not waiting:
        raise click.exceptions.Exit(1)


def _all_codes() -> tuple[str, ...]:
    from tenants.registry.models import Region, Tenant
    from tenants.registry.teryt import candidates

    region = Region.objects.first()
    if region is None:
        raise click.ClickException("Serwis nie wie jeszcze, któremu województwu służy.")
    known = set(Tenant.objects.values_list("unit__code", flat=True))
    codes = candidates(region.code).values_list("code", flat=True)
    return tuple(code for code in codes if code not in known)


def _finish(waiting: "list[Tenant]") -> None:
    from tenants.registry.actions import finish_opening
    from tenants.registry.models import Tenant

    with Progress(console=console) as bar:
        for tenant in bar.track(waiting, description="Otwieram"):
            if finish_opening(tenant):
                console.print(f"{tenant}: otwarta.", highlight=False)
                continue
            failure = Tenant.objects.get(pk=tenant.pk).failure
            console.print(
                f"{tenant}: {failure or 'otwiera ją proces w tle'}.",
                style="yellow",
                highlight=False,
            )


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


@tenants.command("suspend", help="Zawiesza: nikt nie wejdzie, dane zostają.")
@click.argument("code")
@click.option("--reason", prompt="Powód", help="Powód, który zobaczą użytkownicy.")
@on_site
def suspend(code: str, reason: str) -> None:
    from tenants.registry.actions import suspend_tenant

    tenant = suspend_tenant(by=operator(), tenant=tenant_of(code), reason=reason)
    console.print(f"{tenant}: {tenant.get_status_display()}.", highlight=False)


@tenants.command("reopen", help="Otwiera ponownie zawieszoną albo zamkniętą.")
@click.argument("code")
@click.option("--reason", default="", help="Powód do dziennika.")
@on_site
def reopen(code: str, reason: str) -> None:
    from tenants.registry.actions import reopen_tenant

    tenant = reopen_tenant(by=operator(), tenant=tenant_of(code), reason=reason)
    console.print(f"{tenant}: {tenant.get_status_display()}.", highlight=False)


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
    console.print(f"{tenant}: {tenant.get_status_display()}.", highlight=False)
