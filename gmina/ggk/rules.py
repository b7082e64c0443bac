"""Functions that a GGK asks for, and days within which an institution answers (POR-C §2.4.2, §3.1)."""

from collections.abc import Iterable
from datetime import date, timedelta

# Professions of a GGK beside those that an institution names in the agreement (POR-C §3.1).
FUNCTIONS = (
    "asystent rodziny",
    "doradca zawodowy",
    "dzielnicowy",
    "kurator sądowy",
    "pedagog",
    "pielęgniarka środowiskowa",
    "pracownik socjalny",
    "psycholog",
    "terapeuta",
)
MOST_DAYS_TO_ANSWER = 90
MOST_DAYS_AHEAD = 365


def functions(named: Iterable[str]) -> list[str]:
    """Those that the institution names, then the others."""
    own = list(dict.fromkeys(one[:120] for one in named if one))
    return [*own, *(one for one in FUNCTIONS if one not in own)]


def asked_error(from_on: date, answer_by: date, today: date) -> dict[str, str]:
    """The fields whose day can't be, each with the reason."""
    wrong = {}
    if answer_by <= today:
        wrong["answer_by"] = "Podaj dzień późniejszy niż dzisiejszy."
    elif answer_by > today + timedelta(days=MOST_DAYS_TO_ANSWER):
        wrong["answer_by"] = f"Na odpowiedź można dać najwyżej {MOST_DAYS_TO_ANSWER} dni."
    if from_on < today:
        wrong["from_on"] = "Podaj dzień dzisiejszy albo późniejszy."
    elif from_on > today + timedelta(days=MOST_DAYS_AHEAD):
        wrong["from_on"] = "Podaj dzień w ciągu roku."
    return wrong


def is_unanswered(answer_by: date, today: date) -> bool:
    """The last day on which the institution could answer is over."""
    return today > answer_by
