"""One thing that waits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """What to do, where, and on what clause it rests."""

    title: str
    href: str
    clause: str
    text: str = ""
    is_overdue: bool = False
