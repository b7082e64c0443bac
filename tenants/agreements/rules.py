"""Words of an agreement that follow from its units, and its rules of force (POR §1.1, POR-C §1.2)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kooperacja.ui.polish import counted, fold, genitive_of_unit, pl_date, plural_pl

CITY = ", miasto na prawach powiatu"
LEAST_PARTIES = 2


def and_of(words: Sequence[str]) -> str:
    """Gogolin, Krapkowice i Walce."""
    return " i ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))


def of_units(names: Sequence[str]) -> str:
    """The units as they stand after "na terenie": gminy wiejskiej Walce, gmin Gogolin i Walce."""
    if len(names) == 1:
        return genitive_of_unit(names[0])
    cities = [genitive_of_unit(name) for name in names if name.endswith(CITY)]
    others = [name for name in names if not name.endswith(CITY)]
    if len(others) < 2:
        return and_of([*cities, *map(genitive_of_unit, others)])
    gminas = f"gmin {and_of(_own_names(others))}"
    return and_of(cities) + f" oraz {gminas}" if cities else gminas


def _own_names(names: Sequence[str]) -> list[str]:
    """Names without their kind, but for those that two gminas bear: Zgierz (miejska)."""
    parts = [name.split(" ", 2) for name in names]
    bearers = Counter(own for *_, own in parts)
    return [own if bearers[own] == 1 else f"{own} ({kind})" for _, kind, own in parts]


def residents_of(names: Sequence[str]) -> str:
    """The residents of the units named just before, in the dative."""
    if len(names) != 1:
        return "ich mieszkańcom"
    return "jego mieszkańcom" if names[0].endswith(CITY) else "jej mieszkańcom"


def of_county(name: str) -> str:
    """Powiat krapkowicki → powiatu krapkowickiego; a city that is one stays a city."""
    return genitive_of_unit(name) if name else ""


def of_voivodeship(name: str) -> str:
    """opolskie → opolskiego"""
    return f"{name}go" if name else ""


def is_far(day: date, today: date) -> bool:
    """A day more than a year away: rather a slip of the hand than the day of an agreement."""
    return abs((day - today).days) > 366


def is_same_name(one: str, other: str) -> bool:
    """Two names of institutions that differ in case, diacritics or spaces alone."""
    return " ".join(fold(one).split()) == " ".join(fold(other).split())


DEADLINE, LAST, DAY, ENOUGH, PUBLISHED = "DEADLINE", "LAST", "DAY", "ENOUGH", "PUBLISHED"


def lack_of_force(
    force: str, sign_by: date | None, force_on: date | None, enough: int | None, parties: int
) -> str:
    """The words for a gap in the way in which the agreement comes into force, or ""."""
    if force == DEADLINE and sign_by is None:
        return "ostatni dzień na podpisy"
    if force == DAY and force_on is None:
        return "dzień wejścia w życie"
    if force == DAY and force_on and sign_by and sign_by > force_on:
        return "ostatni dzień na podpisy, który nie jest późniejszy niż dzień wejścia w życie"
    if force == ENOUGH and enough is None:
        return "liczba podpisów, która wystarczy"
    if force == ENOUGH and enough is not None and enough > parties:
        return f"tyle Stron, ile ma wystarczyć podpisów ({enough})"
    return ""


def force_said(force: str, sign_by: str, force_on: str, enough: int | None) -> str:
    """The way in which an agreement comes into force, in words; days are given as they are read."""
    if force == DEADLINE:
        after = f" ({sign_by})" if sign_by else ""
        return (
            f"gdy minie ostatni dzień na podpisy{after}, między Stronami, które podpisały, jeśli są "
            "co najmniej dwie"
        )
    if force == DAY:
        return f"w ustalonym dniu ({force_on})" if force_on else "w ustalonym dniu"
    if force == ENOUGH and enough:
        return f"gdy podpisze {counted(enough, 'Strona', 'Strony', 'Stron')}"
    if force == ENOUGH:
        return "gdy podpisze ustalona liczba Stron"
    return "w dniu ostatniego podpisu" if force == LAST else "w dniu ogłoszenia"


@dataclass(frozen=True, slots=True)
class Way:
    """The way into force that a draft chose, the number of its parties, the day it was published."""

    force: str
    parties: int
    sign_by: date | None = None
    force_on: date | None = None
    enough: int | None = None
    published_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which a signature counts; none where nothing ends it.

        On the day of force itself one may still sign, unless the days for signing ended before.
        """
        ends = [self.sign_by, self.force_on if self.force == DAY else None]
        return min(filter(None, ends), default=None)

    @property
    def needed(self) -> int:
        """So many signatures bring it into force; one alone never does."""
        wanted = {LAST: self.parties, ENOUGH: self.enough or 0}
        return max(LEAST_PARTIES, wanted.get(self.force, 0))

    @property
    def day_to_come(self) -> date | None:
        """The day of force that the draft has chosen, if it chose one."""
        if self.force == DAY:
            return self.force_on
        after = self.force == DEADLINE and self.sign_by
        return after + timedelta(days=1) if after else None

    def is_over(self, today: date) -> bool:
        """The last day for signing is past."""
        return self.last_day is not None and today > self.last_day

    def is_open_in_force(self, today: date) -> bool:
        """So many were enough, and the others may still sign: nobody asked only the quickest."""
        return self.force == ENOUGH and not self.is_over(today)

    def counts(self, signed_on: date, today: date) -> bool:
        """A signature of this day counts: it was given in time, and before the publication."""
        ends = (today, self.last_day, self.published_on)
        return all(signed_on <= end for end in ends if end)


