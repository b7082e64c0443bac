"""Pages on paper: a wide table is whole, and each page of it has its headings."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext

from tenants.registry.roles import Role

# A4 on its side without its margins of a centimetre, in pixels of a style sheet.
WIDTH, HEIGHT = 1047, 718


def on_paper(context: BrowserContext, address: str) -> Any:
    page = context.new_page()
    page.goto(address)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.emulate_media(media="print")
    return page


def test_the_regions_table_is_whole_and_its_head_low_enough_to_be_repeated(
    person: Callable[[str], BrowserContext],
) -> None:
    """A browser repeats a head of no more than a quarter of the page."""
    page = on_paper(person(Role.ROPS_COORDINATOR), "/region/tabela/")

    table = page.locator("main table").first.bounding_box()
    head = page.locator("main table thead").first.bounding_box()
    last = page.locator("main table thead th").last.bounding_box()

    assert head["height"] <= HEIGHT / 4
    assert table["x"] + table["width"] <= WIDTH
    assert last["x"] + last["width"] <= WIDTH
    page.close()


def test_nothing_of_the_header_is_pale_on_paper(person: Callable[[str], BrowserContext]) -> None:
    page = on_paper(person(Role.LEAD), "/gmina/gogolin/partnerstwo/czlonkowie/")

    found = page.evaluate(
        """() => [document.body, ...document.querySelectorAll('.k-brand span, .k-place-name span')]
            .map(one => getComputedStyle(one).color)"""
    )

    assert len(found) > 2
    assert len(set(found)) == 1
    page.close()
