"""An institution that works in many gminas is known by its numbers, not by who knows it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from tenants.exchange.actions import find_institution, remember_institution
from tenants.exchange.models import Institution

POLICE = {
    "name": "Komenda Numer 1",
    "regon": "531421533",
    "nip": "1990016015",
    "city": "Krapkowice",
}


def test_the_same_regon_is_the_same_institution_whatever_it_is_called(db: None) -> None:
    first = remember_institution(POLICE)
    second = remember_institution({**POLICE, "name": "KPP Krapkowice", "phone": "47 864 00 00"})
    assert first is not None
    assert second is not None
    assert (first.pk, Institution.objects.get().name) == (second.pk, "KPP Krapkowice")


def test_what_a_later_tenant_leaves_blank_is_not_forgotten(db: None) -> None:
    remember_institution(POLICE)
    remember_institution({"name": "Komenda Numer 1", "regon": POLICE["regon"]})
    known = find_institution(regon=POLICE["regon"])
    assert known is not None
    assert known.city == "Krapkowice"


def test_units_that_share_the_nip_of_their_gmina_stay_apart(db: None) -> None:
    school = remember_institution({"name": "Szkoła", "regon": "000000000", "nip": POLICE["nip"]})
    library = remember_institution({"name": "Biblioteka", "nip": POLICE["nip"]})
    assert school != library
    assert find_institution(nip=POLICE["nip"]) == library


def test_without_a_number_nobody_can_be_recognised(db: None) -> None:
    assert remember_institution({"name": "Koło gospodyń"}) is None
    assert not Institution.objects.exists()


def test_two_tenants_at_once_note_one_institution(fresh_database: str) -> None:
    def note(name: str) -> Any:
        try:
            return remember_institution({**POLICE, "name": name})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        noted = list(pool.map(note, ["a", "b", "c", "d"]))
    assert {one.pk for one in noted} == {Institution.objects.get().pk}


@pytest.mark.parametrize("numbers", [{"regon": "1"}, {"nip": "1"}])
def test_nobody_else_is_found_by_an_unknown_number(db: None, numbers: dict[str, str]) -> None:
    remember_institution(POLICE)
    assert find_institution(**numbers) is None
