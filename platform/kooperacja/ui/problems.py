"""Problems that a person must be told of."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from kooperacja.ui.polish import stopped

NOTHING_SAVED = "Nic nie zostało zapisane. Wcześniej zapisane dane są bezpieczne."
NOTHING_DONE = "Niczego nie zapisaliśmy."
# For what may have been saved before it could not be answered; every form bears being sent again.
PERHAPS_SAVED = (
    "Zmiana, którą właśnie wysyłano, mogła się zapisać. Sprawdź to; wysłana jeszcze raz "
    "nie zapisze się podwójnie."
)

RETRY_SECONDS = "15"  # after what can't be done now


class Problem(Exception):
    """Something that can't be done, said so that an official understands it.

    `explanation` says what to do, `clause` where the rule stands, `kept` what was saved or lost.
    `at` is the row whose page leads on (`page` names one of its other pages, a model its list),
    `action` the words of the link; a page may give an address (`href`) itself.
    """

    status = 409
    is_crowded = False  # too many do the same at this moment

    def __init__(
        self,
        title: str,
        explanation: str = "",
        *,
        clause: str = "",
        kept: str = "",
        status: int | None = None,
        href: str = "",
        at: Any = None,
        page: str = "",
        action: str = "Wróć",
    ) -> None:
        super().__init__(title)
        self.title = title
        self.explanation = explanation
        self.clause = clause
        self.kept = kept
        self._href, self._at, self._page = href, at, page
        self.action = action
        self.status = status or self.status

    @property
    def words(self) -> str:
        """All it says in a row, for a place beside a field."""
        return " ".join(filter(None, (stopped(self.title), self.explanation, self.kept)))

    @property
    def href(self) -> str:
        """The address of the link; found when a page is answered, since a program needs none."""
        if self._at is None:
            return self._href
        is_model = isinstance(self._at, type)
        return str(self._at.list_url() if is_model else self._at.url_of(self._page))


class Refused(Problem, PermissionDenied):
    """One may not do this, and may know why."""

    status = 403


class Missing(Problem, Http404):
    """There is no such thing, or not for this account."""

    status = 404
