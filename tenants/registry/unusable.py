"""Invitations that open nothing, and why, for whoever holds the link."""

from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import pl_datetime
from kooperacja.ui.problems import Problem
from tenants.registry.models import Invitation
from tenants.registry.standing import newer_than

AGAIN = "Poproś osobę, która Cię zaprosiła, o nowe zaproszenie."


class Unusable(Problem):
    """An invitation that opens nothing, and why."""


def forged() -> Unusable:
    return Unusable(
        "Nie ma takiego zaproszenia",
        "Sprawdź, czy adres z wiadomości został skopiowany w całości. " + AGAIN,
        status=404,
    )


def used() -> Unusable:
    return Unusable(
        "To zaproszenie zostało już wykorzystane",
        "Każde zaproszenie działa jeden raz. Jeśli masz już konto, po prostu się zaloguj.",
        status=410,
        href=root_reverse("places"),
        action="Przejdź do swoich miejsc pracy",
    )


def withdrawn(invitation: Invitation) -> Unusable:
    if newer_than(invitation) is not None:
        return Unusable(
            "To zaproszenie zostało zastąpione nowszym",
            "Poszukaj nowszej wiadomości na ten sam adres. " + AGAIN,
            status=410,
        )
    return Unusable(
        "To zaproszenie zostało wycofane",
        f"Wycofano je {pl_datetime(invitation.withdrawn_at)}. {AGAIN}",
        status=410,
    )


def expired() -> Unusable:
    return Unusable(
        "To zaproszenie straciło ważność",
        "Zaproszenie jest ważne 72 godziny od wysłania. " + AGAIN,
        status=410,
    )


def wrong_account(invitation: Invitation) -> Unusable:
    return Unusable(
        "To zaproszenie jest dla kogoś innego",
        f"Wysłano je na adres {invitation.email}, a zalogowano konto z innym adresem. "
        "Wyloguj się i otwórz zaproszenie jeszcze raz.",
        status=403,
        href=root_reverse("account_logout"),
        action="Wyloguj się",
    )
