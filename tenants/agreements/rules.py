"""Words of an agreement that follow from its units, and its rules of force (POR §1.1, POR-C §1.2)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kooperacja.ui.polish import counted, fold, genitive_of_unit

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
