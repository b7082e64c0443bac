"""Eight members vote on a change of the regulation, by keyboard: half is too few (REG §9)."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.keyboard import Walk
from tests.e2e.site import Site

PLACE = "/gmina/walce/"
SCHOOL, LIBRARY = "Spotykamy się w szkole.", "Spotykamy się w bibliotece."
Come = Callable[[str, str], Walk]


def test_a_change_with_exactly_half_of_eight_fails(come: Come, site: Site) -> None:
    lead = put_to_the_vote(come, SCHOOL)
    vote(lead, "za")
    vote(come("WALCE_FIRST", PLACE), "za")
    vote(come("WALCE_SECOND", PLACE), "przeciw")
    site.run("tests.e2e.eight_members", "YES", "YES", "NO", "NO", "ABSTAIN")
    to_the_vote(lead)
    lead.follow("Zamknij głosowanie")
    expect(lead.page.locator("main")).to_contain_text("głosowało 4 z 8 uprawnionych")
    lead.send("Zamknij głosowanie")
    expect(lead.page.locator("main")).to_contain_text("nie uzyskała wymaganej większości")
    lead.follow("Partnerstwo")
    lead.follow("Regulamin i głosowania")
    expect(lead.page.locator("main")).not_to_contain_text(SCHOOL)


def test_a_change_with_five_of_eight_is_in_force_and_to_be_read_again(
    come: Come, site: Site
) -> None:
    lead, partner = put_to_the_vote(come, LIBRARY), come("WALCE_FIRST", PLACE)
    vote(lead, "za")
    vote(partner, "za")
    vote(come("WALCE_SECOND", PLACE), "za")
    site.run("tests.e2e.eight_members", "YES", "YES")
    to_the_vote(lead)
    lead.follow("Zamknij głosowanie")
    expect(lead.page.locator("main")).to_contain_text("głosowało 5 z 8 uprawnionych")
    lead.fill("Miejsce przyjęcia (w czym?)", "Walcach")
    lead.send("Zamknij głosowanie i przyjmij zmianę")
    expect(lead.page.get_by_role("status").first).to_contain_text("Przyjęto wersję 2")

    partner.follow("Co dziś")
    partner.follow("Zapoznaj się z regulaminem (wersja 2): zobacz, co się zmieniło")
    expect(partner.page.locator("main")).to_contain_text(LIBRARY)
    partner.send("Znam tę wersję regulaminu")
    expect(partner.page.locator("main")).to_contain_text("znasz tę wersję")


def put_to_the_vote(come: Come, clause: str) -> Walk:
    """The Lider rewrites a clause, sees the difference and opens the voting."""
    lead = come("WALCE_LEAD", PLACE)
    lead.follow("Partnerstwo")
    lead.follow("Regulamin i głosowania")
    lead.follow("Zmień regulamin")
    lead.send("Rozpocznij zmianę")
    lead.unfold("Zmień treść paragrafów")
    lead.follow(re.compile("^§ 2\\."))
    lead.fill("§ 2 ust. 1", clause)
    lead.send("Zapisz")
    lead.follow("Co się zmienia")
    expect(lead.page.locator("ins").first).to_be_visible()
    lead.follow("Zmiana regulaminu")
    lead.follow("Otwórz głosowanie")
    lead.send("Otwórz głosowanie")
    return lead


def vote(member: Walk, choice: str) -> None:
    to_the_vote(member)
    member.follow("Zagłosuj")
    member.pick("Głos", choice)
    member.send("Oddaj głos")
    expect(member.page.get_by_role("status").first).to_contain_text("Zapisano głos")


def to_the_vote(member: Walk) -> None:
    member.follow("Partnerstwo")
    member.follow("Regulamin i głosowania")
    member.follow("Trwa głosowanie nad zmianą regulaminu")
