"""Rounds in which master cards are confirmed: opened at night, closed by the last answer (REG §3.5.a)."""

from collections import Counter, defaultdict
from datetime import date
from uuid import UUID

from django.db import transaction
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.ui.polish import counted
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem, Refused
from kooperacja.writes import came_in, insert_once
from tenants.masters.following import spread
from tenants.masters.models import MasterCall, MasterCard, MasterCheck, MasterService
from tenants.masters.notifications import AskedCard, ask_to_call, ask_to_confirm
from tenants.masters.standing import due, keeping
from tenants.registry.coordinators import working
from tenants.registry.journal import note
from tenants.registry.perms import held_in_region
from tenants.registry.workflow import RegionVerb
from tenants.services.confirming import LETTERS, turn_of

_SERVICES = ("usługa", "usługi", "usług")
_CALLS = "Próby kontaktu z instytucją zapisuje koordynator ROPS."


def open_rounds(day: date) -> None:
    """Ask about each card with a due service of which nobody is asked yet."""
    asked = MasterCheck.objects.filter(closed_on=None).values("card")
    waiting = due(day).exclude(card__in=asked).order_by().values_list("card", flat=True).distinct()
    for card_id in sorted(waiting):
        with transaction.atomic(using="shared"):
            came_in(MasterCheck(pk=uuid7(), card_id=card_id, opened_on=day))


def write(day: date) -> None:
    """Write once to each keeper about all cards whose turn it is: at once and each two weeks.

    Four times at most about one round; then the ROPS hears that it is to call, and at once where
    there is nobody to write to.
    """
    asked = defaultdict[Account, list[AskedCard]](list)
    to_call: list[MasterCard] = []
    with transaction.atomic(using="shared"):
        waiting = Counter(due(day).order_by().values_list("card", flat=True))
        rows = MasterCheck.objects.filter(closed_on=None).select_for_update(of=("self",))
        readers_of = defaultdict[UUID, list[Account]](list)
        for keeper in keeping().filter(card__in=waiting).select_related("account"):
            readers_of[keeper.card_id].append(keeper.account)
        for check in rows.select_related("card"):
            if not waiting[check.card_id] or not _is_turn(check, day):
                continue
            readers = readers_of[check.card_id]
            about = AskedCard(check.card, counted(waiting[check.card_id], *_SERVICES))
            for account in readers:
                asked[account].append(about)
            if not readers or turn_of(check.opened_on, day) == LETTERS - 1:
                to_call.append(check.card)
            check.letters, check.lettered_on = check.letters + bool(readers), day
            check.save(update_fields=["letters", "lettered_on"])
        for account, cards in asked.items():
            ask_to_confirm(account, cards, day)
        for access in working() if to_call else ():
            ask_to_call(access.account, to_call, day)


def _is_turn(check: MasterCheck, day: date) -> bool:
    turn = turn_of(check.opened_on, day)
    was = -1 if check.lettered_on is None else turn_of(check.opened_on, check.lettered_on)
    return was < turn < LETTERS and not check.is_vain(day)


def give_up(day: date) -> None:
    """There is no contact about whatever is still due on cards of which all was tried in vain."""
    with transaction.atomic(using="shared"):
        rows = MasterCheck.objects.filter(closed_on=None).select_for_update(of=("self",))
        for check in rows.select_related("card"):
            settle(check.card_id, day)  # what was due may have ended by itself
            if check.is_vain(day):
                _silence(SYSTEM, check, day)


def call(*, by: Actor, check_id: UUID, key: UUID, how: str) -> MasterCheck:
    """Note an attempt of which nothing came; after the second one there is no contact."""
    with transaction.atomic(using="shared"):
        rows = MasterCheck.objects.select_for_update(of=("self",)).select_related("card")
        check = rows.filter(pk=check_id).first()
        if check is None:
            raise Missing("Nie ma takiej sprawy")
        if by.account_id is None or not held_in_region(by.account_id).exists():
            raise Refused("Nie możesz tego zrobić", _CALLS)
        attempt = {"called_on": by.today, "how": how, "by_name": by.name[:200]}
        insert_once(MasterCall(pk=key, check_round=check, **attempt))
        require_no_answer(check)
        _note(by, RegionVerb.MASTER_CALLED, check)
        if check.is_vain(by.today):
            _silence(by, check, by.today)
    return check


def require_no_answer(check: MasterCheck) -> None:
    """Refuse to note that there was no answer where all is confirmed."""
    if check.closed_on is not None:
        raise Problem(
            "Instytucja już odpowiedziała",
            "Usługi z tej karty są potwierdzone.",
            kept=NOTHING_SAVED,
            at=check,
        )


def settle(card_id: UUID, day: date) -> None:
    """Close the round of a card once nothing of it is left to be confirmed."""
    if not due(day).filter(card=card_id).exists():
        MasterCheck.objects.filter(card=card_id, closed_on=None).update(closed_on=day)


def _silence(by: Actor, check: MasterCheck, day: date) -> None:
    silent = due(day).filter(card=check.card, silent_since=None)
    services: list[MasterService] = list(silent.select_for_update(of=("self",)))
    for service in services:
        service.silent_since = day
        service.version += 1
        service.save(update_fields=["silent_since", "version"])
        spread(service)
    if services:
        _note(by, RegionVerb.MASTER_SILENT, check)


def _note(by: Actor, verb: RegionVerb, check: MasterCheck) -> None:
    card = check.card
    note(by=by, verb=verb, about=f"{card} (REGON {card.regon})", subject_id=card.pk)
