"""Members of a team: whoever has a seat in it today, and the way to reach each (REG §6.1-6.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kooperacja.notifications.base import Recipient
from tenants.meetings.addressed import recipient_of
from tenants.teams.models import Seat, Team


@dataclass(frozen=True, slots=True)
class Member:
    """A seat that is taken, and who is written to: its person, or of a vacant one its institution.

    With an account it is reached by inbox and mail, else by mail; None where there is no address.
    """

    seat: Seat
    to: Recipient | None


def seats_of(team: Team, day: date) -> "QuerySet[Seat]":
    """The seats of everybody who belongs to a team on a day."""
    seats = Seat.objects.taken(day).filter(team=team)
    return seats.select_related("person", "organisation").order_by("pk")


def members_of(team: Team, day: date) -> Iterator[Member]:
    """Everybody who belongs to a team on a day; there is no way to leave one of them out."""
    for seat in seats_of(team, day):
        yield Member(seat, recipient_of(seat))


def accounts_of(team: Team, day: date) -> list[Recipient]:
    """Members who have an account: news reach them by the inbox and the mail of the day."""
    return [one.to for one in members_of(team, day) if one.to and one.to.account_id]
