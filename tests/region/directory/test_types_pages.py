"""Anybody finds a type of service on the public pages, by area or in own words (REG §5.1.g)."""

import re

import lxml.html
import pytest
from django.test import Client

from tenants.services import finding
from tenants.services.types import areas, types

pytestmark = pytest.mark.usefixtures("db")

AT = "/katalog/typy-uslug/"


def shown(client: Client, at: str = AT, **asked: str) -> str:
    answer = client.get(at, asked)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def links(html: str) -> list[str]:
    """The types to which the content leads, in its order."""
    found = lxml.html.fromstring(html).xpath("//main//a/@href")
    return [one for one in found if re.fullmatch(rf"{AT}[a-z-]+/", one)]


def test_a_stranger_sees_all_types_area_by_area(client: Client) -> None:
    html = shown(client)
    assert links(html) == [f"{AT}{one.code}/" for one in types()]
    page = lxml.html.fromstring(html)
    headings = [one.text_content() for one in page.xpath("//main//section/h2")]
    counts = [sum(one.area == area for one in types()) for area in areas()]
    assert headings == [
        f"{area.name[0].upper()}{area.name[1:]} ({count})"
        for area, count in zip(areas(), counts, strict=True)
    ]


def test_the_page_leads_to_both_files_for_programs(client: Client) -> None:
    head = lxml.html.fromstring(shown(client)).xpath("//head/link[@rel='alternate']")
    assert {(one.get("type"), one.get("href")) for one in head} == {
        ("text/turtle", "/katalog/typy-uslug.ttl"),
        ("application/ld+json", "/katalog/typy-uslug.jsonld"),
    }


def test_own_words_find_the_type_and_say_what_it_is(client: Client) -> None:
    html = shown(client, szukaj="obiadow w szkole")
    assert links(html)[0] == f"{AT}dozywianie/"
    assert "Posiłki dla dzieci i młodzieży" in html
    assert 'value="obiadow w szkole"' in html


def test_what_nobody_offers_is_said_and_leads_back_to_all(client: Client) -> None:
    html = shown(client, szukaj="hipopotam")
    assert links(html) == []
    assert "Nie znamy takiej usługi" in html
    assert f'href="{AT}">Wyczyść' in html


def test_a_search_that_can_not_be_made_shows_no_type(client: Client) -> None:
    html = shown(client, szukaj="a" * 101)
    assert "Wpisz krótsze hasło" in html
    assert "Nic nie wyszukano" in html
    assert links(html) == []


def test_hostile_signs_stay_text(client: Client) -> None:
    html = shown(client, szukaj='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_looking_at_the_list_does_not_load_the_dictionary(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_index", None)
    assert "Typy usług" in shown(client)


def test_a_type_says_its_other_words_and_leads_to_its_neighbours(client: Client) -> None:
    html = shown(client, f"{AT}wytchnienie/")
    page = lxml.html.fromstring(html)
    assert page.xpath("//h1")[0].text_content() == "Opieka wytchnieniowa"
    words = [one.text_content() for one in page.xpath("//main//li")]
    assert "odpoczynek dla opiekuna" in words
    beside = {
        f"{AT}{one.code}/"
        for one in types()
        if one.area.code == "niepelnosprawnosc" and one.code != "wytchnienie"
    }
    assert set(links(html)) == beside
    assert f"{AT}grupa-opiekunow/" in links(html)


@pytest.mark.parametrize("code", ["nie-ma-takiej", "niepelnosprawnosc", "WYTCHNIENIE"])
def test_an_unknown_code_is_no_page(client: Client, code: str) -> None:
    assert client.get(f"{AT}{code}/").status_code == 404
