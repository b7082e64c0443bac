"""Letters of gminas: they ask for a delegate, withdraw that, and say what became of it.

A letter may come again, and before the one it follows. Each gmina knows its own requests alone.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kooperacja.audit.record import record
from kooperacja.workflow import move
from kooperacja.writes import found_or_new
from powiat.pzk import standing
from powiat.pzk.actions import telling
from powiat.pzk.actions.answering import end
from powiat.pzk.actions.ending import lapse
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import AskedState
from tenants.agreements.models import Agreement, Party
from tenants.exchange.delegations import Answer, Became, EndedWhy
from tenants.exchange.letters import LetterRef
from tenants.people.actions.invitations import publish_figures

# A letter that came before the one it follows waits for that so long.
WAITS = timedelta(days=1)


class NotYet(Exception):
    """The letter speaks of a request that has not come; it is read again later."""


def read_asked(letter: LetterRef) -> None:
    """DELEGATION_ASKED: it waits for the institution, or is answered at once where there is none."""
    said = letter.payload
    party = _party(said)
    asked, is_new = found_or_new(
        AskedDelegation,
        defaults={
            "party": party,
            "source_name": letter.source.name[:200],
            "asking_office": str(said["asked_by"])[:300],
            "function": str(said["function"])[:200],
            "from_on": date.fromisoformat(said["from_on"]),
            "answer_by": date.fromisoformat(said["answer_by"]),
            "asked_on": letter.by.today,
        },
        source_id=letter.source.id,
        request_id=UUID(said["request_id"]),
    )
    if not is_new:
        return
    entry = record(by=letter.by, verb="PZK_DELEGATE_ASKED", obj=asked)
    if asked.party and asked.party.agreement.is_over_on(letter.by.today):
        lapse(asked, letter.by.today, EndedWhy.AGREEMENT_ENDED)
    elif why := _refusal(asked, letter):
        _close_unasked(letter, asked, why)
    else:
        telling.tell_asked(letter.by, asked)
    publish_figures(AskedDelegation, cause=entry.pk)


def _party(said: Any) -> Party | None:
    """The party that is asked; its agreement is locked, so that it doesn't leave meanwhile."""
    agreement_id, party_id = UUID(said["agreement_id"]), UUID(said["party_id"])
    agreement = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if agreement is None:
        return None
    return agreement.parties.select_related("agreement").filter(pk=party_id).first()


def _refusal(asked: AskedDelegation, letter: LetterRef) -> str:
    """The reason for which nobody here can be asked, or nothing."""
    party = asked.party
    if party is None:
        return "W tym porozumieniu nie ma takiej Strony."
    if not standing.is_in_force(party.agreement, letter.by.today):
        return "To porozumienie nie obowiązuje."
    if letter.source.code not in standing.codes(party.agreement, letter.by.today):
        return standing.NOT_NAMED
    if party not in standing.bound(party.agreement, letter.by.today):
        return standing.gone_said(party)
    return ""


def _close_unasked(letter: LetterRef, asked: AskedDelegation, why: str) -> None:
    """Answer for an institution that can't be asked: the gmina reads why."""
    values: dict[str, Any] = {"reason": why, "answered_on": letter.by.today}
    move(asked, AskedState.NOT_OURS, by=letter.by, on=letter.by.today, why=why, **values)
    telling.tell_answered(letter.by, asked, Answer.NOT_OURS)


def read_withdrawn(letter: LetterRef) -> None:
    """DELEGATION_WITHDRAWN: nobody needs to answer any more, or the answer is not needed."""
    if asked := _locked(letter):
        _become(letter, asked, AskedState.WITHDRAWN)


def read_state(letter: LetterRef) -> None:
    """DELEGATION_STATE: what became of it in the gmina."""
    became = Became(letter.payload["state"])
    if asked := _locked(letter):
        to = AskedState(became.value)
        if became == Became.EXPIRED and asked.state == AskedState.NAMED:
            to = AskedState.TOO_LATE
        _become(letter, asked, to)


def _become(letter: LetterRef, asked: AskedDelegation, to: AskedState) -> None:
    """Follow the gmina; what comes late, or again, changes nothing."""
    if not asked.WORKFLOW.may(asked.state, to):
        return
    on = date.fromisoformat(letter.payload["on"])
    values: dict[str, Any] = {"became_on": on}
    if to in (AskedState.ENDED, AskedState.EXPIRED):
        values["ended_why"] = _why(letter)
    if to == AskedState.ENDED:
        values["ended_on"] = on
    entry = move(asked, to, by=letter.by, on=on, **values)
    telling.tell_became(letter.by, asked, asked.get_ended_why_display())
    publish_figures(AskedDelegation, cause=entry.pk)


def _why(letter: LetterRef) -> str:
    """The gmina's reason; nothing of one that this release doesn't know."""
    why = str(letter.payload.get("why") or "")
    return why if why in EndedWhy.values else ""


def _locked(letter: LetterRef) -> AskedDelegation | None:
    """The request of this very gmina, or nothing if it never asked."""
    rows = AskedDelegation.objects.select_for_update(of=("self",)).select_related("party")
    number = UUID(letter.payload["request_id"])
    asked = rows.filter(source_id=letter.source.id, request_id=number).first()
    if asked is None and timezone.now() - letter.posted_at < WAITS:
        raise NotYet(str(number))
    return asked


def read_returned(letter: LetterRef) -> None:
    """Our answer came back: the gmina's tenant is closed, and learns when it opens again."""
    rows = AskedDelegation.objects.select_for_update(of=("self",)).select_related("party")
    number = UUID(letter.payload["request_id"])
    asked = rows.filter(source_id=letter.addressee.id, request_id=number).first()
    if asked is None:
        return
    day, why = letter.by.today, EndedWhy.GMINA_CLOSED
    if asked.is_sent:
        end(by=letter.by, asked=asked, ended_on=day, why=why)
    else:
        telling.tell_ended(asked, day, why)
