"""A dispute in which the Lider is a party: another mediator, a settlement, and nobody else hears of it (REG §10)."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tenants.registry.roles import Role
from tests.e2e.keyboard import Walk
from tests.e2e.site import Site
from tests.e2e.walk import Counted
from tests.e2e.walkers import MEDIATES

Come = Callable[[str, str], Walk]
GOGOLIN = "/gmina/gogolin/"
LIST = f"{GOGOLIN}miedzy-spotkaniami/spory/"
# Of the party that reports it; in a narrow window the menu is opened first. Fewer is better.
CLICKS, FIELDS = {1280: 12, 320: 15}, 8
SUBJECT = "Rozliczenie prądu w świetlicy"
SETTLEMENT = "Rachunki dzielimy po połowie."


def test_a_dispute_with_the_lider_is_settled_by_another_mediator(
    walker: Counted, come: Come, site: Site
) -> None:
    walker.sign_in(site.facts["addresses"][f"party{walker.width}"])
    walker.follow(re.compile("Gogolin"))
    subject = f"{SUBJECT} ({walker.width})"
    report(walker, subject)
    at = walker.page.url
    ask_for_mediator(walker)
    lead = come(Role.LEAD, at)
    expect(lead.page.locator("main")).to_contain_text("Lider jest stroną sporu")
    agree(lead, MEDIATES)
    mediate(come("MEDIATOR", at))
    agree(lead, SETTLEMENT, at)
    agree(walker, SETTLEMENT, at)
    expect(walker.page.locator("main")).to_contain_text("zakończony ugodą")
    search(walker)
    expect(walker.page.locator("main")).to_contain_text(subject)
    for outsider in (Role.PARTNER_COORDINATOR, Role.DPO):
        hears_nothing(come(outsider, GOGOLIN), at, subject)
    assert walker.count.clicks <= CLICKS[walker.width], walker.count
    assert walker.count.fields <= FIELDS, walker.count


def report(party: Counted, subject: str) -> None:
    party.go("Spotkania")
    party.go("Między spotkaniami")
    party.go("Spory")
    party.follow(re.compile("^Zgłoś spór"))
    party.tick("Lider")
    party.fill("Czego dotyczy", subject)
    party.fill("Na czym polega i czego oczekujecie", "Nie wiemy, kto płaci za prąd.")
    party.send("Zgłoś spór")
    expect(party.page.get_by_role("status").first).to_contain_text("Zgłoszono spór")
    expect(party.page.locator("main")).to_contain_text("Lider jest stroną sporu")


def ask_for_mediator(party: Counted) -> None:
    party.follow("Zaproponuj mediatora")
    party.choose("Osoba z zespołu", MEDIATES)
    party.send("Złóż propozycję")
    expect(party.page.get_by_role("status").first).to_contain_text("Złożono propozycję")


def agree(party: Walk, words: str, at: str = "") -> None:
    if at:
        party.page.goto(at)
    party.follow("Odpowiedz na propozycję")
    expect(party.page.locator("main")).to_contain_text(words)
    party.pick("Odpowiedź", "Zgadzamy się")
    party.send("Zapisz odpowiedź")
    expect(party.page.get_by_role("status").first).to_contain_text("Zapisano odpowiedź")


def mediate(mediator: Walk) -> None:
    mediator.follow("Dopisz krok")
    mediator.pick("Co zrobiono", "Rozmowa")
    mediator.fill("Przebieg", "Rozmowa z obiema stronami.")
    mediator.send("Dopisz")
    mediator.follow("Zaproponuj ugodę")
    mediator.fill("Na co strony mają się zgodzić", SETTLEMENT)
    mediator.send("Złóż propozycję")
    expect(mediator.page.get_by_role("status").first).to_contain_text("Złożono propozycję")


def search(person: Walk) -> None:
    person.page.goto(f"{GOGOLIN}szukaj/")
    person.page.locator("#id_slowa").fill("rozliczenie prądu")
    person.page.keyboard.press("Enter")
    expect(person.page.locator("#id_slowa")).to_have_value("rozliczenie prądu")
    person.page.wait_for_load_state()


def hears_nothing(outsider: Walk, at: str, subject: str) -> None:
    """Not in the list, nor in the search or the journal; its page is like one that isn't there."""
    search(outsider)
    told = outsider.page.content()
    for page in (LIST, f"{GOGOLIN}dziennik/", at):
        outsider.page.goto(page)
        told += outsider.page.content()
    assert subject not in told
    assert at.rstrip("/").rpartition("/")[2] not in told
    expect(outsider.page.locator("h1")).to_have_text("Nie ma takiej strony")