# Whoever neither signed nor refused is reminded so many days before the last one.
REMINDERS = (2, 7)


def reminder_due(last: date | None, sent_on: date, day: date) -> int:
    """The reminder whose time has come, by its days before the last one, or 0.

    None is due for a day on which the text was not sent yet: its parties have just been told.
    """
    if last is None or day > last:
        return 0
    left = (last - day).days
    stage = next((days for days in REMINDERS if left <= days), 0)
    return stage if sent_on <= last - timedelta(days=stage) else 0


def force_day(way: Way, signed: Iterable[date], today: date) -> date | None:
    """The day from which an agreement with signatures of these days is in force, if it has come."""
    days = sorted(day for day in signed if way.counts(day, today))
    if len(days) < way.needed:
        return None
    if way.force == PUBLISHED:
        return way.published_on
    if way.force not in (DEADLINE, DAY):
        return days[way.needed - 1]
    chosen = way.day_to_come
    # Whoever may still sign on the day of force itself is waited for until it is over.
    is_decided = way.is_over(today) or (way.force == DAY and len(days) == way.parties)
    return chosen if chosen and chosen <= today and is_decided else None


def fewer_from(parts: Iterable[tuple[date, date | None]]) -> date | None:
    """The first day on which fewer than two parts last, or None where two go on.

    A part lasts from its first day up to, not including, its second.
    """
    known = [*parts]
    for day in sorted({until for _, until in known if until}):
        lasting = [since for since, until in known if since <= day and (not until or day < until)]
        if len(lasting) < LEAST_PARTIES:
            return day
    return None


def failure(way: Way, signed: Iterable[date], today: date) -> str:
    """The words for why an agreement can't come into force any more, or ""."""
    count = sum(way.counts(day, today) for day in signed)
    if not way.is_over(today) or count >= way.needed:
        return ""
    wanted = "wszystkich" if way.force == LAST else f"co najmniej {way.needed}"
    until = pl_date(way.last_day)
    return f"Do {until} {signed_said(count)}, a potrzebne były podpisy {wanted} Stron."


def signed_said(count: int) -> str:
    """nie podpisała żadna Strona, podpisała tylko 1 Strona, podpisały tylko 3 Strony"""
    if not count:
        return "nie podpisała żadna Strona"
    verb = plural_pl(count, "podpisała", "podpisały", "podpisało")
    return f"{verb} tylko {counted(count, 'Strona', 'Strony', 'Stron')}"


NUMBER_PATTERN = "POR/{nr}/{rok}"
_SERIAL, _YEAR = "{nr}", "{rok}"
# No spaces: it stands in the middle of sentences and in names of files.
_NUMBER = re.compile(r"[\w./()-]*\d[\w./()-]*")


def number_of(pattern: str, serial: int, year: int) -> str:
    """The number of a place in the series of a year, as the office writes it: POR/3/2026."""
    return pattern.replace(_SERIAL, str(serial)).replace(_YEAR, str(year))


def wrong_pattern(pattern: str) -> str:
    """The words for a pattern that makes no number, or ""."""
    if pattern.count(_SERIAL) != 1 or pattern.count(_YEAR) != 1:
        return f"Wzór musi mieć jeden raz {_SERIAL} (kolejny numer) i jeden raz {_YEAR} (rok)."
    return wrong_number(number_of(pattern, 1, 2026))


def wrong_number(number: str) -> str:
    """The words for what is no number of an agreement, or ""."""
    if _NUMBER.fullmatch(number):
        return ""
    return (
        "Numer ma co najmniej jedną cyfrę i nie ma spacji: litery, cyfry, ukośnik, kropka, myślnik, "
        "podkreślenie, nawias."
    )
