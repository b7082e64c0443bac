"""The console script `kooperacja`: what an operator runs."""

import importlib
import sys

import click

from kooperacja.cli.site import Site
from kooperacja.embedded.problems import SetupProblem, refuse_windows

# Loaded when asked for; named by strings, since the technical half knows no tenants.
COMMANDS = {
    "up": "tenants.registry.cli.up",
    "demo": "tenants.demo.cli.demo",
    "manage": "kooperacja.cli.run.manage",
    "audit": "kooperacja.cli.audit.audit",
    "trust": "kooperacja.cli.trust.trust",
    "mail": "kooperacja.cli.mail.mail",
    "bench": "infra.bench.bench",
    "migrate": "tenants.schemas.cli.migrate",
    "sync-roles": "tenants.schemas.cli.sync_roles",
    "doctor": "tenants.backup.cli.doctor",
    "tenants": "tenants.backup.cli.tenants",
    "backup": "tenants.backup.cli.backup",
    "restore": "tenants.backup.cli.restore",
    "keys": "tenants.registry.keys_cli.keys",
    "export": "tenants.backup.cli.export",
    "rebuild-directory": "region.directory.cli.rebuild_directory",
    "found": "tenants.registry.founding_cli.found",
    "import-terc": "tenants.registry.cli.import_terc",
    "import-boundaries": "tenants.registry.cli.import_boundaries",
}


class Commands(click.Group):
    """Commands of all apps; a problem of set-up is one sentence, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].rpartition(".")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            refuse_windows()
            return super().invoke(ctx)
        except SetupProblem as problem:
            raise click.ClickException(str(problem)) from problem


@click.group(cls=Commands, help="Platforma modelu kooperacji: uruchamianie i obsługa.")
@click.pass_context
def cli(ctx: click.Context) -> None:
    ctx.obj = Site()
    ctx.call_on_close(ctx.obj.leave)


def main(arguments: list[str] | None = None) -> None:
    cli.main(args=arguments, prog_name="kooperacja")


if __name__ == "__main__":
    main(sys.argv[1:])
