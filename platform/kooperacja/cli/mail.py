"""Taking a message that a mail server hands over."""

import os
import sys
from typing import BinaryIO

import click
import django

from kooperacja.cli.site import Site
from kooperacja.incoming.reading import MOST_BYTES

# Imports stand in functions: Django is set up when a command enters its site.

# The codes that mail servers know (sysexits.h).
BAD_DATA, NO_USER, TRY_AGAIN = os.EX_DATAERR, os.EX_NOUSER, os.EX_TEMPFAIL
CODES = {"UNUSABLE": BAD_DATA, "NOBODY": NO_USER, "LATER": TRY_AGAIN}


@click.group(help="Poczta przychodząca.")
def mail() -> None:
    pass


@mail.command(
    help="Przyjmuje jedną wiadomość ze standardowego wejścia. Kod 0: przyjęta, 65: nie da się jej "
    "odczytać, 67: nie ma takiego adresu, 75: spróbuj później."
)
@click.option("--to", default="", help="Adres odbiorcy z koperty; bez niego adresy z nagłówków.")
@click.pass_obj
def receive(site: Site, to: str) -> None:
    content = _whole(sys.stdin.buffer)
    raise click.exceptions.Exit(_received(site, content, to))


def _whole(stream: BinaryIO) -> bytes:
    """As much as tells that it is too long; the rest goes, so that the server can write it."""
    content = stream.read(MOST_BYTES + 1)
    while stream.read(1 << 16):
        pass
    return content


def _received(site: Site, content: bytes, to: str) -> int:
    """A site that can't be entered now, for whatever reason, takes the message later."""
    try:
        _enter(site)
        from kooperacja.incoming.receiving import take

        return CODES.get(take(content, to=to), os.EX_OK)
    except (Exception, SystemExit) as error:
        click.echo(type(error).__name__, err=True)
        return TRY_AGAIN


def _enter(site: Site) -> None:
    """As a worker does, which holds no more than the logins; else as every command."""
    if not os.environ.get("APP_DATABASE_URL"):
        site.enter()
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")
    django.setup()
    from kooperacja.crypto import kek

    kek.require()
