"""What code raises when a person must be told why not."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

NOTHING_SAVED = "Nic nie zostało zapisane. Wcześniej zapisane dane są bezpieczne."
# For what may have been saved before it could not be answered; every form bears being sent again.
PERHAPS_SAVED = (
    "Zmiana, którą właśnie wysyłano, mogła się zapisać. Sprawdź to; wysłana jeszcze raz "
    "nie zapisze się podwójnie."
)


class Problem(Exception):
    """Something that can't be done, said so that an official understands it.

    `explanation` says what to do, `clause` where the rule stands, `kept` what was saved or lost;
    `href` and `action` lead on.
    """

    status = 409

    def __init__(
        self,
        title: str,
        explanation: str = "",
        *,
        clause: str = "",
        kept: str = "",
        status: int | None = None,
        href: str = "",
        action: str = "Wróć",
    ) -> None:
        super().__init__(title)
        self.title = title
        self.explanation = explanation
        self.clause = clause
        self.kept = kept
        self.href = href
        self.action = action
        self.status = status or self.status


class Refused(Problem, PermissionDenied):
    """One may not do this, and may know why."""

    status = 403


class Missing(Problem, Http404):
    """There is no such thing, or not for this account."""

    status = 404
