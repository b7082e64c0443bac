"""Access to personal data of families, only while every one of the parts holds (REG §8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from tenants.people.rules import holds_on

FAMILIES = "FAMILIES"
SOON = timedelta(days=30)


class Part(StrEnum):
    """The parts that the gate asks for."""

    MEMBER = "MEMBER"
    ROLE = "ROLE"
    AGREEMENT = "AGREEMENT"
    AUTHORISATION = "AUTHORISATION"
    STATEMENT = "STATEMENT"
    ANNEX = "ANNEX"


@dataclass(frozen=True, slots=True)
class Lack:
    """One part that does not hold, in words for the person, with its clause."""

    part: Part
    text: str
    clause: str
    own: str = ""  # the same, to the person

    @property
    def to_me(self) -> str:
        return f"{(self.own or self.text).removesuffix('.')} ({self.clause})."


_AGREEMENTS = "§ 8 ust. 2 regulaminu"
_LACKS = {
    lack.part: lack
    for lack in (
        Lack(
            Part.MEMBER,
            "Instytucja nie jest w tym dniu członkiem Partnerstwa, a osoby w tym dniu nie deleguje "
            "do GGK.",
            "§ 1 ust. 3 lit. a regulaminu albo § 2 ust. 4 pkt 2 porozumienia",
            "Twoja instytucja nie jest dziś członkiem Partnerstwa i nie deleguje Cię dziś do GGK.",
        ),
        Lack(
            Part.ROLE,
            "Osoba nie ma w tym dniu roli w ośrodku Lidera.",
            "§ 1 ust. 3 lit. b regulaminu",
            "Nie masz dziś roli w ośrodku Lidera.",
        ),
        Lack(
            Part.AGREEMENT,
            "Brak ważnej umowy z instytucją o przetwarzaniu danych osób i rodzin.",
            _AGREEMENTS,
        ),
        Lack(
            Part.AUTHORISATION,
            "Brak ważnego upoważnienia osoby do przetwarzania danych osób i rodzin.",
            _AGREEMENTS,
            "Nie masz ważnego upoważnienia do przetwarzania danych osób i rodzin.",
        ),
        Lack(
            Part.STATEMENT,
            "Brak oświadczenia osoby o zachowaniu poufności.",
            "§ 8 ust. 1 regulaminu",
            "Nie masz jeszcze oświadczenia o zachowaniu poufności.",
        ),
        Lack(
            Part.ANNEX,
            "Osoba nie zapoznała się z obowiązującym załącznikiem nr 3.",
            "§ 8 ust. 3 regulaminu",
            "Nie znasz jeszcze obowiązującego załącznika nr 3.",
        ),
    )
}
_OF_PARTNER = (Part.MEMBER, Part.AGREEMENT, Part.AUTHORISATION, Part.STATEMENT, Part.ANNEX)
_OF_OFFICE = (Part.ROLE, Part.AUTHORISATION, Part.STATEMENT, Part.ANNEX)


def basis_error(basis: str, *, is_separate: bool) -> str:
    """The reason against a legal basis: separate administrators alone name one (GDPR art. 24)."""
    if is_separate:
        return "" if basis else "Podaj podstawę prawną, na której udostępniacie dane."
    return "To pole dotyczy tylko odrębnych administratorów." if basis else ""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which something holds for one institution, or for the Lider when there is none."""

    organisation_id: UUID | None
    from_on: date
    ended_on: date | None = None
    scope: str = FAMILIES

    def holds(self, organisation_id: UUID | None, day: date) -> bool:
        return (
            self.organisation_id == organisation_id
            and self.scope == FAMILIES
            and holds_on(day, self.from_on, self.ended_on)
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts about one person; `spells` of each part, of any institution and any day."""

    spells: Mapping[Part, Sequence[Spell]]
    annex: str = ""  # SHA-256 of annex 3 as in force on the day; empty when there is none
    read: Mapping[str, date] = field(default_factory=dict)  # which texts, and since when


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of the gate: everything that a person lacks to see the data."""

    lacks: tuple[Lack, ...]

    @property
    def allowed(self) -> bool:
        return not self.lacks

    def has(self, part: Part) -> bool:
        return all(lack.part != part for lack in self.lacks)


def judge(facts: Facts, organisation_id: UUID | None, day: date) -> Verdict:
    """Judge whether a person may see the data for an institution, or for the Lider, on a day."""
    parts = _OF_OFFICE if organisation_id is None else _OF_PARTNER
    return Verdict(
        tuple(_LACKS[part] for part in parts if not _is_met(facts, part, organisation_id, day))
    )


def _is_met(facts: Facts, part: Part, organisation_id: UUID | None, day: date) -> bool:
    if part == Part.ANNEX:
        read_on = facts.read.get(facts.annex) if facts.annex else None
        return read_on is not None and read_on <= day
    return any(spell.holds(organisation_id, day) for spell in facts.spells.get(part, ()))


class Expiry(StrEnum):
    """The time left to something that must hold."""

    FINE = "FINE"
    SOON = "SOON"
    OVER = "OVER"


def expiry(spells: Sequence[tuple[date, date | None]], today: date) -> Expiry:
    """The end of all that was ever concluded for one thing: far off, soon, or over."""
    if any(holds_on(today, *spell) for spell in spells):
        later = today + SOON
        ends = [ended for _, ended in spells if ended is None or ended > today]
        return Expiry.FINE if any(end is None or end > later for end in ends) else Expiry.SOON
    # What was concluded for later needs nobody's care.
    return Expiry.FINE if any(from_on > today for from_on, _ in spells) else Expiry.OVER


def last_day(ended_on: date | None) -> date | None:
    """The last day on which something holds that no longer holds on `ended_on`."""
    return ended_on - timedelta(days=1) if ended_on else None


def after(last: date | None) -> date | None:
    """The first day on which what had this last day no longer holds."""
    return last + timedelta(days=1) if last else None


def spell_error(
    from_on: date | None, until: date | None, signed_on: date | None, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; signed ≤ today, signed ≤ from ≤ last day."""
    if signed_on and signed_on > today:
        return "signed_on", "Data podpisania nie może być z przyszłości."
    if signed_on and from_on and from_on < signed_on:
        return "from_on", "Nie może obowiązywać, zanim zostanie podpisane."
    if from_on and until and until < from_on:
        return "until", "Ostatni dzień nie może być przed pierwszym."
    return None


def early_end_error(ended_on: date, from_on: date, known_end: date | None) -> str:
    """The reason against a day as the end, or ""; an end once set may only come earlier."""
    if ended_on < from_on:
        return "Nie może się skończyć, zanim się zaczęło."
    if known_end and ended_on > known_end:
        return "Obowiązuje krócej. Żeby przedłużyć, wpisz nową pozycję rejestru."
    return ""
