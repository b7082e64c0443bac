"""Plain values that components show."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for a timeline."""

    at: date
    title: str
    text: str = ""
    by: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a process; state is DONE, NOW or NEXT."""

    title: str
    state: str = "NEXT"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be there before something may be done, with its clause."""

    text: str  # a noun in the nominative, which stands alike after both words
    clause: str
    is_met: bool

    @property
    def said(self) -> str:
        """jest: podpisany dokument; brak: koordynator"""
        return f"{'jest' if self.is_met else 'brak'}: {self.text}"
