"""Quality of a description of a service: ten criteria, each with what to do (REG §3.2, §3.5).

A hundred points in all. Directories die of staleness, so half of them go to what sends a family to
a closed door: 20 to a confirmation within the cycle, 15 to a contact that answers, 15 to hours. Next
comes what a family needs to choose and to get in: 12 to the way in, 10 to the description, 8 each to
the type and the groups by which it is found. The cost, the accessibility and fresh numbers have 4 each:
they are often asked for on the telephone. None is given in part, so that each sentence is a deed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from re import findall

from kooperacja.ui.polish import fold
from tenants.services.terms import Cost, Feature, Has, Way
from tenants.services.vocabulary import type_of

LEAST_ABOUT, LEAST_ACCESS = 80, 15  # letters: two short sentences, one short step
LEAST_FEATURES = 4  # of seven: an entrance, a lift, a toilet and one more
COUNTED_DAYS = 30
_STEM = 5  # the letters that Polish words keep while they are inflected


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """As much of a service as its quality depends on."""

    name: str
    about: str
    type_code: str
    groups: tuple[str, ...]
    ways: tuple[str, ...]
    has_hours: bool
    has_contact: bool
    is_silent: bool  # its owner could not be reached
    access: str
    cost: str
    cost_about: str
    features: Mapping[str, str]
    is_protected: bool
    due_on: date | None  # to be confirmed again
    counted_on: date | None
    is_new: bool = False  # it stands in no basket yet


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: what it is worth, when it is met, and what to do while it is not."""

    code: str
    points: int
    is_met: Callable[[Described, date], bool]
    to_do: str
    to_do_first: str = ""  # of a new one, where that is something else

    def of_new(self) -> "Criterion":
        return replace(self, to_do=self.to_do_first or self.to_do)


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a description, and what would give it the rest."""

    points: int
    lacking: tuple[Criterion, ...]


def score(one: Described, day: date) -> Score:
    """The quality of a description on a day."""
    lacking = tuple(each for each in CRITERIA if not each.is_met(one, day))
    shown = tuple(each.of_new() for each in lacking) if one.is_new else lacking
    return Score(MOST - sum(each.points for each in lacking), shown)


def _fits_type(one: Described, day: date) -> bool:
    """A word of its name or description is one of the names of the type, in whatever form."""
    known = type_of(one.type_code)
    said = _stems(f"{one.name} {one.about}")
    return known is not None and bool(said & _stems(" ".join(known.words)))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in findall(r"[^\W_]{4,}", fold(text))}


def _is_accessible(one: Described, day: date) -> bool:
    """Enough is known; nobody asks of a place to which one does not come, or may not know."""
    known = [each for each in Feature if one.features.get(each, Has.UNKNOWN) != Has.UNKNOWN]
    return Way.ON_SITE not in one.ways or one.is_protected or len(known) >= LEAST_FEATURES


def _is_fresh(one: Described, day: date) -> bool:
    return one.counted_on is not None and day <= one.counted_on + timedelta(days=COUNTED_DAYS)


CRITERIA = (
    Criterion(
        "CONFIRMED",
        20,
        lambda one, day: one.due_on is not None and day < one.due_on,
        "Potwierdź, że opis jest aktualny: przeczytaj go i wybierz „Potwierdź, że aktualna”.",
        "Potwierdź, że opis jest aktualny: zaznacz to, gdy dodajesz usługę do koszyka.",
    ),
    Criterion(
        "CONTACT",
        15,
        lambda one, day: one.has_contact and not one.is_silent,
        "Podaj telefon albo e-mail, pod którym ktoś odpowiada.",
    ),
    Criterion("HOURS", 15, lambda one, day: one.has_hours, "Podaj godziny albo jak się umówić."),
    Criterion(
        "ACCESS",
        12,
        lambda one, day: len(one.access) >= LEAST_ACCESS,
        "Napisz krok po kroku, jak skorzystać: dokąd zadzwonić, co zabrać, kiedy przyjść.",
    ),
    Criterion(
        "ABOUT",
        10,
        lambda one, day: len(one.about) >= LEAST_ABOUT,
        "Napisz w dwóch albo trzech zdaniach, na czym polega pomoc.",
    ),
    Criterion(
        "TYPE",
        8,
        _fits_type,
        "Sprawdź rodzaj: ani nazwa, ani opis nie mówią o takiej pomocy. Wybierz trafniejszy albo "
        "dopisz to w opisie.",
    ),
    Criterion("GROUPS", 8, lambda one, day: bool(one.groups), "Zaznacz, dla kogo jest usługa."),
    Criterion(
        "COST",
        4,
        lambda one, day: one.cost == Cost.FREE or bool(one.cost and one.cost_about),
        "Napisz, ile to kosztuje.",
    ),
    Criterion(
        "ACCESSIBILITY",
        4,
        _is_accessible,
        "Zaznacz, co wiadomo o dostępności miejsca: co jest, a czego brak.",
    ),
    Criterion(
        "NUMBERS",
        4,
        _is_fresh,
        "Podaj czas oczekiwania albo wolne miejsca, ze stanem z ostatnich 30 dni.",
    ),
)
MOST = sum(each.points for each in CRITERIA)
