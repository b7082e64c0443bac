"""Bringing the European list of trusted lists, by which issuers of signatures are checked."""

import os
from pathlib import Path

import click

from kooperacja.cli.site import console

# Imports stand in functions: settings are read when a command runs, and lists need heavy parsers.


@click.group(help="Listy zaufanych wystawców podpisów elektronicznych.")
def trust() -> None:
    pass


@trust.command(
    help="Pobiera, sprawdza i odkłada listę zaufanych; gdy się nie uda, nic nie zmienia."
)
@click.option(
    "--url", default="", help="Adres europejskiej listy list; domyślnie SIGNATURE_LIST_URL."
)
@click.option("--country", default="PL", show_default=True, help="Kraj, dwie litery.")
@click.option(
    "--country-url", default="", help="Adres kopii listy kraju, gdy oficjalny jest zamknięty."
)
@click.option(
    "--signers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Plik PEM tych, którzy podpisują europejską listę; domyślnie znani bibliotece.",
)
def update(url: str, country: str, country_url: str, signers: Path | None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")
    from django.conf import settings
    from pyhanko.keys import load_certs_from_pemder_data

    from kooperacja.documents import trustlists, trustupdate
    from kooperacja.ui.polish import pl_date

    known = load_certs_from_pemder_data(signers.read_bytes()) if signers else trustlists.pinned()
    source = trustupdate.Source(url or settings.SIGNATURE_LIST_URL, list(known), country_url)
    try:
        with console.status("Pobieram listę zaufanych…"):
            found = trustupdate.update(source, country.upper())
    except trustlists.BadList as bad:
        raise click.ClickException(f"Listy zaufanych nie zmieniono: {bad}.") from None
    except OSError as error:
        raise click.ClickException(f"Nie udało się zapisać listy zaufanych: {error}.") from None
    console.print(
        f"Lista zaufanych {found.territory} nr {found.number}, wydana {pl_date(found.issued_at)}, "
        f"ważna do {pl_date(found.valid_until)}; certyfikaty wystawców: {found.certificates}."
    )
