"""What a person is told when the database could not serve, by its SQLSTATE."""

from dataclasses import dataclass

from django.db import Error, InterfaceError, OperationalError

from kooperacja.ui.problems import NOTHING_SAVED, Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the database refuses, and the words for it."""

    states: tuple[str, ...]  # whole codes or their beginnings
    title: str
    explanation: str


FAULTS = (
    Fault(
        ("53100",),
        "Na serwerze zabrakło miejsca",
        "Powiadom administratora platformy. Do tego czasu można przeglądać, lecz nie zapisywać.",
    ),
    Fault(
        ("57014", "55P03", "40P01", "40001"),
        "Serwer jest chwilowo zajęty",
        "Ktoś właśnie zmienia te same dane albo operacja trwała zbyt długo. "
        "Spróbuj jeszcze raz za chwilę.",
    ),
    Fault(
        ("08", "57P", "53", "58", ""),
        "Chwilowo nie mamy połączenia z bazą danych",
        "Spróbuj ponownie za minutę. Jeśli to się powtarza, powiadom administratora platformy.",
    ),
)


def problem_of_database(failure: Error) -> Problem | None:
    """The words for a lost, full or busy database; None where the fault is our query's."""
    state = getattr(failure.__cause__, "sqlstate", None) or ""
    if not state and not isinstance(failure, OperationalError | InterfaceError):
        return None
    for fault in FAULTS:
        if any(state == code or (code and state.startswith(code)) for code in fault.states):
            return Problem(fault.title, fault.explanation, status=503, kept=NOTHING_SAVED)
    return None
