"""An institution that works in many gminas is known by its numbers, not by who knows it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from tenants.exchange.actions import find_institution, remember_institution
from tenants.exchange.models import Institution, InstitutionNote

POLICE = {
    "name": "Komenda Numer 1",
    "regon": "531421533",
    "nip": "1990016015",
    "city": "Krapkowice",
}
SOURCE, OTHER = uuid4(), uuid4()


def note(given: dict[str, str], source: UUID = SOURCE) -> Any:
    return remember_institution(given, source_id=source)


def test_no_tenant_writes_over_anothers_row(db: None) -> None:
    note(POLICE)
    note({**POLICE, "name": "Żart", "city": "Nigdzie"}, OTHER)
    note({**POLICE, "name": "KPP Krapkowice"})

    assert InstitutionNote.objects.get(source_id=OTHER).name == "Żart"
    known = find_institution(regon=POLICE["regon"])
    assert known is not None
    assert (known.name, known.city) == ("KPP Krapkowice", "Krapkowice")


def test_what_the_former_release_noted_is_found_until_a_tenant_notes_it(db: None) -> None:
    Institution.objects.create(**POLICE)
    assert find_institution(regon=POLICE["regon"]) == Institution.objects.get()
    noted = note(POLICE)
    assert find_institution(regon=POLICE["regon"]) == noted


def test_the_same_regon_is_the_same_institution_whatever_it_is_called(db: None) -> None:
    first = note(POLICE)
    second = note({**POLICE, "name": "KPP Krapkowice", "phone": "47 864 00 00"})
    assert first is not None
    assert second is not None
    assert (first.pk, InstitutionNote.objects.get().name) == (second.pk, "KPP Krapkowice")


def test_what_a_later_tenant_leaves_blank_is_not_forgotten(db: None) -> None:
    note(POLICE)
    note({"name": "Komenda Numer 1", "regon": POLICE["regon"]}, OTHER)
    known = find_institution(regon=POLICE["regon"])
    assert known is not None
    assert known.city == "Krapkowice"


def test_units_that_share_the_nip_of_their_gmina_stay_apart(db: None) -> None:
    school = note({"name": "Szkoła", "regon": "000000000", "nip": POLICE["nip"]})
    library = note({"name": "Biblioteka", "nip": POLICE["nip"]})
    assert school != library
    assert find_institution(nip=POLICE["nip"]) == library


def test_without_a_number_nobody_can_be_recognised(db: None) -> None:
    assert note({"name": "Koło gospodyń"}) is None
    assert not InstitutionNote.objects.exists()


def test_a_tenant_that_notes_it_twice_at_once_has_one_row(fresh_database: str) -> None:
    def note_called(name: str) -> Any:
        try:
            return note({**POLICE, "name": name})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        noted = list(pool.map(note_called, ["a", "b", "c", "d"]))
    assert {one.pk for one in noted} == {InstitutionNote.objects.get().pk}


@pytest.mark.parametrize("numbers", [{"regon": "1"}, {"nip": "1"}])
def test_nobody_else_is_found_by_an_unknown_number(db: None, numbers: dict[str, str]) -> None:
    note(POLICE)
    assert find_institution(**numbers) is None
