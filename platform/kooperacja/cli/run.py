"""Starting the whole site on one machine, and passing commands on to Django."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from kooperacja import environ
from kooperacja.cli.site import Site, console
from kooperacja.embedded.environment import var_dir
from kooperacja.embedded.problems import SetupProblem, require_free_port
from kooperacja.supervisor import Supervisor

# Imports stand in functions: Django is set up when a command enters its site.

Hints = list[tuple[str, str]]  # what one may begin with, and how


@click.command(
    help="Przekazuje polecenie do Django, np. manage shell.",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def manage(site: Site, arguments: tuple[str, ...]) -> None:
    from django.core.management import execute_from_command_line

    site.enter()
    execute_from_command_line(["manage.py", *arguments])


def run(ctx: click.Context, prepare: Callable[[], Hints]) -> None:
    """Start the whole site; `prepare` fills it and returns what one may begin with."""
    site: Site = ctx.obj
    port = environ.port("PORT", 8000)
    os.environ["PORT"] = str(port)
    require_free_port(port)
    if metrics_port := environ.port("METRICS_PORT", 0):
        require_free_port(metrics_port)
    with _only_one(var_dir()):
        with console.status("Uruchamiam bazę danych i broker…"):
            site.enter()
        # A tenant that could not be migrated shows its own page of maintenance; the others work.
        with suppress(click.exceptions.Exit):
            ctx.invoke(_command(ctx, "migrate"))
        hints = prepare()
        with console.status("Przygotowuję pliki statyczne…"):
            _collect_static()
        site.disconnect()
        Supervisor(on_ready=lambda: _welcome(hints)).run()
        console.print("Zatrzymano. Dane zostały w", str(var_dir()), soft_wrap=True)


def _command(ctx: click.Context, name: str) -> click.Command:
    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    command = group.get_command(ctx, name)
    assert command is not None
    return command


def _collect_static() -> None:
    """Gathers and compresses static files, unless none has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    sources = [
        f"{path}:{storage.size(path)}:{storage.get_modified_time(path).timestamp()}"
        for finder in get_finders()
        for path, storage in finder.list([])
    ]
    mark = Path(settings.STATIC_ROOT) / ".sources"
    text = "\n".join(sorted(sources))
    if mark.exists() and mark.read_text() == text:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(text)


def _welcome(hints: Hints) -> None:
    from django.conf import settings

    console.rule("[green]Gotowe")
    console.print(f"Adres:  {settings.SITE_URL}", soft_wrap=True)
    for what, how in hints:
        console.print(f"{what}: [bold]{how}[/bold]", soft_wrap=True)
    if "filebased" in settings.EMAIL_BACKEND:
        console.print(f"Poczta: pliki w {settings.EMAIL_FILE_PATH}", soft_wrap=True)
    console.print("Ctrl-C zatrzymuje wszystko.")
    console.rule()


@contextmanager
def _only_one(var: Path) -> Iterator[None]:
    """Two supervisors over the same data would run every scheduled task twice."""
    # Not on Windows, where the program says so before.
    import fcntl

    (var / "run").mkdir(parents=True, exist_ok=True)
    with (var / "run" / "up.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupProblem(f"Platforma z danymi w {var} już działa w innym oknie.") from error
        yield
