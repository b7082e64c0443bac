"""Meetings of one team at the same time (REG §2.5): by instants, so also at midnight and DST nights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True, slots=True)
class Sitting:
    """The time of a meeting; one by e-mail lasts for days and takes nobody's hour."""

    key: UUID
    team: UUID
    starts_at: datetime
    ends_at: datetime
    is_by_email: bool = False

    def __post_init__(self) -> None:
        if self.starts_at.utcoffset() is None or self.ends_at.utcoffset() is None:
            raise ValueError("a moment without its zone may be two instants")

    @property
    def length(self) -> timedelta:
        """The time that passes, in the night of a change too."""
        return _instant(self.ends_at) - _instant(self.starts_at)

    @property
    def day(self) -> date:
        """The Polish day on which it begins, and counts, also where it lasts past midnight."""
        return self.starts_at.astimezone(WARSAW).date()

    def overlaps(self, other: "Sitting") -> bool:
        """Both take place at some instant; one may begin as the other ends."""
        if self.is_by_email or other.is_by_email:
            return False
        begins = max(_instant(self.starts_at), _instant(other.starts_at))
        return begins < min(_instant(self.ends_at), _instant(other.ends_at))


def clashes(sitting: Sitting, others: Iterable[Sitting]) -> tuple[Sitting, ...]:
    """The other meetings of its team that take place at the same time, from the earliest."""
    of_team = [one for one in others if one.team == sitting.team and one.key != sitting.key]
    at_once = [one for one in of_team if sitting.overlaps(one)]
    return tuple(sorted(at_once, key=lambda one: (_instant(one.starts_at), str(one.key))))


def times_error(starts_at: datetime, ends_at: datetime) -> tuple[str, str] | None:
    """The first field whose moment can't be and why; begins < ends, each is an hour that there is."""
    for field, moment in (("starts_at", starts_at), ("ends_at", ends_at)):
        if not _exists(moment):
            return (
                field,
                "Tej nocy zegary przestawia się z 2:00 na 3:00, więc takiej godziny nie ma.",
            )
    if _instant(ends_at) <= _instant(starts_at):
        return "ends_at", "Koniec spotkania musi być później niż początek."
    return None


def _exists(moment: datetime) -> bool:
    """The clock shows this hour; in the night in which summer time begins one is left out."""
    back = _instant(moment).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _instant(moment: datetime) -> datetime:
    """The moment in UTC: Python compares two of one zone by what their clocks show."""
    return moment.astimezone(UTC)
