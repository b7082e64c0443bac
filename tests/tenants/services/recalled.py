"""Invented services of each type, and the judgement of a search that is asked in everyday words (REG §3.4)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tenants.services.types import types
from tests.tenants.services.asked import ASKED, HELD_OUT

FIRST, LEAST = 5, 0.95


def invented(of_each: int) -> Iterator[dict[str, Any]]:
    """Some are called as their institution calls them, the others as their type is."""
    for number, one in enumerate(several for several in types() for _ in range(of_each)):
        yield {
            "name": f"Program „Dobry Dzień {number}”" if number % 2 else one.name.capitalize(),
            "type_code": one.code,
            "about": one.about if number % 3 else "Pomagamy mieszkańcom.",
            "access": "Zadzwoń i umów się.",
        }


def judge(answer: Callable[[str], Sequence[str]]) -> None:
    """Ask for each phrase the types of the first services found."""
    asked = {**ASKED, **HELD_OUT}
    answers = {phrase: answer(phrase)[:FIRST] for phrase in asked}
    missed = {
        phrase: answers[phrase]
        for phrase, meant in asked.items()
        if not set(meant.split()) & set(answers[phrase])
    }
    recall = 1 - len(missed) / len(asked)
    print(f"\n{len(asked)} phrases, recall in the first {FIRST}: {recall:.3f}; missed: {missed}")  # noqa: T201 - to be compared
    assert [phrase for phrase, known in answers.items() if not known] == []
    assert recall >= LEAST, missed
