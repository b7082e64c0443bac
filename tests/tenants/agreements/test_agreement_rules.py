"""Words that follow from the units, and what each way into force needs."""

from datetime import date

import pytest

from tenants.agreements import rules

GOGOLIN, WALCE = "gmina miejsko-wiejska Gogolin", "gmina wiejska Walce"
TWINS = ("gmina miejska Zgierz", "gmina wiejska Zgierz")
OPOLE = "Opole, miasto na prawach powiatu"


@pytest.mark.parametrize(
    ("names", "words", "residents"),
    [
        ([WALCE], "gminy wiejskiej Walce", "jej mieszkańcom"),
        ([GOGOLIN, WALCE], "gmin Gogolin i Walce", "ich mieszkańcom"),
        ([GOGOLIN, WALCE, "gmina wiejska Strzeleczki"], "gmin Gogolin, Walce i Strzeleczki", "ich mieszkańcom"),
        ([*TWINS, WALCE], "gmin Zgierz (miejska), Zgierz (wiejska) i Walce", "ich mieszkańcom"),
        ([OPOLE], "miasta Opole", "jego mieszkańcom"),
        ([OPOLE, WALCE], "miasta Opole i gminy wiejskiej Walce", "ich mieszkańcom"),
        ([OPOLE, GOGOLIN, WALCE], "miasta Opole oraz gmin Gogolin i Walce", "ich mieszkańcom"),
    ],
)  # fmt: skip
def test_units_stand_in_their_case_and_number(names: list[str], words: str, residents: str) -> None:
    assert (rules.of_units(names), rules.residents_of(names)) == (words, residents)


def test_a_powiat_and_a_voivodeship_stand_in_the_genitive() -> None:
    assert rules.of_county("Powiat krapkowicki") == "powiatu krapkowickiego"
    assert rules.of_county(OPOLE) == "miasta Opole"
    assert rules.of_voivodeship("kujawsko-pomorskie") == "kujawsko-pomorskiego"


@pytest.mark.parametrize(
    ("force", "given", "lack"),
    [
        (rules.DEADLINE, {}, "ostatni dzień na podpisy"),
        (rules.DEADLINE, {"sign_by": date(2026, 1, 2)}, ""),
        (rules.DAY, {}, "dzień wejścia w życie"),
        (rules.ENOUGH, {}, "liczba podpisów, która wystarczy"),
        (rules.ENOUGH, {"enough": 4}, "tyle Stron, ile ma wystarczyć podpisów (4)"),
        (rules.ENOUGH, {"enough": 3}, ""),
        (rules.LAST, {}, ""),
        (rules.PUBLISHED, {}, ""),
    ],
)
def test_each_way_into_force_says_what_it_lacks(
    force: str, given: dict[str, object], lack: str
) -> None:
    values = {"sign_by": None, "force_on": None, "enough": None, **given}
    assert rules.lack_of_force(force, *values.values(), parties=3) == lack


def test_nobody_is_asked_to_sign_after_the_day_of_force() -> None:
    day, later = date(2026, 12, 5), date(2026, 12, 10)
    late = rules.lack_of_force(rules.DAY, later, day, None, parties=3)
    assert late.startswith("ostatni dzień na podpisy, który nie jest późniejszy")
    assert rules.lack_of_force(rules.DAY, day, later, None, parties=3) == ""


def test_names_are_the_same_whatever_their_case_and_diacritics() -> None:
    assert rules.is_same_name("Szkoła  w Łubnianach", "SZKOLA w Lubnianach")
    assert not rules.is_same_name("Szkoła nr 1", "Szkoła nr 2")
