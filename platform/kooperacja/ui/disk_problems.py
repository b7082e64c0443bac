"""What a person is told when the server could not write a file, by its errno."""

import errno

from kooperacja.ui.problems import NOTHING_SAVED, Problem

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


def problem_of_disk(failure: OSError) -> Problem | None:
    """The words for a disk that is full or closed; None for any other fault of a file."""
    if failure.errno not in FULL:
        return None
    return Problem(
        "Na serwerze zabrakło miejsca",
        "Powiadom administratora platformy. Do tego czasu można przeglądać, lecz nie zapisywać.",
        status=503,
        kept=NOTHING_SAVED,
    )
