"""A risk from a partner's keyboard, also on a phone, to the next agenda and back (REG §7.2)."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tenants.registry.roles import Role
from tests.e2e.keyboard import Walk
from tests.e2e.site import Site
from tests.e2e.walk import Counted

Come = Callable[[str, str], Walk]
GOGOLIN = "/gmina/gogolin/"
# Also one of a form without a word; in a narrow window the menu is opened first. Fewer is better.
CLICKS, FIELDS = {1280: 9, 320: 12}, 7
TEXT = "Od poniedziałku nie działa wspólna infolinia."


def test_a_risk_reaches_the_next_agenda(walker: Counted, come: Come, site: Site) -> None:
    walker.sign_in(site.facts["addresses"][f"reporter{walker.width}"])
    walker.follow(re.compile("Gogolin"))
    report(walker)
    number = walker.page.get_by_role("heading", level=1).inner_text().split()[-1]
    lead = come(Role.LEAD, GOGOLIN)
    place(lead, number)
    walker.page.reload()
    expect(walker.page.locator("main")).to_contain_text("Dodano do porządku obrad")
    assert walker.count.clicks <= CLICKS[walker.width], walker.count
    assert walker.count.fields <= FIELDS, walker.count


def report(partner: Counted) -> None:
    """A form without a word shows what is missing, and where; then it goes to all."""
    partner.go("Spotkania")
    partner.go("Między spotkaniami")
    partner.go("Ryzyka i zagrożenia")
    partner.follow(re.compile("^Zgłoś ryzyko albo zagrożenie"))
    partner.send("Zgłoś wszystkim")
    expect(partner.page.get_by_role("alert")).to_contain_text("Co się dzieje albo czym to grozi")
    partner.pick("Co zgłaszasz", "Zagrożenie")
    partner.fill("Co się dzieje albo czym to grozi", TEXT)
    partner.fill("Kogo albo czego dotyczy", "Dyżury instytucji")
    partner.pick("Jak pilne", "Trzeba działać od razu")
    partner.send("Zgłoś wszystkim")
    expect(partner.page.get_by_role("status").first).to_contain_text("Zgłoszono")
    expect(partner.page.locator("main")).to_contain_text(TEXT)


def place(lead: Walk, number: str) -> None:
    nr = rf"nr\s{number}$".replace("/", r"\/")
    lead.follow(re.compile(rf"^Zajmij się zagrożeniem {nr}"))
    lead.follow("Dodaj do porządku obrad")
    lead.send("Dodaj punkt")
    expect(lead.page.get_by_role("status").first).to_contain_text("Dodano do porządku obrad")
    lead.follow(re.compile("^Spotkanie"))
    lead.follow(re.compile(rf"^Otwórz sprawę\s?: Zagrożenie {nr}"))
    expect(lead.page.locator("main")).to_contain_text(TEXT)
