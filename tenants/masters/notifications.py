"""Mails about master cards: who asks to keep one, what became of it, what is to be confirmed."""

from kooperacja.accounts.models import Account
from kooperacja.inbox.actions import queue_mail
from kooperacja.letters import letter
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import counted
from tenants.masters.models import MasterCard, MasterKeeper

_WAITING = ("usługa", "usługi", "usług")


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
    """To whoever asked, or kept it: let in, refused, or no longer its keeper."""
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


def ask_to_confirm(card: MasterCard, account: Account, count: int, stage: str) -> None:
    """To a keeper: one mail for all services of the card, however many units follow them (REG §3.5.a)."""
    mail = letter(
        "master_due",
        {"card": card, "services": counted(count, *_WAITING)},
        title="Usługi w katalogu czekają na potwierdzenie",
        subject=f"Potwierdź, że usługi są aktualne: {card}",
        links=[("Potwierdź usługi", card.url)],
    )
    dedupe = f"master-due:{card.pk}:{account.pk}:{stage}"
    queue_mail(to=account.email, letter=mail, dedupe=dedupe)
