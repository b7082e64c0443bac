"""A meeting from the request and a poll of dates to the minutes approved and set right, by three
people with keyboards (REG §2)."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.keyboard import Walk
from tests.e2e.site import Site

PLACE = "/gmina/walce/"
TOPIC, DECIDED = "Dyżury w wakacje", "W lipcu i sierpniu dyżuruje co tydzień inna instytucja."
TASK, REMARK = "Rozesłać grafik dyżurów", "Brakuje zdania o telefonie dyżurnym."
MISTAKE, RIGHT = "Błąd pisarski w punkcie 1.", "Zamiast „w lipcu” powinno być „od 1 lipca”."
Come = Callable[[str, str], Walk]


def test_from_the_request_to_the_approved_minutes_set_right(come: Come, site: Site) -> None:
    asks = come("WALCE_FIRST", PLACE)
    ask_for_a_meeting(asks)
    lead = come("WALCE_LEAD", PLACE)
    propose_dates(lead)
    remarks = come("WALCE_SECOND", PLACE)
    for member in (asks, remarks, lead):
        say_which_suit(member)
    choose_the_date(lead)
    convene(lead)
    for member in (asks, remarks, lead):
        answer_the_invitation(member)
    site.run("tests.e2e.time_passes", "began")
    hold(lead)
    arrange(lead)
    close(lead)
    write_minutes(lead)
    remark(remarks)
    answer_the_remark(lead)
    site.run("tests.e2e.time_passes", "over")
    approve(lead)
    set_right(lead)
    read(asks)


def said(walk: Walk, words: str) -> None:
    expect(walk.page.get_by_role("status").first).to_contain_text(words)


def shown(walk: Walk, words: str) -> None:
    expect(walk.page.locator("main")).to_contain_text(words)


def to_meetings(walk: Walk) -> None:
    walk.follow("Spotkania")
    walk.follow("Lista spotkań")


def ask_for_a_meeting(partner: Walk) -> None:
    to_meetings(partner)
    partner.follow(re.compile("^Poproś o spotkanie"))
    partner.fill("Po co spotkanie", "Prosimy o omówienie dyżurów w wakacje.")
    partner.send("Wyślij prośbę")
    said(partner, "Wysłano prośbę")


def propose_dates(lead: Walk) -> None:
    """In answer to the request; a form without a day shows what is missing, and where."""
    lead.follow(re.compile("^Odpowiedz na prośbę o spotkanie"))
    lead.follow("Zapytaj o terminy")
    lead.send("Zapytaj o terminy")
    expect(lead.page.get_by_role("alert")).to_contain_text("Dzień (termin 1)")
    for number, starts in enumerate(("10:00", "13:00"), start=1):
        day = timezone.localdate() + timedelta(days=20 + number)
        lead.fill_date(f"Dzień (termin {number})", day)
        lead.fill_time(f"Początek (termin {number})", starts)
    lead.fill_date("Odpowiedzi do", timezone.localdate() + timedelta(days=7))
    lead.send("Zapytaj o terminy")
    said(lead, "Ankieta ruszyła")


def say_which_suit(member: Walk) -> None:
    member.follow("Co dziś")
    member.follow(re.compile("^Wybierz dogodne terminy"))
    legends = member.page.locator("main fieldset legend").all_inner_texts()
    for date, answer in zip(legends, ("Mogę", "Mogę, jeśli trzeba"), strict=True):
        member.pick(date.removesuffix(" (wymagane)"), answer)
    member.send("Zapisz odpowiedź")
    said(member, "Zapisano odpowiedź")


def choose_the_date(lead: Walk) -> None:
    """The one that suits all is marked already; its meeting answers the request."""
    shown(lead, "mogą: 3")
    lead.follow("Wybierz termin")
    lead.send("Wybierz termin")
    said(lead, "Wybrano termin")
    lead.follow("Dodaj punkt")
    lead.fill("Temat", TOPIC)
    lead.pick("Rodzaj", "decyzja")
    lead.send("Zapisz")
    shown(lead, TOPIC)


def convene(lead: Walk) -> None:
    lead.follow("Zwołaj spotkanie")
    lead.send("Zwołaj spotkanie")
    said(lead, "Zwołano spotkanie")


def answer_the_invitation(member: Walk) -> None:
    member.follow("Co dziś")
    member.follow(re.compile("^Odpowiedz na zaproszenie"))
    member.pick("Czy będziesz?", "Będę")
    member.send("Odpowiedz")
    said(member, "Zapisano odpowiedź")


def hold(lead: Walk) -> None:
    """Whoever answered is proposed as present; a decision is made."""
    lead.follow("Co dziś")
    lead.follow(re.compile("^Zapisz obecność na spotkaniu"))
    expect(lead.page.get_by_role("radio", name="obecność", exact=True, checked=True)).to_have_count(
        3
    )
    lead.send("Zapisz")
    said(lead, "Zapisano obecność")
    lead.follow(re.compile("^Zapisz decyzję"))
    lead.fill("Treść decyzji albo wspólnego stanowiska", DECIDED)
    lead.pick("Głos instytucji, którym niżej nie wpisano innego", "za (zgoda)")
    lead.send("Zapisz")
    said(lead, "Zapisano decyzję")


def arrange(lead: Walk) -> None:
    lead.follow("Dodaj ustalenie")
    lead.fill("Co trzeba zrobić", TASK)
    lead.choose("Kto wykona", "Lider")
    lead.fill_date("Termin", timezone.localdate() + timedelta(days=30))
    lead.send("Zapisz")
    shown(lead, TASK)


def close(lead: Walk) -> None:
    lead.follow("Zakończ spotkanie")
    lead.send("Zakończ spotkanie")
    said(lead, "Zakończono spotkanie")


def write_minutes(lead: Walk) -> None:
    lead.follow("Rozpocznij protokół")
    lead.send("Rozpocznij protokół")
    shown(lead, DECIDED)
    lead.follow(re.compile("^Zmień treść"))
    lead.fill("Treść", DECIDED)
    lead.send("Zapisz")
    lead.follow("Przekaż do uwag")
    lead.send("Przekaż do uwag")
    said(lead, "protokół czeka na uwagi")


def remark(present: Walk) -> None:
    present.follow("Co dziś")
    present.follow(re.compile("^Przeczytaj i zgłoś uwagi"))
    present.follow("Zgłoś uwagę")
    present.fill("Uwaga", REMARK)
    present.send("Zgłoś uwagę")
    shown(present, REMARK)


def answer_the_remark(lead: Walk) -> None:
    lead.page.reload()
    shown(lead, REMARK)
    lead.follow(re.compile("^Odpowiedz na uwagę"))
    lead.pick("Uwaga", "uwzględniona w tekście")
    lead.send("Zapisz")
    shown(lead, "Uwzględniono.")


def approve(lead: Walk) -> None:
    lead.follow("Co dziś")
    lead.follow(re.compile("^Zatwierdź protokół"))
    lead.follow("Zatwierdź protokół")
    lead.send("Zatwierdź protokół")
    said(lead, "Zatwierdzono protokół")


def set_right(lead: Walk) -> None:
    """The approved text stays; a form without a reason shows what is missing, and where."""
    lead.follow("Sprostuj")
    lead.fill("Treść sprostowania", RIGHT)
    lead.send("Zatwierdź sprostowanie")
    expect(lead.page.get_by_role("alert")).to_contain_text("Powód")
    lead.fill("Powód", MISTAKE)
    lead.send("Zatwierdź sprostowanie")
    said(lead, "Zapisano sprostowanie")
    shown(lead, "Sprostowanie nr 1")


def read(partner: Walk) -> None:
    """Whoever asked for the meeting finds its minutes, and what they were set right with."""
    to_meetings(partner)
    partner.follow(re.compile("^Spotkanie nr 1"))
    partner.follow(re.compile("^Protokół nr 1"))
    for words in (DECIDED, MISTAKE, RIGHT):
        shown(partner, words)
    expect(partner.page.get_by_role("link", name="PDF", exact=True)).to_be_visible()
