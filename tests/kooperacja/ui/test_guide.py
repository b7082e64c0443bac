"""The guide as pages: each page of the platform leads to the section that explains it."""

import re

import pytest
from django.test import Client

from kooperacja.ui import guide
from tests.declared import Page, SharedPage, every

# The contents tell how the ROPS is reached.
pytestmark = pytest.mark.usefixtures("db")


NAMES = sorted({page.name for page in (*every(Page), *every(SharedPage))})
# They explain themselves, lead on at once, or are asked by programs.
ALONE = {"front_door", "guide", "guide_section", "health_live", "health_ready"}


@pytest.mark.parametrize("name", NAMES)
def test_each_page_is_explained_in_a_section(name: str) -> None:
    slug = guide.explained_in(name)
    assert (guide.section_of(slug) is None) == (name in ALONE)


def test_a_section_names_only_pages_that_there_are() -> None:
    for section in guide.sections():
        for pattern in section.pages:
            wanted = re.compile(re.escape(pattern).replace(r"\*", ".*"))
            assert any(wanted.fullmatch(name) for name in NAMES), (section.title, pattern)


def test_sections_have_addresses_of_their_own_and_stand_in_those_above() -> None:
    slugs = [section.slug for section in guide.sections()]
    assert len(slugs) == len(set(slugs)) > 10
    assert all(section.above in {"", *slugs} for section in guide.sections())


def test_the_longer_name_of_a_page_counts() -> None:
    assert guide.explained_in("partnership:members") == "ludzie-i-rejestr-czlonkow"
    assert guide.explained_in("partnership:word_templates") == "szablony-dokumentow"
    assert guide.explained_in("accessibility") == "dostepnosc"


@pytest.mark.parametrize("words", ["głosowanie zmiana", "GLOSOWANIE", "zmianą"])
def test_words_are_found_with_diacritics_or_without(client: Client, words: str) -> None:
    page = client.get("/pomoc/", {"szukaj": words}).content.decode()
    assert "Znalezione części przewodnika" in page
    assert "/pomoc/regulamin/" in page
    assert "/pomoc/dostepnosc/" not in page


def test_what_stands_nowhere_is_said_and_leads_back(client: Client) -> None:
    page = client.get("/pomoc/", {"szukaj": "hipopotam"}).content.decode()
    assert "Niczego nie znaleziono" in page
    assert "zobacz spis treści" in page


def test_a_section_is_read_by_a_stranger_without_marks_of_its_source(client: Client) -> None:
    page = client.get("/pomoc/przyjecie-instytucji-do-partnerstwa/").content.decode()
    body = page.partition("<main")[2].partition("</main>")[0]
    assert "<strong>" in body
    assert "**" not in body
    assert "&lt;!--" not in body
    assert client.get("/pomoc/nie-ma-takiej/").status_code == 404
