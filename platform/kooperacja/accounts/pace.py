"""How fast an account may search and send files: as people do, so that pages keep their share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from kooperacja.accounts.models import Account
from kooperacja.ui.errors import plain_answer
from kooperacja.ui.problems import NOTHING_SAVED, Problem

PARAM = "szukaj"
_MANY, _PIECE = 1000, 1 << 16
# Who hears that other files are being read is asked to come again in a dozen seconds.
BUSY_SECONDS = 10.0


@dataclass
class Pace:
    """Some at once and then one each so many seconds; of each account of one process."""

    setting: str  # how many at once
    seconds: float
    _calm_at: dict[UUID, float] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock)

    def may(self, account_id: UUID, at: float) -> bool:
        """Count one at this moment, unless the account made too many before it."""
        with self._lock:
            calm_at = max(at, self._calm_at.get(account_id, at))
            if calm_at - at > self.seconds * (getattr(settings, self.setting) - 1):
                return False
            if len(self._calm_at) >= _MANY:
                self._calm_at = {one: then for one, then in self._calm_at.items() if then > at}
            self._calm_at[account_id] = calm_at + self.seconds
        return True

    def pause(self, account_id: UUID, at: float) -> None:
        """Let the account make none for some seconds, and then one by one."""
        with self._lock:
            calm_at = at + BUSY_SECONDS + self.seconds * (getattr(settings, self.setting) - 1)
            self._calm_at[account_id] = max(calm_at, self._calm_at.get(account_id, at))


_searches = Pace("SEARCHES_AT_ONCE", 4.0)
_files = Pace("FILES_AT_ONCE", 5.0)


class PaceMiddleware(MiddlewareMixin):
    """Refuses what an account asks for faster than a person can, before a file is taken apart."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if _sends_file(request):
            title = "Za dużo plików w krótkim czasie"
            problem = Problem(
                title, "Poczekaj kilka sekund i wyślij ponownie.", status=429, kept=NOTHING_SAVED
            )
            return _refused(request, _files, problem)
        if _searches_words(request, view):
            title = "Za dużo wyszukiwań w krótkim czasie"
            problem = Problem(title, "Poczekaj kilka sekund i wyszukaj ponownie.", status=429)
            return _refused(request, _searches, problem)
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Take no other file apart of an account that has just heard that others are being read."""
        if getattr(response, "is_crowded", False) and _sends_file(request):
            account = getattr(request, "user", None)
            if isinstance(account, Account):
                _files.pause(account.pk, monotonic())
        return response


def _searches_words(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """By an address with words; or a page that says `is_search`, whose words are sent to it."""
    if request.method == "POST" and getattr(view, "is_search", False):
        return True
    return bool(request.GET.get(PARAM, "").strip())


def _sends_file(request: HttpRequest) -> bool:
    return request.method == "POST" and request.content_type == "multipart/form-data"


def _refused(request: HttpRequest, pace: Pace, problem: Problem) -> HttpResponse | None:
    account = request.user
    if not isinstance(account, Account) or pace.may(account.pk, monotonic()):
        return None
    while request.read(_PIECE):  # a proxy that is still sending would take the answer for a failure
        pass
    answer = plain_answer(request, problem)
    answer.headers["Retry-After"] = str(round(pace.seconds))
    return answer
