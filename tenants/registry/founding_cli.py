"""The founding of the region from the command line."""

import getpass
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from kooperacja.cli.site import console
from tenants.registry.cli import on_site

if TYPE_CHECKING:
    from kooperacja.audit.actor import Actor
    from kooperacja.inbox.models import OutgoingMessage
    from tenants.registry.founding import Founded
    from tenants.registry.models import Invitation

# Imports stand in functions: Django is set up when a command enters its site.

WAITS = 50  # quarters of a second, longer than a mail may take


@click.command(help="Zakłada województwo i zaprasza pierwszego koordynatora ROPS.")
@click.option("--code", help="Kod województwa, np. 16.")
@click.option("--rops", help="Pełna nazwa ROPS.")
@click.option("--coordinator-name", "name", help="Imię i nazwisko pierwszego koordynatora.")
@click.option("--coordinator-email", "email", help="Jego adres e-mail.")
@click.option("--rops-phone", "phone", default="", help="Telefon ROPS dla gmin i powiatów.")
@click.option("--rops-email", "mailbox", default="", help="Adres e-mail ROPS dla gmin i powiatów.")
@click.option("--again/--no-again", default=None, help="Czy wysłać zaproszenie jeszcze raz.")
@click.option("--link", "is_link", is_flag=True, help="Podaje adres strony, która robi to samo.")
@on_site
def found(
    code: str | None,
    rops: str | None,
    name: str | None,
    email: str | None,
    phone: str,
    mailbox: str,
    again: bool | None,
    is_link: bool,
) -> None:
    from tenants.registry import coordinators, founding

    if is_link:
        _show_link()
        return
    region = founding.region_for(code)
    if region is not None and coordinators.working().exists():
        _say(f"{_known(region.name)} i ma koordynatora ROPS, który zaprasza następnych.")
        return
    waiting = coordinators.invited().last()
    asked = {
        "code": region.code if region else code or _asked_code(),
        "rops_name": region.rops_name if region else rops or _asked("Pełna nazwa ROPS"),
        "coordinator_name": name
        or (waiting.full_name if waiting else _asked("Imię i nazwisko koordynatora")),
        "coordinator_email": email
        or (waiting.email if waiting else _asked("Adres e-mail koordynatora")),
        "rops_phone": phone,
        "rops_email": mailbox,
    }
    founded = founding.found_region(by=_by(), again=bool(again), **asked)
    _tell(founded)
    if not founded.is_sent and again is None and _wants_again(asked["coordinator_email"]):
        _tell(founding.found_region(by=_by(), again=True, **asked))


def _by() -> "Actor":
    """The operator, as the invitation names them to somebody who knows nothing of commands."""
    from kooperacja.audit.actor import Actor
    from kooperacja.audit.models import Via

    name = f"administrator serwera ({getpass.getuser()})"
    return Actor(account_id=None, name=name, via=Via.CLI)


def _show_link() -> None:
    from django.conf import settings

    from tenants.registry.founding import issue_link

    if not (link := issue_link()):
        raise click.ClickException("Województwo jest już założone.")
    _say(f"{settings.SITE_URL}{link}")
    _say("Ten adres działa do założenia województwa; poprzedni już nie działa.")
    _warn_of_address()


def _asked(words: str) -> str:
    return str(click.prompt(words))


def _asked_code() -> str:
    from tenants.registry.rules import VOIVODESHIPS

    _say(", ".join(f"{code} {known.name}" for code, known in VOIVODESHIPS.items()))
    return _asked("Kod województwa")


def _wants_again(address: str) -> bool:
    """Asks whoever is there; a script that says nothing gets nothing sent."""
    try:
        return click.confirm(f"Wysłać zaproszenie jeszcze raz, na adres {address}?")
    except click.Abort:
        click.echo()
        _say("Zaproszenia nie wysłano jeszcze raz; robi to opcja --again.")
        return False


def _tell(founded: "Founded") -> None:
    name = founded.region.name
    if founded.is_new:
        _say(f"Założono województwo: {name}, {founded.region.rops_name}.")
    elif not founded.is_sent:
        _say(f"{_known(name)}.")
    if founded.invitation is None:
        return
    if founded.is_sent:
        _send(founded.invitation)
        _warn_of_address()
    else:
        _say(_waiting(founded.invitation))


def _known(name: str) -> str:
    return f"Województwo {name} jest już założone"


def _waiting(invitation: "Invitation") -> str:
    from django.utils import timezone

    from tenants.registry.standing import standing_of

    return f"{invitation.email}: {standing_of(invitation, timezone.now()).words}."


def _send(invitation: "Invitation") -> None:
    """Send its mail now, since nobody may run the site yet, and say what became of it."""
    from kooperacja.ui.polish import pl_datetime

    mail = _handled(invitation)
    if mail.last_error:
        raise click.ClickException(
            f"Województwo jest założone, ale zaproszenia nie udało się wysłać ({mail.last_error}). "
            "Sprawdź EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER i EMAIL_HOST_PASSWORD, a potem uruchom "
            "`kooperacja found --again`. Serwis, gdy działa, ponawia wysyłkę sam."
        )
    sent = "Wysłano" if mail.done_at else "Działający serwis wysyła właśnie"
    _say(
        f"{sent} zaproszenie na adres {invitation.email}, ważne do {pl_datetime(invitation.expires_at)}."
    )
    _warn_of_mail()


def _handled(invitation: "Invitation") -> "OutgoingMessage":
    """Its mail, sent by us or by the site that runs, which may have been faster."""
    from kooperacja.inbox.models import OutgoingMessage
    from kooperacja.outbox.drain import drain, handlers

    drain(OutgoingMessage, handlers())
    own = OutgoingMessage.objects.filter(dedupe__startswith=f"invitation:{invitation.pk}:")
    for _ in range(WAITS):
        mail: OutgoingMessage = own.get()
        if mail.done_at or mail.last_error:
            break
        time.sleep(0.25)
    return mail


def _warn_of_mail() -> None:
    from django.conf import settings

    if "filebased" in settings.EMAIL_BACKEND:
        _say(
            f"Poczta nie jest ustawiona, więc wiadomość leży w pliku w {settings.EMAIL_FILE_PATH}. "
            "Aby wysyłać naprawdę, ustaw EMAIL_BACKEND i EMAIL_HOST."
        )
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        _say(
            "Nadawcą jest kooperacja@localhost, co wiele skrzynek odrzuci: ustaw DEFAULT_FROM_EMAIL."
        )


def _warn_of_address() -> None:
    from django.conf import settings

    if urlsplit(settings.SITE_URL).hostname in ("localhost", "127.0.0.1", "::1"):
        _say(
            f"Adres serwisu to {settings.SITE_URL}, więc odnośnik otworzy się tylko na tym "
            "komputerze. Dla innych ustaw SITE_URL."
        )


def _say(words: str) -> None:
    console.print(words, soft_wrap=True, markup=False)
