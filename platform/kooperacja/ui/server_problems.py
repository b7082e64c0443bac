"""A database or a disk that could not serve, in words: by SQLSTATE and by errno."""

import errno
from dataclasses import dataclass

from django.db import Error, InterfaceError, OperationalError

from kooperacja.ui.problems import NOTHING_SAVED, PERHAPS_SAVED, Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the database refuses, and the words for it."""

    states: tuple[str, ...]  # whole codes or their beginnings
    title: str
    explanation: str
    # The server said nothing more, so what became of a COMMIT is not known.
    is_silence: bool = False


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
_NO_ROOM = Fault(
    ("53100",),
    "Na serwerze zabrakło miejsca",
    "Powiadom administratora platformy. Do tego czasu można przeglądać, lecz nie zapisywać.",
)
FAULTS = (
    _NO_ROOM,
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
        is_silence=True,
    ),
)


def problem_of_server(failure: BaseException | None) -> Problem | None:
    """The words for a database or a disk that can't serve; None for any other failure."""
    if isinstance(failure, Error):
        return problem_of_database(failure)
    if isinstance(failure, OSError) and failure.errno in FULL:
        return Problem(_NO_ROOM.title, _NO_ROOM.explanation, status=503, kept=NOTHING_SAVED)
    return None


def problem_of_database(failure: Error) -> Problem | None:
    """The words for a lost, full or busy database; None where the fault is our query's."""
    state = getattr(failure.__cause__, "sqlstate", None) or ""
    if not state and not isinstance(failure, OperationalError | InterfaceError):
        return None
    for fault in FAULTS:
        if any(state == code or (code and state.startswith(code)) for code in fault.states):
            is_unknown = fault.is_silence and _came_at_commit(failure)
            kept = PERHAPS_SAVED if is_unknown else NOTHING_SAVED
            return Problem(fault.title, fault.explanation, status=503, kept=kept)
    return None


def _came_at_commit(failure: BaseException | None) -> bool:
    """Also when what is told is the vain attempt to connect anew after it."""
    while failure is not None:
        if getattr(failure, "at_commit", False):
            return True
        failure = failure.__context__
    return False
