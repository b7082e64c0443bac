"""Risks and correspondence in the exit package of a tenant."""

from collections.abc import Iterator
from typing import Any

from kooperacja.offers import Pack
from tenants.dialogue.models.correspondence import Message, Thread
from tenants.dialogue.models.risks import Risk

_HEADER = [
    "numer", "zespół", "zgłosił", "rodzaj", "pilność", "co się dzieje", "kogo albo czego dotyczy",
    "co zrobiono", "zgłoszono", "wiadomość do wszystkich", "stan", "zakończono", "przebieg",
]  # fmt: skip


def write_risks(pack: Pack) -> None:
    """Every risk that was reported, with its steps."""
    pack.sheet("ryzyka/zgłoszenia", _HEADER, _rows())


def _rows() -> Iterator[list[Any]]:
    rows = Risk.objects.select_related("team", "organisation").order_by("reported_at", "pk")
    for risk in rows:
        who = [risk.serial, str(risk.team), risk.reporter]
        what = [risk.get_kind_display(), risk.get_urgency_display()]
        said = [risk.text, risk.concerns, risk.done]
        when = [risk.reported_at, risk.queued_at, risk.get_state_display(), risk.ended_on]
        yield [*who, *what, *said, *when, "\n".join(_steps(risk))]


def _steps(risk: Risk) -> Iterator[str]:
    for step in risk.steps.all():
        step.risk = risk  # its text is opened with the key of the team, which is known
        yield f"{step.get_kind_display()}, {step.who}. {step.text}".rstrip()


_MESSAGE_HEADER = [
    "numer", "zespół", "temat", "stan", "zamknięto", "wiadomość", "kto", "w imieniu", "wysłano",
    "treść", "załączniki", "czego nie przyjęto", "dlaczego wysłano",
]  # fmt: skip


def write_correspondence(pack: Pack) -> None:
    """Every message of every thread."""
    pack.sheet("korespondencja/wiadomości", _MESSAGE_HEADER, _messages())


def _messages() -> Iterator[list[Any]]:
    threads = Thread.objects.select_related("team", "organisation").order_by("year", "number", "pk")
    for thread in threads:
        about = [f"{thread.number}/{thread.year}", str(thread.team), thread.subject]
        about += [thread.get_state_display(), thread.ended_on]
        rows = thread.messages.select_related("person", "organisation")
        for message in rows.order_by("position"):
            message.thread = thread  # its text is opened with the key of the team, which is known
            yield [*about, *_message(message)]


def _message(message: Message) -> list[Any]:
    names = ", ".join(
        one.name for one in message.attachments.select_related("message__thread__team")
    )
    who = message.person.full_name if message.person else ""
    said = [message.text, names, message.refused, message.let_in]
    return [message.position, who, message.of, message.sent_at, *said]
