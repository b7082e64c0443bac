"""Numbers of minutes: one series for a team and a year (REG §2.9)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_WRITTEN = re.compile(r"(?P<number>[1-9][0-9]{0,3})/(?P<year>[1-9][0-9]{3})")


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A number in the series of a year, written 3/2027."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The number that somebody wrote, as in a search; None where it is none."""
        found = _WRITTEN.fullmatch("".join(text.split()))
        return cls(int(found["year"]), int(found["number"])) if found else None


def following(given: Iterable[Number], year: int) -> Number:
    """The next number of a year's series: none is left out and none is given twice."""
    return Number(year, max((one.number for one in given if one.year == year), default=0) + 1)
