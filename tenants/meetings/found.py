"""Meetings, items of agendas and arrangements, found by words (REG §2).

Their texts are sealed, so they are compared in memory: the latest of each kind.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator

from kooperacja.ui.everywhere import Found
from kooperacja.ui.search import is_matching
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.people.models import Person
from tenants.teams import perms as teams

_LATEST = 1000
_SHOWN = 100  # letters


def meetings(person: Person, words: str) -> Iterator[Found]:
    """By number, day, team and way of meeting."""
    for row in Meeting.objects.read_by(person).order_by("-starts_at", "-pk")[:_LATEST]:
        if is_matching(words, str(row), str(row.team), row.get_mode_display()):
            yield Found(str(row), row.url, f"{row.team}, {row.get_state_display()}")


def items(person: Person, words: str) -> Iterator[Found]:
    """By title; what a closed team deals with is looked for nowhere."""
    seen = Meeting.objects.read_by(person).filter(team__in=teams.open_teams())
    rows = AgendaItem.objects.filter(meeting__in=seen).select_related("meeting__team")
    for row in rows.order_by("-meeting__starts_at", "position", "pk")[:_LATEST]:
        if is_matching(words, row.title):
            yield Found(row.title, reverse("meetings:meeting", args=[row.meeting_id]), str(row))


def arrangements(person: Person, words: str) -> Iterator[Found]:
    """By number, 3/2026; in an open team by what was arranged too."""
    rows = Arrangement.objects.read_by(person).select_related("team")
    for row in rows.order_by("-year", "-number", "pk")[:_LATEST]:
        text = "" if row.team.law.is_closed else row.text
        if is_matching(words, str(row), text):
            said = Truncator(text).chars(_SHOWN)
            yield Found(str(row), row.url, f"{row.get_state_display()} {said}".rstrip())
