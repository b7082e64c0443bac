"""A team's plan from its draft through a meeting that adopts it to the plan after it (REG §2.10)."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.keyboard import Walk

Come = Callable[[str, str], Walk]
PLACE = "/gmina/zdzieszowice/"
GOAL = "Opiekunowie osób starszych nie zostają sami"
DONE, LEFT = "Warsztaty dla opiekunów w świetlicy.", "Spis dyżurów wszystkich instytucji."


def test_a_plan_is_adopted_at_a_meeting_and_followed_by_the_next_one(come: Come) -> None:
    lead = come("PLANNER", PLACE)
    begin(lead)
    for text in (DONE, LEFT):
        add_activity(lead, text)
    present(lead)
    adopt(lead)
    note_that_it_is_done(lead)
    follow_up(lead)


def said(walk: Walk, words: str) -> None:
    expect(walk.page.get_by_role("status").first).to_contain_text(words)


def shown(walk: Walk, words: str) -> None:
    expect(walk.page.locator("main")).to_contain_text(words)


def begin(lead: Walk) -> None:
    """From the first page, which says that no plan covers today; a goal without words is no goal."""
    shown(lead, "Żaden przyjęty plan nie obejmuje dzisiejszego dnia")
    lead.follow(re.compile("^Przygotuj plan działania"))
    lead.send("Zapisz")
    said(lead, "Rozpoczęto plan")
    lead.follow("Dodaj cel")
    lead.send("Zapisz")
    expect(lead.page.get_by_role("alert")).to_contain_text("Cel")
    lead.fill("Cel", GOAL)
    lead.send("Zapisz")
    said(lead, "Dodano cel")


def add_activity(lead: Walk, text: str) -> None:
    lead.follow(re.compile("^Dodaj działanie"))
    lead.fill("Co zostanie zrobione", text)
    lead.choose("Wykonawca", "Lider")
    lead.send("Zapisz")
    said(lead, "Dodano działanie")


def present(lead: Walk) -> None:
    lead.follow("Przedstaw zespołowi")
    lead.send("Przedstaw plan")
    said(lead, "Przedstawiono plan zespołowi")


def adopt(lead: Walk) -> None:
    """At the meeting that is held; until that ends the plan is before the team."""
    lead.follow(re.compile("^Spotkanie"))
    lead.follow(re.compile("^Zapisz decyzję w punkcie 2"))
    lead.fill("Treść decyzji albo wspólnego stanowiska", "Zespół przyjmuje plan działania.")
    lead.pick("Głos instytucji, którym niżej nie wpisano innego", "za (zgoda)")
    lead.send("Zapisz")
    said(lead, "Zapisano decyzję")
    lead.follow("Zakończ spotkanie")
    lead.send("Zakończ spotkanie")
    said(lead, "Zakończono spotkanie")
    lead.follow(re.compile("^Otwórz sprawę"))
    shown(lead, "Dziś obowiązuje.")


def note_that_it_is_done(lead: Walk) -> None:
    lead.follow("Działanie 1.1")
    lead.follow("Zapisz postęp")
    lead.pick("Stan", "wykonane")
    lead.send("Zapisz")
    said(lead, "Zapisano postęp")


def follow_up(lead: Walk) -> None:
    """What was done stays in the plan of this year."""
    lead.follow(re.compile("^Plan działania na "))
    lead.follow("Plan na następny okres")
    lead.send("Rozpocznij plan")
    said(lead, "Rozpoczęto plan na następny okres")
    shown(lead, LEFT)
    expect(lead.page.locator("main")).not_to_contain_text(DONE)
