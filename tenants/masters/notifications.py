"""Mails about master cards: who asks to keep one, what became of it, what is to be confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kooperacja.accounts.models import Account
from kooperacja.inbox.actions import queue_mail
from kooperacja.letters import letter
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import counted
from tenants.masters.models import MasterCard, MasterKeeper, MasterReport


def tell_of_request(keeper: MasterKeeper, addresses: list[str]) -> None:
    """To those who keep the card, and the coordinators of the ROPS: somebody asks to keep it too."""
    mail = letter(
        "master_asked",
        {"keeper": keeper},
        title="Prośba o prowadzenie karty w katalogu",
        subject=f"Prośba o prowadzenie karty w katalogu: {keeper.card}",
        links=[("Zobacz prośbę", keeper.card.url)],
    )
    for address in sorted(set(addresses)):
        queue_mail(to=address, letter=mail, dedupe=f"master-asked:{keeper.pk}:{address}")


def tell_keeper(keeper: MasterKeeper) -> None:
    """Tell a keeper that they were let in or refused, or keep the card no longer."""
    mail = letter(
        "master_answered",
        {"keeper": keeper},
        title="Prowadzenie karty w katalogu",
        subject=f"Prowadzenie karty w katalogu: {keeper.card}",
        links=[("Zobacz karty w katalogu", root_reverse("directory:masters"))],
    )
    stage = "ended" if keeper.ended_on else "let-in"
    dedupe = f"master-answered:{keeper.pk}:{stage}"
    queue_mail(to=keeper.account.email, letter=mail, dedupe=dedupe)


@dataclass(frozen=True, slots=True)
class AskedCard:
    """A card in a mail that asks about several, and how many of its services wait, in words."""

    card: MasterCard
    services: str


def ask_to_confirm(account: Account, cards: Sequence[AskedCard], day: date) -> None:
    """To a keeper: one mail for all due services of all cards, however many units follow them (REG §3.5.a)."""
    several = counted(len(cards), "karta", "karty", "kart")
    mail = letter(
        "master_due",
        {"cards": cards},
        title="Usługi w katalogu czekają na potwierdzenie",
        subject="Potwierdź, że usługi są aktualne: "
        + (cards[0].card.name if len(cards) == 1 else several),
        links=[(f"Potwierdź usługi: {one.card}", one.card.url) for one in cards],
    )
    queue_mail(to=account.email, letter=mail, dedupe=f"master-due:{account.pk}:{day}")


def ask_to_call(account: Account, cards: Sequence[MasterCard], day: date) -> None:
    """To a coordinator of the ROPS: nobody answers about these cards, or there is nobody to write to."""
    mail = letter(
        "master_to_call",
        {"cards": cards},
        title="Zadzwoń w sprawie kart w katalogu",
        subject=f"Zadzwoń w sprawie kart w katalogu: {len(cards)}",
        links=[("Zobacz, kto nie potwierdza usług", root_reverse("master_checks:list"))],
    )
    queue_mail(to=account.email, letter=mail, dedupe=f"master-call:{account.pk}:{day}")


def tell_of_report(report: MasterReport, accounts: Iterable[Account]) -> None:
    """To keepers, or else the ROPS: a reader of a unit found a mistake; who, nobody is told."""
    service = report.service
    mail = letter(
        "master_reported",
        {"report": report},
        title="Zgłoszono błąd w opisie usługi w katalogu",
        subject=f"Sprawdź opis usługi w katalogu: {service}",
        links=[("Zobacz usługę", service.url)],
    )
    for account in accounts:
        queue_mail(
            to=account.email, letter=mail, dedupe=f"master-reported:{report.pk}:{account.pk}"
        )
