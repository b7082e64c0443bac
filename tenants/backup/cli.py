"""Copies and their return, from the command line."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from kooperacja.cli.site import console, progress
from tenants.registry.cli import on_site, operator, tenant_of, tenants
from tenants.schemas.cli import tell

if TYPE_CHECKING:
    from tenants.backup.package import Package
    from tenants.backup.restoring import Restored

# Imports stand in functions: Django is set up when a command enters its site.
DIRECTORY = click.Path(file_okay=False, path_type=Path)


def _vouched(context: click.Context, option: click.Parameter, is_trusted: bool) -> bool:
    """A person says so each time: no other option answers for them."""
    if is_trusted:
        click.confirm(
            "Ta kopia może nie mieć podpisu. Ręczysz, że nikt obcy jej nie zmienił?", abort=True
        )
    return is_trusted


_unsigned = click.option(
    "--unsigned",
    "is_trusted",
    is_flag=True,
    callback=_vouched,
    help="Kopia bez podpisu, sprzed 0.3.0; pyta, czy ręczysz za jej treść.",
)


def _place(given: Path | None) -> Path:
    from django.conf import settings

    return given or Path(settings.BACKUP_DIR)


def _say_made(package: "Package") -> None:
    console.print(f"Kopia: {package.directory}", soft_wrap=True)
    console.print(
        "Klucza głównego (KOOPERACJA_KEK) w niej nie ma: trzymaj go osobno, "
        "bez niego danych osobowych nikt nie odczyta."
    )


@click.group(help="Kopie zapasowe: całości i pojedynczych jednostek.")
def backup() -> None:
    pass


@backup.command("all", help="Kopia całości: wszystkie jednostki i część wspólna z jednej chwili.")
@click.option("--to", type=DIRECTORY, help="Katalog na kopie; domyślnie var/backup.")
@click.option("--keep", default=0, help="Ile najnowszych kopii całości zostawić; 0: wszystkie.")
@click.option("--jobs", default=2, show_default=True, help="Ile jednostek naraz.")
@on_site
def backup_everything(to: Path | None, keep: int, jobs: int) -> None:
    from tenants.backup import families
    from tenants.backup.everything import backup_all

    with progress("Kopiuję jednostki", transient=True) as tell_progress:
        package = backup_all(to=_place(to), keep=keep, jobs=jobs, progress=tell_progress)
    # After the rest: a family that came in meanwhile has its key in the copy, never the reverse.
    families.save()
    _warn_of_files(*package.tenants())
    _say_made(package)


@backup.command(
    "families", help="Kopia samych kluczy rodzin; starsze niż 30 dni znikają. Robi ją też all."
)
@on_site
def backup_families() -> None:
    from tenants.backup import families

    console.print(f"Kopia kluczy rodzin: {families.save()}", soft_wrap=True)


@backup.command(
    help="Próba: odtwarza kopię całości na osobnym serwerze i porównuje; kod 1, gdy źle."
)
@click.argument("directory", type=DIRECTORY, required=False)
@on_site
def rehearse(directory: Path | None) -> None:
    from tenants.backup.rehearsal import newest
    from tenants.backup.rehearsal import rehearse as run

    directory = directory or newest()
    with console.status(f"Odtwarzam na próbę: {directory.name}"):
        verdict = run(directory)
    for difference in verdict.differences[:20]:
        console.print(difference, style="red")
    console.print(
        f"{verdict.backup}: {'odtwarza się w całości' if verdict.is_good else 'NIE odtwarza się'}. "
        f"Jednostki: {verdict.tenants}, odtwarzanie {verdict.restoring_seconds:.1f} s, "
        f"cała próba {verdict.seconds:.1f} s."
    )
    if not verdict.is_good:
        raise click.exceptions.Exit(1)


@backup.command("try", hidden=True)
@click.argument("directory", type=DIRECTORY)
@on_site
def try_here(directory: Path) -> None:
    """The half of a rehearsal that runs over the server of its own."""
    from tenants.backup import rehearsal

    click.echo(json.dumps(asdict(rehearsal.try_here(directory))))


@backup.command("tenant", help="Kopia jednej jednostki.")
@click.argument("code")
@click.option("--to", type=DIRECTORY, help="Katalog na kopie; domyślnie var/backup.")
@on_site
def backup_one(code: str, to: Path | None) -> None:
    from tenants.backup.tenant import backup_tenant

    tenant = tenant_of(code)
    with console.status(f"Kopiuję: {tenant}"):
        package = backup_tenant(tenant=tenant, to=_place(to))
    _warn_of_files(package)
    _say_made(package)


def _warn_of_files(*packages: "Package") -> None:
    for package in packages:
        if missing := package.manifest["media"]["missing"]:
            console.print(
                f"{package.manifest['tenant']['name']}: na dysku brakuje plików: "
                f"{len(missing)}, pierwszy to {missing[0]}.",
                style="yellow",
            )


@backup.command(help="Sprawdza, czy kopia jest cała i nikt jej nie zmienił.")
@click.argument("directory", type=DIRECTORY)
@_unsigned
@on_site
def verify(directory: Path, is_trusted: bool) -> None:
    from tenants.backup import everything
    from tenants.backup.package import Package

    with console.status("Sprawdzam sumy kontrolne"):
        everything.verify(Package.opened(directory, is_trusted=is_trusted))
    unsigned = "; jej podpisu nie sprawdzono" if is_trusted else ""
    console.print(f"Kopia {directory.name} jest cała{unsigned}.")


@click.group(help="Odtwarzanie z kopii.")
def restore() -> None:
    pass


@restore.command("all", help="Odtwarza całość w pustej bazie, przygotowanej przez migrate.")
@click.argument("directory", type=DIRECTORY)
@_unsigned
@on_site
def restore_everything(directory: Path, is_trusted: bool) -> None:
    from tenants.backup import families
    from tenants.backup.everything import restore_all, tell_restored
    from tenants.backup.package import Package

    package = Package.opened(directory, is_trusted=is_trusted)
    with progress("Odtwarzam jednostki", transient=True) as tell_progress:
        count = restore_all(package=package, progress=tell_progress)
    tell_restored()
    console.print(
        f"Odtworzono jednostki: {count}, stan z {_when(package)}. Wszyscy logują się na nowo."
    )
    # Last: without the list of destroyed keys none comes back, and all the rest has.
    newest = families.copies()[-1:]
    for path in newest:
        keys = families.bring_back(path)
        console.print(
            f"Klucze rodzin z {path.name}: {keys.keys}; zniszczone od tamtej pory: {keys.destroyed}."
        )
    if not newest:
        console.print(
            "Nie ma kopii kluczy rodzin: treść pracy z rodzinami jest zamknięta.", style="yellow"
        )


@restore.command("families", help="Dokłada klucze rodzin z ich kopii, bez zniszczonych.")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@on_site
def restore_families(file: Path) -> None:
    from tenants.backup import families

    brought = families.bring_back(file)
    console.print(
        f"Klucze rodzin: {brought.keys}; zniszczone od tamtej pory: {brought.destroyed}; "
        f"z jednostek, których tu nie ma: {brought.strange}."
    )


@restore.command("tenant", help="Odtwarza jedną jednostkę, gdy pozostałe pracują.")
@click.argument("code")
@click.option("--from", "directory", type=DIRECTORY, required=True, help="Katalog z kopią.")
@click.option("--as-copy", "is_copy", is_flag=True, help="Obok, tylko do wglądu.")
@click.option("--yes", "is_sure", is_flag=True, help="Bez pytania.")
@_unsigned
@on_site
def restore_one(code: str, directory: Path, is_copy: bool, is_sure: bool, is_trusted: bool) -> None:
    from tenants.backup.package import find
    from tenants.backup.restoring import restore_copy, restore_tenant

    package = find(directory, code, is_trusted=is_trusted)
    if is_copy:
        name = restore_copy(by=operator(), package=package)
        console.print(f"Kopia do wglądu: {name}")
        return
    if not is_sure:
        _ask(code, package)
    with console.status("Odtwarzam"):
        restored = restore_tenant(by=operator(), package=package)
    _say_restored(restored)


def _ask(code: str, package: "Package") -> None:
    from tenants.registry.models import Tenant

    if not Tenant.objects.filter(unit__code=code).exists():
        return
    console.print(
        f"{package.manifest['tenant']['name']}: dane wrócą do stanu z {_when(package)}. "
        "Obecne zostaną odłożone na bok."
    )
    if click.prompt("Przepisz kod jednostki, aby potwierdzić") != code:
        raise click.ClickException("To nie jest ten kod; nic nie zostało zmienione.")


def _when(package: "Package") -> str:
    from django.utils import timezone
    from django.utils.formats import date_format

    return date_format(timezone.localtime(package.moment), "Y-m-d H:i:s")


def _say_restored(restored: "Restored") -> None:
    from tenants.schemas.upgrade import upgrade

    console.print(f"{restored.tenant}: dane odtworzone.")
    doors = restored.doors
    for count, text in (
        (doors.closed, "Dostępy nadane po zrobieniu kopii, teraz zakończone"),
        (doors.still_closed, "Dostępy odebrane po zrobieniu kopii, nadal zamknięte"),
        (doors.made, "Konta założone na nowo, bez hasła"),
        (doors.strangers, "Osoby, które mają teraz inne konto; zaproś je ponownie"),
    ):
        if count:
            console.print(f"{text}: {count}.", style="yellow")
    if restored.aside:
        console.print(
            f"Poprzednie dane leżą w {restored.aside}; gdy nie będą potrzebne: "
            f"kooperacja tenants drop-copy {restored.aside}",
            soft_wrap=True,
        )
    if restored.is_behind:
        console.print("Kopia jest z wcześniejszego wydania: aktualizuję jej dane.")
        tell(upgrade(only=[restored.tenant.unit.code]))


@tenants.command("copies", help="Kopie do wglądu i dane odłożone przy odtwarzaniu.")
@on_site
def copies() -> None:
    from tenants.backup.copies import copies as found

    table = Table("Nazwa", "Kod", "Co to jest")
    for copy in found():
        table.add_row(copy.schema, copy.code, copy.said)
    console.print(table)


@tenants.command("drop-copy", help="Usuwa kopię do wglądu albo odłożone dane.")
@click.argument("name")
@click.option("--yes", "is_sure", is_flag=True, help="Bez pytania.")
@on_site
def drop(name: str, is_sure: bool) -> None:
    from tenants.backup.copies import drop_copy

    if not is_sure:
        click.confirm(f"Usunąć bezpowrotnie {name}?", abort=True)
    drop_copy(by=operator(), name=name)
    console.print(f"Usunięto {name}.")


@click.command(help="Pakiet dla odchodzącej jednostki: dane, dokumenty, rejestr, dziennik.")
@click.argument("code")
@click.option("--copy", "name", default="", help="Z kopii do wglądu o tej nazwie.")
@click.option("--to", type=DIRECTORY, help="Katalog na pakiet; domyślnie var/backup.")
@on_site
def export(code: str, name: str, to: Path | None) -> None:
    from tenants.backup.copies import ref_of
    from tenants.backup.export import export_tenant

    tenant = tenant_of(code)
    source = ref_of(name) if name else tenant.ref
    if source.id != tenant.pk:
        raise click.ClickException(f"{name} nie jest kopią jednostki {code}.")
    with console.status(f"Przygotowuję pakiet: {tenant}"):
        path = export_tenant(by=operator(), tenant=tenant.ref, to=_place(to), source=source)
    console.print(f"Pakiet: {path}", soft_wrap=True)
    console.print("Dane osobowe są w nim odszyfrowane: przekaż go bezpiecznie.", style="yellow")


@click.command(help="Szuka tego, co zostało zrobione w połowie; z --mend naprawia.")
@click.option("--mend", "may_mend", is_flag=True, help="Napraw to, co można bez straty danych.")
@on_site
def doctor(may_mend: bool) -> None:
    from kooperacja.documents import trust
    from tenants.backup.doctor import examine

    for remark in trust.remarks():
        click.secho(remark, fg="yellow", err=True)
    findings = examine()
    for finding in findings:
        console.print(f"[yellow]{finding.where}[/yellow]: {finding.said}")
    if may_mend:
        for finding in findings:
            if finding.mend is not None:
                finding.mend()
        findings = examine()
        for finding in findings:
            console.print(f"[red]Zostało: {finding.where}: {finding.said}[/red]")
    if findings:
        raise click.exceptions.Exit(1)
    console.print("Wszystko się zgadza.")
