"""Delegates in the exit package of a county."""

from collections.abc import Iterator
from typing import Any

from kooperacja.offers import Pack
from powiat.pzk.models import AskedDelegation

_HEADER = [
    "gmina", "kto prosi", "instytucja", "funkcja", "od kiedy", "prośba z dnia", "odpowiedź do",
    "stan", "odpowiedź z dnia", "kto odpowiedział", "powód", "delegat", "jego funkcja", "e-mail",
    "od", "do", "koniec", "dlaczego",
]  # fmt: skip


def write_delegations(pack: Pack) -> None:
    """Every request of a gmina, its answer and what became of it."""
    pack.sheet("delegaci-do-ggk", _HEADER, _rows())


def _rows() -> Iterator[list[Any]]:
    for one in AskedDelegation.objects.select_related("party").order_by("asked_on", "pk"):
        asked = [one.source_name, one.asking_office, one.institution, one.function, one.from_on]
        asked += [one.asked_on, one.answer_by, one.state_said]
        answer = [one.answered_on, one.answered_by, one.reason, one.full_name, one.named_function]
        answer += [one.email, one.named_from, one.named_until]
        yield [*asked, *answer, one.ended_on, one.get_ended_why_display()]
