"""Rules of an attendance list and of reminders to the silent (REG §2.2, §2.7)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TypeVar

Key = TypeVar("Key")
OF_ANOTHER = (
    "Osoba o tym imieniu i nazwisku ma miejsce w imieniu innej instytucji. Zastępca musi być z tej "
    "samej; jeśli to ktoś inny, dopisz stanowisko."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A seat at a meeting: kept by its person, by a deputy or by nobody."""

    institution: str
    person: str  # empty where nobody was sent
    is_present: bool
    deputy: str = ""


def deputy_faults(seats: Mapping[Key, Kept]) -> Iterator[tuple[Key, str]]:
    """Deputies who can't stand for their seat, each with the reason.

    A deputy stands for one seat, once, and for the institution that sent them.
    """
    named = Counter(same(one.deputy) for one in seats.values() if one.deputy)
    present = {same(one.person) for one in seats.values() if one.is_present and not one.deputy}
    homes: dict[str, set[str]] = {}
    for one in seats.values():
        homes.setdefault(same(one.person), set()).add(one.institution)
    for key, one in seats.items():
        if one.deputy and (why := _fault(one, named, present, homes)):
            yield key, why


def _fault(
    one: Kept, named: Mapping[str, int], present: set[str], homes: Mapping[str, set[str]]
) -> str:
    who = same(one.deputy)
    home = homes.get(who, set())
    if not one.is_present:
        return "Zastępcę wpisuje się przy obecności."
    if who == same(one.person):
        return "To jest osoba, która ma to miejsce. Zastępcy nie wpisuj."
    if named[who] > 1:
        return "Tę osobę wpisano jako zastępcę więcej niż raz. Zastępuje się tylko raz."
    if home and one.institution not in home:
        return OF_ANOTHER
    if who in present:
        return "Ta osoba zajmuje już swoje miejsce. Zastępuje się tylko raz."
    return ""


def same(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()


def hours_fault(
    came_at: time | None, left_at: time | None, first: time, last: time, *, is_present: bool
) -> tuple[str, str]:
    """The hour that can't be ("came_at" or "left_at") and the reason; both empty where all is well.

    Over midnight an hour says nothing about the other.
    """
    if not is_present and (came_at or left_at):
        return "came_at" if came_at else "left_at", "Godzinę wpisuje się przy obecności."
    if last <= first:
        return "", ""
    if came_at and came_at < first:
        return "came_at", f"Spotkanie zaczęło się o {first:%H:%M}. Wcześniej nikt się nie spóźnił."
    if left_at and left_at <= (came_at or first):
        return "left_at", "Wyjście musi być później niż przybycie i początek spotkania."
    return "", ""


def reminders(first: date, last: date) -> list[date]:
    """The days on which the silent in a circulation are reminded, two at most (REG §2.2).

    The last is the day before its end; the other is half-way, where that is no day beside it.
    """
    before_end = last - timedelta(days=1)
    half_way = first + (last - first) // 2
    if before_end <= first:
        return []
    return [half_way, before_end] if before_end - half_way > timedelta(days=1) else [before_end]
