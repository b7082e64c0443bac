"""Everybody concerned hears of a request for a delegate, and the gmina gets its letters."""

from datetime import date
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Recipient, send, settle_all
from kooperacja.notifications.reminders import settle_reminders
from kooperacja.ui.polish import pl_date
from powiat.pzk.models import AskedDelegation
from powiat.pzk.notifications import DelegateAnswered, DelegateAsked, DelegateBecame
from powiat.pzk.workflow import AskedState
from tenants.agreements.told import office, people_of
from tenants.exchange import delegations, letters
from tenants.exchange.delegations import Answer, EndedWhy

# What the office and the institution are told, each in a sentence.
_ANSWERS = {
    Answer.NAMED: "Instytucja wskazała delegata do GGK",
    Answer.REFUSED: "Instytucja odmówiła wskazania delegata do GGK",
    Answer.NOT_OURS: "Prośba o delegata do GGK nie jest do tej instytucji",
}
_NEWS = {
    AskedState.WITHDRAWN: "Prośba o delegata do GGK jest wycofana",
    AskedState.EXPIRED: "Prośba o delegata do GGK wygasła bez odpowiedzi",
    AskedState.SEATED: "Delegat zajął miejsce w GGK",
    AskedState.DECLINED: "Delegat nie przyjął delegacji do GGK",
    AskedState.TOO_LATE: "Odpowiedź w sprawie delegata do GGK przyszła za późno",
    AskedState.ENDED: "Delegacja do GGK skończyła się",
}


def waits_of(asked: AskedDelegation) -> str:
    """The beginning of the dedupe of whatever asks the institution to answer."""
    return f"pzk-delegate-asked:{asked.pk}:"


def about(asked: AskedDelegation) -> dict[str, Any]:
    """The fields that every message about it has."""
    return {
        "asked_id": asked.pk,
        "gmina": asked.source_name,
        "function": asked.function,
        "party": asked.institution,
    }


def people(asked: AskedDelegation, day: date) -> list[Recipient]:
    """The people of the institution that is asked; of our own office those who speak for it."""
    if asked.party is None:
        return []
    return people_of(day, [asked.party])[asked.party.pk]


def everybody(by: Actor, asked: AskedDelegation) -> list[Recipient]:
    return [*people(asked, by.today), *office(by)]


def tell_asked(by: Actor, asked: AskedDelegation) -> None:
    """The institution hears of the request; for one that nobody can be told, the office does."""
    message = DelegateAsked(**about(asked), until=pl_date(asked.answer_by))
    to = people(asked, by.today) or office(by)
    send(message, to=to, dedupe=f"{waits_of(asked)}asked")


def nothing_waits(asked: AskedDelegation) -> None:
    """Nobody is asked to answer any more."""
    settle_all(begin=waits_of(asked))
    settle_reminders(asked.pk)


def tell_answered(by: Actor, asked: AskedDelegation, answer: Answer) -> None:
    """The gmina gets the answer, the office hears that there is one."""
    nothing_waits(asked)
    letters.post(
        to=asked.source_id,
        kind=delegations.ANSWERED,
        payload=_answer(asked, answer),
        dedupe=f"delegation-answered:{asked.pk}",
    )
    message = DelegateAnswered(**about(asked), answer=_ANSWERS[answer])
    send(message, to=office(by), dedupe=f"pzk-delegate-answered:{asked.pk}")


def _answer(asked: AskedDelegation, answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"request_id": asked.request_id, "answer": answer.value}
    if answer == Answer.NAMED:
        return said | {
            "full_name": asked.full_name,
            "function": asked.named_function,
            "email": asked.email,
            "from_on": asked.named_from,
            "until": asked.named_until,
        }
    return said | {"reason": asked.reason}


def tell_ended(asked: AskedDelegation, on: date, why: EndedWhy) -> None:
    """The gmina hears at once that it is over, or once its unit opens again."""
    letters.post(
        to=asked.source_id,
        kind=delegations.ENDED,
        payload={"request_id": asked.request_id, "ended_on": on, "why": why.value},
        dedupe=f"delegation-ended:{asked.pk}",
    )


def tell_became(by: Actor, asked: AskedDelegation, why: str = "") -> None:
    """The institution and the office hear what became of it."""
    nothing_waits(asked)
    message = DelegateBecame(**about(asked), became=_NEWS[AskedState(asked.state)], why=why)
    send(message, to=everybody(by, asked), dedupe=f"pzk-delegate-became:{asked.pk}:{asked.state}")
