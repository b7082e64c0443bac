"""Mail about an account: a link to a new password, and word of every change of how one signs in."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from kooperacja.accounts.models import Account, ApiToken
from kooperacja.accounts.texts import NOTICES
from kooperacja.inbox.actions import queue_mail
from kooperacja.letters import letter
from kooperacja.tenancy.urls import root_reverse

RESET = "account/email/password_reset_key"


def send(event: str, *, to: str, context: dict[str, Any]) -> None:
    """Queue the mail of one of allauth's events; one we do not know is a defect."""
    if event == RESET:
        mail = letter(
            "password_reset",
            {},
            title="Nowe hasło",
            subject="Kooperacja: nowe hasło",
            links=[("Ustaw nowe hasło", context["password_reset_url"])],
        )
    else:
        mail = letter(
            "account_changed",
            context | {"notice": NOTICES[event]},
            title="Zmiana na Twoim koncie",
            subject="Kooperacja: zmiana na Twoim koncie",
            links=[_new_password()],
        )
    queue_mail(to=to, letter=mail, dedupe=f"{event}:{uuid4()}")


def tell_of_keys(account: Account, notice: str, tokens: list[ApiToken]) -> None:
    """Queue word of keys for programs that were made or ended."""
    mail = letter(
        "api_keys",
        {"notice": notice, "tokens": tokens, "now": timezone.now()},
        title="Klucz API Twojego konta",
        subject="Kooperacja: klucz API Twojego konta",
        links=[("Zobacz swoje klucze", root_reverse("api_tokens")), _new_password()],
    )
    queue_mail(to=account.email, letter=mail, dedupe=f"api-key:{uuid4()}")


def tell_of_feed(account: Account, notice: str) -> None:
    """Queue word of an address of the calendar that was made or ended."""
    mail = letter(
        "calendar_feed",
        {"notice": notice, "now": timezone.now()},
        title="Adres kalendarza Twojego konta",
        subject="Kooperacja: adres kalendarza Twojego konta",
        links=[("Zobacz swój kalendarz", root_reverse("account_calendar")), _new_password()],
    )
    queue_mail(to=account.email, letter=mail, dedupe=f"calendar-feed:{uuid4()}")


def ask_for_address(email: str, token: str) -> None:
    """Queue the link by which an address shows that it is read by whose account it is to be."""
    mail = letter(
        "address_confirm",
        {},
        title="Potwierdź nowy adres e-mail",
        subject="Kooperacja: potwierdź nowy adres e-mail",
        links=[("Potwierdź adres", root_reverse("account_address_confirm", token=token))],
    )
    queue_mail(to=email, letter=mail, dedupe=f"address:{uuid4()}")


def tell_of_address(before: str, after: str) -> None:
    """Queue word to the former address: whoever reads it may not have wanted this."""
    mail = letter(
        "address_changed",
        {"about": after, "now": timezone.now()},
        title="Zmieniono adres e-mail Twojego konta",
        subject="Kooperacja: zmieniono adres e-mail Twojego konta",
        links=[("Zaloguj się", root_reverse("account_login"))],
    )
    queue_mail(to=before, letter=mail, dedupe=f"address-changed:{uuid4()}")


def _new_password() -> tuple[str, str]:
    return "Ustaw nowe hasło", root_reverse("account_reset_password")
