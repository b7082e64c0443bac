"""The end of a session (security.md): idle, 12 h, a change of role, password or factor."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from kooperacja.accounts.models import Account

View = TypeVar("View", bound=Callable[..., Any])

# Keys of the session; moments are seconds of the epoch.
BEGUN = "session.begun"
CONFIRMED = "session.confirmed"  # when the account's rights were last known to be the same
SEEN = "session.seen"
FACTOR = "session.factor"  # HAS or NOT_DEMANDED: whether a second factor is in order
NOTE_EVERY_SECONDS = 60

IDLE = "Sesja wygasła, bo przez dłuższy czas nic się w niej nie działo. Zaloguj się ponownie."
IS_OVER = "session_is_over"  # of a request: it came with a session that has just ended
NOT_SAVED = "Formularz, który właśnie wysłano, nie został zapisany: wypełnij go jeszcze raz."
TOO_LONG = "Sesja trwała już {hours} godzin i została zakończona. Zaloguj się ponownie."
CHANGED = (
    "Sesja została zakończona, bo zmieniły się Twoje uprawnienia, hasło lub drugi składnik. "
    "Zaloguj się ponownie."
)
GONE = (
    "Ta sesja już się skończyła: minął jej czas, zakończono ją na innym urządzeniu albo zmieniły "
    "się Twoje uprawnienia, hasło lub drugi składnik. Zaloguj się ponownie."
)


def passive(view: View) -> View:
    """Mark a page that the browser asks for by itself: its polling is no use of the session."""
    view.is_passive = True  # type: ignore[attr-defined]
    return view


def begin(session: SessionBase) -> None:
    now = time.time()
    session[BEGUN] = session[CONFIRMED] = session[SEEN] = now


def reason_to_end(session: SessionBase, account: Account) -> str:
    """The reason why this session is over, in words for its owner, or ""."""
    now = time.time()
    hours = settings.SESSION_ABSOLUTE_HOURS
    if now - session[BEGUN] >= hours * 3600:
        return TOO_LONG.format(hours=hours)
    valid_from = account.sessions_valid_from
    if valid_from and session[CONFIRMED] < valid_from.timestamp():
        return CHANGED
    return IDLE if is_idle(session, settings.SESSION_IDLE_MINUTES) else ""


def is_idle(session: SessionBase, minutes: int) -> bool:
    return bool(time.time() - session[SEEN] >= minutes * 60)


def note_use(session: SessionBase) -> None:
    """Remember that the session was used; a write a minute is exact enough."""
    now = time.time()
    if now - session[SEEN] < NOTE_EVERY_SECONDS:
        return
    session[SEEN] = now
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())


def end_sessions(account: Account, keep: SessionBase | None = None) -> None:
    """End all sessions of an account but one: its role, password or factor has changed."""
    now = timezone.now()
    with transaction.atomic(using="shared"):
        Account.objects.filter(pk=account.pk).update(sessions_valid_from=now)
        account.sessions_valid_from = now
        others = UserSession.objects.filter(user_id=account.pk)
        for session in others.exclude(session_key=keep.session_key if keep else ""):
            session.end()
    if keep is not None:
        keep[CONFIRMED] = now.timestamp()
        keep.pop(FACTOR, None)
