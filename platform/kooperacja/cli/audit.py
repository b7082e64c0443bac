"""Checking from the command line that nobody has changed the record of what happened."""

import click

from kooperacja.cli.site import Site, console, progress

# Imports stand in functions: Django is set up when a command enters its site.


@click.group(help="Dziennik zdarzeń.")
def audit() -> None:
    pass


@audit.command(help="Sprawdza pieczęcie dziennika każdej jednostki; kod 1, gdy coś zmieniono.")
@click.pass_obj
def verify(site: Site) -> None:
    site.enter()
    from kooperacja.audit.verify import verify_all

    with progress("Sprawdzam dzienniki") as tell:
        verdicts = verify_all(tell)
    broken = [verdict for verdict in verdicts if not verdict.is_whole]
    for verdict in broken:
        console.print(f"[red]{verdict.tenant.name}[/red]: {verdict.broken}")
    entries = sum(verdict.entries for verdict in verdicts)
    console.print(
        f"Sprawdzone jednostki: {len(verdicts)}, wpisy: {entries}, naruszone dzienniki: "
        f"{len(broken)}."
    )
    if since := sum(verdict.since_export for verdict in verdicts):
        console.print(
            f"Wpisy po ostatnim zapisaniu końców łańcuchów (var/audit-heads): {since}; "
            "o nich świadczy na razie tylko baza."
        )
    if broken:
        raise click.exceptions.Exit(1)
