"""The two questions about an invitation of the region's: sending it again, and withdrawing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse

from kooperacja.pages import Crumbs, question, sent
from tenants.registry.models import Invitation
from tenants.registry.perms import RegionRequest


@dataclass(frozen=True, slots=True)
class Ask:
    """The words of one of the two."""

    button: str
    done: str
    consequence: str
    undo: str
    danger: bool = True


AGAIN = Ask(
    button="Wyślij zaproszenie ponownie",
    done="Wysłaliśmy zaproszenie, ważne 72 godziny, na adres",
    consequence="Wyślemy nowy odnośnik, ważny 72 godziny. Poprzedni przestanie działać.",
    undo="Wysłane zaproszenie można wycofać, dopóki nikt go nie przyjął.",
    danger=False,
)
WITHDRAW = Ask(
    button="Wycofaj zaproszenie",
    done="Wycofano zaproszenie na adres",
    consequence="Odnośnik z wiadomości przestanie działać i powie, że zaproszenie wycofano.",
    undo="Tę osobę można potem zaprosić od nowa.",
)


def asked(
    request: RegionRequest,
    ask: Ask,
    act: Callable[[], Invitation],
    invitation: Invitation,
    *,
    to: str,
    crumbs: Crumbs,
    ready: Callable[[], object] | None = None,
) -> HttpResponse:
    """Ask once more, and then do it."""
    words: dict[str, Any] = {"consequence": ask.consequence, "undo": ask.undo, "button": ask.button}
    return question(
        request,
        forms.Form(**sent(request)),
        act,
        ready=ready,
        said=f"{ask.done}: {invitation.email}.",
        to=to,
        crumbs=crumbs,
        question=f"{ask.button}: {invitation.full_name}, {invitation.email}?",
        danger=ask.danger,
        **words,
    )
