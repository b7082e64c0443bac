"""A coordinator's Monday: whom to help, an invitation that lapsed, the table and the map."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.site import Site
from tests.e2e.walk import Counted
from tests.e2e.walkers import LATE

# In a wide window, and in a narrow one, where the menu is opened first; fewer is better.
CLICKS, FIELDS = {1280: 17, 320: 24}, 5


def test_a_coordinators_monday(walker: Counted, site: Site, tmp_path: Path) -> None:
    late = LATE[walker.width][1]
    walker.sign_in(site.facts["addresses"][f"region{walker.width}"])
    walker.follow("Panel województwa")
    help_with_an_invitation(walker, late)
    filter_units(walker, late)
    take_the_table(walker, tmp_path / "wskazniki.csv")
    see_the_map(walker)
    walker.sign_out()
    assert walker.count.clicks <= CLICKS[walker.width], walker.count
    assert walker.count.fields <= FIELDS, walker.count


def help_with_an_invitation(walker: Counted, unit: str) -> None:
    """The unit says why it waits and whom the region invited; then it waits no more."""
    row = walker.page.get_by_role("row").filter(has_text=unit)
    expect(row).to_contain_text("Zaproszenie administratora wygasło")
    walker.follow(re.compile(f"{unit}$"))
    expect(walker.page.locator("main")).to_contain_text("Tu można dziś pomóc")
    walker.follow("Wyślij zaproszenie ponownie")
    walker.send("Wyślij zaproszenie ponownie")
    expect(walker.page.get_by_role("status").first).to_contain_text("Wysłaliśmy zaproszenie")
    walker.go("Dziś w województwie")
    expect(row).to_have_count(0)


def filter_units(walker: Counted, unit: str) -> None:
    tiles = walker.page.get_by_role("region", name="Mapa kafelków")
    expect(tiles.get_by_role("link", name=unit)).to_have_count(0)
    walker.follow(re.compile(r"nie zaczęł[aoy]$"))
    expect(tiles.get_by_role("link", name=unit)).to_be_visible()
    # The link leads to the map, which begins behind the navigation.
    walker.go("Jednostki", back=True)
    walker.unfold_filters()
    walker.choose("Partnerstwo", "działają")
    walker.send("Pokaż")
    expect(walker.page.get_by_role("row", name="Gogolin")).to_be_visible()
    expect(walker.page.get_by_role("row", name=unit)).to_have_count(0)


def take_the_table(walker: Counted, file: Path) -> None:
    walker.go("Wskaźniki")
    walker.unfold_filters()
    walker.choose("Powiat", "krapkowicki")
    walker.send("Pokaż")
    walker.download("Pobierz CSV", file)
    taken = file.read_text("utf-8-sig")
    assert "Gogolin" in taken
    assert "Byczyna" not in taken


def see_the_map(walker: Counted) -> None:
    walker.go("Dziś w województwie")
    tiles = walker.page.get_by_role("region", name="Mapa kafelków")
    expect(tiles.get_by_role("link", name="Gogolin")).to_be_visible()
    walker.follow(re.compile("^Gogolin"))
    expect(walker.page.get_by_role("heading", level=1)).to_contain_text("Gogolin")
