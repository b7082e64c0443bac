"""Institutions are entered, corrected and found (REG §5.1.a)."""

import re

from django.test import Client
from uuid6 import uuid7

from tenants.people.models import Organisation
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of


def organisation_data(**changed: str) -> dict[str, str]:
    return {
        "key": str(uuid7()),
        "name": "Szkoła Podstawowa nr 3",
        "sector": "EDUCATION",
        "city": "Gogolin",
        "regon": make.regon(77),
        **changed,
    }


def test_the_same_new_institution_sent_twice_is_one(keeper: Client) -> None:
    data = organisation_data()
    keeper.post(PARTNERSHIP + "instytucje/nowa/", data)

    page = keeper.post(PARTNERSHIP + "instytucje/nowa/", data, follow=True)

    assert "To już zapisano" in text_of(page)
    assert Organisation.objects.count() == 1


def test_a_wrong_number_is_said_beside_its_field(keeper: Client) -> None:
    page = keeper.post(PARTNERSHIP + "instytucje/nowa/", organisation_data(nip="526-025-09-96"))

    assert page.status_code == 422
    assert "Numer NIP „5260250996” jest nieprawidłowy" in text_of(page)
    assert not Organisation.objects.exists()


def test_a_number_may_be_written_with_hyphens(keeper: Client) -> None:
    keeper.post(PARTNERSHIP + "instytucje/nowa/", organisation_data(nip="526-025-09-95"))

    assert Organisation.objects.get().nip == "5260250995"


def test_two_editors_see_both_texts_and_lose_none(keeper: Client) -> None:
    organisation = make.organisation(name="Stara nazwa")
    url = f"{PARTNERSHIP}instytucje/{organisation.pk}/zmiana/"
    sent = organisation_data(regon=organisation.regon, version="0")
    keeper.post(url, {**sent, "name": "Nazwa pierwszej osoby"})

    page = keeper.post(url, {**sent, "name": "Nazwa drugiej osoby"})

    assert page.status_code == 409
    assert "Nazwa pierwszej osoby" in text_of(page)
    assert "Nazwa drugiej osoby" in text_of(page)
    assert 'name="version" value="1"' in text_of(page)
    organisation.refresh_from_db()
    assert organisation.name == "Nazwa pierwszej osoby"


def test_institutions_are_found_without_diacritics_in_polish_order(keeper: Client) -> None:
    for name in ("Łąka", "Lato", "Żłobek", "Zebra"):
        make.organisation(name=name)

    listed = text_of(keeper.get(PARTNERSHIP + "instytucje/"))
    found = text_of(keeper.get(PARTNERSHIP + "instytucje/?szukaj=zlob"))

    places = [listed.index(f">{name}<") for name in ("Lato", "Łąka", "Zebra", "Żłobek")]
    assert places == sorted(places)
    assert "Żłobek" in found
    assert "Zebra" not in found


def test_two_fields_of_one_page_have_two_names(keeper: Client) -> None:
    page = text_of(keeper.get(PARTNERSHIP + "instytucje/nowa/"))
    labels = re.findall(r'<label for="(?:asked_|id_)regon">(.*?)</label>', page)

    assert labels == ["Znajdź dane instytucji po numerze REGON", "REGON"]
